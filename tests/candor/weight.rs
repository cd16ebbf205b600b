//! Pages for a bad line: what a reader opens in trouble fits into the first round trip, also on a day when much is wrong.

use std::fmt::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::site::Site;

/// Bytes of a compressed page, with all that it needs.
const SMALL: usize = 14_000;

const AT: &[&str] = &["build", "--at", "2026-03-05 12:00"];

/// A city of forty services and thirty areas: six incidents open in full, four more as lines, work planned, and a quarter
/// of a year in which each service failed several times.
fn busy() -> Site {
    let site = Site::town();
    let mut services = String::new();
    for n in 0..40 {
        let (trade, group) = (TRADES[n % 8], TRADES[n / 8]);
        let _ = write!(
            services,
            "[[service]]\nid = \"s{n}\"\nname = \"{trade} in district {n}\"\ngroup = \"{group} and the rest\"\n\n"
        );
    }
    site.write("content/services.toml", &services);
    let mut areas = String::new();
    for n in 0..30 {
        let _ = write!(areas, "[[area]]\nid = \"a{n}\"\nname = \"Quarter {n} by the {}\"\n\n", TRADES[n % 8]);
    }
    site.write("content/areas.toml", &areas);
    for n in 0..10 {
        let severity = ["critical", "major", "minor"][n % 3];
        let mut file = head(
            &format!("{} stopped in quarter {n} and beyond", TRADES[n % 8]),
            severity,
            n,
            "2026-03-05T08:00:00",
        );
        for step in 0..12 {
            let minutes = 8 * 60 + 5 + step * 19;
            let _ = write!(file, "{}", update(n * 100 + step, "2026-03-05", minutes, "Identified"));
        }
        site.write(&format!("content/incidents/open-{n}.md"), &file);
    }
    for n in 0..120 {
        let (month, day) = if n < 60 { (1, 1 + n % 28) } else { (2, 1 + n % 28) };
        let date = format!("2026-{month:02}-{day:02}");
        let mut file = head(
            &format!("{} failed for an hour, case {n}", TRADES[n % 8]),
            "major",
            n,
            &format!("{date}T08:00:00"),
        );
        file.push_str(&update(n, &date, 8 * 60 + 5, "Identified"));
        let _ = write!(file, "## {date} 09:00 Resolved\n\nIt works again since 8:50am.\n");
        site.write(&format!("content/incidents/past-{n}.md"), &file);
    }
    for (n, trade) in TRADES.iter().enumerate() {
        let file = format!(
            "+++\ntitle = \"New {trade} in district {n}\"\nservices = [\"s{n}\"]\nowner = \"ann\"\nstart = 2026-03-1{n}T22:00:00\n\
             end = 2026-03-1{n}T23:30:00\n+++\n\nWe renew them while you sleep.\n"
        );
        site.write(&format!("content/maintenance/work-{n}.md"), &file);
    }
    site
}

const TRADES: [&str; 8] =
    ["Water", "Buses", "Clinics", "Schools", "Street lights", "Parking", "Libraries", "Payments"];

fn head(title: &str, severity: &str, n: usize, started: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nseverity = \"{severity}\"\nservices = [\"s{}\", \"s{}\"]\nareas = [\"a{}\"]\nowner = \"ann\"\n\
         started = {started}\ncause = \"case-{n}\"\n+++\n\nSomething broke at 8am, number {n} of its kind.\n\n",
        n % 40,
        (n * 7 + 3) % 40,
        n % 30
    )
}

/// An update of about eighty words, no two alike, with facts and advice.
fn update(seed: usize, date: &str, minutes: usize, word: &str) -> String {
    let words: Vec<&str> =
        (0..70).map(|at| VOCABULARY[(seed * 31 + at * at * 7 + at * 13) % VOCABULARY.len()]).collect();
    format!(
        "## {date} {:02}:{:02} {word}\n\nAffected: {} homes, counted from meters\n\
         Expected fix: {date} 18:00, because part {seed} comes at 5pm\n\n{}.\n\n### What you can do\n\nFetch {} from hall {seed}.\n\n",
        minutes / 60,
        minutes % 60,
        100 + seed % 800,
        words.join(" "),
        words[..9].join(" ")
    )
}

const VOCABULARY: [&str; 61] = [
    "crew", "valve", "opened", "the", "second", "shaft", "under", "market", "and", "found", "rust", "on",
    "main", "cable", "we", "replace", "it", "tonight", "with", "pipe", "that", "stood", "ready", "pump",
    "runs", "at", "half", "power", "until", "morning", "drivers", "turn", "by", "church", "lift", "stays",
    "shut", "doctors", "see", "patients", "in", "next", "street", "phone", "lines", "answer", "again",
    "since", "noon", "trucks", "bring", "sand", "where", "ground", "gave", "way", "near", "school", "gate",
    "ask", "for",
];

fn weight(site: &Site, path: &str) -> usize {
    let mut zipped = GzEncoder::new(Vec::new(), Compression::best());
    std::io::Write::write_all(&mut zipped, site.read(path).as_bytes()).unwrap();
    zipped.finish().unwrap().len()
}

#[test]
fn the_front_page_and_an_incident_fit_into_the_first_round_trip_on_a_bad_day() {
    let site = busy();
    site.candor(AT);
    let front = site.read("public/index.html");
    assert_eq!(front.matches("<article class=\"card").count(), 6 + 8, "not everything is there");
    assert_eq!(front.matches("<svg class=\"days\"").count(), 40);
    let incident = site.read("public/incidents/open-0/index.html");
    assert_eq!(incident.matches("<article class=\"statement update").count(), 12);
    for path in ["public/index.html", "public/incidents/open-0/index.html"] {
        let weight = weight(&site, path);
        assert!(weight <= SMALL, "{path}: {weight} bytes compressed");
        // Nothing else is loaded.
        let page = site.read(path);
        for loads in ["<link rel=\"stylesheet", "<script src", "@import", "<img", "<iframe"] {
            assert!(!page.contains(loads), "{path} loads something: {loads}");
        }
    }
}
