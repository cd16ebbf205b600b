//! The documents of `/api/candor/v1/` as they are written. Published as `schema.json` beside them; within v1, fields
//! are added and never changed or taken away.
//!
//! Times are RFC 3339 in UTC and whole seconds. Addresses are absolute. `None` is written as `null`, so that a reader
//! can tell "not known" from "never heard of".

use std::collections::BTreeMap;

use serde::Serialize;

use crate::timeline::Tally;

/// `site.json`: how everything stands now, and where the rest is.
#[derive(Debug, Serialize)]
pub(super) struct Site<'s> {
    pub(super) kind: &'static str,
    pub(super) version: u8,
    pub(super) name: &'s str,
    /// The domain from which ids are made; never changes.
    pub(super) id_domain: &'s str,
    pub(super) url: &'s str,
    pub(super) time_zone: &'s str,
    /// BCP 47 tags; the first is the default.
    pub(super) languages: &'s [String],
    pub(super) contact: Contact<'s>,
    /// The worst state of any service.
    pub(super) state: &'static str,
    /// The state in a sentence, by language.
    pub(super) headline: BTreeMap<&'s str, String>,
    pub(super) services: Vec<Service<'s>>,
    pub(super) areas: Vec<Area<'s>>,
    pub(super) people: Vec<Person<'s>>,
    /// What goes on or is to come, newest first.
    pub(super) live: Vec<Summary<'s>>,
    /// What ended last, newest first.
    pub(super) recent: Vec<Summary<'s>>,
    /// Promises that are still open, of every incident.
    pub(super) open_promises: Vec<Promise<'s>>,
    /// Everything there ever was, by the month in which it began, newest first.
    pub(super) months: Vec<MonthLink>,
    pub(super) record: Head<'s>,
}

/// How far the record is: what anybody needs to show later that nothing before it was rewritten.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Head<'s> {
    pub(in crate::site) url: String,
    pub(in crate::site) lines: usize,
    /// Hash of the last line, in hex; empty where nothing was said yet.
    pub(in crate::site) head: &'s str,
}

#[derive(Debug, Serialize)]
pub(super) struct Contact<'s> {
    pub(super) phone: &'s str,
    pub(super) mail: &'s str,
    pub(super) hours: &'s str,
    pub(super) place: &'s str,
}

#[derive(Debug, Serialize)]
pub(super) struct Service<'s> {
    pub(super) id: &'s str,
    pub(super) name: &'s str,
    pub(super) group: &'s str,
    pub(super) description: &'s str,
    pub(super) state: &'static str,
    pub(super) url: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Area<'s> {
    pub(super) id: &'s str,
    pub(super) name: &'s str,
    pub(super) part_of: Option<&'s str>,
    /// Prefixes.
    pub(super) postcodes: &'s [String],
    pub(super) url: String,
}

/// Someone who is responsible for what is live, as the pages show them.
#[derive(Debug, Serialize)]
pub(super) struct Person<'s> {
    pub(super) id: &'s str,
    pub(super) name: &'s str,
    pub(super) role: &'s str,
    pub(super) phone: &'s str,
    pub(super) mail: &'s str,
    pub(super) hours: &'s str,
}

/// An incident or maintenance in a list.
#[derive(Debug, Serialize)]
pub(super) struct Summary<'s> {
    pub(super) id: &'s str,
    pub(super) kind: &'static str,
    pub(super) title: &'s str,
    pub(super) phase: &'static str,
    pub(super) status: Option<String>,
    pub(super) severity: &'static str,
    /// Ids.
    pub(super) services: Vec<&'s str>,
    /// Ids; none: everywhere.
    pub(super) areas: Vec<&'s str>,
    pub(super) started: String,
    pub(super) ended: Option<String>,
    pub(super) window: Option<Window>,
    pub(super) due: Option<Due>,
    pub(super) statements: usize,
    pub(super) updated: String,
    /// The page, and the whole of it in this interface.
    pub(super) url: String,
    pub(super) api: String,
}

#[derive(Debug, Serialize)]
pub(super) struct MonthLink {
    /// `2026-11`, in the site's zone.
    pub(super) month: String,
    pub(super) count: usize,
    pub(super) api: String,
}

/// `months/2026-11.json`: what began in a month, what was promised then, and how the promises went.
#[derive(Debug, Serialize)]
pub(super) struct Month<'s> {
    pub(super) kind: &'static str,
    pub(super) version: u8,
    pub(super) month: String,
    /// Newest first.
    pub(super) incidents: Vec<Summary<'s>>,
    pub(super) promises: Vec<Promise<'s>>,
    pub(super) tally: Tally,
}

/// `incidents/SLUG.json` and `maintenance/SLUG.json`.
#[derive(Debug, Serialize)]
pub(super) struct Incident<'s> {
    pub(super) kind: &'static str,
    pub(super) version: u8,
    pub(super) id: &'s str,
    pub(super) url: String,
    /// The language in which it is written.
    pub(super) lang: &'s str,
    /// By language, for each that there are words in.
    pub(super) title: BTreeMap<&'s str, &'s str>,
    pub(super) phase: &'static str,
    pub(super) status: Option<String>,
    pub(super) severity: &'static str,
    pub(super) services: Vec<Touched<'s>>,
    /// Ids; none: everywhere.
    pub(super) areas: Vec<&'s str>,
    /// Id of a person.
    pub(super) owner: Option<&'s str>,
    /// A tag, or `unknown`.
    pub(super) cause: Option<&'s str>,
    /// Ids of others that have to do with it.
    pub(super) related: Vec<&'s str>,
    /// Earlier ids of it.
    pub(super) aliases: Vec<&'s str>,
    /// Whether it was taken over from another system: nothing was promised then.
    pub(super) imported: bool,
    /// Whether its file cannot be read now, so that this shows what was last published.
    pub(super) being_corrected: bool,
    /// Whether a written update waits for a mend.
    pub(super) delayed: bool,
    pub(super) started: String,
    pub(super) ended: Option<String>,
    pub(super) reopened: u32,
    /// Of a maintenance.
    pub(super) window: Option<Window>,
    /// By when we speak next.
    pub(super) due: Option<Due>,
    pub(super) review_due: Option<String>,
    pub(super) affected: Option<Affected<'s>>,
    pub(super) expected_fix: Option<Fix<'s>>,
    /// "What you can do" as it holds, plain text by language.
    pub(super) actions: BTreeMap<&'s str, String>,
    /// Every estimate ever given, oldest first.
    pub(super) estimates: Vec<Estimate<'s>>,
    pub(super) promises: Vec<Promise<'s>>,
    /// Oldest first.
    pub(super) statements: Vec<Statement<'s>>,
}

/// A service with the state that this incident gives it; `None`: none any more.
#[derive(Debug, Serialize)]
pub(super) struct Touched<'s> {
    pub(super) id: &'s str,
    pub(super) state: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub(super) struct Window {
    pub(super) start: String,
    pub(super) end: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Due {
    pub(super) at: String,
    /// Whether that time has come with nothing newer.
    pub(super) late: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case", tag = "known")]
pub(super) enum Affected<'s> {
    Figure { figure: &'s str, how: &'s str },
    Everyone,
    No { because: &'s str },
}

/// `at` is `None` where it is not known, because of `because`.
#[derive(Debug, Serialize)]
pub(super) struct Fix<'s> {
    pub(super) at: Option<String>,
    pub(super) because: &'s str,
}

#[derive(Debug, Serialize)]
pub(super) struct Estimate<'s> {
    pub(super) statement: &'s str,
    pub(super) said_at: String,
    pub(super) at: Option<String>,
    pub(super) because: &'s str,
    /// Whether its time passed with the incident open.
    pub(super) passed: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Promise<'s> {
    pub(super) what: &'s str,
    /// Name of a person, or as written.
    pub(super) who: &'s str,
    pub(super) by: String,
    /// Whether a day was given and no time: then `by` is the end of that day.
    pub(super) whole_day: bool,
    /// Id of the statement that made it, which begins with the incident's id.
    pub(super) statement: &'s str,
    pub(super) made_at: String,
    /// `open`, `kept`, `kept-late`, `missed` or `withdrawn`.
    pub(super) state: &'static str,
    pub(super) settled_at: Option<String>,
    pub(super) because: Option<&'s str>,
}

#[derive(Debug, Serialize)]
pub(super) struct Statement<'s> {
    /// Never changes; the page has it as an anchor after the slash.
    pub(super) id: &'s str,
    pub(super) kind: String,
    pub(super) url: String,
    pub(super) at: String,
    /// `None` in a preview.
    pub(super) published_at: Option<String>,
    /// The due time that it gave.
    pub(super) due: Option<String>,
    /// Id of a person; `None` where Candor composed it.
    pub(super) by: Option<&'s str>,
    /// Plain text by language; `None` once it was taken down.
    pub(super) text: Option<BTreeMap<&'s str, String>>,
    /// Due times in which nothing was said, which it names.
    pub(super) missed: Vec<String>,
    pub(super) backdated: bool,
    pub(super) archived: bool,
    pub(super) reopens: bool,
    pub(super) corrects: Option<&'s str>,
    pub(super) corrected_by: Vec<&'s str>,
    /// Of its line in the record; `None` in a preview.
    pub(super) text_hash: Option<&'s str>,
    pub(super) hash: Option<&'s str>,
}
