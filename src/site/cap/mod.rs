//! `/cap/`: alerts in the Common Alerting Protocol 1.2, for sites of an alerting authority (`[cap]` of `candor.toml`).
//!
//! Every statement about an incident that is severe enough is one message in a file of its own, and such a file is never
//! written again: receivers know a message by its identifier and read it once. So it says only what was said and held
//! then. A statement that is translated later is not sent again. Where a text was taken down, its file goes too, and the
//! retraction is a message. `index.atom` lists the latest.

mod index;
mod message;

use jiff::{SignedDuration, Timestamp};

use super::facts::State;
use super::index::Site;
use super::plain;
use super::plan::{Pages, Planned, Write, Writing};
use super::shown::Shown;
use super::statement::label;
use super::tongue::Tongue;
use super::voice::{Voice, written};
use crate::config::{CapSettings, Severity};
use crate::content::Status;
use crate::diag::Finding;
use crate::text::same_language;
use crate::timeline::{Statement, StatementKind, Words, states};
use message::{Alert, Area, Info, Reference};

/// How long a message holds beyond the time at which the next one is due: if we fall silent, people are still warned.
const HOLDS: SignedDuration = SignedDuration::from_hours(24);
/// Texts are cut at this length, in characters: what a receiver's headline can show (CAP 1.2, 3.2.2).
const HEADLINE: usize = 160;

/// A statement as a message.
#[derive(Clone, Debug)]
struct Message<'s> {
    shown: &'s Shown,
    statement: &'s Statement,
    /// Earlier messages about the incident, oldest first.
    earlier: Vec<&'s Statement>,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    if site.view.settings.cap.is_none() {
        return;
    }
    let mut listed = site.fingerprint(0);
    for (item, shown) in site.order.shown.iter().enumerate() {
        for (number, message) in messages(site, shown).iter().enumerate() {
            let id = &message.statement.id;
            let retracted = message.statement.words == Words::Retracted;
            listed.add(&(id, retracted, shown.incident().fingerprint));
            if retracted {
                continue;
            }
            let mut fingerprint = site.fingerprint(0);
            fingerprint.add(id);
            if site.view.preview {
                fingerprint.add(&shown.fingerprint);
            }
            let write: Write = |site, number, item| {
                let message = messages(site, &site.order.shown[item]).into_iter().nth(number);
                message.map_or_else(|| Ok(Vec::new()), |message| message.written(site))
            };
            pages.add(Planned {
                path: path(message.statement),
                fingerprint: fingerprint.finish(),
                // A message has no language of its own; this is its place among those of its incident.
                tongue: number,
                item,
                writing: if site.view.preview { Writing::Page(write) } else { Writing::Once(write) },
                source: None,
            });
        }
    }
    pages.add(Planned {
        path: "cap/index.atom".to_owned(),
        fingerprint: listed.finish(),
        tongue: 0,
        item: 0,
        writing: Writing::Page(|site, _, _| Ok(index::index(site).into_bytes())),
        source: None,
    });
}

fn path(statement: &Statement) -> String {
    format!("cap/{}.xml", statement.id)
}

/// What an incident's statements come to, in the order in which they went out: from the first one that is severe enough.
fn messages<'s>(site: &Site<'_>, shown: &'s Shown) -> Vec<Message<'s>> {
    let incident = shown.incident();
    let Some(cap) = &site.view.settings.cap else { return Vec::new() };
    if incident.draft || incident.imported || incident.is_maintenance() {
        return Vec::new();
    }
    let alerts = |statement: &&Statement| {
        !statement.archived && !matches!(statement.kind, StatementKind::Review | StatementKind::FollowUp)
    };
    let mut said: Vec<&Statement> = shown.timeline.statements.iter().filter(alerts).collect();
    said.sort_by_key(|statement| (statement.said_at(), statement.at));
    let first = said.iter().position(|statement| statement.facts.severity >= cap.from && !ends(statement));
    let said = first.map_or(&[][..], |first| &said[first..]);
    let message = |(number, statement): (usize, &&'s Statement)| Message {
        shown,
        statement,
        earlier: said[..number].to_vec(),
    };
    said.iter().enumerate().map(message).collect()
}

fn ends(statement: &Statement) -> bool {
    matches!(statement.kind, StatementKind::Update(status) if status.is_final())
}

fn identifier(site: &Site<'_>, statement: &Statement) -> String {
    format!("{}/{}", site.view.settings.id_domain, statement.id)
}

impl Message<'_> {
    fn written(&self, site: &Site<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let Some(cap) = &site.view.settings.cap else { return Ok(Vec::new()) };
        let alert = self.alert(site, cap);
        match alert.faults().first() {
            None => Ok(alert.xml().into_bytes()),
            Some(fault) => Err(Box::new(Finding::error(
                "cap-message",
                &"candor.toml".into(),
                0..0,
                format!("The alert {} cannot be sent: {fault}.", alert.identifier),
                "Mend `id_domain`, or `polygon` in content/areas.toml, or take `[cap]` away.",
            ))),
        }
    }

    fn alert(&self, site: &Site<'_>, cap: &CapSettings) -> Alert {
        let reference = |earlier: &&Statement| Reference {
            identifier: identifier(site, earlier),
            sent: earlier.said_at(),
        };
        Alert {
            identifier: identifier(site, self.statement),
            sender: cap.sender.clone(),
            sent: self.statement.said_at(),
            status: match (site.view.preview, cap.actual) {
                (true, _) => "Draft",
                (false, true) => "Actual",
                (false, false) => "Exercise",
            },
            msg_type: if self.earlier.is_empty() { "Alert" } else { "Update" },
            references: self.earlier.iter().map(reference).collect(),
            infos: self.infos(site, cap),
        }
    }

    /// One for each language in which it was said, the source's first.
    fn infos(&self, site: &Site<'_>, cap: &CapSettings) -> Vec<Info> {
        let incident = self.shown.incident();
        let speaks = |tongue: &Tongue<'_>| {
            let voice = Voice::new(site, tongue, incident);
            match written(self.statement) {
                Some(index) => voice.update(index).is_some_and(|spoken| tongue.wants(spoken.lang)),
                None => voice.composed(self.statement).is_some_and(|(_, lang)| tongue.wants(lang)),
            }
        };
        let mut tongues: Vec<&Tongue<'_>> = site.tongues.iter().filter(|tongue| speaks(tongue)).collect();
        if tongues.is_empty() {
            tongues.extend(site.tongues.first());
        }
        tongues.sort_by_key(|tongue| !same_language(tongue.lang, &incident.lang));
        tongues.into_iter().map(|tongue| self.info(site, cap, tongue)).collect()
    }

    fn info(&self, site: &Site<'_>, cap: &CapSettings, tongue: &Tongue<'_>) -> Info {
        let (settings, incident, statement) = (site.view.settings, self.shown.incident(), self.statement);
        let web = format!("{}/{}{}", settings.base_url, tongue.prefix, self.shown.href);
        let voice = Voice::new(site, tongue, incident).at(&web);
        let over = self.is_over();
        let body = match (&statement.words, written(statement).and_then(|index| voice.update(index))) {
            (Words::Written(_), Some(spoken)) => plain::text(&voice, spoken.text, spoken.update.body),
            _ => plain::body(&voice, statement),
        };
        let actions = voice.actions_source(statement.facts.actions).filter(|_| !over);
        Info {
            language: tongue.lang.to_owned(),
            category: cap.category.clone(),
            event: self.event(site, tongue, over),
            response: if over { "AllClear" } else { "Monitor" },
            urgency: if over { "Past" } else { "Immediate" },
            // `Extreme` is an extraordinary threat to life; no status of a service says that.
            severity: match statement.facts.severity {
                _ if over => "Minor",
                Severity::Minor => "Minor",
                Severity::Major => "Moderate",
                Severity::Critical => "Severe",
            },
            certainty: "Observed",
            onset: incident.started.value,
            expires: self.expires(),
            sender_name: settings.name.clone(),
            headline: cut(&format!("{}: {}", label(&voice, statement.kind), voice.plain_title())),
            description: body,
            instruction: actions.map(|(text, span, _)| plain::text(&voice, text, span)).unwrap_or_default(),
            contact: [&settings.contact.phone, &settings.contact.mail]
                .into_iter()
                .filter(|way| !way.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(", "),
            areas: self.areas(site, cap, tongue),
            web: format!("{web}#{}", statement.id.stamp()),
        }
    }

    /// What happens to what: "Tap water: some areas affected".
    fn event(&self, site: &Site<'_>, tongue: &Tongue<'_>, over: bool) -> String {
        let facts = &self.statement.facts;
        let worst = states(self.shown.incident(), facts, !over).into_values().max().unwrap_or_default();
        let names: Vec<&str> =
            facts.services.iter().map(|service| site.service_name(tongue, service)).collect();
        format!("{}: {}", names.join(", "), State::new(tongue, worst).word)
    }

    /// Whether by this statement it is over: what was said then, and not what came later.
    fn is_over(&self) -> bool {
        let mut statuses =
            self.earlier.iter().chain([&self.statement]).rev().filter_map(|statement| match statement.kind {
                StatementKind::Update(status) => Some(status),
                _ => None,
            });
        statuses.next().is_some_and(Status::is_final)
    }

    fn expires(&self) -> Timestamp {
        let said = self.statement.said_at();
        let due = self.statement.due.filter(|due| *due > said).unwrap_or(said);
        due.checked_add(HOLDS).unwrap_or(Timestamp::MAX)
    }

    fn areas(&self, site: &Site<'_>, cap: &CapSettings, tongue: &Tongue<'_>) -> Vec<Area> {
        let registers = site.view.registers;
        let areas = &self.statement.facts.areas;
        if areas.is_empty() {
            let everywhere = if cap.area.is_empty() { &site.view.settings.name } else { &cap.area };
            return vec![Area {
                description: everywhere.clone(),
                polygon: String::new(),
                postcodes: Vec::new(),
            }];
        }
        let area = |id| {
            let known = registers.area(id);
            Area {
                description: site.area_name(tongue, id).to_owned(),
                polygon: known.map(|area| area.polygon.clone()).unwrap_or_default(),
                postcodes: known.map(|area| area.postcodes.clone()).unwrap_or_default(),
            }
        };
        areas.iter().map(area).collect()
    }
}

fn cut(words: &str) -> String {
    if words.chars().count() <= HEADLINE {
        return words.to_owned();
    }
    words.chars().take(HEADLINE - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use crate::config::CapSettings;
    use crate::site::town::{BURST, Town};

    const FIRST: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\nWe closed the road.\n\n\
        ### What you can do\n\nBoil water.\n\n";
    const END: &str = "## 2026-11-21 14:30 Resolved\n\nWater runs since 14:25.\n\n";
    const FRENCH: &str =
        "+++\ntitle = \"Conduite rompue\"\n+++\n\n## 2026-11-21 14:10 Enquête en cours\n\nNous attendons.\n";

    fn town(said: &str, french: &str) -> Town {
        let file = format!("{BURST}{said}");
        let mut files = vec![("incidents/burst.md", file.as_str())];
        if !french.is_empty() {
            files.push(("incidents/burst.fr.md", french));
        }
        let mut town = Town::new(&files);
        town.settings.cap = Some(CapSettings {
            sender: "alerts@riverton.example".to_owned(),
            actual: false,
            category: "Infra".to_owned(),
            from: crate::config::Severity::Major,
            area: String::new(),
        });
        town
    }

    fn paths(town: &Town, now: &str) -> Vec<String> {
        let outputs = town.outputs(now).into_iter().map(|(path, _)| path);
        outputs.filter(|path| path.starts_with("cap/")).collect()
    }

    fn alert(town: &Town, now: &str, path: &str) -> oasiscap::v1dot2::Alert {
        let xml = town.file(now, path);
        match xml.parse().unwrap_or_else(|error| panic!("{error}\n{xml}")) {
            oasiscap::Alert::V1dot2(alert) => alert,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn nobody_sends_alerts_who_did_not_ask_for_it() {
        let town = Town::burst(FIRST).awake_until("14:11");
        assert_eq!(paths(&town, "14:11"), Vec::<String>::new());
    }

    #[test]
    fn each_statement_is_a_message_that_names_all_earlier_ones() {
        let town = town(&format!("{FIRST}{END}"), FRENCH).awake_until("14:31");
        let (first, last) = ("cap/burst/20261121T2010Z.xml", "cap/burst/20261121T2030Z.xml");
        assert_eq!(paths(&town, "14:31"), [first, last, "cap/index.atom"]);
        let alert_one = alert(&town, "14:31", first);
        assert_eq!(alert_one.status, oasiscap::v1dot2::Status::Exercise);
        assert_eq!(alert_one.message_type, oasiscap::v1dot2::MessageType::Alert);
        let languages: Vec<_> = alert_one.info.iter().map(|info| info.language.as_str()).collect();
        assert_eq!(languages, ["en", "fr"]);
        assert_eq!(alert_one.info[0].instruction.as_deref(), Some("Boil water."));
        assert_eq!(alert_one.info[1].headline.as_deref(), Some("Enquête en cours: Conduite rompue"));
        let xml = town.file("14:31", last);
        assert!(xml.contains("<responseType>AllClear</responseType>"));
        assert!(xml.contains(
            "<references>alerts@riverton.example,status.riverton.example/burst/20261121T2010Z,2026-11-21T20:10:00-00:00</references>"
        ), "{xml}");
    }

    #[test]
    fn what_comes_later_changes_no_message() {
        let then = town(FIRST, "").awake_until("14:11");
        let mut now = town(&format!("{FIRST}{END}"), "");
        now.record = then.record.clone();
        let now = now.awake_until("14:31");
        let path = "cap/burst/20261121T2010Z.xml";
        assert_eq!(then.file("14:11", path), now.file("14:31", path));
    }

    #[test]
    fn a_text_that_was_taken_down_leaves_and_its_message_is_still_named() {
        let more =
            "## 2026-11-21 14:20 Correction\n\nRetracts: 14:10, it named a resident\n\nWe took it down.\n\n";
        let town = town(&format!("{FIRST}{more}"), "").awake_until("14:21");
        assert_eq!(paths(&town, "14:21"), ["cap/burst/20261121T2020Z.xml", "cap/index.atom"]);
        assert!(town.file("14:21", "cap/burst/20261121T2020Z.xml").contains("burst/20261121T2010Z,2026"));
    }

    #[test]
    fn the_index_leads_to_the_files() {
        let town = town(FIRST, "").awake_until("14:11");
        let feed = feed_rs::parser::parse(town.file("14:11", "cap/index.atom").as_bytes()).unwrap();
        let link = &feed.entries[0].links[0];
        assert_eq!(link.href, "https://status.riverton.example/cap/burst/20261121T2010Z.xml");
        assert_eq!(link.media_type.as_deref(), Some("application/cap+xml"));
    }
}
