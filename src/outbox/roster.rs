//! The roster: subscribers as CSV, to and from. Rows in, people and faults out, one at a time: a file of a million rows
//! takes no more room than one of ten, but for some forty bytes a row that tell a repeated address.
//!
//! Columns go by name, in any order: `name`, `email`, `services`, `areas`, `language`, `pace`, `zone`, `quiet`; only
//! `email` is needed. A list is parted by blanks or `;`. Spreadsheets of many countries save with `;` or tabs between
//! columns, so the heading line decides. A row with a fault is left out, and the fault says where it is and what to
//! write: half a row would subscribe a person to something that they did not ask for.

use std::collections::HashMap;
use std::io::{self, BufRead};

use jiff::tz::TimeZone;

use super::lines::Lines;
use super::{Address, Follows, OwnHours, Pace, SignUp, Subscriber};
use crate::content::Registers;
use crate::text::{AreaId, Fingerprint, ServiceId, nearest};

const COLUMNS: [&str; 8] = ["name", "email", "services", "areas", "language", "pace", "zone", "quiet"];
const EMAIL: usize = 1;
/// Characters of a bad row that are shown.
const SHOWN: usize = 160;

/// What a line of a roster comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterRow {
    Person(SignUp),
    Fault(RosterFault),
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterFault {
    /// From 1.
    pub line: u64,
    /// Whether the row was left out; a strange column is only not read.
    pub left_out: bool,
    pub rule: &'static str,
    pub message: String,
    pub help: String,
    /// The beginning of the row as it was read.
    pub row: String,
}

/// What a roster may name.
#[derive(Clone, Copy, Debug)]
pub struct RosterContext<'a> {
    pub registers: &'a Registers,
    /// The site's languages.
    pub languages: &'a [String],
    /// The site's: of quiet hours without a zone.
    pub zone: &'a TimeZone,
}

/// Reads a CSV file row by row; `each` takes what comes and may end it. An error of the input or of `each`.
pub fn read_roster<E: From<io::Error>>(
    mut input: impl BufRead,
    context: RosterContext<'_>,
    each: &mut dyn FnMut(RosterRow) -> Result<(), E>,
) -> Result<(), E> {
    skip_mark(&mut input)?;
    // The heading is within the first block that is read, or it is none.
    let delimiter = delimiter(&String::from_utf8_lossy(input.fill_buf()?));
    let mut csv = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter)
        .from_reader(Lines::of(input));
    let mut reader = Reader { context, columns: [None; 8], seen: HashMap::default(), each };
    let mut record = csv::ByteRecord::new();
    let mut width = None;
    loop {
        let more = csv.read_byte_record(&mut record).map_err(io::Error::from)?;
        if !more {
            break;
        }
        let line = record.position().map_or(0, |at| csv.get_mut().begun_at(at.byte()));
        let at = Row { line, record: &record };
        match width {
            None => {
                width = Some(record.len());
                if !reader.heading(at)? {
                    return Ok(());
                }
            }
            Some(_) if record.iter().all(<[u8]>::is_empty) => {}
            Some(width) => reader.row(at, width)?,
        }
    }
    if width.is_none() {
        reader.fault(Row { line: 1, record: &record }, empty())?;
    }
    Ok(())
}

/// Windows writes this before a text.
fn skip_mark(input: &mut impl BufRead) -> io::Result<()> {
    if input.fill_buf()?.starts_with("\u{feff}".as_bytes()) {
        input.consume(3);
    }
    Ok(())
}

/// The heading line, then one line for each subscriber.
pub fn roster_heading() -> String {
    line(COLUMNS.map(str::to_owned))
}

/// One subscriber as a line that [`read_roster`] reads back.
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

#[derive(Clone, Copy)]
struct Row<'a> {
    line: u64,
    record: &'a csv::ByteRecord,
}

struct Reader<'a, E> {
    context: RosterContext<'a>,
    /// Where each of [`COLUMNS`] is.
    columns: [Option<usize>; 8],
    /// Line of the row that first held an address, by the address's hash: of two addresses with one hash the second
    /// would be taken for a repeat, once in ten million files of a million rows.
    seen: HashMap<u64, u32>,
    each: &'a mut dyn FnMut(RosterRow) -> Result<(), E>,
}

impl<E> Reader<'_, E> {
    /// Finds the columns. False where no row can be read.
    fn heading(&mut self, row: Row<'_>) -> Result<bool, E> {
        let cells: Vec<String> =
            row.record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        for (index, cell) in cells.iter().enumerate() {
            let bare: String = cell.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
            let column = COLUMNS.iter().position(|column| *column == bare);
            match column.and_then(|column| self.columns.get_mut(column)) {
                Some(free @ None) => *free = Some(index),
                Some(_) => {
                    let message = format!("The column {cell:?} is there twice.");
                    self.strange(&row, message, "The first one is read.".to_owned())?;
                }
                None if bare.is_empty() => {}
                None => {
                    let help = match nearest(cell, COLUMNS) {
                        Some(column) => format!("If you mean {column:?}, rename it. It is not read."),
                        None => format!("It is not read. Columns are {}.", COLUMNS.join(", ")),
                    };
                    self.strange(&row, format!("The column {cell:?} is not known."), help)?;
                }
            }
        }
        let found = self.columns[EMAIL].is_some();
        if !found {
            self.fault(row, empty())?;
        }
        Ok(found)
    }

    fn row(&mut self, row: Row<'_>, width: usize) -> Result<(), E> {
        let mut faults = Vec::new();
        let record = match csv::StringRecord::from_byte_record(row.record.clone()) {
            Ok(record) => record,
            Err(_) => {
                let help = "Save the file as UTF-8 (\"CSV UTF-8\" in spreadsheets).".to_owned();
                return self.fault(row, Fault("roster-row", "This row is not UTF-8.".to_owned(), help));
            }
        };
        let person = self.person(&record, width, &mut faults);
        let same = person.as_ref().map(|person| Fingerprint::default().add(&person.email.same()).finish());
        if let Some(before) = same.and_then(|same| self.seen.get(&same)) {
            faults.push(Fault(
                "roster-repeat",
                format!("This address is in line {before} already."),
                "Keep one of the two lines; the earlier one was read.".to_owned(),
            ));
        }
        match (person, same) {
            (Some(person), Some(same)) if faults.is_empty() => {
                self.seen.insert(same, u32::try_from(row.line).unwrap_or(u32::MAX));
                (self.each)(RosterRow::Person(person))
            }
            _ => {
                for fault in faults {
                    self.fault(row, fault)?;
                }
                Ok(())
            }
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
                follows: Follows::default(),
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

    fn fault(&mut self, row: Row<'_>, Fault(rule, message, help): Fault) -> Result<(), E> {
        (self.each)(RosterRow::Fault(RosterFault {
            line: row.line,
            left_out: true,
            rule,
            message,
            help,
            row: row.shown(),
        }))
    }

    fn strange(&mut self, row: &Row<'_>, message: String, help: String) -> Result<(), E> {
        let (line, row) = (row.line, row.shown());
        let fault = RosterFault { line, left_out: false, rule: "roster-heading", message, help, row };
        (self.each)(RosterRow::Fault(fault))
    }
}

impl Row<'_> {
    /// The beginning of the row, on one line and without controls.
    fn shown(&self) -> String {
        let cells: Vec<String> = self
            .record
            .iter()
            .take(COLUMNS.len() * 2)
            .map(|cell| String::from_utf8_lossy(&cell[..cell.len().min(SHOWN)]).into_owned())
            .collect();
        cells.join(",").chars().map(|c| if c.is_control() { ' ' } else { c }).take(SHOWN).collect()
    }
}

fn empty() -> Fault {
    Fault(
        "roster-heading",
        "The first line does not name a column \"email\".".to_owned(),
        format!("Begin the file with the names of its columns: {}.", COLUMNS.join(",")),
    )
}

/// The one that parts the heading, which is the first line that is not blank.
fn delimiter(text: &str) -> u8 {
    let heading = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| heading.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
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

    fn city() -> Registers {
        let service = |id: &str| Service {
            id: id.into(),
            name: id.into(),
            group: "".into(),
            description: "".into(),
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

    #[derive(Debug, Default)]
    struct Roster {
        people: Vec<SignUp>,
        faults: Vec<RosterFault>,
    }

    fn read(text: impl AsRef<[u8]>) -> Roster {
        let registers = city();
        let languages = ["en".to_owned(), "fr".to_owned()];
        let context = RosterContext { registers: &registers, languages: &languages, zone: &TimeZone::UTC };
        let mut roster = Roster::default();
        read_roster::<io::Error>(text.as_ref(), context, &mut |row| {
            match row {
                RosterRow::Person(person) => roster.people.push(person),
                RosterRow::Fault(fault) => roster.faults.push(fault),
            }
            Ok(())
        })
        .unwrap();
        roster
    }

    /// The faults as `LINE rule: message help`.
    fn faults(text: impl AsRef<[u8]>) -> Vec<String> {
        let show = |fault: RosterFault| {
            let RosterFault { line, rule, message, help, .. } = fault;
            format!("{line} {rule}: {message} {help}")
        };
        read(text).faults.into_iter().map(show).collect()
    }

    #[test]
    fn columns_go_by_name_in_any_order() {
        let roster = read(
            "pace,E-Mail,areas,name\nnews,ann@example.org,norwood;riverside,Ann  Smith\n,bob@example.org\n",
        );
        assert_eq!(roster.faults, []);
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
            assert_eq!((roster.faults.as_slice(), roster.people.len()), (&[][..], 1), "{text:?}");
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
            let last = roster.faults.last().unwrap();
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
    fn addresses_of_all_the_world_are_read_and_bytes_that_are_no_text_are_said() {
        let roster = read("email\n用户@例子.中国\ninfo@bücher.example\nrené@example.org\n");
        let addresses: Vec<&str> = roster.people.iter().map(|person| person.email.as_str()).collect();
        assert_eq!(
            addresses,
            ["用户@xn--fsqu00a.xn--fiqs8s", "info@xn--bcher-kva.example", "rené@example.org"]
        );
        let latin = b"name,email\nRen\xe9,rene@example.org\nBo,bo@example.org\n";
        assert_eq!(
            faults(latin),
            ["2 roster-row: This row is not UTF-8. Save the file as UTF-8 (\"CSV UTF-8\" in spreadsheets)."]
        );
        assert_eq!(read(latin).people.len(), 1);
        let long = format!("name,email\n{},x\n", "é\u{1b}[31m".repeat(1 << 18));
        let row = &read(long).faults[0].row;
        assert!(row.chars().count() <= SHOWN && !row.contains('\u{1b}'), "{row}");
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
                follows: Follows::default(),
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
        assert_eq!(roster.faults, []);
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
