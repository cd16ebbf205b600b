//! The site's own history: which earlier incidents are like one, by service, cause and words of the title.
//!
//! Built once for a run, and cheap enough for ten thousand incidents: every question walks back from an incident's own
//! start through lists that are sorted by time, and looks at a bounded number of neighbours. Likeness is a hint that a
//! person must judge; nothing here says that two incidents are the same. Planned work and drafts are no history.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use jiff::{SignedDuration, Timestamp};

use super::scripts::Scripts;
use crate::content::{Content, Incident, Registers, Word};
use crate::text::{ServiceId, Slug};

/// How many neighbours of one list a question looks at. It keeps a site with one busy service from being quadratic.
pub(super) const REACH: usize = 200;

/// A word that stands in more titles than this says nothing about one of them: at least a dozen, and one in 32.
const COMMON: (usize, usize) = (12, 32);

/// How long a fault of the same cause, or under a title much the same, counts as the same fault come back.
const SAME_CAUSE: SignedDuration = SignedDuration::from_hours(365 * 24);
const SAME_TITLE: SignedDuration = SignedDuration::from_hours(90 * 24);

/// All incidents as neighbours of one another.
#[derive(Debug)]
pub struct History {
    /// In the order of the content.
    entries: Vec<Entry>,
    index: Arc<Index>,
    /// Made when a rule first asks: few sites do.
    scripts: OnceLock<Scripts>,
}

#[derive(Clone, Debug)]
struct Entry {
    incident: Arc<Incident>,
    mark: Arc<Mark>,
}

/// What its neighbours see of an incident.
#[derive(Debug, PartialEq, Eq)]
struct Mark {
    slug: Slug,
    title: String,
    started: Timestamp,
    ended: Option<Timestamp>,
    services: Vec<ServiceId>,
    cause: Option<String>,
    related: Vec<Slug>,
    /// Of the title, sorted, each once.
    words: Vec<String>,
    /// Neither planned work nor a draft.
    counts: bool,
}

/// By what two incidents may be alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Service(ServiceId),
    Cause(String),
    Word(String),
}

/// Entries by key, oldest first.
#[derive(Debug, Default)]
struct Index {
    lists: HashMap<Key, Vec<usize>>,
    /// How long the list of a word is that tells titles apart.
    telling: usize,
}

/// An earlier incident, and what it has in common with the one asked about.
#[derive(Clone, Copy, Debug)]
pub struct Earlier<'h> {
    pub incident: &'h Incident,
    pub likeness: Likeness,
}

/// Closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    Cause,
    Title,
    Service,
}

/// Where two histories differ: from when on, by key and for the words of updates.
#[derive(Debug, Default)]
pub struct Difference {
    since: HashMap<Key, Timestamp>,
    words_since: Option<Timestamp>,
    /// Another measure of what is common.
    all: bool,
}

impl History {
    pub fn new(content: &Content) -> Self {
        Self::again(content, None)
    }

    /// The history of the content, with what still holds of an earlier one.
    pub fn again(content: &Content, old: Option<&Self>) -> Self {
        let before = old.map(|old| old.entries.as_slice()).unwrap_or_default();
        let is = |entry: &Entry, incident: &Arc<Incident>| Arc::ptr_eq(&entry.incident, incident);
        // Mostly each stands where it stood; only where one does not are all of them searched.
        let mut by_slug: Option<HashMap<&Slug, &Entry>> = None;
        let mut entry = |(at, incident): (usize, &Arc<Incident>)| {
            let known = match before.get(at) {
                Some(entry) if is(entry, incident) => Some(entry),
                Some(entry) if entry.mark.slug == incident.slug => None,
                _ => {
                    let all = || before.iter().map(|entry| (&entry.mark.slug, entry)).collect();
                    let found = by_slug.get_or_insert_with(all).get(&incident.slug).copied();
                    found.filter(|entry| is(entry, incident))
                }
            };
            let new = || Entry { incident: incident.clone(), mark: Arc::new(Mark::of(incident)) };
            known.cloned().unwrap_or_else(new)
        };
        let entries: Vec<Entry> = content.incidents.iter().enumerate().map(&mut entry).collect();
        let same = old.filter(|old| {
            old.entries.len() == entries.len()
                && old.entries.iter().zip(&entries).all(|(old, new)| old.mark.is(&new.mark))
        });
        let index = same.map_or_else(|| Arc::new(Index::of(&entries)), |old| old.index.clone());
        Self { entries, index, scripts: OnceLock::new() }
    }

    /// What people have read before.
    pub(super) fn scripts(&self, registers: &Registers) -> &Scripts {
        let counted = self.entries.iter().filter(|entry| entry.mark.counts);
        self.scripts.get_or_init(|| Scripts::of(counted.map(|entry| &*entry.incident), registers))
    }

    /// Incidents that started before this one and are like it, the closest and latest first; [`REACH`] of each list.
    pub fn before(&self, incident: &Incident) -> Vec<Earlier<'_>> {
        let mark = Mark::of(incident);
        let mut seen = HashSet::new();
        let mut found: Vec<(Likeness, &Entry)> = Vec::new();
        let of_cause = mark.cause.iter().map(|cause| Key::Cause(cause.clone()));
        let of_service = mark.services.iter().map(|service| Key::Service(service.clone()));
        let by_cause = of_cause.map(|key| (Likeness::Cause, key));
        let by_title = self.rare_words(&mark).map(|key| (Likeness::Title, key));
        for (likeness, key) in by_cause.chain(by_title).chain(of_service.map(|key| (Likeness::Service, key)))
        {
            for (at, entry) in self.back_from(&mark, &key) {
                let alike = likeness != Likeness::Title || self.alike(&mark, &entry.mark);
                if alike && seen.insert(at) {
                    found.push((likeness, entry));
                }
            }
        }
        found.sort_by(|(a, x), (b, y)| a.cmp(b).then(y.mark.started.cmp(&x.mark.started)));
        found.into_iter().map(|(likeness, entry)| Earlier { incident: &entry.incident, likeness }).collect()
    }

    /// The latest incident of the same service that was over when this one started, and of which this may be a return:
    /// the same cause within a year, or much the same title within 90 days. The two do not name each other in `related`.
    pub fn returned(&self, incident: &Incident) -> Option<Earlier<'_>> {
        let mark = Mark::of(incident);
        let cause = mark.cause.iter().map(|cause| (Likeness::Cause, Key::Cause(cause.clone())));
        let title = self.rare_words(&mark).map(|key| (Likeness::Title, key));
        let mut found: Vec<(Likeness, &Entry)> = Vec::new();
        for (likeness, key) in cause.chain(title) {
            let alike = |entry: &Entry| match likeness {
                Likeness::Title => {
                    // Two causes that are both known and differ are two faults.
                    let differ =
                        mark.cause.is_some() && entry.mark.cause.is_some() && mark.cause != entry.mark.cause;
                    self.alike(&mark, &entry.mark) && !differ
                }
                _ => true,
            };
            let span = if likeness == Likeness::Cause { SAME_CAUSE } else { SAME_TITLE };
            let recent = |entry: &Entry| {
                let ended = entry.mark.ended.filter(|ended| *ended <= mark.started);
                ended.is_some_and(|ended| mark.started.duration_since(ended) <= span)
            };
            let found_here = self
                .back_from(&mark, &key)
                .map(|(_, entry)| entry)
                .find(|entry| mark.shares_service(&entry.mark) && recent(entry) && alike(entry));
            found.extend(found_here.map(|entry| (likeness, entry)));
        }
        let (likeness, latest) =
            found.into_iter().max_by(|(a, x), (b, y)| x.mark.started.cmp(&y.mark.started).then(b.cmp(a)))?;
        let linked = mark.related.contains(&latest.mark.slug) || latest.mark.related.contains(&mark.slug);
        (!linked).then_some(Earlier { incident: &latest.incident, likeness })
    }

    /// Words of a title, one of which any title must hold that is like it: the rarest.
    fn rare_words(&self, mark: &Mark) -> impl Iterator<Item = Key> + use<> {
        let mut keys: Vec<Key> = mark.words.iter().cloned().map(Key::Word).collect();
        keys.sort_by_key(|key| self.index.lists.get(key).map_or(0, Vec::len));
        let enough = (keys.len() + 1).saturating_sub(needed(keys.len()));
        keys.into_iter().take(enough)
    }

    /// Whether a word of titles is rare enough to tell them apart.
    fn is_telling(&self, key: &Key) -> bool {
        self.index.lists.get(key).is_none_or(|list| list.len() <= self.index.telling)
    }

    /// Whether six of ten words of two titles are the same, by the longer one, and as many of those that tell titles apart.
    fn alike(&self, a: &Mark, b: &Mark) -> bool {
        let telling = |word: &&String| self.is_telling(&Key::Word((*word).clone()));
        let shared: Vec<&String> =
            a.words.iter().filter(|word| b.words.binary_search(word).is_ok()).collect();
        if shared.len() < needed(a.words.len().max(b.words.len())) {
            return false;
        }
        let of = |mark: &Mark| mark.words.iter().filter(telling).count();
        let told = shared.into_iter().filter(|word| telling(word)).count();
        told > 0 && told >= needed(of(a).max(of(b)))
    }

    /// The entries of a list that started before an incident, the latest first.
    fn back_from(&self, mark: &Mark, key: &Key) -> impl Iterator<Item = (usize, &Entry)> {
        let list = self.index.lists.get(key).map(Vec::as_slice).unwrap_or_default();
        let earlier = list.partition_point(|&at| self.entries[at].mark.started < mark.started);
        list[..earlier].iter().rev().take(REACH).map(|&at| (at, &self.entries[at]))
    }

    /// What differs from an earlier history, as far as a rule may have asked for it.
    pub fn difference(&self, old: &Self) -> Difference {
        let mut difference = Difference::default();
        if Arc::ptr_eq(&self.index, &old.index) {
            // The same marks in the same order: only words may be others.
            let changed =
                old.entries.iter().zip(&self.entries).filter(|(a, b)| !Arc::ptr_eq(&a.incident, &b.incident));
            if old.scripts.get().is_some() {
                changed.flat_map(|(a, b)| [a, b]).for_each(|entry| difference.add_words(&entry.incident));
            }
            return difference;
        }
        let known: HashMap<&Slug, &Entry> =
            old.entries.iter().map(|entry| (&entry.mark.slug, entry)).collect();
        let mut kept = HashSet::new();
        for entry in &self.entries {
            let before = known.get(&entry.mark.slug).copied();
            kept.insert(&entry.mark.slug);
            if before.is_none_or(|before| !before.mark.is(&entry.mark)) {
                before.into_iter().chain([entry]).for_each(|entry| difference.add_mark(&entry.mark));
            }
            if before.is_none_or(|before| !Arc::ptr_eq(&before.incident, &entry.incident)) {
                before.into_iter().chain([entry]).for_each(|entry| difference.add_words(&entry.incident));
            }
        }
        for entry in old.entries.iter().filter(|entry| !kept.contains(&entry.mark.slug)) {
            difference.add_mark(&entry.mark);
            difference.add_words(&entry.incident);
        }
        difference.all = self.index.telling != old.index.telling;
        for (key, since) in &mut difference.since {
            if self.is_telling(key) != old.is_telling(key) {
                *since = Timestamp::MIN; // Old titles are like one another now that were not, or no longer.
            }
        }
        if old.scripts.get().is_none() {
            difference.words_since = None; // Nobody asked.
        }
        difference
    }
}

impl Difference {
    fn add_mark(&mut self, mark: &Mark) {
        for key in mark.keys() {
            let since = self.since.entry(key).or_insert(mark.started);
            *since = mark.started.min(*since);
        }
    }

    fn add_words(&mut self, incident: &Incident) {
        let first = incident.updates.first().map(|update| update.at);
        self.words_since = self.words_since.into_iter().chain(first).min();
    }

    /// Whether what a rule may ask about an incident has another answer now.
    pub fn touches(&self, incident: &Incident) -> bool {
        let words = self
            .words_since
            .is_some_and(|since| incident.updates.last().is_some_and(|last| last.at >= since));
        if words || self.all || self.since.is_empty() {
            return words || self.all;
        }
        let mark = Mark::of(incident);
        mark.keys().any(|key| self.since.get(&key).is_some_and(|since| *since < mark.started))
    }
}

impl Mark {
    fn of(incident: &Incident) -> Self {
        let said = incident.updates.iter().rev().find_map(|update| match update.word {
            Word::Status(status) => Some((status, update.at)),
            _ => None,
        });
        let mut words: Vec<String> = incident
            .title
            .value
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 2 && !word.chars().all(|c| c.is_ascii_digit()))
            .map(str::to_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        let cause = incident.cause.as_ref().map(|cause| cause.value.trim().to_lowercase());
        Self {
            slug: incident.slug.clone(),
            title: incident.title.value.clone(),
            started: incident.started.value,
            ended: said.filter(|(status, _)| status.is_final()).map(|(_, at)| at),
            services: incident.services.iter().map(|service| service.value.clone()).collect(),
            cause: cause.filter(|cause| !cause.is_empty() && cause != "unknown"),
            related: incident.related.iter().map(|slug| slug.value.clone()).collect(),
            words,
            counts: !incident.is_maintenance() && !incident.draft,
        }
    }

    /// Whether two are the same; most often they are one.
    fn is(self: &Arc<Self>, other: &Arc<Self>) -> bool {
        Arc::ptr_eq(self, other) || self == other
    }

    fn keys(&self) -> impl Iterator<Item = Key> {
        let services = self.services.iter().cloned().map(Key::Service);
        let words = self.words.iter().cloned().map(Key::Word);
        services.chain(self.cause.iter().cloned().map(Key::Cause)).chain(words)
    }

    fn shares_service(&self, other: &Self) -> bool {
        self.services.iter().any(|service| other.services.contains(service))
    }
}

/// How many words of a title make another title like it.
fn needed(words: usize) -> usize {
    (words * 6).div_ceil(10)
}

impl Index {
    fn of(entries: &[Entry]) -> Self {
        let mut lists: HashMap<Key, Vec<usize>> = HashMap::new();
        let mut by_start: Vec<usize> = (0..entries.len()).filter(|&at| entries[at].mark.counts).collect();
        by_start.sort_by_key(|&at| entries[at].mark.started);
        for at in by_start {
            for key in entries[at].mark.keys() {
                lists.entry(key).or_default().push(at);
            }
        }
        // In steps, so that one incident more seldom changes what is common.
        let telling = COMMON.0.max(entries.len().next_power_of_two() / COMMON.1);
        Self { lists, telling }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::content::{File, read};

    fn content(incidents: &[(&str, &str, &str)]) -> Content {
        let services = "[[service]]\nid = \"water\"\nname = \"Water\"\ngroup = \"Water\"\n\
            [[service]]\nid = \"buses\"\nname = \"Buses\"\ngroup = \"Roads\"\n";
        let mut files = vec![File::new("content/services.toml", services.as_bytes())];
        for (slug, day, front) in incidents {
            let text = format!(
                "+++\nseverity = \"major\"\nstarted = 2026-{day}T08:00:00Z\n{front}\n+++\n\n\
                 ## 2026-{day} 10:00 Resolved\n\nWater is back since 09:40.\n"
            );
            files.push(File::new(format!("content/incidents/{slug}.md"), text.into_bytes()));
        }
        read(&files, &Settings::default()).value
    }

    fn named<'c>(content: &'c Content, slug: &str) -> &'c Incident {
        content.incidents.iter().find(|incident| incident.slug.as_str() == slug).unwrap()
    }

    const MAY: (&str, &str, &str) = ("may", "05-21", "title = \"Burst in Norwood\"\nservices = [\"water\"]");
    const JUNE: (&str, &str, &str) =
        ("june", "06-25", "title = \"Burst in Norwood\"\nservices = [\"water\"]");
    const BUSES: (&str, &str, &str) =
        ("buses", "04-01", "title = \"Late on line 14\"\nservices = [\"buses\"]");

    #[test]
    fn only_what_started_before_is_earlier() {
        let content = content(&[MAY, JUNE, BUSES]);
        let history = History::new(&content);
        let before = |slug| -> Vec<(String, Likeness)> {
            let found = history.before(named(&content, slug));
            found.iter().map(|one| (one.incident.slug.as_str().to_owned(), one.likeness)).collect()
        };
        assert_eq!(before("june"), [("may".to_owned(), Likeness::Title)]);
        assert!(before("may").is_empty() && before("buses").is_empty());
    }

    #[test]
    fn a_neighbour_that_changes_touches_what_came_after_it_and_is_like_it() {
        let (old, new) = (content(&[MAY, JUNE, BUSES]), content(&[JUNE, BUSES]));
        let gone = History::new(&new).difference(&History::new(&old));
        assert!(gone.touches(named(&new, "june")) && !gone.touches(named(&new, "buses")));
        let back = History::again(&old, Some(&History::new(&new))).difference(&History::new(&new));
        assert!(back.touches(named(&old, "june")) && !back.touches(named(&old, "buses")));
        let same = content(&[MAY, JUNE, BUSES]);
        let none = History::again(&same, Some(&History::new(&old))).difference(&History::new(&old));
        assert!(same.incidents.iter().all(|incident| !none.touches(incident)));
    }

    #[test]
    fn words_that_stand_in_many_titles_make_no_two_alike() {
        let slugs: Vec<(String, String)> =
            (1..=28).map(|day| (format!("d{day}"), format!("02-{day:02}"))).collect();
        let front = "title = \"Disruption\"\nservices = [\"water\"]";
        let many: Vec<_> = slugs.iter().map(|(slug, day)| (slug.as_str(), day.as_str(), front)).collect();
        let all = content(&many);
        assert!(History::new(&all).returned(named(&all, "d28")).is_none());
        let few = content(&many[..5]);
        assert!(History::new(&few).returned(named(&few, "d5")).is_some());
    }
}
