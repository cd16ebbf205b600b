//! What holds for every file, however broken: reading never panics, every span lies in the text, equal files read
//! equally; and a well-formed file means what it says.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::Committed;
use super::fixture::{at, file, read_files, register_files, settings, told};
use super::moment::offset_text;
use super::{
    Affected, Comment, Content, Directive, ExpectedFix, File, Incident, RULES, Read, Section, Status, Update,
    Word, read,
};
use crate::text::Span;

/// Scraps of which files are made, so that chance comes near to what people write.
const SCRAPS: &[&str] = &[
    "+++\n",
    "title = \"a\"\n",
    "severity = \"major\"\n",
    "services = [\"roads\"]\n",
    "owner = \"dana-osei\"\n",
    "started = 2026-11-21T13:55:00\n",
    "lang = \"fr\"\n",
    "imported = true\n",
    "every = \"5m\"\n",
    "# a\n",
    "## 2026-11-21 14:10 Identified\n",
    "## 2026-11-21 15:10 Resolved\n",
    "## 2026-11-21 14:10 Correction\n",
    "## 2026-11-28 10:00 Review\n",
    "## now Résolu\n",
    "## Draft\n",
    "##",
    "### What we are changing\n",
    "### What you can do\n",
    "Next update: 14:40\n",
    "Affected: ",
    "1,200 homes, counted\n",
    "Expected fix: 20:00, because ",
    "Corrects: 14:10, x\n",
    "Promise: a; by 20:00; b\n",
    "- [ ] a; by 2027-01-31; b\n",
    "- [x] ",
    "; done 2026-12-03",
    "Kept: a\n",
    "Services: roads: outage; ",
    "Réparation prévue\u{a0}: ",
    "not known",
    "```\n",
    "<!-- candor: allow(a) because b -->",
    "<!-- ",
    "-->",
    "candor: publish-anyway because c",
    "\n",
    "\r\n",
    "\n\n",
    "  ",
    "\t",
    "---\n",
    "é",
    "\u{feff}",
    "😀",
    ":",
    ";",
    ",",
    "2026-10-25 01:30",
    "+01:00",
    "\"",
    "\0",
];

fn soup() -> impl Strategy<Value = Vec<u8>> {
    let scrap = prop_oneof![
        20 => proptest::sample::select(SCRAPS).prop_map(|scrap| scrap.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..4),
        1 => "\\PC{0,6}".prop_map(String::into_bytes),
    ];
    let front = "+++\ntitle = \"é\"\nseverity = \"major\"\nservices = [\"roads\"]\nowner = \"x\"\nstarted = 2026-11-21T13:55:00\n+++\n";
    (proptest::bool::weighted(0.7), proptest::collection::vec(scrap, 0..40)).prop_map(
        move |(well, scraps)| {
            let start = if well { front.as_bytes().to_vec() } else { Vec::new() };
            scraps.into_iter().fold(start, |mut bytes, scrap| {
                bytes.extend(scrap);
                bytes
            })
        },
    )
}

/// A site of two incidents, a translation, a maintenance, a page and a register of such bytes.
fn site(parts: [Vec<u8>; 6]) -> Vec<File> {
    let paths = [
        "content/incidents/a.md",
        "content/incidents/a.fr.md",
        "content/incidents/2026/b.md",
        "content/maintenance/c.md",
        "content/pages/d.md",
        "content/areas.toml",
    ];
    let mut files: Vec<File> =
        register_files().into_iter().filter(|file| !file.path.ends_with("areas.toml")).collect();
    files.extend(paths.into_iter().zip(parts).map(|(path, bytes)| File {
        bytes: bytes.into(),
        committed: Committed::At(at("2026-11-21T14:10:42Z")),
        ..file(path, "")
    }));
    files
}

fn of_sections(sections: &[Section]) -> Vec<Span> {
    sections.iter().flat_map(|section| [section.heading.span, section.body]).collect()
}

fn of_comments(comments: &[Comment]) -> Vec<Span> {
    let rule = |comment: &Comment| match &comment.directive {
        Directive::Allow { rule, .. } => rule.span,
        _ => comment.span,
    };
    comments.iter().flat_map(|comment| [comment.span, comment.block, rule(comment)]).collect()
}

fn of_update(update: &Update) -> Vec<Span> {
    let header = &update.header;
    let mut spans = vec![update.heading, update.span, update.header_span, update.body];
    spans.extend(of_sections(&update.sections));
    spans.extend(of_comments(&update.comments));
    spans.extend(update.tasks.iter().map(|task| task.span));
    spans.extend(header.next_update.iter().map(|v| v.span));
    spans.extend(header.expected_fix.iter().map(|v| v.span));
    spans.extend(header.affected.iter().map(|v| v.span));
    spans.extend(header.by.iter().chain(&header.owner).map(|v| v.span));
    spans.extend(header.severity.iter().map(|v| v.span));
    spans.extend(header.areas.iter().map(|v| v.span));
    spans.extend(header.services.iter().map(|v| v.span));
    spans.extend(header.promises.iter().map(|v| v.span));
    spans.extend(header.kept.iter().chain(&header.withdrawn).map(|v| v.span));
    spans.extend(header.corrects.iter().chain(&header.retracts).map(|v| v.span));
    spans.extend(header.window.iter().map(|v| v.span));
    spans
}

fn of_incident(incident: &Incident) -> Vec<Span> {
    let mut spans = vec![
        incident.title.span,
        incident.severity.span,
        incident.started.span,
        incident.front_matter,
        incident.summary,
    ];
    spans.extend(incident.services.iter().map(|v| v.span));
    spans.extend(of_sections(&incident.summary_sections));
    spans.extend(of_comments(&incident.comments));
    spans.extend(incident.updates.iter().flat_map(of_update));
    spans
}

fn fits(span: Span, text: &str) -> bool {
    text.get(span.range()).is_some()
}

fn check_spans(files: &[File], read: &Read<Content>) {
    for finding in &read.findings {
        let file = files.iter().find(|file| file.path == finding.path).expect("a finding is about a file");
        let text = String::from_utf8_lossy(&file.bytes);
        assert!(fits(finding.span, &text), "{finding:?}");
        assert!(
            finding.notes.iter().all(|note| fits(note.span, &text) || note.path != finding.path),
            "{finding:?}"
        );
        assert!(RULES.iter().any(|(rule, _)| *rule == finding.rule), "{finding:?}");
        assert!(!finding.message.is_empty() && !finding.help.is_empty(), "{finding:?}");
    }
    for incident in &read.value.incidents {
        assert!(of_incident(incident).into_iter().all(|span| fits(span, incident.text())), "{incident:?}");
        assert!(incident.updates.is_sorted_by(|a, b| a.at < b.at), "{incident:?}");
        for translation in &incident.translations {
            let spans = translation.updates.iter().flat_map(of_update).chain([translation.summary]);
            assert!(spans.into_iter().all(|span| fits(span, &translation.source.text)), "{translation:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic_and_every_span_lies_in_the_text(parts in proptest::array::uniform6(soup())) {
        let files = site(parts);
        let read = read(&files, &settings());
        check_spans(&files, &read);
        // Nothing is dropped in silence: what is not read is told.
        let told = |path: &str| read.findings.iter().any(|finding| &*finding.path == path);
        for (_, path) in &read.value.unreadable {
            prop_assert!(told(path), "{path}");
        }
        prop_assert_eq!(read.value.incidents.len() + read.value.unreadable.len(), 3);
    }

    #[test]
    fn reading_is_deterministic_whatever_the_order_of_files(parts in proptest::array::uniform6(soup())) {
        let mut files = site(parts);
        let first = read(&files, &settings());
        files.reverse();
        let second = read(&files, &settings());
        prop_assert_eq!(format!("{:?}", first.value), format!("{:?}", second.value));
        prop_assert_eq!(first.findings, second.findings);
    }

    #[test]
    fn a_well_formed_incident_reads_back_to_what_was_written(incident in written_incident()) {
        let text = incident.print();
        let read = read_files(&[file("content/incidents/a.md", &text)]);
        prop_assert_eq!(told(&read.findings), Vec::<String>::new(), "{}", text);
        let got = read.value.expect("it is well-formed");
        prop_assert_eq!(&got.title.value, &incident.title);
        prop_assert_eq!(got.summary.of(&text), &incident.summary);
        prop_assert_eq!(got.updates.len(), incident.updates.len());
        for (got, wrote) in got.updates.iter().zip(&incident.updates) {
            prop_assert_eq!((got.at, got.word), (wrote.at, Word::Status(wrote.status)));
            let fix = ExpectedFix { at: wrote.fix, because: wrote.because.clone() };
            prop_assert_eq!(got.header.expected_fix.as_ref().map(|v| &v.value), Some(&fix));
            prop_assert_eq!(got.header.next_update.as_ref().map(|v| v.at), Some(wrote.next));
            let affected = Affected::Figure { figure: wrote.figure.clone(), how: wrote.how.clone() };
            prop_assert_eq!(got.header.affected.as_ref().map(|v| &v.value), Some(&affected));
            prop_assert_eq!(got.body.of(&text), &wrote.body);
            prop_assert_eq!(got.sections.first().map(|section| section.body.of(&text)), Some(wrote.actions.as_str()));
        }
    }
}

/// What a well-formed file says.
#[derive(Clone, Debug)]
struct WrittenIncident {
    title: String,
    summary: String,
    updates: Vec<WrittenUpdate>,
}

#[derive(Clone, Debug)]
struct WrittenUpdate {
    at: Timestamp,
    status: Status,
    next: Timestamp,
    fix: Option<Timestamp>,
    because: String,
    figure: String,
    how: String,
    body: String,
    actions: String,
}

impl WrittenIncident {
    fn print(&self) -> String {
        let zone = settings().zone;
        let mut text = format!(
            "+++\ntitle = {:?}\nseverity = \"minor\"\nservices = [\"roads\"]\nowner = \"dana-osei\"\nstarted = 2026-11-21T13:55:00\n+++\n\n{}\n",
            self.title, self.summary
        );
        for update in &self.updates {
            let fix = update.fix.map_or("not known".to_owned(), |fix| local(fix, &zone));
            text += &format!(
                "\n## {} {}\n\nNext update: {}\nExpected fix: {fix} because {}\nAffected: {}, {}\n\n{}\n\n### What you can do\n\n{}\n",
                local(update.at, &zone),
                update.status.word(),
                local(update.next, &zone),
                update.because,
                update.figure,
                update.how,
                update.body,
                update.actions,
            );
        }
        text
    }
}

/// As a person writes it, with the offset wherever clocks change.
fn local(moment: Timestamp, zone: &TimeZone) -> String {
    let local = moment.to_zoned(zone.clone());
    format!("{}{}", local.strftime("%Y-%m-%d %H:%M"), offset_text(local.offset()))
}

fn written_incident() -> impl Strategy<Value = WrittenIncident> {
    let words = "[A-Za-z0-9é][A-Za-z0-9é ,.]{0,30}[a-z.]";
    let minutes = 1..40_000_i64;
    let update = (minutes, 0..4_usize, 1..700_i64, proptest::option::of(0..700_i64), words, words)
        .prop_flat_map(move |(after, status, next, fix, because, body)| {
            (
                "[0-9]{1,3},[0-9]{3} homes",
                "[a-z][a-z ,]{0,20}[a-z]",
                "[A-Z][a-z ]{0,20}[a-z](\n\n[A-Z][a-z]{1,9})?",
            )
                .prop_map(move |(figure, how, actions)| {
                    (after, status, next, fix, because.clone(), body.clone(), figure, how, actions)
                })
        });
    (words, "[A-Z][a-z ]{0,30}[a-z]", proptest::collection::vec(update, 1..6)).prop_map(
        |(title, summary, updates)| {
            let mut now = at("2026-10-24T20:00:00Z");
            let updates =
                updates.into_iter().map(|(after, status, next, fix, because, body, figure, how, actions)| {
                    now += SignedDuration::from_mins(after);
                    WrittenUpdate {
                        at: now,
                        status: Status::ALL[status],
                        next: now + SignedDuration::from_mins(next),
                        fix: fix.map(|fix| now + SignedDuration::from_mins(fix)),
                        because,
                        figure,
                        how,
                        body,
                        actions,
                    }
                });
            WrittenIncident { title, summary, updates: updates.collect() }
        },
    )
}
