//! All files of a site at once.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::decode::decode;
use super::memory::{Memory, Remembered};
use super::page::read_page;
use super::place::{Place, place};
use super::read_incident::read_incident;
use super::register_files::{RegisterFiles, read_registers};
use super::surroundings::Surroundings;
use super::{Content, File, Incident, Page, Read};
use crate::config::Settings;
use crate::config::rules::{DUPLICATE_SLUG, TRANSLATION, UNKNOWN_NAME, UNREADABLE};
use crate::diag::{Finding, Note};
use crate::text::{Slug, Source, Span, nearest};

/// Reads every file of the site. The order of `files` does not matter, and no bad file stops the rest.
pub fn read(files: &[File], settings: &Settings) -> Read<Content> {
    read_again(files, settings, &mut Memory::default())
}

/// As [`read`], but incident files that `memory` knows are not read again: they are the very same [`Incident`]s.
pub fn read_again(files: &[File], settings: &Settings, memory: &mut Memory) -> Read<Content> {
    let sorted = Sorted::of(files);
    let mut findings: Vec<Finding> = sorted.stray.iter().map(|file| stray(file)).collect();
    let sources: Vec<Option<Source>> = sorted
        .registers
        .iter()
        .map(|file| file.and_then(|file| decode_register(file, &mut findings)))
        .collect();
    let source = |index: usize| sources.get(index).and_then(Option::as_ref);
    let files = RegisterFiles { services: source(0), areas: source(1), people: source(2), risks: source(3) };
    let (registers, told) = read_registers(files, &settings.languages);
    findings.extend(told);
    let around = Surroundings::new(settings, &registers);
    memory.is_about(settings, &registers);
    let known = memory.recall(sorted.incidents.iter().map(|written| (written.file, &*written.translations)));
    let readings: Vec<Arc<Remembered>> = sorted
        .incidents
        .par_iter()
        .zip(known)
        .map(|(written, known)| {
            known.unwrap_or_else(|| {
                let read = read_incident(written.file, &written.translations, around);
                Arc::new(Remembered::new(written.file, &written.translations, read))
            })
        })
        .collect();
    let mut content = Content::default();
    for (written, remembered) in sorted.incidents.iter().zip(&readings) {
        let read = &remembered.read;
        findings.extend(read.findings.iter().cloned());
        match &read.value {
            Some(incident) => content.incidents.push(incident.clone()),
            None => content.unreadable.push((Slug::from(written.slug), written.file.path.clone())),
        }
    }
    memory.keep(readings);
    findings.extend(sorted.orphans.iter().map(|file| orphan(file)));
    content.pages = pages(&sorted.pages, settings, &mut findings);
    content.registers = registers;
    drop_duplicates(&mut content, &mut findings);
    check_related(&content, &mut findings);
    content.incidents.sort_by(|a, b| (a.started.value, &a.slug).cmp(&(b.started.value, &b.slug)));
    findings.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.message.cmp(&b.message)));
    Read { value: content, findings }
}

/// One incident's or maintenance's file with its translations.
struct Written<'a> {
    slug: &'a str,
    file: &'a File,
    translations: Vec<&'a File>,
}

/// Files by what they are, each group by path.
struct Sorted<'a> {
    /// Services, areas, people, risks.
    registers: [Option<&'a File>; 4],
    incidents: Vec<Written<'a>>,
    /// Translations of nothing.
    orphans: Vec<&'a File>,
    /// With slug, and language where it is a translation.
    pages: Vec<(&'a File, &'a str, Option<&'a str>)>,
    stray: Vec<&'a File>,
}

impl<'a> Sorted<'a> {
    fn of(files: &'a [File]) -> Self {
        let mut by_path: Vec<&File> = files.iter().collect();
        by_path.sort_by(|a, b| a.path.cmp(&b.path));
        by_path.dedup_by(|a, b| a.path == b.path);
        let mut sorted = Self {
            registers: [None; 4],
            incidents: Vec::new(),
            orphans: Vec::new(),
            pages: Vec::new(),
            stray: Vec::new(),
        };
        let mut translations: HashMap<&str, Vec<&File>> = HashMap::new();
        for file in by_path {
            match place(&file.path) {
                Place::Services => sorted.registers[0] = Some(file),
                Place::Areas => sorted.registers[1] = Some(file),
                Place::People => sorted.registers[2] = Some(file),
                Place::Risks => sorted.registers[3] = Some(file),
                Place::Incident { slug, lang: None } | Place::Maintenance { slug, lang: None } => {
                    sorted.incidents.push(Written { slug, file, translations: Vec::new() });
                }
                Place::Incident { lang: Some(lang), .. } | Place::Maintenance { lang: Some(lang), .. } => {
                    translations.entry(stem(&file.path, lang)).or_default().push(file);
                }
                Place::Page { slug, lang } => sorted.pages.push((file, slug, lang)),
                Place::Stray => sorted.stray.push(file),
                Place::Other => {}
            }
        }
        for written in &mut sorted.incidents {
            let stem = written.file.path.trim_end_matches(".md");
            written.translations = translations.remove(stem).unwrap_or_default();
        }
        sorted.orphans = translations.into_values().flatten().collect();
        sorted.orphans.sort_by(|a, b| a.path.cmp(&b.path));
        sorted
    }
}

/// `content/incidents/a.fr.md` → `content/incidents/a`.
fn stem<'p>(path: &'p str, lang: &str) -> &'p str {
    path.strip_suffix(".md")
        .and_then(|path| path.strip_suffix(lang))
        .map_or(path, |path| path.trim_end_matches('.'))
}

fn stray(file: &File) -> Finding {
    Finding::warning(
        UNREADABLE,
        &file.path,
        Span::at(0),
        "Nothing reads this file, so nothing in it is published.",
        "Incidents are `content/incidents/NAME.md`, planned work `content/maintenance/NAME.md`, pages `content/pages/NAME.md`; \
         the registers are `services.toml`, `areas.toml`, `people.toml` and `risks.toml` in `content/`.",
    )
}

fn orphan(file: &File) -> Finding {
    Finding::error(
        TRANSLATION,
        &file.path,
        Span::at(0),
        "This translation has no file to translate.",
        "Put it beside the file that it translates: `NAME.LANG.md` beside `NAME.md`.",
    )
}

/// Free pages, each with its translations.
fn pages(
    files: &[(&File, &str, Option<&str>)],
    settings: &Settings,
    findings: &mut Vec<Finding>,
) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for (file, slug, _) in files.iter().filter(|(.., lang)| lang.is_none()) {
        let (text, told) = read_page(file, slug, settings.default_language());
        findings.extend(told);
        let page = |written| Page { slug: (*slug).to_owned(), written, translations: Vec::new() };
        pages.extend(text.map(page));
    }
    for (file, slug, lang) in files {
        let Some(lang) = lang else { continue };
        let Some(page) = pages.iter_mut().find(|page| page.slug == *slug) else {
            findings.push(orphan(file));
            continue;
        };
        let (text, told) = read_page(file, slug, lang);
        findings.extend(told);
        page.translations.extend(text);
        if !settings.speaks(lang) {
            findings.push(Finding::warning(
                TRANSLATION,
                &file.path,
                Span::at(0),
                format!("The site does not speak “{lang}”, so nobody sees this translation."),
                format!("Add `\"{lang}\"` to `languages` in candor.toml."),
            ));
        }
    }
    pages
}

fn decode_register(file: &File, findings: &mut Vec<Finding>) -> Option<Source> {
    // An empty register defines nothing, and that is fine.
    if file.bytes.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    match decode(file) {
        Ok(source) => Some(source),
        Err(finding) => {
            findings.push(Finding { withholds: false, ..*finding });
            None
        }
    }
}

/// Two files for one slug: the first by path stays. An alias that is another file's slug is told too.
fn drop_duplicates(content: &mut Content, findings: &mut Vec<Finding>) {
    let mut names: Vec<&Slug> = content
        .incidents
        .iter()
        .flat_map(|incident| std::iter::once(&incident.slug).chain(&incident.aliases))
        .collect();
    names.sort();
    if names.windows(2).all(|pair| pair[0] != pair[1]) {
        return;
    }
    let mut first: HashMap<Slug, Arc<str>> = HashMap::new();
    content.incidents.sort_by(|a, b| a.path().cmp(b.path()));
    content.incidents.retain(|incident| match first.get(&incident.slug) {
        None => {
            first.insert(incident.slug.clone(), incident.path().clone());
            true
        }
        Some(path) => {
            findings.push(duplicate(incident, &incident.slug, path, "so this file is left out"));
            false
        }
    });
    for incident in &content.incidents {
        for alias in &incident.aliases {
            if let Some(path) = first.get(alias).filter(|path| *path != incident.path()) {
                findings.push(duplicate(incident, alias, path, "so this alias leads there"));
            }
        }
    }
}

fn duplicate(incident: &Incident, slug: &Slug, path: &Arc<str>, so: &str) -> Finding {
    let finding = Finding::error(
        DUPLICATE_SLUG,
        incident.path(),
        incident.title.span,
        format!("`{slug}` is already the name of {path}, {so}."),
        "Rename one of the files. A file that was published before gets its old name in `aliases`.",
    );
    let note = Note { path: path.clone(), span: Span::at(0), message: "The other file.".to_owned() };
    Finding { incident: Some(incident.slug.as_str().into()), notes: vec![note], ..finding }
}

/// `related` names incidents that exist, by slug or by alias.
fn check_related(content: &Content, findings: &mut Vec<Finding>) {
    if content.incidents.iter().all(|incident| incident.related.is_empty()) {
        return;
    }
    let mut known = slugs(content);
    known.sort_unstable();
    for incident in &content.incidents {
        findings.extend(unknown(incident, &|slug| known.binary_search(&slug).is_ok(), &known));
    }
}

/// Every name that leads to an incident.
fn slugs(content: &Content) -> Vec<&str> {
    content
        .incidents
        .iter()
        .flat_map(|incident| std::iter::once(&incident.slug).chain(&incident.aliases))
        .chain(content.unreadable.iter().map(|(slug, _)| slug))
        .map(Slug::as_str)
        .collect()
}

/// What the `related` of one incident names that does not exist: for a file that is read again by itself.
pub fn unknown_related(incident: &Incident, content: &Content) -> Vec<Finding> {
    if incident.related.is_empty() {
        return Vec::new();
    }
    let known = slugs(content);
    unknown(incident, &|slug| known.contains(&slug), &known)
}

fn unknown(incident: &Incident, is_known: &dyn Fn(&str) -> bool, known: &[&str]) -> Vec<Finding> {
    let unknown = incident.related.iter().filter(|related| !is_known(related.as_str()));
    unknown
        .map(|related| {
            let help = match nearest(related.as_str(), known.iter().copied()) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Write the name of the other incident's file, without folder and ending.".to_owned(),
            };
            let message = format!("There is no incident “{}”.", related.value);
            let finding = Finding::error(UNKNOWN_NAME, incident.path(), related.span, message, help);
            let text = related.span.of(incident.text()).to_owned();
            Finding { incident: Some(incident.slug.as_str().into()), text, ..finding }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{file, front, register_files, settings, told, written};
    use super::*;

    fn read_with(more: &[File]) -> Read<Content> {
        let files: Vec<File> = register_files().into_iter().chain(more.iter().cloned()).collect();
        read(&files, &settings())
    }

    #[test]
    fn one_bad_file_never_stops_the_rest() {
        let bad = File { bytes: vec![0xff].into(), ..written("b", "") };
        let read =
            read_with(&[written("a", &front("")), bad, written("c", "+++\n"), written("d", &front(""))]);
        let slugs: Vec<_> = read.value.incidents.iter().map(|incident| incident.slug.as_str()).collect();
        assert_eq!(slugs, ["a", "d"]);
        let unreadable: Vec<_> = read.value.unreadable.iter().map(|(slug, _)| slug.as_str()).collect();
        assert_eq!(unreadable, ["b", "c"]);
        assert_eq!(
            read.findings.iter().map(|f| (&*f.rule, f.withholds)).collect::<Vec<_>>(),
            [("unreadable", true); 2]
        );
    }

    #[test]
    fn incidents_are_by_start_and_sub_folders_are_fine() {
        let early = front("").replace("2026-11-21", "2019-01-01");
        let read = read_with(&[
            written("b", &front("")),
            file("content/incidents/2019/z.md", &early),
            written("a", &front("")),
        ]);
        let slugs: Vec<_> = read.value.incidents.iter().map(|incident| incident.slug.as_str()).collect();
        assert_eq!(slugs, ["z", "a", "b"]);
        assert_eq!(told(&read.findings), [""; 0]);
    }

    #[test]
    fn two_files_for_one_slug_are_an_error_and_the_first_stays() {
        let other = file("content/incidents/2026/a.md", &front("draft = true\n"));
        let read = read_with(&[other, written("a", &front("aliases = [\"b\"]\n")), written("b", &front(""))]);
        assert_eq!(read.value.incidents.len(), 2);
        let paths: Vec<_> = read.findings.iter().map(|f| (&*f.rule, &*f.path)).collect();
        // By path, `a.md` comes after `2026/a.md`.
        assert_eq!(paths, [("duplicate-slug", "content/incidents/a.md")]);
        let read = read_with(&[written("a", &front("aliases = [\"b\"]\n")), written("b", &front(""))]);
        assert!(
            read.findings[0]
                .message
                .starts_with("`b` is already the name of content/incidents/b.md, so this alias leads there.")
        );
    }

    #[test]
    fn related_incidents_exist() {
        let read = read_with(&[
            written("burst-main", &front("aliases = [\"old\"]\n")),
            written("b", &front("related = [\"old\", \"burst-mian\"]\n")),
        ]);
        let told = told(&read.findings);
        assert_eq!(
            told,
            ["unknown-name \"burst-mian\": There is no incident “burst-mian”. Did you mean `burst-main`?"]
        );
    }

    #[test]
    fn translations_stand_beside_their_source() {
        let read = read_with(&[
            written("a", &front("")),
            written("a.fr", "Pas d'eau.\n"),
            written("c.fr", "x\n"),
            file("content/incidents/x/a.fr.md", "x\n"),
        ]);
        assert_eq!(read.value.incidents[0].translations.len(), 1);
        let paths: Vec<_> = read.findings.iter().map(|f| (&*f.rule, &*f.path)).collect();
        assert_eq!(
            paths,
            [("translation", "content/incidents/c.fr.md"), ("translation", "content/incidents/x/a.fr.md")]
        );
    }

    #[test]
    fn pages_are_read_and_strays_are_told() {
        let read = read_with(&[
            file("content/pages/about.md", "# About us\n\nText.\n"),
            file("content/pages/about.fr.md", "# Qui nous sommes\n\nTexte.\n"),
            file("content/pages/about.tlh.md", "# tlh\n"),
            file("content/pages/gone.fr.md", "# Parti\n"),
            file("content/pages/plain.md", "+++\ntitle = \"Plain\"\n+++\nText.\n"),
            file("content/incident/a.md", "x"),
            file("content/advice/floods.md", "x"),
            file("content/incidents/map.png", "x"),
        ]);
        let said = |lang: &str| -> Vec<_> {
            let texts = read.value.pages.iter().map(|page| page.said_in(lang));
            texts.map(|text| (text.title.as_str(), text.body.of(&text.source.text).trim())).collect()
        };
        assert_eq!(said("en"), [("About us", "Text."), ("Plain", "Text.")]);
        assert_eq!(said("fr"), [("Qui nous sommes", "Texte."), ("Plain", "Text.")]);
        assert_eq!(
            read.findings.iter().map(|f| &*f.path).collect::<Vec<_>>(),
            ["content/incident/a.md", "content/pages/about.tlh.md", "content/pages/gone.fr.md"]
        );
    }
}
