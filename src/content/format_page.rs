//! `docs/format.md` is true: its files are read, and its tables are compared with what reading gives.

use jiff::Timestamp;

use super::fixture::{file, front, read_files, told};
use super::{File, Word};

const PAGE: &str = include_str!("../../docs/format.md");

/// The files shown, in order.
fn files() -> Vec<&'static str> {
    PAGE.split("```").skip(1).step_by(2).filter_map(|block| block.strip_prefix("markdown\n")).collect()
}

/// The rows of the table whose first column has this heading.
fn rows(heading: &str) -> Vec<(&'static str, &'static str)> {
    let (_, table) = PAGE.split_once(&format!("\n| {heading} | ")).expect("the table is there");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let (first, second) = row.trim_matches('|').split_once(" | ").expect("a row has two columns");
        (first.trim().trim_matches('`'), second.trim())
    })
    .collect()
}

fn local(at: Timestamp) -> String {
    at.to_zoned(super::fixture::settings().zone).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Reads a text as an incident, and says what was told.
fn read(text: &str) -> (Vec<super::Update>, String) {
    let read = read_files(&[file("content/incidents/a.md", text)]);
    (read.value.map(|incident| incident.updates).unwrap_or_default(), told(&read.findings).join("\n"))
}

#[test]
fn the_files_read_without_findings() {
    let shown = files();
    let [incident, review, maintenance, french] = shown[..] else { panic!("{} files", shown.len()) };
    let one = |path: &str, text: &str| -> Vec<File> { vec![file(path, text)] };
    for (files, updates) in [
        (one("content/incidents/a.md", incident), 3),
        (one("content/incidents/a.md", review), 1),
        (one("content/maintenance/a.md", maintenance), 2),
        (vec![file("content/incidents/a.md", incident), file("content/incidents/a.fr.md", french)], 3),
    ] {
        let read = read_files(&files);
        assert_eq!(told(&read.findings), [""; 0]);
        assert_eq!(read.value.expect("it is readable").updates.len(), updates);
    }
}

#[test]
fn headings_mean_what_the_table_says() {
    for (heading, means) in rows("you write") {
        let (updates, told) =
            read(&format!("{}## 2026-11-20 09:00 Investigating\n\nx\n\n{heading}\n\nx\n", front("")));
        let said = updates.iter().skip(1).map(|update| {
            let word = match update.word {
                Word::Status(status) => status.word(),
                Word::Correction => "correction",
                Word::Review => "review",
            };
            format!("{}, {word}", local(update.at))
        });
        let said: Vec<_> = said.collect();
        assert!(said == [means] || said.is_empty() && told.contains(means), "{heading}: {said:?} {told}");
    }
}

#[test]
fn times_mean_what_the_table_says() {
    for (time, means) in rows("you write, at 14:10 on 2026-11-21") {
        let (updates, told) =
            read(&format!("{}## 2026-11-21 14:10 Identified\nNext update: {time}\n", front("")));
        let next = updates[0].header.next_update.as_ref().map(|next| next.value.at);
        match (next, means.strip_suffix(" in UTC")) {
            (Some(at), Some(utc)) => assert_eq!(at.strftime("%Y-%m-%d %H:%M").to_string(), utc, "{time}"),
            (Some(at), None) => assert_eq!(local(at), means, "{time}"),
            (None, _) if means.ends_with("is not after the heading") => {
                assert!(told.contains("which day"), "{told}");
            }
            (None, _) => assert!(told.contains(means), "{time}: {told}"),
        }
    }
}

#[test]
fn lines_and_comments_are_read_without_findings() {
    let promise = "Promise: Bottled water at the mall; by 20:00; X\n";
    for (line, _) in rows("line") {
        let word = if line.starts_with("Corrects") || line.starts_with("Retracts") {
            "Correction"
        } else {
            "Identified"
        };
        let text = format!(
            "{}## 2026-11-21 13:30 Investigating\n{promise}\nx\n\n## 2026-11-21 14:10 {word}\n{line}\n\nx\n",
            front("")
        );
        let planned = text
            .replace(
                "started = 2026-11-21T13:55:00",
                "start = 2026-12-02T22:00:00\nend = 2026-12-03T05:00:00",
            )
            .replace("Investigating", "Scheduled")
            .replace("Identified", "Scheduled");
        let files = if line.starts_with("Window") {
            [file("content/maintenance/a.md", &planned)]
        } else {
            [file("content/incidents/a.md", &text)]
        };
        let read = read_files(&files);
        let finds = told(&read.findings);
        assert_eq!(finds, [""; 0], "{line}");
    }
    for (comment, _) in rows("comment") {
        assert_eq!(
            read(&format!("{}{comment}\nx\n\n## 2026-11-21 14:10 Identified\n", front(""))).1,
            "",
            "{comment}"
        );
    }
}

#[test]
fn every_key_of_the_front_matter_is_listed() {
    let (_, told) = read(&front("zebra = 1\n"));
    let (_, known) = told.split_once("knows: ").expect("an unknown key lists the known ones");
    let mut known: Vec<&str> = known.trim_end_matches('.').split(", ").collect();
    let mut listed: Vec<&str> = rows("key").into_iter().map(|(key, _)| key).collect();
    known.sort_unstable();
    listed.sort_unstable();
    assert_eq!(listed, known);
}
