//! The front matter of an incident, a maintenance or a translation.

use jiff::SignedDuration;
use jiff::Timestamp;

use super::front_values::{first_of_kind, instant, refusal, repeat, slugs, technical};
use super::header_values::named;
use super::keywords::Keywords;
use super::surroundings::Surroundings;
use super::{FirstOfKind, Kind, Window};
use crate::config::faults::Faults;
use crate::config::rules::{BAD_TIME, MISSING_KEY, TIME_ORDER, UNKNOWN_NAME, WRONG_TYPE};
use crate::config::table::Table;
use crate::config::{Severity, is_language_tag};
use crate::text::{AreaId, PersonId, ServiceId, Slug, Span, Spanned, nearest};

/// What the front matter of an incident or a maintenance says. The first four are `None` only where a finding says why
/// the file cannot be read without them.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub(super) title: Option<Spanned<String>>,
    pub(super) severity: Option<Spanned<Severity>>,
    pub(super) started: Option<Spanned<Timestamp>>,
    pub(super) kind: Option<Kind>,
    pub(super) services: Vec<Spanned<ServiceId>>,
    pub(super) areas: Vec<Spanned<AreaId>>,
    pub(super) owner: Option<Spanned<PersonId>>,
    pub(super) owner_text: Option<Spanned<String>>,
    pub(super) deputy: Option<Spanned<PersonId>>,
    pub(super) every: Option<Spanned<SignedDuration>>,
    pub(super) cause: Option<Spanned<String>>,
    pub(super) risk: Option<Spanned<String>>,
    pub(super) goodwill: String,
    pub(super) contact: Option<Spanned<String>>,
    pub(super) technical: bool,
    pub(super) related: Vec<Spanned<Slug>>,
    pub(super) first_of_kind: Option<Spanned<FirstOfKind>>,
    pub(super) apology_not_needed: Option<Spanned<String>>,
    pub(super) no_review: Option<Spanned<String>>,
    pub(super) detected: Option<Spanned<Timestamp>>,
    pub(super) aliases: Vec<Slug>,
    pub(super) imported: bool,
    pub(super) lang: String,
    pub(super) draft: bool,
}

/// Reads the front matter of an incident or a maintenance.
pub(super) fn read_front_matter(
    mut table: Table<'_>,
    maintenance: bool,
    around: Surroundings<'_>,
    faults: &mut Faults<'_>,
) -> FrontMatter {
    let reader = Reader { around };
    let title = required(&mut table, "title", "\"Burst water main on Riverside Drive\"", faults);
    let severity = reader.severity(&mut table, maintenance, faults);
    let services = reader.services(&mut table, faults);
    let areas = reader.areas(&mut table, faults);
    let owner_text = table.string("owner", faults).filter(|owner| !owner.is_empty());
    let owner = owner_text.as_ref().and_then(|owner| reader.person(owner, faults));
    let deputy = table.string("deputy", faults).and_then(|deputy| reader.person(&deputy, faults));
    let (started, kind) = reader.when(&mut table, maintenance, faults);
    let every = interval(&mut table, faults);
    let mut front = FrontMatter {
        title,
        severity,
        started,
        kind,
        services,
        areas,
        owner,
        owner_text,
        deputy,
        every,
        ..FrontMatter::default()
    };
    reader.context(&mut table, &mut front, faults);
    table.finish(faults);
    front
}

fn interval(table: &mut Table<'_>, faults: &mut Faults<'_>) -> Option<Spanned<SignedDuration>> {
    let every = table.take("every")?.duration(faults)?;
    let fits = every.value >= SignedDuration::from_mins(1);
    if !fits {
        faults.error(WRONG_TYPE, every.span, "An interval is at least a minute.", "Write `every = \"15m\"`.");
    }
    fits.then_some(every)
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    around: Surroundings<'a>,
}

impl Reader<'_> {
    fn severity(
        self,
        table: &mut Table<'_>,
        maintenance: bool,
        faults: &mut Faults<'_>,
    ) -> Option<Spanned<Severity>> {
        let Some(value) = table.take("severity") else {
            if maintenance {
                return Some(Spanned::new(Severity::Minor, Span::at(table.span().start)));
            }
            fatal_missing(table, "severity", "\"major\"", faults);
            return None;
        };
        let written = value.string(faults)?;
        let language = self.around.settings.default_language();
        let severity = Keywords::of(language).severity(&written);
        if severity.is_none() {
            let help = match nearest(&written, Severity::ALL.map(Severity::word)) {
                Some(near) => format!("Did you mean `severity = \"{near}\"`?"),
                None => "Write `severity = \"minor\"`, `\"major\"` or `\"critical\"`.".to_owned(),
            };
            faults.withhold(
                WRONG_TYPE,
                written.span,
                format!("“{}” is not a severity.", written.value),
                help,
            );
        }
        severity.map(|severity| Spanned::new(severity, written.span))
    }

    fn services(self, table: &mut Table<'_>, faults: &mut Faults<'_>) -> Vec<Spanned<ServiceId>> {
        let Some(services) = table.strings("services", faults) else {
            table.missing("services", "[\"water-supply\"]", faults);
            return Vec::new();
        };
        let found = services.iter().filter_map(|service| {
            let id = named("service", service, service.span, self.around.service(service), faults)?;
            Some(Spanned::new(id, service.span))
        });
        found.collect()
    }

    fn areas(self, table: &mut Table<'_>, faults: &mut Faults<'_>) -> Vec<Spanned<AreaId>> {
        let areas = table.strings("areas", faults).unwrap_or_default();
        let found = areas.iter().filter_map(|area| {
            let id = named("area", area, area.span, self.around.area(area), faults)?;
            Some(Spanned::new(id, area.span))
        });
        found.collect()
    }

    fn person(self, written: &Spanned<String>, faults: &mut Faults<'_>) -> Option<Spanned<PersonId>> {
        let id = named("person", written, written.span, self.around.person(written), faults)?;
        Some(Spanned::new(id, written.span))
    }

    /// `started` of an incident; `start`, `end` and `repeat` of a maintenance.
    fn when(
        self,
        table: &mut Table<'_>,
        maintenance: bool,
        faults: &mut Faults<'_>,
    ) -> (Option<Spanned<Timestamp>>, Option<Kind>) {
        if !maintenance {
            return (self.time(table, "started", true, faults), Some(Kind::Incident));
        }
        let start = self.time(table, "start", true, faults);
        let end = self.time(table, "end", true, faults);
        let repeat = table.string("repeat", faults).and_then(|written| repeat(&written, faults));
        let (Some(start), Some(end)) = (start, end) else { return (None, None) };
        if end.value <= start.value {
            faults.withhold(
                TIME_ORDER,
                end.span,
                "The work would end before it starts.",
                "Write an `end` after `start`.",
            );
            return (None, None);
        }
        let window = Window { start: start.value, end: end.value };
        (Some(start), Some(Kind::Maintenance { window, repeat }))
    }

    /// A TOML date-time, or the same time as text.
    fn time(
        self,
        table: &mut Table<'_>,
        key: &'static str,
        must: bool,
        faults: &mut Faults<'_>,
    ) -> Option<Spanned<Timestamp>> {
        let Some(value) = table.take(key) else {
            if must {
                fatal_missing(table, key, "2026-11-21T13:55:00", faults);
            }
            return None;
        };
        match instant(value, self.around) {
            Some(Ok(at)) => Some(Spanned::new(at, value.span)),
            Some(Err(trouble)) => {
                faults.withhold(BAD_TIME, value.span, trouble.message, trouble.help);
                None
            }
            None => {
                value.wrong(faults, "a date with a time", format!("{key} = 2026-11-21T13:55:00"));
                None
            }
        }
    }

    /// Everything that is not needed to publish.
    fn context(self, table: &mut Table<'_>, front: &mut FrontMatter, faults: &mut Faults<'_>) {
        front.cause = table.string("cause", faults);
        front.risk = table.string("risk", faults).filter(|risk| self.is_risk(risk, faults));
        front.goodwill = table.text("goodwill", faults);
        // Read for its type only: notes for staff go nowhere.
        table.string("staff_note", faults);
        front.contact = table.string("contact", faults).filter(|contact| !contact.is_empty());
        front.technical = match table.string("audience", faults) {
            Some(audience) => technical(&audience, faults),
            None => false,
        };
        front.related = slugs(table, "related", faults);
        front.first_of_kind = table.take("first_of_kind").and_then(|value| first_of_kind(value, faults));
        front.apology_not_needed = refusal(table, "apology", "not needed", faults);
        front.no_review = refusal(table, "review", "none", faults);
        front.detected = self.time(table, "detected", false, faults);
        front.aliases = slugs(table, "aliases", faults).into_iter().map(|alias| alias.value).collect();
        front.imported = table.boolean("imported", faults).unwrap_or_default();
        front.draft = table.boolean("draft", faults).unwrap_or_default();
        front.lang = self.language(table, faults);
    }

    fn is_risk(self, risk: &Spanned<String>, faults: &mut Faults<'_>) -> bool {
        let ids = || self.around.registers.risks.iter().map(|risk| risk.id.as_str());
        let known = ids().any(|id| id == risk.value);
        if !known {
            let help = match nearest(risk, ids()) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Write an id from `content/risks.toml`, or add it there first.".to_owned(),
            };
            faults.error(UNKNOWN_NAME, risk.span, format!("There is no risk “{}”.", risk.value), help);
        }
        known
    }

    fn language(self, table: &mut Table<'_>, faults: &mut Faults<'_>) -> String {
        let default = self.around.settings.default_language();
        let Some(lang) = table.string("lang", faults) else { return default.to_owned() };
        if is_language_tag(&lang) {
            return lang.value;
        }
        faults.error(
            WRONG_TYPE,
            lang.span,
            format!("“{}” is not a language tag.", lang.value),
            format!("Write a tag such as `lang = \"{default}\"`."),
        );
        default.to_owned()
    }
}

/// A text that must be there for the file to be read at all.
fn required(
    table: &mut Table<'_>,
    key: &'static str,
    example: &str,
    faults: &mut Faults<'_>,
) -> Option<Spanned<String>> {
    let Some(value) = table.take(key) else {
        fatal_missing(table, key, example, faults);
        return None;
    };
    let text = value.string(faults)?;
    if text.is_empty() {
        faults.withhold(
            MISSING_KEY,
            text.span,
            format!("`{key}` is empty."),
            format!("Write `{key} = {example}`."),
        );
        return None;
    }
    Some(text)
}

fn fatal_missing(table: &Table<'_>, key: &str, example: &str, faults: &mut Faults<'_>) {
    table.missing(key, example, faults);
    if let Some(finding) = faults.findings.last_mut() {
        finding.withholds = true;
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::super::Repeat;
    use super::super::fixture::{at, file, front, read, read_files, told};
    use super::*;

    fn told_about(more: &str) -> String {
        told(&read(&front(more)).findings).join("\n")
    }

    #[test]
    fn every_key_is_read() {
        let text = front(
            "areas = [\"Norwood\"]\ndeputy = \"luis-marin\"\nevery = \"15m\"\ncause = \"unknown\"\nrisk = \"main-burst\"\n\
             goodwill = \"We pay.\"\nstaff_note = \"x\"\ncontact = \"Ring\"\naudience = \"technical\"\n\
             first_of_kind = { checked = 2026-11-21, since = 2019-01-01 }\napology = \"not needed because planned\"\n\
             review = \"none because minor\"\ndetected = 2026-11-21T14:00:00+01:00\naliases = [\"old-name\"]\nimported = true\nlang = \"fr\"\ndraft = true\n",
        );
        let read = read(&text);
        assert_eq!(told(&read.findings), [""; 0]);
        let incident = read.value.unwrap();
        assert_eq!(incident.title.span.of(&text), "Burst main");
        assert_eq!(incident.started.value, at("2026-11-21T13:55:00Z"));
        assert_eq!(incident.areas[0].as_str(), "norwood");
        assert_eq!(incident.every.unwrap().value, SignedDuration::from_mins(15));
        assert_eq!(incident.detected.unwrap().value, at("2026-11-21T13:00:00Z"));
        assert_eq!(incident.apology_not_needed.unwrap().value, "planned");
        assert_eq!(incident.no_review.unwrap().value, "minor");
        assert_eq!(incident.first_of_kind.unwrap().since, Date::constant(2019, 1, 1));
        assert_eq!(
            (incident.lang.as_str(), incident.draft, incident.technical, incident.imported),
            ("fr", true, true, true)
        );
    }

    #[test]
    fn slips_are_told_with_what_to_write() {
        for (more, told) in [
            (
                "ownr = \"x\"\n",
                "unknown-key \"ownr\": `ownr` is not a key of the front matter. Did you mean `owner`?",
            ),
            (
                "zebra = 1\n",
                "unknown-key \"zebra\": `zebra` is not a key of the front matter. The front matter knows: title,",
            ),
            (
                "areas = \"norwood\"\n",
                "wrong-type \"\\\"norwood\\\"\": `areas` takes a list in brackets, and this is “norwood”. Write `areas = [\"norwood\"]`.",
            ),
            ("areas = [\"norwod\"]\n", "unknown-name \"norwod\""),
            (
                "deputy = \"Luis Marn\"\n",
                "unknown-name \"Luis Marn\": There is no person “Luis Marn”. Did you mean `luis-marin`?",
            ),
            ("every = \"often\"\n", "wrong-type \"\\\"often\\\"\": `every` takes a length of time such as"),
            ("every = \"20s\"\n", "wrong-type \"\\\"20s\\\"\": An interval is at least a minute."),
            ("risk = \"main-brust\"\n", "unknown-name \"main-brust\""),
            ("audience = \"press\"\n", "wrong-type \"press\""),
            (
                "apology = \"no\"\n",
                "wrong-type \"no\": `apology` takes “not needed because …” and nothing else.",
            ),
            ("review = \"none\"\n", "reason-missing \"none\""),
            ("first_of_kind = { checked = 2018-01-01, since = 2019-01-01 }\n", "time-order"),
            ("first_of_kind = { checked = 2018-01-01 }\n", "missing-key"),
            ("aliases = [\"Old Name\"]\n", "bad-id \"Old Name\""),
            ("detected = 2026-11-21\n", "bad-time! \"2026-11-21\": This is a date without a time."),
            ("imported = \"yes\"\n", "wrong-type"),
        ] {
            assert!(told_about(more).starts_with(told), "{more}: {}", told_about(more));
        }
    }

    #[test]
    fn without_title_severity_or_start_nothing_can_be_published() {
        for (key, told_first) in [
            ("title = \"Burst main\"\n", "missing-key!"),
            ("severity = \"major\"\n", "missing-key!"),
            ("started = 2026-11-21T13:55:00\n", "missing-key!"),
        ] {
            let read = read(&front("").replace(key, ""));
            assert!(read.value.is_none(), "{key}");
            assert!(told(&read.findings)[0].starts_with(told_first), "{:?}", read.findings);
        }
        let read = read(&front("").replace("\"major\"", "\"majr\""));
        assert!(read.value.is_none());
        assert!(told(&read.findings)[0].contains("Did you mean `severity = \"major\"`?"));
    }

    #[test]
    fn a_start_that_exists_twice_shows_both_offsets() {
        let read = read(&front("").replace("2026-11-21T13:55:00", "2026-10-25T01:30:00"));
        assert!(
            told(&read.findings)[0].contains("`2026-10-25 01:30+01:00` or `2026-10-25 01:30+00:00`"),
            "{:?}",
            read.findings
        );
    }

    #[test]
    fn a_maintenance_has_a_start_and_an_end() {
        let maintenance = |more: &str| {
            let text = format!(
                "+++\ntitle = \"Valves\"\nservices = [\"roads\"]\nowner = \"dana-osei\"\nstart = 2026-12-02T22:00:00\n{more}+++\n"
            );
            let read = read_files(&[file("content/maintenance/a.md", &text)]);
            (read.value, told(&read.findings).join("\n"))
        };
        let (read, told) = maintenance("end = 2026-12-03T05:00:00\nrepeat = \"FREQ=MONTHLY;BYDAY=1TU\"\n");
        assert_eq!(told, "");
        let read = read.unwrap();
        assert_eq!(read.severity.value, Severity::Minor);
        let Kind::Maintenance { window, repeat } = read.kind else { panic!("not a maintenance") };
        assert_eq!(window, Window { start: at("2026-12-02T22:00:00Z"), end: at("2026-12-03T05:00:00Z") });
        assert_eq!(repeat.unwrap().value, Repeat::parse("FREQ=MONTHLY;BYDAY=1TU").unwrap());
        assert!(maintenance("end = 2026-12-02T21:00:00\n").1.starts_with("time-order!"));
        assert!(maintenance("").1.starts_with("missing-key!"));
        assert!(maintenance("end = 2026-12-03T05:00:00\nrepeat = \"monthly\"\n").1.starts_with("wrong-type"));
        assert!(
            maintenance("end = 2026-12-03T05:00:00\nstarted = 2026-12-02T22:00:00\n")
                .1
                .starts_with("unknown-key")
        );
    }
}
