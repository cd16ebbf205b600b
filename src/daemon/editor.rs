//! A site as an editor sees it: what is saved, with unsaved texts laid over it, judged again as it changes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};

use super::checking::{record, unread};
use super::ground::Ground;
use super::judge::Judge;
use super::sources::{date_from, date_working_copy};
use super::{Place, Problem};
use crate::clock::Clock;
use crate::config::{Settings, read_host, read_settings};
use crate::content::{self, File};
use crate::diag::Finding;
use crate::disk::Watch;
use crate::disk::read::{self, Unread};
use crate::lsp::{Buffers, Look, Site, Sites, View};
use crate::text::Source;
use crate::timeline::Record;

/// How often findings that the clock may change are looked at anew.
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Opens sites for an editor.
#[derive(Debug)]
pub struct Editors {
    /// The site named on the command line; `None`: that of the file which is edited.
    pub site: Option<PathBuf>,
    pub host: Option<PathBuf>,
    pub clock: Arc<Clock>,
}

impl Sites for Editors {
    fn root(&self, file: &Path) -> Option<PathBuf> {
        let nearest = || file.ancestors().skip(1).find(|folder| folder.join("candor.toml").is_file());
        self.site.clone().or_else(|| nearest().map(Path::to_owned))
    }

    fn open(&self, root: &Path) -> Result<Box<dyn Site>, String> {
        let editor = Editor::open(root, self.host.as_deref(), self.clock.clone());
        editor.map(|editor| Box::new(editor) as Box<dyn Site>).map_err(|problem| problem.to_string())
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// One site.
struct Editor {
    place: Place,
    clock: Arc<Clock>,
    /// What is saved, by path.
    files: BTreeMap<Arc<str>, File>,
    unread: Vec<Unread>,
    watch: Option<Watch>,
    record: Arc<Record>,
    /// The files that the record is kept in, as they were when it was read.
    recorded: Vec<Option<(SystemTime, u64)>>,
    judge: Judge,
    /// When everything was looked at.
    looked: Option<Timestamp>,
    /// Whether the clock alone may change what is found in an open file.
    ticks: bool,
}

impl Editor {
    fn open(root: &Path, host: Option<&Path>, clock: Arc<Clock>) -> Result<Self, Problem> {
        let place = Place::open(Some(root), host)?;
        let watched = [root.join("content"), root.join("candor.toml"), root.join("themes")];
        let mut editor = Self {
            record: Arc::new(record(&place, None)?),
            recorded: recorded(&place),
            // Where the system cannot watch, what is saved in the editor is seen all the same.
            watch: Watch::start(&watched).ok(),
            place,
            clock,
            files: BTreeMap::new(),
            unread: Vec::new(),
            judge: Judge::default(),
            looked: None,
            ticks: false,
        };
        editor.read(&BTreeSet::new());
        Ok(editor)
    }

    /// Reads what changed; everything where that is not known file by file.
    fn read(&mut self, changed: &BTreeSet<PathBuf>) {
        let root = self.place.root.clone();
        let is_file = |path: &&PathBuf| path.extension().is_some_and(|end| end == "md" || end == "toml");
        if changed.is_empty() || !changed.iter().all(|path| is_file(&path)) {
            let found = read::site(&root);
            self.files = found.files.into_iter().map(|file| (file.path.clone(), file)).collect();
            self.unread = found.unread;
            return;
        }
        let inside = |path: &PathBuf| Some(path.strip_prefix(&root).ok()?.to_str()?.replace('\\', "/"));
        let paths: Vec<String> = changed.iter().filter_map(inside).collect();
        for path in &paths {
            self.files.remove(path.as_str());
            self.unread.retain(|unread| unread.path != *path);
        }
        let found = read::some(&root, &paths);
        self.files.extend(found.files.into_iter().map(|file| (file.path.clone(), file)));
        self.unread.extend(found.unread);
    }

    /// Takes in what changed outside of the editor; whether anything did.
    fn catch_up(&mut self) -> bool {
        let changed = self.watch.as_ref().map(|watch| watch.changed(Duration::ZERO)).unwrap_or_default();
        if !changed.is_empty() {
            self.read(&changed);
        }
        let recorded = recorded(&self.place);
        let published = recorded != self.recorded;
        if published && let Ok(record) = record(&self.place, None) {
            (self.record, self.recorded) = (Arc::new(record), recorded);
        }
        !changed.is_empty() || published
    }

    /// A file as it stands in the editor, or else as it is saved.
    fn text(&self, path: &str, buffers: &Buffers) -> Option<Arc<str>> {
        let saved = || self.files.get(path)?.bytes.text().cloned();
        buffers.get(path).cloned().or_else(saved)
    }

    /// The settings as they stand in the editor, and what is wrong with both of their files.
    fn settings(&self, buffers: &Buffers) -> (Settings, Vec<Finding>) {
        let (settings, mut findings) = match self.text("candor.toml", buffers) {
            Some(text) => read_settings(&Source::new("candor.toml", text)),
            None => (self.place.settings.clone(), Vec::new()),
        };
        for saved in self.place.sources.iter().filter(|source| &*source.path != "candor.toml") {
            let text = buffers.get(&saved.path).unwrap_or(&saved.text);
            findings.extend(read_host(&Source::new(saved.path.clone(), text.clone())).1);
        }
        (settings, findings)
    }

    /// The files as they are saved, each `## now` in them with the time of its commit.
    fn saved(&self) -> Vec<File> {
        let mut files: Vec<File> = self.files.values().cloned().collect();
        date_working_copy(&self.place, &mut files);
        files
    }
}

impl Site for Editor {
    fn look(&mut self, buffers: &Buffers) -> Result<Look, String> {
        self.catch_up();
        let now = self.clock.now();
        let (settings, mut findings) = self.settings(buffers);
        self.place.settings = settings.clone();
        let saved = self.saved();
        let unsaved = buffers.iter().filter(|(path, _)| !self.files.contains_key(&**path));
        let unsaved = unsaved.map(|(path, text)| File::new(path.clone(), text.as_bytes()));
        let files: Vec<File> =
            saved.iter().cloned().chain(unsaved).map(|file| as_typed(file, buffers, now)).collect();
        let judgement = self.judge.judge(&files, &settings, &self.record, now);
        let settings = Arc::new(settings);
        let ground = Ground::new(
            &judgement,
            settings.clone(),
            self.record.clone(),
            (&saved, buffers),
            self.clock.clone(),
        );
        self.looked = Some(now);
        self.ticks = ground.ticks();
        findings.extend(self.unread.iter().map(unread));
        findings.extend(judgement.findings().into_iter().filter(|finding| ground.is_of_today(finding)));
        let mut by_file: HashMap<Arc<str>, Vec<Finding>> = HashMap::new();
        for finding in findings.into_iter().filter(|finding| buffers.contains_key(&finding.path)) {
            by_file.entry(finding.path.clone()).or_default().push(finding);
        }
        let toml = files.iter().filter(|file| file.path.ends_with(".toml"));
        let view = View {
            settings,
            content: judgement.content,
            record: self.record.clone(),
            files: toml
                .filter_map(|file| Some((file.path.clone(), self.text(&file.path, buffers)?)))
                .collect(),
            findings: by_file,
        };
        Ok(Look { view: Arc::new(view), ground: Box::new(ground) })
    }

    fn stirred(&mut self) -> bool {
        let now = self.clock.now();
        let ticked = self.ticks && self.looked.is_some_and(|looked| now.duration_since(looked) >= MINUTE);
        self.catch_up() || ticked
    }
}

/// A file as it stands in the editor. A `## now` that is not committed is judged as of now.
pub(super) fn as_typed(mut saved: File, buffers: &Buffers, now: Timestamp) -> File {
    match buffers.get(&saved.path).filter(|text| text.as_bytes() != &*saved.bytes) {
        Some(text) => typed_over(&saved, text, now),
        None => {
            date_from(&mut saved, now);
            saved
        }
    }
}

/// A file with the text of the editor. Its `## now` headings take the times of the saved ones in turn; new ones, that of now.
fn typed_over(saved: &File, text: &str, now: Timestamp) -> File {
    let mut known = match &saved.committed {
        content::Committed::Lines(lines) => lines.iter().map(|(_, at)| *at).collect::<Vec<_>>(),
        content::Committed::Not | content::Committed::At(_) => Vec::new(),
    }
    .into_iter();
    let lines: Vec<_> =
        content::scaffold::now_headings(text).map(|line| (line, known.next().unwrap_or(now))).collect();
    let committed = if lines.is_empty() { content::Committed::Not } else { content::Committed::Lines(lines) };
    File { path: saved.path.clone(), bytes: text.into(), committed }
}

/// When the files that hold the record were last written, and their size.
fn recorded(place: &Place) -> Vec<Option<(SystemTime, u64)>> {
    let ledger = place.root.join(&place.host.store.path);
    let mut log = ledger.clone().into_os_string();
    log.push("-wal");
    let kept = [ledger, log.into(), place.out().join(crate::site::RECORD)];
    let seen = |path: &PathBuf| {
        let meta = std::fs::metadata(path).ok()?;
        Some((meta.modified().ok()?, meta.len()))
    };
    kept.iter().map(seen).collect()
}
