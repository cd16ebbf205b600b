//! The roster: subscribers as CSV, to and from. Text in, people and findings out; nothing is opened here.
//!
//! Columns go by name, in any order: `name`, `email`, `services`, `areas`, `language`, `pace`, `zone`,
//! `quiet`; only `email` is needed.
//! A list is parted by blanks or `;`. Spreadsheets of many countries save with `;` or tabs between columns, so the
//! heading line decides. A row with a fault is left out, and the finding says where it is and what to write: half a
//! row would subscribe a person to something that they did not ask for.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::{Address, OwnHours, Pace, SignUp, Subscriber};
use crate::content::Registers;
use crate::diag::Finding;
use crate::text::{AreaId, ServiceId, Span, nearest};

const COLUMNS: [&str; 8] = ["name", "email", "services", "areas", "language", "pace", "zone", "quiet"];
const EMAIL: usize = 1;

/// A roster as read.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// The good rows, in the order of the file.
    pub people: Vec<SignUp>,
    /// The span of a finding begins at the row that it is about.
    pub findings: Vec<Finding>,
}

/// What a roster may name.
#[derive(Clone, Copy, Debug)]
pub struct RosterContext<'a> {
    /// For findings.
    pub path: &'a Arc<str>,
    pub registers: &'a Registers,
    /// The site's languages.
    pub languages: &'a [String],
    /// The site's: of quiet hours without a zone.
    pub zone: &'a TimeZone,
}

impl Roster {
    /// Reads the text of a CSV file.
    pub fn read(text: &str, context: RosterContext<'_>) -> Self {
        let mut reader =
            Reader { context, roster: Self::default(), columns: [None; 8], seen: HashMap::new() };
        reader.read(text);
        reader.roster
    }
}

/// The heading line, then one line for each subscriber.
pub fn roster_heading() -> String {
    line(COLUMNS.map(str::to_owned))
}

/// One subscriber as a line that [`Roster::read`] reads back.
pub fn roster_line(person: &Subscriber) -> String {
    let list = |ids: Vec<&str>| ids.join(" ");
    line([
        plain(&person.name),
        person.email.clone(),
        list(person.services.iter().map(|id| id.as_str()).collect()),
        list(person.areas.iter().map(|id| id.as_str()).collect()),
        person.language.clone(),
        person.pace.word().to_owned(),
        person.hours.zone().to_owned(),
        person.hours.quiet().to_owned(),
    ])
}

/// A spreadsheet takes what begins like this for a formula and runs it; anyone can sign up under such a name.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@'])
}

fn plain(name: &str) -> String {
    if is_formula(name) { format!("'{name}") } else { name.to_owned() }
}

fn line(cells: [String; 8]) -> String {
    let quoted = cells.map(|cell| {
        if cell.contains([',', ';', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    });
    format!("{}\n", quoted.join(","))
}

/// What is wrong with a row: rule, message, help.
struct Fault(&'static str, String, String);

struct Reader<'a> {
    context: RosterContext<'a>,
    roster: Roster,
    /// Where each of [`COLUMNS`] is.
    columns: [Option<usize>; 8],
    /// Line of the row that first held an address.
    seen: HashMap<String, u64>,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) {
        let skipped = text.len() - text.trim_start_matches('\u{feff}').len();
        let body = text.get(skipped..).unwrap_or_default();
        let heading = body.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let mut csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .delimiter(delimiter(heading))
            .from_reader(body.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut width = None;
        // The only errors are those of the file and of UTF-8, and this is a text in memory.
        while csv.read_record(&mut record).unwrap_or(false) {
            let start = record.position().map_or(0, |at| at.byte());
            let line = record.position().map_or(0, csv::Position::line);
            let place = place(text, skipped, start, csv.position().byte());
            match width {
                None => {
                    width = Some(record.len());
                    if !self.heading(&record, place) {
                        return;
                    }
                }
                Some(_) if record.iter().all(str::is_empty) => {}
                Some(width) => self.row(&record, width, line, place),
            }
        }
        if width.is_none() {
            self.error(Span::at(0), empty());
        }
    }

    /// Finds the columns. False where no row can be read.
    fn heading(&mut self, record: &csv::StringRecord, place: Span) -> bool {
        for (index, cell) in record.iter().enumerate() {
            let bare: String = cell.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
            let column = COLUMNS.iter().position(|column| *column == bare);
            match column.and_then(|column| self.columns.get_mut(column)) {
                Some(free @ None) => *free = Some(index),
                Some(_) => {
                    self.warn(
                        place,
                        format!("The column {cell:?} is there twice."),
                        "The first one is read.",
                    );
                }
                None if bare.is_empty() => {}
                None => {
                    let help = match nearest(cell, COLUMNS) {
                        Some(column) => format!("If you mean {column:?}, rename it. It is not read."),
                        None => format!("It is not read. Columns are {}.", COLUMNS.join(", ")),
                    };
                    self.warn(place, format!("The column {cell:?} is not known."), help);
                }
            }
        }
        let found = self.columns[EMAIL].is_some();
        if !found {
            self.error(place, empty());
        }
        found
    }

    fn row(&mut self, record: &csv::StringRecord, width: usize, line: u64, place: Span) {
        let mut faults = Vec::new();
        let person = self.person(record, width, &mut faults);
        let same = person.as_ref().map(|person| person.email.same()).unwrap_or_default();
        let before = self.seen.get(&same).copied();
        if let Some(before) = before {
            faults.push(Fault(
                "roster-repeat",
                format!("This address is in line {before} already."),
                "Keep one of the two lines; the earlier one was read.".to_owned(),
            ));
        }
        match person {
            Some(person) if faults.is_empty() => {
                self.seen.insert(same, line);
                self.roster.people.push(person);
            }
            _ => faults.into_iter().for_each(|fault| self.error(place, fault)),
        }
    }

    /// The person of a row; `None` where there is no address to tell them by. Good only without faults.
    fn person(&self, record: &csv::StringRecord, width: usize, faults: &mut Vec<Fault>) -> Option<SignUp> {
        if let Some(cell) = record.iter().find(|cell| cell.contains('\n')) {
            let lines = cell.lines().count();
            faults.push(Fault(
                "roster-row",
                format!("A cell of this row runs over {lines} lines."),
                "Close the quotation mark that opens here; what follows was taken into this row.".to_owned(),
            ));
            return None;
        }
        if record.len() > width {
            faults.push(Fault(
                "roster-row",
                format!("This row has {} cells, the heading has {width}.", record.len()),
                "Put quotation marks around a cell that holds the character between cells.".to_owned(),
            ));
            return None;
        }
        let cell = |column: usize| {
            self.columns
                .get(column)
                .copied()
                .flatten()
                .and_then(|index| record.get(index))
                .unwrap_or_default()
        };
        let registers = self.context.registers;
        let services = registers.services.iter().map(|service| service.id.as_str()).collect::<Vec<_>>();
        let areas = registers.areas.iter().map(|area| area.id.as_str()).collect::<Vec<_>>();
        let services = ids(cell(2), "service", "roster-service", &services, faults);
        let areas = ids(cell(3), "area", "roster-area", &areas, faults);
        let language = self.language(cell(4), faults);
        let pace = pace(cell(5), faults);
        let hours = self.hours(cell(6), cell(7), faults);
        match Address::read(cell(EMAIL)) {
            Ok(email) => Some(SignUp {
                name: name(cell(0)),
                email,
                services: services.into_iter().map(ServiceId::new).collect(),
                areas: areas.into_iter().map(AreaId::new).collect(),
                only: Vec::new(),
                language,
                pace,
                hours,
            }),
            Err(why) => {
                let message = match cell(EMAIL) {
                    "" => "This row has no address.".to_owned(),
                    text => format!("{text:?} is no mail address: it {why}."),
                };
                let help = "Write it as it stands behind the name in a mail: name@example.org.".to_owned();
                faults.push(Fault("roster-address", message, help));
                None
            }
        }
    }

    fn language(&self, text: &str, faults: &mut Vec<Fault>) -> String {
        let known = self.context.languages.iter().find(|language| language.eq_ignore_ascii_case(text));
        if let (None, false) = (known, text.is_empty()) {
            faults.push(Fault(
                "roster-language",
                format!("The site does not speak {text:?}."),
                format!(
                    "Leave it empty for the site's first language, or write one of {}.",
                    self.context.languages.join(", ")
                ),
            ));
        }
        known.cloned().unwrap_or_default()
    }

    fn hours(&self, zone: &str, quiet: &str, faults: &mut Vec<Fault>) -> OwnHours {
        OwnHours::read(zone, quiet, self.context.zone).unwrap_or_else(|why| {
            let help =
                "Write a zone such as America/Winnipeg and hours such as 22:00-07:00, or leave them empty.";
            faults.push(Fault("roster-hours", why, help.to_owned()));
            OwnHours::default()
        })
    }

    fn error(&mut self, place: Span, Fault(rule, message, help): Fault) {
        self.roster.findings.push(Finding::error(rule, self.context.path, place, message, help));
    }

    fn warn(&mut self, place: Span, message: String, help: impl Into<String>) {
        let finding = Finding::warning("roster-heading", self.context.path, place, message, help);
        self.roster.findings.push(finding);
    }
}

fn empty() -> Fault {
    Fault(
        "roster-heading",
        "The first line does not name a column \"email\".".to_owned(),
        format!("Begin the file with the names of its columns: {}.", COLUMNS.join(",")),
    )
}

/// The one that parts the heading.
fn delimiter(heading: &str) -> u8 {
    let count = |delimiter: u8| heading.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// The row's bytes in the text, without its line end.
fn place(text: &str, skipped: usize, start: u64, end: u64) -> Span {
    let at = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).saturating_add(skipped).min(text.len());
    let (mut start, end) = (at(start), at(end));
    let row = text.get(start..end).unwrap_or_default();
    // The reader counts the line end of the row before, and blank lines, as part of this one.
    start += row.len() - row.trim_start_matches(['\r', '\n']).len();
    Span::new(start, start + row.trim_matches(['\r', '\n']).len())
}

/// One line, at most 200 characters: it is printed in a header.
fn name(text: &str) -> String {
    let bare = text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text);
    let words = bare.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(200).collect()
}

fn pace(text: &str, faults: &mut Vec<Fault>) -> Pace {
    let known = Pace::ALL.into_iter().find(|pace| pace.word().eq_ignore_ascii_case(text));
    if known.is_none() && !text.is_empty() {
        let words = Pace::ALL.map(Pace::word);
        faults.push(Fault(
            "roster-pace",
            format!("{text:?} is no pace."),
            match nearest(text, words) {
                Some(word) => format!("Did you mean {word:?}?"),
                None => format!("Write one of {}; empty is all.", words.join(", ")),
            },
        ));
    }
    known.unwrap_or_default()
}

fn ids(list: &str, what: &str, rule: &'static str, known: &[&str], faults: &mut Vec<Fault>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for id in list.split([' ', ';', '\t']).filter(|id| !id.is_empty()) {
        if !known.contains(&id) {
            faults.push(Fault(
                rule,
                format!("There is no {what} {id:?}."),
                match nearest(id, known.iter().copied()) {
                    Some(near) => format!("Did you mean {near:?}?"),
                    None => format!("Add it to {what}s.toml, or write one of {}.", known.join(", ")),
                },
            ));
        } else if !found.iter().any(|other| other == id) {
            found.push(id.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Area, Service};
    use crate::outbox::{SubscriberId, SubscriberState};
    use crate::text::Positions;

    fn city() -> Registers {
        let service = |id: &str| Service {
            id: id.into(),
            name: id.into(),
            group: String::new(),
            description: String::new(),
            supplier: String::new(),
            aliases: Vec::new(),
        };
        let area = |id: &str| Area {
            id: id.into(),
            name: id.into(),
            part_of: None,
            postcodes: Vec::new(),
            polygon: String::new(),
        };
        Registers {
            services: ["water-supply", "roads"].map(service).into(),
            areas: ["norwood", "riverside"].map(area).into(),
            ..Registers::default()
        }
    }

    fn read(text: &str) -> Roster {
        let (path, registers) = (Arc::from("people.csv"), city());
        let languages = ["en".to_owned(), "fr".to_owned()];
        Roster::read(
            text,
            RosterContext { path: &path, registers: &registers, languages: &languages, zone: &TimeZone::UTC },
        )
    }

    /// The findings as `LINE rule: message help`.
    fn faults(text: &str) -> Vec<String> {
        let positions = Positions::of(text);
        let findings = read(text).findings;
        let show = |finding: &Finding| {
            let line = positions.line_column(finding.span.start).line;
            format!("{line} {}: {} {}", finding.rule, finding.message, finding.help)
        };
        findings.iter().map(show).collect()
    }

    #[test]
    fn columns_go_by_name_in_any_order() {
        let roster = read(
            "pace,E-Mail,areas,name\nnews,ann@example.org,norwood;riverside,Ann  Smith\n,bob@example.org\n",
        );
        assert_eq!(roster.findings, []);
        let ann = &roster.people[0];
        assert_eq!((ann.name.as_str(), ann.pace, ann.areas.len()), ("Ann Smith", Pace::News, 2));
        assert_eq!((roster.people[1].pace, roster.people[1].services.len()), (Pace::All, 0));
    }

    #[test]
    fn what_spreadsheets_of_other_countries_save_is_read_too() {
        for text in [
            "\u{feff}name;email;services\r\nÄnne;anne@example.org;water-supply roads\r\n",
            "name\temail\tservices\nÄnne\tanne@example.org\twater-supply;roads\n",
            "name,email,services\n\"Änne\",anne@example.org,\"water-supply; roads\"\n",
        ] {
            let roster = read(text);
            assert_eq!((roster.findings.as_slice(), roster.people.len()), (&[][..], 1), "{text:?}");
            assert_eq!((roster.people[0].name.as_str(), roster.people[0].services.len()), ("Änne", 2));
        }
    }

    #[test]
    fn every_bad_row_is_reported_with_its_line_and_the_good_ones_are_kept() {
        let text = "email,services,areas,language,pace\n\
                    ann@example.org,water-suply,,,\n\
                    bob@example.org,,,,\n\
                    \n\
                    cem,,norwod,de,dayly\n\
                    BOB@example.org,,,,news\n\
                    dan@example.org,,,,,\n\
                    ,,riverside,,\n";
        assert_eq!(read(text).people.len(), 1);
        assert_eq!(
            faults(text),
            [
                "2 roster-service: There is no service \"water-suply\". Did you mean \"water-supply\"?",
                "5 roster-area: There is no area \"norwod\". Did you mean \"norwood\"?",
                "5 roster-language: The site does not speak \"de\". Leave it empty for the site's first language, or write \
                 one of en, fr.",
                "5 roster-pace: \"dayly\" is no pace. Write one of all, news, ends, digest; empty is all.",
                "5 roster-address: \"cem\" is no mail address: it has no @. Write it as it stands behind the name in a mail: \
                 name@example.org.",
                "6 roster-repeat: This address is in line 3 already. Keep one of the two lines; the earlier one was read.",
                "7 roster-row: This row has 6 cells, the heading has 5. Put quotation marks around a cell that holds the \
                 character between cells.",
                "8 roster-address: This row has no address. Write it as it stands behind the name in a mail: \
                 name@example.org.",
            ]
        );
    }

    #[test]
    fn a_file_without_a_heading_is_not_guessed_at() {
        for text in ["", "\n\n", "ann@example.org,Ann\n", "name,mail adress\nAnn,ann@example.org\n"] {
            let roster = read(text);
            assert!(roster.people.is_empty());
            let last = roster.findings.last().unwrap();
            assert_eq!(last.message, "The first line does not name a column \"email\".", "{text:?}");
        }
        let found = faults("name,email,pce\n");
        assert_eq!(
            found,
            [
                "1 roster-heading: The column \"pce\" is not known. If you mean \"pace\", rename it. It is not read."
            ]
        );
    }

    #[test]
    fn an_open_quotation_mark_swallows_nobody_in_silence() {
        let text = "name,email\n\"Ann,ann@example.org\nBob,bob@example.org\n";
        assert_eq!(
            faults(text),
            [
                "2 roster-row: A cell of this row runs over 2 lines. Close the quotation mark that opens here; what follows was \
              taken into this row."
            ]
        );
    }

    #[test]
    fn what_is_exported_is_imported_as_the_same() {
        let names = ["Ann", "Smith, \"Bo\"; Dr", "=HYPERLINK(1)", "'=1", "'tis", "-", "Ärzte"];
        let people: Vec<Subscriber> = names
            .iter()
            .zip(1..)
            .map(|(name, id)| Subscriber {
                id: SubscriberId(id),
                name: (*name).to_owned(),
                email: format!("reader{id}@example.org"),
                services: vec!["roads".into(), "water-supply".into()],
                areas: Vec::new(),
                only: Vec::new(),
                language: "fr".into(),
                pace: Pace::Digest,
                hours: OwnHours::read("America/Winnipeg", "22:00-07:00", &TimeZone::UTC).unwrap(),
                state: SubscriberState::Confirmed,
                confirmed_at: None,
                token_epoch: 0,
            })
            .collect();
        let text = roster_heading() + &people.iter().map(roster_line).collect::<String>();
        assert!(!text.contains("\n=") && !text.contains("\n-"), "no formula");
        let roster = read(&text);
        assert_eq!(roster.findings, []);
        for (person, read) in people.iter().zip(&roster.people) {
            assert_eq!((&person.name, person.email.as_str()), (&read.name, read.email.as_str()));
            assert_eq!(
                (&person.services, &person.language, person.pace, &person.hours),
                (&read.services, &read.language, read.pace, &read.hours)
            );
        }
        assert_eq!(roster.people.len(), people.len());
    }
}
