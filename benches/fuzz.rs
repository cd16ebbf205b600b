//! Hostile files: a city's own files, broken in every way that a pen, an editor or an enemy might, read and judged whole.
//!
//! ```text
//! cargo bench --bench fuzz -- [--seed N] [--minutes N] [--case N]
//! ```
//!
//! Each case takes real files (`content/`, `candor.toml`, the rules' own sentences), breaks them with a generator that its
//! number alone decides, and runs what `candor check` and `candor build` run: settings, front matter, headers, markdown,
//! suppressions, timeline, rules, verdict, HTML, mail text. It must not panic, must not take more than [`SLOWEST`] of
//! processor time, and every span must lie in the text and on the borders of characters. `--minutes` are minutes of
//! processor time on one thread. A case that fails is written to `target/fuzz/CASE/`, and `--case` runs it again as long
//! as the files and rules that it was made from are the same.

// What a benchmark cannot do, it says by stopping.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use candor::config::{Settings, read_settings};
use candor::content::{self, Committed, Content, File};
use candor::diag::Finding;
use candor::lint::{self, Context, History, Pack};
use candor::prose::{Prose, Rendering, to_html, to_plain};
use candor::text::{Slug, Source, Span};
use candor::timeline::{Inputs, Record, Timeline, publications, timeline};
use jiff::{SignedDuration, Timestamp};

/// Of processor time, for one case of at most [`LARGEST`] bytes a file.
const SLOWEST: Duration = Duration::from_secs(3);
const LARGEST: usize = 48 * 1024;
/// Different faults after which a run ends.
const ENOUGH: usize = 12;
/// Any moment will do; this one lies within the sample city's history.
const NOW: &str = "2026-11-21T14:40:00Z";

/// What breaks files in ways that chance alone would not find.
const SCRAPS: &[&str] = &[
    "+++\n",
    "+++",
    "title = \"a\"\n",
    "severity = \"critical\"\n",
    "services = [",
    "started = 2026-11-21T13:55:00\n",
    "lang = \"fr\"\n",
    "imported = true\n",
    "every = \"5m\"\n",
    "[first_of_kind]\n",
    "first_of_kind = { checked = 2026-01-01, since = 2019-01-01 }\n",
    "\n## 2026-11-21 14:10 Identified\n",
    "\n## 2026-11-21 15:10 — Resolved\n",
    "\n## 2026-11-21 14:10 Correction\n",
    "\n## 2026-11-28 10:00 Review\n",
    "\n## now Identified\n",
    "\n## Draft\n",
    "##",
    "# ",
    "\n### What you can do\n\n",
    "\n### What people ask\n\n",
    "---\n",
    "===\n",
    "Next update: 14:40\n",
    "Affected: about 1,200 homes, counted\n",
    "Expected fix: 20:00, because the pipe is on site\n",
    "Expected fix: not known because ",
    "Corrects: 14:10, x\n",
    "Retracts: 14:10, x\n",
    "Promise: a; by 20:00; b\n",
    "Kept: a\n",
    "Withdrawn: a because b\n",
    "Services: roads: outage; ",
    "Window: 14:00 to 15:00\n",
    "By: ",
    "Severity: minor\n",
    "- [ ] a; by 2027-01-31; b\n",
    "- [x] ",
    "; done 2026-12-03",
    "<!-- candor: allow(unbacked-soon) because b -->",
    "<!-- candor: allow(unbacked-soon) because b until 2020-01-01 -->",
    "<!-- candor: publish-anyway because c -->",
    "<!-- ",
    "-->",
    "<!--",
    "<!-->",
    "--!>",
    "```\n",
    "~~~\n",
    "`",
    "``",
    "> ",
    ">",
    "- ",
    "1. ",
    "    ",
    "\t",
    "| a | b |\n|---|---|\n| c | d |\n",
    "|",
    "[^1]",
    "[^1]: ",
    "[a](b)",
    "![a](b)",
    "](",
    "[",
    "![",
    "<b>",
    "</b>",
    "<script>",
    "<?",
    "<![CDATA[",
    "<https://x.example>",
    "https://y.example/z",
    "javascript:",
    "a@b.example",
    "&amp;",
    "&#0;",
    "&#x1F600;",
    "\\",
    "*",
    "**",
    "_",
    "~~",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "«",
    "»",
    "…",
    "—",
    "–",
    "\u{a0}",
    "\u{feff}",
    "\u{ad}",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "\u{85}",
    "\u{b}",
    "\u{c}",
    "\r",
    "\r\n",
    "\n",
    "\n\n",
    " ",
    "  \n",
    "\0",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "ẞ",
    "K",
    "ﬁ",
    "😀",
    "👩‍👩‍👧",
    "漢字。",
    "！",
    "ا",
    "\u{fffc}",
    "\u{10ffff}",
    "soon",
    "shortly",
    "as soon as ",
    "We will ",
    "we are sorry for any inconvenience",
    "about 1,200 homes",
    "14:30",
    "2026-10-25 01:30",
    "2026-03-29 02:30",
    "+01:00",
    "24:00",
    "9999-12-31",
    "-0001",
    "99999999999999999999",
    ".",
    ",",
    ":",
    ";",
    "?",
    "!",
    "=",
    "{",
    "}",
    "]",
    "because ",
    "until ",
];

/// SplitMix64: small, and the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end.max(1) as u64).unwrap()
    }

    fn of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

/// What cases are made of.
struct Seeds {
    settings: String,
    /// By path.
    files: BTreeMap<String, Vec<u8>>,
    /// Incident and maintenance files.
    incidents: Vec<String>,
    /// Sentences of the rules.
    sentences: Vec<String>,
    comments: Vec<String>,
}

impl Seeds {
    fn read() -> Self {
        let mut files = BTreeMap::new();
        walk(Path::new("content"), &mut files);
        walk(Path::new("tests/lint/honest/content"), &mut files);
        let incidents = files
            .keys()
            .filter(|path| path.contains("/incidents/") || path.contains("/maintenance/"))
            .cloned()
            .collect();
        let pack = Pack::of("en").unwrap();
        let phrases = || lint::rules().iter().filter_map(|rule| pack.rule(rule.id));
        let examples = phrases().flat_map(|phrases| phrases.fires().iter().chain(phrases.silent()));
        let mut sentences: Vec<String> = examples.map(|example| example.text.clone()).collect();
        let cases = lint::rules().iter().flat_map(|rule| lint::cases(rule.id));
        sentences.extend(cases.map(|case| format!("\n{}\n", case.file)));
        let allow =
            |rule: &&lint::Rule| format!("<!-- candor: allow({}) because it is a test -->\n", rule.id);
        Self {
            settings: fs::read_to_string("candor.toml").unwrap(),
            files,
            incidents,
            sentences,
            comments: lint::rules().iter().map(allow).collect(),
        }
    }

    /// The files of one case, `candor.toml` first.
    fn case(&self, number: u64) -> (Vec<u8>, Vec<File>) {
        let mut dice = Dice(number);
        let mut settings = self.settings.clone().into_bytes();
        if dice.below(8) == 0 {
            self.break_up(&mut settings, &mut dice);
        }
        let mut files = Vec::new();
        for (path, bytes) in &self.files {
            let kept = path.ends_with(".toml");
            let chosen = self.incidents.contains(path) && dice.below(16) == 0;
            if !(kept || chosen || dice.below(32) == 0) {
                continue;
            }
            let mut bytes = bytes.clone();
            if !kept || dice.below(16) == 0 {
                self.break_up(&mut bytes, &mut dice);
            }
            bytes.truncate(LARGEST);
            files.push(File {
                path: path.as_str().into(),
                bytes: bytes.into(),
                committed: Committed::At(NOW.parse().unwrap()),
            });
        }
        (settings, files)
    }

    fn break_up(&self, bytes: &mut Vec<u8>, dice: &mut Dice) {
        for _ in 0..=dice.below(12) {
            let at = dice.below(bytes.len() + 1);
            let most = 1 << dice.below(9);
            let end = (at + dice.below(1 + most)).min(bytes.len());
            match dice.below(13) {
                0 => insert(bytes, at, &[dice.roll().to_le_bytes()[0]]),
                1 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
                2 => drop(bytes.drain(at..end)),
                3 => {
                    let part = bytes[at..end].to_vec();
                    let place = dice.below(bytes.len() + 1);
                    insert(bytes, place, &part);
                }
                // What is cheap once may be dear a thousand times.
                4 if dice.below(3) == 0 => {
                    let times = 1 << dice.below(12);
                    let scrap = format!("{}{}", dice.of(SCRAPS), dice.of(SCRAPS));
                    insert(bytes, at, scrap.repeat(times).as_bytes());
                }
                5 => {
                    let other = &self.files[&self.incidents[dice.below(self.incidents.len())]];
                    let from = dice.below(other.len());
                    let to = (from + dice.below(400)).min(other.len());
                    insert(bytes, at, &other[from..to]);
                }
                6 => {
                    let sentence = &self.sentences[dice.below(self.sentences.len())];
                    insert(bytes, at, sentence.as_bytes());
                }
                7 => {
                    let line =
                        bytes[at..].iter().position(|b| *b == b'\n').map_or(at, |found| at + found + 1);
                    insert(bytes, line, self.comments[dice.below(self.comments.len())].as_bytes());
                }
                8 if dice.below(4) == 0 => bytes.truncate(at),
                9 => {
                    let char =
                        char::from_u32(u32::try_from(dice.below(0x0011_0000)).unwrap()).unwrap_or('\u{feff}');
                    insert(bytes, at, char.to_string().as_bytes());
                }
                _ => insert(bytes, at, dice.of(SCRAPS).as_bytes()),
            }
            bytes.truncate(LARGEST);
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, part: &[u8]) {
    bytes.splice(at..at, part.iter().copied());
}

fn walk(folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            let name = path.to_str().unwrap().replace('\\', "/");
            let inside = name.find("content/").map_or(name.as_str(), |at| &name[at..]);
            files.entry(inside.to_owned()).or_insert(fs::read(&path).unwrap());
        }
    }
}

/// Runs everything over one case and checks what it gives.
fn judge(toml: &[u8], files: &[File], number: u64) {
    let toml = String::from_utf8_lossy(toml);
    let (settings, told) = read_settings(&Source::new("candor.toml", toml.as_ref()));
    let mut texts: HashMap<&str, String> =
        files.iter().map(|file| (&*file.path, String::from_utf8_lossy(&file.bytes).into_owned())).collect();
    texts.insert("candor.toml", toml.into_owned());
    check_findings(&told, &texts);
    let read = content::read(files, &settings);
    check_findings(&read.findings, &texts);
    let now: Timestamp = NOW.parse().unwrap();
    let days = i64::try_from(number % 700).unwrap();
    for now in [now, now - SignedDuration::from_hours(24 * days)] {
        let record = record(&read.value, &settings, now);
        for record in [&Record::default(), &record] {
            let timelines = timelines(&read.value, &settings, record, now);
            let content = &read.value;
            let context = Context {
                settings: &settings,
                content,
                timelines: &timelines,
                record,
                history: &History::new(content),
                assets: &[],
                now,
            };
            let findings = lint::check(&context);
            check_findings(&findings, &texts);
            let verdicts = lint::verdict(&context, &findings);
            assert!(verdicts.len() <= content.incidents.len() + record.lines().len());
        }
    }
    for text in texts.values() {
        check_prose(text);
    }
}

fn check_findings(findings: &[Finding], texts: &HashMap<&str, String>) {
    for finding in findings {
        let Some(text) = texts.get(&*finding.path) else {
            assert_eq!(finding.rule, "silent-edit", "about no file: {finding:?}");
            continue;
        };
        assert!(text.get(finding.span.range()).is_some(), "a span outside of the text: {finding:?}");
        assert!(!finding.message.is_empty() && !finding.help.is_empty(), "says nothing: {finding:?}");
        for note in &finding.notes {
            let inside = texts.get(&*note.path).is_none_or(|text| text.get(note.span.range()).is_some());
            assert!(inside, "a note outside of the text: {finding:?}");
        }
    }
}

fn check_prose(text: &str) {
    let whole = Span::new(0, text.len());
    let prose = Prose::read(text, whole);
    for sentence in prose.sentences() {
        for word in sentence.words() {
            let original = sentence.original(word.range());
            assert!(text.get(original.range()).is_some(), "{word:?} tears a character");
            assert!(sentence.span.contains(original) && !original.is_empty(), "{word:?} lies elsewhere");
        }
    }
    let spans = prose.blocks.iter().map(|block| block.span).chain(prose.links.iter().map(|link| link.span));
    for span in spans.chain(prose.comments.iter().copied()).chain(prose.raw_html.iter().copied()) {
        assert!(text.get(span.range()).is_some(), "{span:?} lies outside of the text");
    }
    let html = to_html(text, whole, &Rendering::default());
    assert!(!html.contains("<script") && !html.contains("<!--"), "HTML of the author's is shown");
    to_plain(text, whole, &Rendering::default());
}

fn record(content: &Content, settings: &Settings, now: Timestamp) -> Record {
    let none = Record::default();
    let all: Vec<Inputs<'_>> =
        content.incidents.iter().map(|one| Inputs::of(one, settings, &none, false)).collect();
    let mut record = Record::default();
    for line in publications(&none, all, now) {
        record.push(line);
    }
    record
}

fn timelines(
    content: &Content,
    settings: &Settings,
    record: &Record,
    now: Timestamp,
) -> HashMap<Slug, Arc<Timeline>> {
    let of = |incident| Arc::new(timeline(&Inputs::of(incident, settings, record, false), now));
    content.incidents.iter().map(|incident| (incident.slug.clone(), of(incident))).collect()
}

/// Processor time of this process so far, in units of ten milliseconds (`/proc/self/stat`, user and system).
fn processor_time() -> Duration {
    let stat =
        fs::read_to_string("/proc/self/stat").expect("the fuzzer counts processor time as Linux tells it");
    let after_name = stat.rsplit(')').next().unwrap();
    let ticks: u64 =
        after_name.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}

fn save(number: u64, toml: &[u8], files: &[File], why: &str) {
    let folder = Path::new("target/fuzz").join(number.to_string());
    for (path, bytes) in files.iter().map(|file| (&*file.path, &*file.bytes)).chain([("candor.toml", toml)]) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    fs::write(folder.join("why.txt"), why).unwrap();
}

fn argument(name: &str) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1).map(|value| value.parse().unwrap_or_else(|_| panic!("{name} wants a number")))
}

/// Where the last panic was and what it said.
static PANIC: Mutex<String> = Mutex::new(String::new());
/// The case that runs, and when it began, in milliseconds of processor time.
static RUNNING: AtomicU64 = AtomicU64::new(0);
static BEGAN: AtomicU64 = AtomicU64::new(0);

fn main() {
    let seed = argument("--seed").unwrap_or(1);
    let limit = Duration::from_secs(60 * argument("--minutes").unwrap_or(1));
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
    std::panic::set_hook(Box::new(|info| *PANIC.lock().unwrap() = info.to_string()));
    let seeds = Seeds::read();
    if let Some(number) = argument("--case") {
        let (toml, files) = seeds.case(number);
        let _ = std::panic::take_hook();
        return judge(&toml, &files, number);
    }
    println!("seed {seed}, {} minutes of processor time, {} files", limit.as_secs() / 60, seeds.files.len());
    std::thread::spawn(watch);
    let mut dice = Dice(seed);
    let (mut cases, mut bytes, mut slowest) = (0_u64, 0_usize, (Duration::ZERO, 0));
    let mut faults: BTreeMap<String, u64> = BTreeMap::new();
    let mut told = Duration::ZERO;
    while processor_time() < limit && faults.len() < ENOUGH {
        let number = dice.roll();
        let (toml, files) = seeds.case(number);
        let began = processor_time();
        RUNNING.store(number, Ordering::Relaxed);
        BEGAN.store(u64::try_from(began.as_millis()).unwrap() + 1, Ordering::Relaxed);
        let outcome = catch_unwind(AssertUnwindSafe(|| judge(&toml, &files, number)));
        BEGAN.store(0, Ordering::Relaxed);
        let took = processor_time() - began;
        (cases, bytes) =
            (cases + 1, bytes + toml.len() + files.iter().map(|file| file.bytes.len()).sum::<usize>());
        slowest = slowest.max((took, number));
        let fault = match outcome {
            Err(_) => Some(PANIC.lock().unwrap().clone()),
            Ok(()) => (took > SLOWEST).then(|| format!("too slow\n{took:?}")),
        };
        if let Some(fault) = fault {
            // One report for each place, not for each case.
            let place = fault.lines().next().unwrap_or_default().to_owned();
            if faults.insert(place.clone(), number).is_none() {
                println!("case {number}: {fault}");
                save(number, &toml, &files, &fault);
            }
        }
        if processor_time() >= told + Duration::from_secs(300) {
            told = processor_time();
            println!("{} s: {cases} cases, {bytes} bytes, {} faults", told.as_secs(), faults.len());
        }
    }
    println!(
        "{cases} cases, {bytes} bytes, {} s of processor time, slowest {:?} (case {}), {} faults",
        processor_time().as_secs(),
        slowest.0,
        slowest.1,
        faults.len()
    );
    assert!(faults.is_empty(), "{faults:?}");
}

/// Stops a run that hangs and names its case: nothing after it would be run.
fn watch() {
    loop {
        std::thread::sleep(Duration::from_secs(2));
        let began = BEGAN.load(Ordering::Relaxed);
        if began != 0 && processor_time() > Duration::from_millis(began) + SLOWEST * 20 {
            println!("case {} hangs", RUNNING.load(Ordering::Relaxed));
            std::process::abort();
        }
    }
}
