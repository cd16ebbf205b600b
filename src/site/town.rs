//! A small town for tests: its files, its record as a daemon would have kept it, and its pages as a reader sees them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ExpandedName, QualName, parse_document};
use jiff::Timestamp;

use super::{Cache, RenderError, View, plan};
use crate::config::{Settings, read_settings};
use crate::content::{Content, File, read};
use crate::diag::Finding;
use crate::lint::SetAside;
use crate::text::{Slug, Source};
use crate::theme::Theme;
use crate::timeline::{Inputs, Record, Timeline, Voice, holding, next_slot, publications, timeline};

const SETTINGS: &str = r#"
name = "Riverton City"
base_url = "https://status.riverton.example"
id_domain = "status.riverton.example"
time_zone = "America/Winnipeg"
languages = ["en", "fr"]
contact = { phone = "+1 204 555 0100", hours = "24 hours", place = "510 Main Street" }
"#;

const SERVICES: &str = r#"
[[service]]
id = "water-supply"
name = "Tap water"
group = "Water and waste"
[[service]]
id = "buses"
name = "City buses"
group = "Getting around"
"#;

const AREAS: &str = r#"
[[area]]
id = "riverside"
name = "Riverside"
part_of = "south"
[[area]]
id = "south"
name = "South side"
[[area]]
id = "north"
name = "North side"
"#;

const PEOPLE: &str = r#"
[[person]]
id = "dana-osei"
name = "Dana Osei"
role = "Water operations lead"
phone = "+1 204 555 0117"
[[person]]
id = "luis-marin"
name = "Luis Marin"
role = "Head of water"
"#;

/// The town with its files read.
#[derive(Debug)]
pub(super) struct Town {
    pub(super) settings: Settings,
    pub(super) content: Content,
    pub(super) record: Record,
    /// The incident of which a written update is being withheld.
    pub(super) withheld: Option<Slug>,
    pub(super) set_aside: Vec<SetAside>,
}

/// A page as a reader meets it.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) html: String,
    /// What a parser complains about.
    pub(super) errors: Vec<String>,
    /// The words, with one blank between pieces.
    pub(super) words: String,
    pub(super) links: Vec<String>,
}

/// The front matter and summary of an incident that began at 13:55 on 21 November 2026, in Winnipeg.
pub(super) const BURST: &str = r#"+++
title = "Burst water main on Riverside Drive"
severity = "major"
services = ["water-supply"]
areas = ["riverside"]
owner = "dana-osei"
started = 2026-11-21T13:55:00
+++

A 40 cm main broke under Riverside Drive.

"#;

impl Town {
    /// The town with these files added, each `(path below content, text)`.
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let registers = [("services.toml", SERVICES), ("areas.toml", AREAS), ("people.toml", PEOPLE)];
        let files: Vec<File> = registers
            .iter()
            .chain(files)
            .map(|(path, text)| File::new(format!("content/{path}"), text.as_bytes()))
            .collect();
        let (settings, findings) = read_settings(&Source::new("candor.toml", SETTINGS));
        assert_eq!(findings, []);
        let read = read(&files, &settings);
        let unexpected: Vec<_> = read.findings.iter().map(|finding| &finding.message).collect();
        assert!(unexpected.is_empty(), "{unexpected:?}");
        Self {
            settings,
            content: read.value,
            record: Record::default(),
            withheld: None,
            set_aside: Vec::new(),
        }
    }

    /// One incident, `burst`, with these updates.
    pub(super) fn burst(updates: &str) -> Self {
        Self::new(&[("incidents/burst.md", &format!("{BURST}{updates}"))])
    }

    /// Publishes as a daemon that is always awake would have until `now`, by Winnipeg's clock.
    pub(super) fn awake_until(mut self, now: &str) -> Self {
        let until = at(now);
        let mut moments: Vec<Timestamp> = self.moments().into_iter().filter(|at| *at <= until).collect();
        moments.push(until);
        moments.sort();
        while let Some(now) = moments.first().copied() {
            moments.remove(0);
            let (lines, wakes) = self.step(now);
            for line in lines {
                self.record.push(line);
            }
            moments.extend(wakes.into_iter().filter(|at| *at <= until));
            moments.sort();
            moments.dedup();
        }
        self
    }

    /// Publishes what a daemon would that wakes at this moment only.
    pub(super) fn awake_at(mut self, now: &str) -> Self {
        let (lines, _) = self.step(at(now));
        for line in lines {
            self.record.push(line);
        }
        self
    }

    fn moments(&self) -> Vec<Timestamp> {
        let updates = self.content.incidents.iter().flat_map(|incident| &incident.updates);
        updates.map(|update| update.at).collect()
    }

    fn step(&self, now: Timestamp) -> (Vec<crate::timeline::RecordLine>, Vec<Timestamp>) {
        let mut record = self.record.clone();
        for line in publications(&record, self.inputs(&self.record), now) {
            record.push(line);
        }
        let voice = Voice::of(&self.settings, &self.content.registers);
        let mut entries = Vec::new();
        let mut wakes = Vec::new();
        for inputs in self.inputs(&record) {
            let timeline = timeline(&inputs, now);
            entries
                .extend(next_slot(&timeline, &inputs).map(|slot| holding::compose(&timeline, &slot, &voice)));
            wakes.extend(timeline.wake);
        }
        for entry in entries {
            let line = record.next_line(entry);
            record.push(line);
        }
        (record.lines()[self.record.lines().len()..].to_vec(), wakes)
    }

    fn inputs<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = Inputs<'a>> {
        self.content.incidents.iter().map(move |incident| {
            Inputs::of(incident, &self.settings, record, self.withheld.as_ref() == Some(&incident.slug))
        })
    }

    pub(super) fn timelines(&self, now: &str) -> Vec<Arc<Timeline>> {
        self.inputs(&self.record).map(|inputs| Arc::new(timeline(&inputs, at(now)))).collect()
    }

    /// Lends the view of the town at a moment by Winnipeg's clock.
    pub(super) fn view<T>(&self, now: &str, look: impl FnOnce(&View<'_>, &Theme) -> T) -> T {
        let timelines = self.timelines(now);
        let view = View {
            settings: &self.settings,
            registers: &self.content.registers,
            pages: &self.content.pages,
            timelines: &timelines,
            unreadable: &self.content.unreadable,
            set_aside: &self.set_aside,
            record: &self.record,
            commit: "4e1f",
            now: at(now),
            preview: false,
        };
        look(&view, &Theme::new(&[]).0)
    }

    pub(super) fn outputs(&self, now: &str) -> Vec<(String, Vec<u8>)> {
        self.view(now, |view, theme| plan(view, theme, &mut Cache::default()).unwrap().outputs().unwrap())
    }

    /// The paths that a build at `now` renders anew after one of `before` at `then`.
    pub(super) fn stale_after(&self, now: &str, before: &Self, then: &str) -> Vec<String> {
        let mut cache = Cache::default();
        before.view(then, |view, theme| {
            let plan = plan(view, theme, &mut cache).unwrap();
            cache.adopt(plan);
        });
        let paths = std::sync::Mutex::new(Vec::new());
        self.view(now, |view, theme| {
            let plan = plan(view, theme, &mut cache).unwrap();
            plan.render(|output| {
                paths.lock().unwrap().push(output.path);
                Ok::<(), RenderError<()>>(())
            })
            .unwrap();
        });
        let mut paths = paths.into_inner().unwrap();
        paths.sort();
        paths
    }

    pub(super) fn findings(&self, now: &str) -> Vec<Finding> {
        self.view(now, |view, theme| plan(view, theme, &mut Cache::default()).map(|_| ()).unwrap_err())
    }

    /// A file of the site as text.
    pub(super) fn file(&self, now: &str, path: &str) -> String {
        let outputs = self.outputs(now);
        let found = outputs.iter().find(|(known, _)| known == path);
        let (_, bytes) = found.unwrap_or_else(|| {
            panic!("no {path} among {:?}", outputs.iter().map(|(path, _)| path).collect::<Vec<_>>())
        });
        String::from_utf8(bytes.clone()).unwrap()
    }

    /// A page by its folder: empty for the front page, `incidents/burst/` for another.
    pub(super) fn page(&self, now: &str, folder: &str) -> Page {
        Page::read(&self.file(now, &format!("{folder}index.html")))
    }
}

/// `2026-11-21 14:10` in Winnipeg; a bare time is on that day.
pub(super) fn at(text: &str) -> Timestamp {
    let text = if text.contains(' ') { text.to_owned() } else { format!("2026-11-21 {text}") };
    let local: jiff::civil::DateTime = text.replace(' ', "T").parse().unwrap();
    local.in_tz("America/Winnipeg").unwrap().timestamp()
}

impl Page {
    pub(super) fn read(html: &str) -> Self {
        let mut page = parse_document(Seen::default(), html5ever::ParseOpts::default()).one(html);
        page.html = html.to_owned();
        page
    }

    /// Whether these words stand on the page.
    #[track_caller]
    pub(super) fn says(&self, words: &str) {
        assert!(self.words.contains(words), "{words:?} is not in:\n{}", self.words);
    }

    #[track_caller]
    pub(super) fn is_silent_about(&self, words: &str) {
        assert!(!self.words.contains(words), "{words:?} is in:\n{}", self.words);
    }
}

/// What a browser's parser makes of a page: errors, words, links.
#[derive(Default)]
struct Seen {
    names: RefCell<Vec<&'static QualName>>,
    page: RefCell<Page>,
}

impl Seen {
    fn node(&self, name: QualName) -> usize {
        // Leaked: a name must outlive the borrow that the trait asks for, and tests are short.
        self.names.borrow_mut().push(Box::leak(Box::new(name)));
        self.names.borrow().len()
    }

    fn nameless(&self) -> usize {
        self.node(QualName::new(None, html5ever::ns!(), html5ever::local_name!("")))
    }

    fn local_name(&self, node: usize) -> String {
        node.checked_sub(1).map_or_else(String::new, |node| self.names.borrow()[node].local.to_string())
    }
}

impl TreeSink for Seen {
    type Handle = usize;
    type Output = Page;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Page {
        let mut page = self.page.into_inner();
        page.words = page.words.split_whitespace().collect::<Vec<_>>().join(" ");
        page
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        self.page.borrow_mut().errors.push(message.into_owned());
    }

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, node: &'a usize) -> ExpandedName<'a> {
        let name: &'static QualName = self.names.borrow()[*node - 1];
        name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        let href = attributes.iter().find(|attribute| &*attribute.name.local == "href");
        self.page.borrow_mut().links.extend(href.map(|href| href.value.to_string()));
        self.node(name)
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.nameless()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.nameless()
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        let NodeOrText::AppendText(text) = child else { return };
        if !matches!(self.local_name(*parent).as_str(), "style" | "title" | "script") {
            let mut page = self.page.borrow_mut();
            page.words.push(' ');
            page.words.push_str(&text);
        }
    }

    fn append_based_on_parent_node(&self, _: &usize, _: &usize, child: NodeOrText<usize>) {
        self.append(&0, child);
    }

    fn append_before_sibling(&self, _: &usize, child: NodeOrText<usize>) {
        self.append(&0, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, node: &usize) -> usize {
        *node
    }

    fn same_node(&self, a: &usize, b: &usize) -> bool {
        a == b
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        assert_eq!(mode, QuirksMode::NoQuirks);
    }

    fn add_attrs_if_missing(&self, _: &usize, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, _: &usize) {}

    fn reparent_children(&self, _: &usize, _: &usize) {}
}
