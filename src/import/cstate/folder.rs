//! A folder of cState files into a site's folder.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{ImportedFile, SKIPPED, import};
use crate::config::Settings;
use crate::content::Registers;
use crate::diag::{Finding, Level};
use crate::import::register;
use crate::text::{Source, Span};

/// Whether to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Says what would be done.
    Preview,
    Write,
}

/// What an import did or, in a preview, would do.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Paths of new files, relative to the site.
    pub written: Vec<String>,
    /// Paths that have these very bytes already.
    pub unchanged: Vec<String>,
    /// Ids of services that were added.
    pub services: Vec<String>,
    /// By the path of the cState file, below the folder.
    pub findings: Vec<Finding>,
    /// The cState files, for showing findings.
    pub sources: Vec<Source>,
}

/// What stopped an import. Files that were written before stay; a second run goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("cannot read {path}: {source}. Name the folder that holds the cState issues")]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot write {path}: {source}")]
    Write { path: PathBuf, source: io::Error },
    #[error("{path} is not readable TOML, so nothing can be added to it: {why}. Mend it first")]
    Register { path: PathBuf, why: String },
}

/// Imports every `.md` file below `folder` into the site at `root`. A file of the site that has other bytes is left
/// alone, with a finding: it was edited since, or it is not an import.
pub fn import_folder(
    folder: &Path,
    root: &Path,
    settings: &Settings,
    registers: &Registers,
    mode: Mode,
) -> Result<Imported, ImportError> {
    let mut imported = Imported::default();
    let mut known = registers.clone();
    let mut files: BTreeMap<String, ImportedFile> = BTreeMap::new();
    let mut slugs: HashMap<String, String> = HashMap::new();
    let mut added = Registers::default();
    for path in files_below(folder)? {
        let name = relative(folder, &path);
        if let Some(why) = no_issue(&path) {
            imported.findings.push(remark(&name, why));
            continue;
        }
        let bytes = fs::read(&path).map_err(|source| ImportError::Read { path: path.clone(), source })?;
        let shared: Arc<str> = name.as_str().into();
        let Ok(text) = String::from_utf8(bytes) else {
            let message = "This file is not UTF-8 text.";
            let help = "Save it as UTF-8, then import again.";
            imported.findings.push(Finding::error(SKIPPED, &shared, Span::at(0), message, help));
            continue;
        };
        let read = import(&name, &text, settings, &known);
        imported.findings.extend(read.findings);
        imported.sources.push(Source::new(name.as_str(), text));
        let Some(file) = read.value else { continue };
        let slug = file.path.rsplit('/').next().unwrap_or_default().to_owned();
        if let Some(other) = slugs.insert(slug, name.clone()) {
            let message =
                format!("{other} has the same name in our letters, which know neither capitals nor dots.");
            let help = "Rename one of the two cState files, then import again.";
            imported.findings.push(Finding::error(SKIPPED, &shared, Span::at(0), message, help));
            continue;
        }
        known.services.extend(file.services.iter().cloned());
        added.services.extend(file.services.iter().cloned());
        if let Some(person) = &file.person {
            known.people.push(person.clone());
            added.people.push(person.clone());
        }
        files.insert(file.path.clone(), file);
    }
    imported.services = added.services.iter().map(|service| service.id.to_string()).collect();
    // Registers first: a file whose service is not known yet would be a fault until the end of the run.
    register(root, "content/services.toml", |text| register::add_services(text, &added.services), mode)?;
    register(root, "content/people.toml", |text| register::add_people(text, &added.people), mode)?;
    for (path, file) in files {
        place(root, path, &file.text, mode, &mut imported)?;
    }
    Ok(imported)
}

/// Why a file is no issue of cState's; `None` if it may be one.
fn no_issue(path: &Path) -> Option<&'static str> {
    if path.extension().is_none_or(|extension| extension != "md") {
        return Some("This is not markdown, so it is left out.");
    }
    (path.file_name()? == "_index.md").then_some("This is the page around the issues, not an issue.")
}

fn remark(name: &str, why: &str) -> Finding {
    Finding { level: Level::Info, ..Finding::warning(SKIPPED, &name.into(), Span::at(0), why, "") }
}

/// Writes one file, or says why not.
fn place(
    root: &Path,
    path: String,
    text: &str,
    mode: Mode,
    imported: &mut Imported,
) -> Result<(), ImportError> {
    let target = root.join(&path);
    match fs::read(&target) {
        Ok(bytes) if bytes == text.as_bytes() => imported.unchanged.push(path),
        Ok(_) => {
            let message = "This file differs from what the import would write, so it is left as it is.";
            let help = "To import it again, remove it first.";
            let finding = Finding::warning("import-changed", &path.into(), Span::at(0), message, help);
            imported.findings.push(finding);
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if mode == Mode::Write {
                write(&target, text)?;
            }
            imported.written.push(path);
        }
        Err(source) => return Err(ImportError::Read { path: target, source }),
    }
    Ok(())
}

fn register(
    root: &Path,
    path: &str,
    add: impl FnOnce(&str) -> Result<String, String>,
    mode: Mode,
) -> Result<(), ImportError> {
    let path = root.join(path);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(source) => return Err(ImportError::Read { path, source }),
    };
    let new = add(&text).map_err(|why| ImportError::Register { path: path.clone(), why })?;
    if new != text && mode == Mode::Write { write(&path, &new) } else { Ok(()) }
}

/// Whole or not at all: a name with a dot is no content yet.
fn write(path: &Path, text: &str) -> Result<(), ImportError> {
    let failed = |source| ImportError::Write { path: path.to_owned(), source };
    let folder = path.parent().unwrap_or(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let aside = folder.join(format!(".{name}.new"));
    fs::create_dir_all(folder).map_err(failed)?;
    fs::write(&aside, text).map_err(failed)?;
    fs::rename(&aside, path).map_err(failed)
}

/// Every file below a folder, by path, but for dot files.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let failed = |path: &Path, source| ImportError::Read { path: path.to_owned(), source };
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|source| failed(&folder, source))? {
            let entry = entry.map_err(|source| failed(&folder, source))?;
            let kind = entry.file_type().map_err(|source| failed(&entry.path(), source))?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            // A linked folder may lead back here; a linked file is as good as any other.
            if kind.is_dir() {
                folders.push(entry.path());
            } else if entry.path().is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

fn relative(folder: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content;

    const ISSUE: &str = "---\ntitle: Disk full\ndate: 2021-06-08T07:37:00Z\nresolved: true\nresolvedWhen: 2021-06-08T09:00:00Z\nseverity: down\naffected: [Mirror]\nsection: issue\n---\nThe disk is full.\n";

    /// A folder of cState files and a site, with what the site knows.
    fn run(files: &[(&str, &str)], site: &Path, mode: Mode) -> Imported {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let file = |path: &str| content::File::new(path, fs::read(site.join(path)).unwrap_or_default());
        let settings = Settings::default();
        let registers = ["content/services.toml", "content/people.toml"].map(file);
        let registers = content::read(&registers, &settings).value.registers;
        import_folder(folder.path(), site, &settings, &registers, mode).unwrap()
    }

    fn told(imported: &Imported) -> Vec<String> {
        imported.findings.iter().map(|f| format!("{} {}: {}", f.rule, f.path, f.message)).collect()
    }

    #[test]
    fn a_second_run_changes_nothing_and_an_edit_is_left_alone() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir_all(site.path().join("content")).unwrap();
        fs::write(site.path().join("content/services.toml"), "# ours\n").unwrap();
        let issues = [("2021-06-08-disk.full.md", ISSUE), ("sub/other.md", ISSUE)];
        let preview = run(&issues, site.path(), Mode::Preview);
        assert_eq!(preview.written.len(), 2);
        assert!(!site.path().join(&preview.written[0]).exists());

        let first = run(&issues, site.path(), Mode::Write);
        assert_eq!(
            first.written,
            ["content/incidents/2021/2021-06-08-disk-full.md", "content/incidents/2021/other.md"]
        );
        assert_eq!(first.services, ["mirror"]);
        let services = fs::read_to_string(site.path().join("content/services.toml")).unwrap();
        assert!(services.starts_with("# ours\n") && services.contains("id = \"mirror\""), "{services}");

        let second = run(&issues, site.path(), Mode::Write);
        assert_eq!((second.written.len(), second.unchanged.len(), second.services.len()), (0, 2, 0));
        assert_eq!(fs::read_to_string(site.path().join("content/services.toml")).unwrap(), services);

        let edited = site.path().join(&first.written[0]);
        fs::write(&edited, "mine").unwrap();
        let third = run(&issues, site.path(), Mode::Write);
        assert_eq!(fs::read_to_string(edited).unwrap(), "mine");
        assert!(told(&third)[0].starts_with("import-changed content/incidents/2021/2021-06-08-disk-full.md"));
    }

    #[test]
    fn every_file_is_accounted_for() {
        let site = tempfile::tempdir().unwrap();
        let files = [
            ("_index.md", "---\ntitle: Issues\n---\n"),
            ("a.b.md", ISSUE),
            ("A-b.md", ISSUE),
            ("broken.md", "---\ntitle: [\n---\n"),
            ("draft.md", "---\ntitle: x\ndraft: true\ndate: 2021-01-01\n---\n"),
            ("picture.png", "x"),
            ("undated.md", "---\ntitle: x\n---\n"),
            ("words.md", "No front matter."),
        ];
        let imported = run(&files, site.path(), Mode::Write);
        assert_eq!(imported.written, ["content/incidents/2021/a-b.md"]);
        let mut named: Vec<&str> = imported.findings.iter().map(|f| &*f.path).collect();
        named.dedup();
        assert_eq!(named.len(), files.len() - 1, "{:#?}", told(&imported));
        assert!(told(&imported).iter().all(|line| line.starts_with("import-skipped")));
    }
}
