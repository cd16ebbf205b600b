//! Writing the public site: all of it or nothing, only what changed, and never a file that is not Candor's.
//!
//! Every changed file is first written into a staging folder inside the output folder (the same file system, so that
//! moving is one rename), at the path that it is to have. Only when all are there are they moved to their places: a
//! full disk leaves the old site whole. A folder that is new is moved as a whole. The one file that only grows, the
//! record, is added to in place, last of all.
//!
//! What a build means to write is noted in the staging folder before the first move, and the manifest of the whole site
//! is written after the last one: readers do not wait for it, and a build that is cut off leaves word of what it meant.
//!
//! No file is synced: a page is derived, and the next build compares bytes with what is on disk and mends what a loss
//! of power left. What must survive is the ledger and the record, which have their own rules.
//!
//! Two builds into one folder at a time are kept apart by the caller's lock, not here.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::grown::Grown;
use super::manifest::{Hash, MANIFEST, Manifest, hash};
use crate::site::{Body, Lines, Output};

/// Where files wait until all are written.
const STAGE: &str = ".candor-stage";
/// The new manifest there, beside the note of what the build means to write, which has the manifest's own name.
const WHOLE: &str = ".candor-manifest.new";

/// An output folder and what Candor wrote there.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    manifest: Manifest,
    /// By path: growing files as this process last wrote them.
    grown: HashMap<String, Grown>,
}

/// One build into a [`Folder`]. Dropped without [`Staging::commit`], it leaves the folder as it was.
#[derive(Debug)]
pub struct Staging<'f> {
    folder: &'f mut Folder,
    staged: Mutex<Vec<Staged>>,
    /// Folders of pages that were looked at.
    homes: Mutex<HashMap<String, Home>>,
}

/// What is where a page's folder has to be.
#[derive(Clone, Debug)]
enum Home {
    /// The folder, and no symbolic link on the way.
    There,
    /// Nothing: it comes when this folder is moved, which is the outermost that is not there.
    ComesWith(String),
}

/// Its bytes wait in the staging folder under its own path, unless the file on disk already holds them.
#[derive(Debug)]
struct Staged {
    path: String,
    hash: Hash,
    step: Step,
    home: Home,
    /// Whether nothing is at the path yet.
    new: bool,
    /// Of a growing file: how far it then is.
    grown: Option<Grown>,
}

/// What is to be done with a staged file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Leave,
    /// Take the file's place.
    Replace,
    /// Be added to the file's end.
    Append,
}

/// What a build did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
    /// Files of earlier builds that no longer belong but were changed by someone else: left in place.
    pub left: Vec<String>,
}

/// Why the site could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("cannot {doing} {path}: {why}. The site that is there stays as it was")]
    Disk { doing: &'static str, path: PathBuf, why: io::Error },
    #[error("the site is half replaced: cannot {doing} {path}: {why}. Mend that and build again")]
    Half { doing: &'static str, path: PathBuf, why: io::Error },
    #[error("{path} was not written by Candor: move it away, or choose another output folder")]
    Foreign { path: PathBuf },
    #[error("{path} is a symbolic link, and Candor does not write through links: replace it by a folder")]
    Symlink { path: PathBuf },
    #[error("`{path}` cannot be the path of a page: it must stay inside the output folder")]
    Path { path: String },
    #[error("{path} cannot be read: {why}. Delete the output folder and build again")]
    Manifest { path: PathBuf, why: String },
    #[error("`{path}` belongs to the site but was never written: build the whole site again")]
    Absent { path: String },
}

impl Folder {
    /// Opens an output folder, making it where it is not there, and clears what a build that was cut off left behind.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, WriteError> {
        let root = root.into();
        fs::create_dir_all(&root).map_err(disk("make the folder", &root))?;
        let mut manifest = read_manifest(&root.join(MANIFEST))?.unwrap_or_default();
        let stage = root.join(STAGE);
        let meant = read_manifest(&stage.join(MANIFEST)).ok().flatten().unwrap_or_default();
        manifest.begin(meant);
        let folder = Self { manifest, root, grown: HashMap::new() };
        folder.clear_stage()?;
        Ok(folder)
    }

    /// Begins a build.
    pub fn stage(&mut self) -> Result<Staging<'_>, WriteError> {
        self.clear_stage()?;
        let stage = self.root.join(STAGE);
        fs::create_dir(&stage).map_err(disk("make the folder", &stage))?;
        Ok(Staging { folder: self, staged: Mutex::default(), homes: Mutex::default() })
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn clear_stage(&self) -> Result<(), WriteError> {
        let stage = self.root.join(STAGE);
        match fs::symlink_metadata(&stage) {
            Err(_) => Ok(()),
            Ok(meta) if meta.is_dir() => {
                fs::remove_dir_all(&stage).map_err(disk("clear the staging folder", &stage))
            }
            Ok(_) => Err(WriteError::Foreign { path: stage }),
        }
    }
}

impl Staging<'_> {
    /// Takes one file of the site; where the bytes on disk differ, it waits in the staging folder. From any thread.
    pub fn put(&self, output: &Output<'_>) -> Result<(), WriteError> {
        let home = self.home(&output.path)?;
        let target = self.folder.root.join(&output.path);
        let there = match home {
            Home::There => fs::symlink_metadata(&target).ok(),
            Home::ComesWith(_) => None,
        };
        if there.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(WriteError::Foreign { path: target });
        }
        let file = there.as_ref().filter(|meta| meta.is_file());
        let kept = match &output.body {
            Body::Once(_) => file.and_then(|_| self.kept(&output.path, &target)),
            Body::Bytes(_) | Body::Lines(_) => None,
        };
        let (step, hash, grown) = match (&output.body, kept) {
            (_, Some(hash)) => (Step::Leave, hash, None),
            (Body::Bytes(bytes) | Body::Once(bytes), None) => {
                let same = file.is_some_and(|meta| meta.len() == bytes.len() as u64)
                    && fs::read(&target).is_ok_and(|old| old == *bytes);
                if !same {
                    let aside = self.room(&output.path)?;
                    fs::write(&aside, bytes).map_err(disk("write", &aside))?;
                }
                (if same { Step::Leave } else { Step::Replace }, hash(bytes), None)
            }
            (Body::Lines(lines), None) => self.put_lines(&output.path, &target, file, lines)?,
        };
        if there.is_some() && step != Step::Leave && !self.folder.manifest.knows(&output.path) {
            return Err(WriteError::Foreign { path: target });
        }
        let staged = Staged { path: output.path.clone(), hash, step, home, new: there.is_none(), grown };
        self.staged.lock().unwrap_or_else(PoisonError::into_inner).push(staged);
        Ok(())
    }

    /// The hash of the file at a path, where it is as an earlier build wrote it.
    fn kept(&self, path: &str, target: &Path) -> Option<Hash> {
        let there = hash(&fs::read(target).ok()?);
        self.folder.manifest.wrote(path, &there).then_some(there)
    }

    /// Stages a growing file: all of it, or what is to be added to it.
    fn put_lines(
        &self,
        path: &str,
        target: &Path,
        there: Option<&fs::Metadata>,
        lines: &Lines<'_>,
    ) -> Result<(Step, Hash, Option<Grown>), WriteError> {
        let before = if lines.appended {
            let known =
                self.folder.grown.get(path).filter(|grown| Some(grown.len) == there.map(fs::Metadata::len));
            known.cloned().ok_or_else(|| WriteError::Absent { path: path.to_owned() })?
        } else {
            Grown::default()
        };
        let aside = self.room(path)?;
        let grown = before.write(lines.pieces(), &aside).map_err(disk("write", &aside))?;
        let step = if lines.appended {
            Step::Append
        } else if there.is_some_and(|meta| meta.len() == grown.len) && Grown::same(target, &aside) {
            Step::Leave
        } else {
            Step::Replace
        };
        Ok((step, grown.hash(), Some(grown)))
    }

    /// Moves every staged file to its place and removes files of earlier builds that are not among `paths`, which
    /// names the whole site: files that were put now, and files that an earlier build put and that did not change.
    pub fn commit<'p>(self, paths: impl IntoIterator<Item = &'p str>) -> Result<Report, WriteError> {
        let mut paths: Vec<&str> = paths.into_iter().collect();
        // Mostly a few runs that are in order each, which this sort is quick about.
        paths.sort();
        let mut staged = std::mem::take(&mut *self.staged.lock().unwrap_or_else(PoisonError::into_inner));
        // New files first, the front page last: no reader meets a link to a page that is not there yet.
        staged.sort_unstable_by(|a, b| (!a.new, depth(b), &a.path).cmp(&(!b.new, depth(a), &b.path)));
        let mut meant = Manifest::default();
        for file in &staged {
            meant.insert(file.path.clone(), file.hash);
        }
        let manifest = &self.folder.manifest;
        if let Some(path) = manifest.lacks(&paths).into_iter().find(|path| !meant.knows(path)) {
            return Err(WriteError::Absent { path: path.to_owned() });
        }
        let gone = manifest.beyond(&paths);
        let is_news = !gone.is_empty() || !manifest.holds(&meant);
        if is_news {
            self.write_aside(MANIFEST, &meant.to_json())?;
        }
        self.folder.manifest.begin(meant);

        self.move_in(&staged)?;
        let mut report = Report::default();
        for path in gone {
            if self.remove(&path)? {
                report.removed += 1;
            } else {
                report.left.push(path.clone());
            }
            self.folder.manifest.remove(&path);
        }
        self.add_to(&staged)?;
        self.folder.manifest.finish();
        if is_news {
            let aside = self.write_aside(WHOLE, &self.folder.manifest.to_json())?;
            let target = self.folder.root.join(MANIFEST);
            fs::rename(&aside, &target).map_err(half("replace", &target))?;
        }
        let changed = staged.iter().filter(|file| file.step != Step::Leave).count();
        report.written = changed;
        report.unchanged = paths.len().saturating_sub(changed);
        for file in staged {
            if let Some(grown) = file.grown {
                self.folder.grown.insert(file.path, grown);
            }
        }
        Ok(report)
    }

    /// Moves new folders, then files, to their places.
    fn move_in(&self, staged: &[Staged]) -> Result<(), WriteError> {
        let mut folders = BTreeSet::new();
        let mut files = Vec::new();
        for file in staged.iter().filter(|file| file.step == Step::Replace) {
            match &file.home {
                Home::There => files.push(file.path.as_str()),
                Home::ComesWith(folder) => drop(folders.insert(folder.as_str())),
            }
        }
        for path in folders.into_iter().chain(files) {
            let target = self.folder.root.join(path);
            fs::rename(self.aside(path), &target).map_err(half("replace", &target))?;
        }
        Ok(())
    }

    /// Adds to the files that only grow.
    fn add_to(&self, staged: &[Staged]) -> Result<(), WriteError> {
        for file in staged.iter().filter(|file| file.step == Step::Append) {
            let Some(before) = self.folder.grown.get(&file.path) else { continue };
            let target = self.folder.root.join(&file.path);
            before.append(&self.aside(&file.path), &target).map_err(half("add to", &target))?;
        }
        Ok(())
    }

    /// Looks at the folder of a path.
    fn home(&self, path: &str) -> Result<Home, WriteError> {
        let mut parts = path.split('/');
        let stays =
            |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0', ':']);
        if !path.split('/').all(stays) || path == MANIFEST || parts.next() == Some(STAGE) {
            return Err(WriteError::Path { path: path.to_owned() });
        }
        let Some((folder, _)) = path.rsplit_once('/') else { return Ok(Home::There) };
        let homes = || self.homes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = homes().get(folder) {
            return Ok(known.clone());
        }
        // Not under the lock: two threads that look at one folder find the same.
        let home = self.look(folder)?;
        homes().insert(folder.to_owned(), home.clone());
        Ok(home)
    }

    fn look(&self, folder: &str) -> Result<Home, WriteError> {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        for outer in ends.map(|end| &folder[..end]) {
            let at = self.folder.root.join(outer);
            match fs::symlink_metadata(&at) {
                Ok(meta) if meta.is_symlink() => return Err(WriteError::Symlink { path: at }),
                Ok(meta) if meta.is_dir() => {}
                // A file where a folder must be: a page of an earlier build is gone for good, since both cannot be.
                Ok(_) => return Err(WriteError::Foreign { path: at }),
                Err(_) => return Ok(Home::ComesWith(outer.to_owned())),
            }
        }
        Ok(Home::There)
    }

    /// Where a file waits.
    fn aside(&self, path: &str) -> PathBuf {
        self.folder.root.join(STAGE).join(path)
    }

    /// Where a file will wait, in a folder that is there: only what is written needs one.
    fn room(&self, path: &str) -> Result<PathBuf, WriteError> {
        let aside = self.aside(path);
        if let Some(folder) = aside.parent() {
            fs::create_dir_all(folder).map_err(disk("make the folder", folder))?;
        }
        Ok(aside)
    }

    fn write_aside(&self, path: &str, text: &str) -> Result<PathBuf, WriteError> {
        let aside = self.aside(path);
        fs::write(&aside, text).map_err(disk("write", &aside))?;
        Ok(aside)
    }

    /// Removes a file of an earlier build, with the folders that it leaves empty. False: it is not Candor's any more.
    fn remove(&self, path: &str) -> Result<bool, WriteError> {
        let target = self.folder.root.join(path);
        let mut at = self.folder.root.clone();
        for part in path.split('/') {
            at.push(part);
            match fs::symlink_metadata(&at) {
                Err(_) => return Ok(true),
                Ok(meta) if meta.is_symlink() => return Ok(false),
                Ok(_) => {}
            }
        }
        let Ok(bytes) = fs::read(&target) else { return Ok(false) };
        if !self.folder.manifest.wrote(path, &hash(&bytes)) {
            return Ok(false);
        }
        fs::remove_file(&target).map_err(half("remove", &target))?;
        let mut folder = target.parent();
        while let Some(at) = folder.filter(|at| *at != self.folder.root) {
            // Fails where something else is inside: then it stays.
            if fs::remove_dir(at).is_err() {
                break;
            }
            folder = at.parent();
        }
        Ok(true)
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        // Best effort: what stays is cleared by the next build.
        let _ = self.folder.clear_stage();
    }
}

/// How deep a file lies; the sort above puts the deepest first.
fn depth(file: &Staged) -> usize {
    file.path.matches('/').count()
}

fn read_manifest(path: &Path) -> Result<Option<Manifest>, WriteError> {
    match fs::read_to_string(path) {
        Ok(text) => Manifest::parse(&text)
            .map(Some)
            .map_err(|why| WriteError::Manifest { path: path.to_owned(), why }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(WriteError::Manifest { path: path.to_owned(), why: error.to_string() }),
    }
}

fn disk(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |why| WriteError::Disk { doing, path, why }
}

fn half(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |why| WriteError::Half { doing, path, why }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(path: &str, text: &str) -> Output<'static> {
        Output { path: path.to_owned(), body: Body::Bytes(text.as_bytes().to_vec()) }
    }

    /// Builds a whole site out of `files` and says what was done.
    fn build(root: &Path, files: &[(&str, &str)]) -> Result<Report, WriteError> {
        let mut folder = Folder::open(root)?;
        let staging = folder.stage()?;
        for (path, text) in files {
            staging.put(&output(path, text))?;
        }
        staging.commit(files.iter().map(|(path, _)| *path))
    }

    /// Every file under the folder but the manifest, with its text.
    fn there(root: &Path) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.ends_with(MANIFEST) {
                    let name = path.strip_prefix(root).unwrap().display().to_string();
                    found.push(format!("{name}={}", fs::read_to_string(path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    #[test]
    fn only_what_changed_is_written_and_what_no_longer_belongs_goes() {
        let dir = tempfile::tempdir().unwrap();
        let first = build(dir.path(), &[("index.html", "front"), ("a/index.html", "A"), ("b/c/d.html", "D")]);
        assert_eq!(first.unwrap(), Report { written: 3, ..Report::default() });
        let touched = |path: &str| fs::metadata(dir.path().join(path)).unwrap().modified().unwrap();
        let before = touched("a/index.html");
        let second = build(dir.path(), &[("index.html", "front 2"), ("a/index.html", "A")]).unwrap();
        assert_eq!(second, Report { written: 1, unchanged: 1, removed: 1, left: vec![] });
        assert_eq!(there(dir.path()), ["a/index.html=A", "index.html=front 2"]);
        assert_eq!(touched("a/index.html"), before);
        assert!(!dir.path().join("b").exists(), "empty folders go with their last page");
    }

    #[test]
    fn a_build_that_changes_one_page_names_the_others_without_giving_them_again() {
        let dir = tempfile::tempdir().unwrap();
        let mut folder = Folder::open(dir.path()).unwrap();
        let staging = folder.stage().unwrap();
        staging.put(&output("a", "1")).unwrap();
        staging.put(&output("b", "1")).unwrap();
        staging.commit(["a", "b"]).unwrap();
        let staging = folder.stage().unwrap();
        staging.put(&output("b", "2")).unwrap();
        let report = staging.commit(["b", "a"]).unwrap();
        assert_eq!(report, Report { written: 1, unchanged: 1, ..Report::default() });
        let staging = folder.stage().unwrap();
        assert!(matches!(staging.commit(["a", "b", "c"]), Err(WriteError::Absent { path }) if path == "c"));
        assert_eq!(there(dir.path()), ["a=1", "b=2"]);
    }

    #[test]
    fn files_of_others_are_neither_replaced_nor_removed() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("CNAME"), "status.example.org").unwrap();
        fs::write(dir.path().join("index.html"), "by hand").unwrap();
        let refused = build(dir.path(), &[("about.html", "x"), ("index.html", "front")]);
        assert!(matches!(refused, Err(WriteError::Foreign { path }) if path.ends_with("index.html")));
        assert_eq!(there(dir.path()), ["CNAME=status.example.org", "index.html=by hand"]);

        fs::remove_file(dir.path().join("index.html")).unwrap();
        build(dir.path(), &[("about.html", "x"), ("index.html", "front")]).unwrap();
        fs::write(dir.path().join("about.html"), "changed by hand").unwrap();
        let report = build(dir.path(), &[("index.html", "front")]).unwrap();
        assert_eq!(report.left, ["about.html"]);
        assert_eq!(
            there(dir.path()),
            ["CNAME=status.example.org", "about.html=changed by hand", "index.html=front"]
        );
    }

    #[test]
    fn a_build_that_fails_leaves_the_old_site_whole() {
        let dir = tempfile::tempdir().unwrap();
        build(dir.path(), &[("index.html", "old"), ("a/index.html", "old")]).unwrap();
        let too_long = format!("{}/index.html", "n".repeat(300));
        let failed = build(dir.path(), &[("index.html", "new"), ("new/index.html", "new"), (&too_long, "x")]);
        assert!(failed.unwrap_err().to_string().contains("stays as it was"));
        assert_eq!(there(dir.path()), ["a/index.html=old", "index.html=old"]);
        assert!(!dir.path().join("new").exists());
    }

    #[test]
    fn after_a_build_that_was_cut_off_its_files_are_still_known() {
        let dir = tempfile::tempdir().unwrap();
        build(dir.path(), &[("index.html", "old")]).unwrap();
        // What a kill between the first and the last rename leaves: new files, the old manifest, the new one staged.
        let mut meant = Manifest::default();
        meant.insert("index.html".to_owned(), hash(b"new"));
        meant.insert("added.html".to_owned(), hash(b"added"));
        fs::create_dir(dir.path().join(STAGE)).unwrap();
        fs::write(dir.path().join(STAGE).join(MANIFEST), meant.to_json()).unwrap();
        fs::write(dir.path().join("added.html"), "added").unwrap();
        let report = build(dir.path(), &[("index.html", "newer")]).unwrap();
        assert_eq!(report, Report { written: 1, removed: 1, ..Report::default() });
        assert_eq!(there(dir.path()), ["index.html=newer"]);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_or_removed_through_a_symbolic_link() {
        let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        build(dir.path(), &[("a/index.html", "A"), ("index.html", "front")]).unwrap();
        fs::remove_dir_all(dir.path().join("a")).unwrap();
        std::os::unix::fs::symlink(outside.path(), dir.path().join("a")).unwrap();
        fs::write(outside.path().join("index.html"), "A").unwrap();
        let refused = build(dir.path(), &[("a/index.html", "new"), ("index.html", "front")]);
        assert!(matches!(refused, Err(WriteError::Symlink { path }) if path.ends_with("a")));
        let report = build(dir.path(), &[("index.html", "front")]).unwrap();
        assert_eq!(report.left, ["a/index.html"]);
        assert_eq!(there(outside.path()), ["index.html=A"]);
    }

    #[cfg(unix)]
    #[test]
    fn the_record_grows_in_place_and_any_other_change_replaces_it() {
        use crate::site::{Cache, RECORD, plan};
        use crate::timeline::{Entry, LineKind, Record, StatementId};

        let dir = tempfile::tempdir().unwrap();
        let mut folder = Folder::open(dir.path()).unwrap();
        let mut cache = Cache::default();
        let mut record = Record::default();
        let add = |record: &mut Record, slug: &str| {
            let at = jiff::Timestamp::UNIX_EPOCH;
            let line = record.next_line(Entry {
                id: StatementId::from(slug),
                incident: slug.into(),
                kind: LineKind::Incident,
                at,
                published_at: at,
                due: None,
                missed: Vec::new(),
                archived: false,
                text: format!("About {slug}."),
                translated: std::collections::BTreeMap::new(),
            });
            record.push(line);
        };
        let mut publish = |record: &Record| {
            let (settings, registers) = Default::default();
            let view = crate::site::View {
                settings: &settings,
                registers: &registers,
                pages: &[],
                timelines: &[],
                unreadable: &[],
                set_aside: &[],
                record,
                commit: "",
                now: jiff::Timestamp::UNIX_EPOCH,
                preview: false,
            };
            let theme = crate::theme::Theme::new(&[]).0;
            let plan = plan(&view, &theme, &mut cache).unwrap();
            let staging = folder.stage().unwrap();
            let rendered = plan.render(|output| staging.put(&output)).unwrap().rendered;
            let report = staging.commit(plan.paths()).unwrap();
            cache.adopt(plan);
            assert_eq!(fs::read_to_string(dir.path().join(RECORD)).unwrap(), record.to_jsonl());
            let manifest = fs::read_to_string(dir.path().join(MANIFEST)).unwrap();
            let known = Manifest::parse(&manifest).unwrap();
            assert!(known.wrote(RECORD, &hash(record.to_jsonl().as_bytes())));
            (rendered, report.written)
        };
        use std::os::unix::fs::MetadataExt;
        let inode = || fs::metadata(dir.path().join(RECORD)).unwrap().ino();
        add(&mut record, "one");
        let (rendered, written) = publish(&record);
        assert_eq!(rendered, written);
        let before = inode();
        // The record, and the two files that name its head.
        add(&mut record, "two");
        assert_eq!(publish(&record), (3, 3));
        assert_eq!(inode(), before, "added to, not replaced");
        add(&mut record, "three");
        assert_eq!(publish(&record), (3, 3));
        assert_eq!(publish(&record), (0, 0));
        // Another record of the same length: nothing of it may be taken for granted.
        let mut other = Record::default();
        for slug in ["three", "two", "one"] {
            add(&mut other, slug);
        }
        assert_eq!(publish(&other), (3, 3));
    }

    #[test]
    fn what_is_written_once_stays_unless_someone_else_changed_it() {
        let dir = tempfile::tempdir().unwrap();
        let publish = |text: &str| {
            let mut folder = Folder::open(dir.path()).unwrap();
            let staging = folder.stage().unwrap();
            let body = Body::Once(text.as_bytes().to_vec());
            staging.put(&Output { path: "cap/a.xml".to_owned(), body }).unwrap();
            staging.commit(["cap/a.xml"]).unwrap().written
        };
        let there = || fs::read_to_string(dir.path().join("cap/a.xml")).unwrap();
        assert_eq!((publish("first"), there()), (1, "first".to_owned()));
        assert_eq!((publish("second"), there()), (0, "first".to_owned()));
        fs::write(dir.path().join("cap/a.xml"), "by hand").unwrap();
        assert_eq!((publish("third"), there()), (1, "third".to_owned()));
    }

    #[test]
    fn a_path_stays_inside_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["../x", "/etc/x", "a//b", "a/./b", "", MANIFEST, ".candor-stage/x", "a\\..\\b"] {
            assert!(matches!(build(dir.path(), &[(path, "x")]), Err(WriteError::Path { .. })), "{path}");
        }
    }
}
