//! How fast personalised mails go out, against Postfix's own load generator, on loopback.
//!
//! `cargo bench --bench send [MAILS] [ROUNDS]` runs `smtp-source` and Candor by turns into `smtp-sink` (both are in Debian's
//! package postfix) and gives ratios: absolute numbers say more about the machine than about the program. Candor's
//! mails are those of this repository's city, one letter for all readers, filled for each.
//!
//! First with a desk that does nothing, which shows the transport alone; then as the daemon sends, with the desk and the
//! SQLite ledger: each mail is claimed, its intent committed before its dot, its result after. The sender is then a process
//! of its own, so that its memory is that of sending alone.
//!
//! `cargo bench --bench send -- city [READERS]` sends one statement to a million readers, kills the sender with SIGKILL on
//! the way, starts it again, and states memory, times and what is in doubt.

// Clippy knows test functions, not their helpers; what a benchmark measures belongs on the terminal.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/smtp/city.rs"]
mod city;
mod readers;

use std::hint::black_box;
use std::io::{BufRead, BufReader, Lines};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, Instant};

use candor::clock::Clock;
use candor::config::{MailSettings, StoreSettings, Tls};
use candor::daemon::{DeskSettings, OpenDesk};
use candor::mail::Smtp;
use candor::outbox::{
    Claim, Composer, Desk, Job, JobKey, Ledger, Letter, Outcome, Progress, Reader, Reply, SignUp,
    SubscriberId, Transport, UpdateKind, Via, Work,
};
use candor::store::Store;
use city::City;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use readers::{person, publication};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let numbers: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    match arguments.first().map(String::as_str) {
        Some("sender") => return sender(Path::new(&arguments[1]), numbers[0] as u16, numbers[1]),
        Some("city") => return a_whole_city(numbers.first().copied().unwrap_or(1_000_000)),
        _ => {}
    }
    let mails = numbers.first().copied().unwrap_or(20_000);
    let rounds = numbers.get(1).copied().unwrap_or(5);
    let city = City::read();
    let letter = writing(&city);
    let Some(sink) = Sink::start() else { return };
    let ways = [(1, Way::Alone), (10, Way::Alone), (50, Way::Alone), (10, Way::Booked), (50, Way::Booked)];
    for (connections, way) in ways {
        let what = match way {
            Way::Alone => format!("{connections:>3} connections, transport alone"),
            Way::Booked => format!("{connections:>3} connections, with ledger"),
        };
        let round = || {
            let theirs = source(sink.port, connections, mails, letter.size);
            let (ours, peak) = match way {
                Way::Alone => (alone(&relay(&city, sink.port, connections), mails, &letter.letter), 0),
                Way::Booked => booked(sink.port, connections, mails),
            };
            let ratio = ours / theirs;
            println!("{what}: smtp-source {theirs:>6.0}/s, candor {ours:>6.0}/s, ratio {ratio:.2}");
            (ratio, peak)
        };
        let mut rounds: Vec<(f64, u64)> = (0..rounds).map(|_| round()).collect();
        rounds.sort_by(|one, two| one.0.total_cmp(&two.0));
        println!("{what}: median ratio {:.2}", rounds[rounds.len() / 2].0);
        if let Some(peak) = rounds.iter().map(|round| round.1).max().filter(|peak| *peak > 0) {
            println!("{what}: {mails} readers, at most {peak} KiB in memory");
        }
    }
    let (_, peak) = booked(sink.port, 10, mails * 5);
    println!(" 10 connections, with ledger: {} readers, at most {peak} KiB in memory", mails * 5);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Alone,
    Booked,
}

struct Sample {
    letter: Letter,
    size: usize,
}

/// What writing costs: a letter once for all readers, and then each reader.
fn writing(city: &City) -> Sample {
    let told = city.told();
    let longest = told.iter().max_by_key(|told| told.numbered.len()).unwrap();
    let last = longest.numbered.len() as u64;
    let began = Instant::now();
    for _ in 0..100 {
        black_box(city.letter(longest, last - 2, last, "en"));
    }
    let compose = began.elapsed() / 100;
    let letter = writing_alone(city);
    let began = Instant::now();
    for id in 0..10_000 {
        black_box(render(&letter, id));
    }
    let size = render(&letter, 1).message.len();
    println!("a letter of {size} bytes: {compose:?}; each reader: {:?}", began.elapsed() / 10_000);
    Sample { letter, size }
}

/// The city's longest story as a mail to everyone.
fn writing_alone(city: &City) -> Letter {
    let told = city.told();
    let longest = told.iter().max_by_key(|told| told.numbered.len()).unwrap();
    let last = longest.numbered.len() as u64;
    city.letter(longest, last - 2, last, "en")
}

fn render(letter: &Letter, id: i64) -> candor::outbox::Envelope {
    let (name, email) = (format!("Reader Nº {id}"), format!("reader{id}@example.org"));
    letter.render(&Reader {
        following: candor::outbox::Following::No,
        subscriber: SubscriberId(id),
        name: &name,
        email: &email,
        services: &[],
        areas: &[],
        token_epoch: 0,
    })
}

struct Sink {
    child: Child,
    port: u16,
}

impl Sink {
    fn start() -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
        let child = Command::new("smtp-sink")
            .args(["-u", "nobody", "-c", &format!("127.0.0.1:{port}"), "1000"])
            .stdout(Stdio::null())
            .spawn();
        let Ok(child) = child else {
            println!("smtp-sink and smtp-source are not installed: apt-get install postfix");
            return None;
        };
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(Self { child, port })
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Mails a second of smtp-source, which keeps its connections.
fn source(port: u16, connections: usize, mails: usize, size: usize) -> f64 {
    let began = Instant::now();
    let status = Command::new("smtp-source")
        .args(["-d", "-s", &connections.to_string(), "-m", &mails.to_string(), "-l", &size.to_string()])
        .args(["-f", "status@example.org", "-t", "reader@example.org", &format!("127.0.0.1:{port}")])
        .status()
        .unwrap();
    assert!(status.success());
    mails as f64 / began.elapsed().as_secs_f64()
}

fn relay(city: &City, port: u16, connections: usize) -> MailSettings {
    MailSettings { relay: "127.0.0.1".into(), port, tls: Tls::None, connections, ..city.host.mail.clone() }
}

fn alone(relay: &MailSettings, mails: usize, letter: &Letter) -> f64 {
    let desk = Arc::new(Counter {
        left: AtomicI64::new(mails as i64),
        accepted: AtomicI64::new(0),
        letter: letter.clone(),
    });
    let smtp = Smtp::new(relay, "").unwrap();
    let began = Instant::now();
    smtp.deliver(desk.clone(), &|| false).unwrap();
    let elapsed = began.elapsed().as_secs_f64();
    assert_eq!(desk.accepted.load(Ordering::SeqCst), mails as i64);
    mails as f64 / elapsed
}

/// As the daemon sends: a statement is published to so many readers, and the desk works through them. Mails a second, and
/// the sender's peak memory in KiB.
fn booked(port: u16, connections: usize, mails: usize) -> (f64, u64) {
    let folder = tempfile::tempdir().unwrap();
    due(folder.path(), mails);
    let mut child = Running::start(folder.path(), port, connections);
    child.hear("accepted");
    let (milliseconds, peak) = child.end();
    assert_eq!(account(folder.path()), (mails as u64, 0));
    (mails as f64 * 1000.0 / milliseconds as f64, peak)
}

/// Sends to everyone; killed on the way, it goes on.
fn a_whole_city(readers: usize) {
    let folder = tempfile::tempdir().unwrap();
    let began = Instant::now();
    due(folder.path(), readers);
    println!("{readers} readers imported and due in {:?}", began.elapsed());
    let Some(sink) = Sink::start() else { return };
    let began = Instant::now();
    let mut child = Running::start(folder.path(), sink.port, 10);
    println!("the first mail was accepted {:?} after the sender started", child.hear("accepted"));
    while account(folder.path()).0 < readers as u64 / 2 {
        std::thread::sleep(Duration::from_millis(500));
    }
    println!("killed after {:?}; {} KiB at most until then", began.elapsed(), child.peak());
    child.kill();
    let mut child = Running::start(folder.path(), sink.port, 10);
    println!("started again; a mail was accepted after {:?}", child.hear("accepted"));
    let (_, peak) = child.end();
    let (told, doubts) = account(folder.path());
    println!(
        "done after {:?}: {told} readers told, {doubts} mails in doubt; {peak} KiB at most",
        began.elapsed()
    );
    assert_eq!(told + doubts, readers as u64);
}

/// A ledger with so many readers, all of whom are due one statement.
fn due(folder: &Path, readers: usize) {
    let mut ledger = Store::open(folder, &store(), None).unwrap();
    for first in (0..readers).step_by(1000) {
        let people: Vec<SignUp> = (first..readers.min(first + 1000)).map(person).collect();
        ledger.sign_up(&people, Via::Operator, Timestamp::now()).unwrap();
    }
    ledger.publish(&publication(UpdateKind::Opened)).unwrap();
}

fn store() -> StoreSettings {
    StoreSettings::file("candor.db")
}

/// Readers told, and mails in doubt.
fn account(folder: &Path) -> (u64, u64) {
    let all = Store::open(folder, &store(), None).unwrap().progress().unwrap();
    let sum = |of: fn(&Progress) -> u64| all.iter().map(of).sum();
    (sum(|progress| progress.told), sum(|progress| progress.in_doubt))
}

/// A sender in a process of its own: says when its first mail was accepted, how long it took, and its memory.
fn sender(folder: &Path, port: u16, connections: usize) {
    let city = City::read();
    let letter = writing_alone(&city);
    let compose: Box<Composer> = Box::new(move |claim| {
        let Claim::Statement(claim) = claim.clone() else { return None };
        let letter = letter.clone();
        Some(Arc::new(move || letter.render(&Reader::from(&claim))))
    });
    let settings = DeskSettings {
        host: "bench".into(),
        connections,
        work: &Work::ALL,
        compose,
        clock: Arc::new(Clock::System),
        zone: TimeZone::UTC,
        notify: Box::new(|event| println!("{event:?}")),
    };
    let began = Instant::now();
    let ledger = Store::open(folder, &store(), None).unwrap();
    let (desk, _) = OpenDesk::open(Box::new(ledger), settings).unwrap();
    let smtp = Smtp::new(&relay(&city, port, connections), "").unwrap();
    smtp.deliver(Arc::new(Watched { desk: desk.clone(), first: AtomicBool::new(true) }), &|| false).unwrap();
    let elapsed = began.elapsed().as_millis();
    desk.close();
    println!("done {elapsed} {}", memory("self"));
}

/// Says when the first result is committed.
struct Watched {
    desk: Arc<OpenDesk>,
    first: AtomicBool,
}

impl Desk for Watched {
    fn next(&self, reply: Reply<Option<Job>>) {
        self.desk.next(reply);
    }

    fn intend(&self, key: &JobKey, reply: Reply<bool>) {
        self.desk.intend(key, reply);
    }

    fn settle(&self, key: &JobKey, outcome: Outcome, reply: Reply<()>) {
        if self.first.swap(false, Ordering::Relaxed) {
            let reply = Box::new(|()| {
                println!("accepted");
                reply(());
            });
            return self.desk.settle(key, outcome, reply);
        }
        self.desk.settle(key, outcome, reply);
    }
}

/// A sender's process as its parent sees it.
struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    began: Instant,
}

impl Running {
    fn start(folder: &Path, port: u16, connections: usize) -> Self {
        let began = Instant::now();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg("sender")
            .arg(folder)
            .args([port.to_string(), connections.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines, began }
    }

    /// Waits until it says this; how long after its start.
    fn hear(&mut self, word: &str) -> Duration {
        assert_eq!(self.lines.next().unwrap().unwrap(), word);
        self.began.elapsed()
    }

    fn peak(&self) -> u64 {
        memory(&self.child.id().to_string())
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end: milliseconds, and KiB.
    fn end(mut self) -> (u64, u64) {
        let line = self.lines.next().unwrap().unwrap();
        self.child.wait().unwrap();
        let numbers: Vec<u64> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
        (numbers[0], numbers[1])
    }
}

/// The most memory that a process ever had, in KiB, by Linux's account; 0 elsewhere.
fn memory(process: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Hands out one mail for each number and counts what was accepted.
struct Counter {
    left: AtomicI64,
    accepted: AtomicI64,
    letter: Letter,
}

impl Desk for Counter {
    fn next(&self, reply: Reply<Option<Job>>) {
        let id = self.left.fetch_sub(1, Ordering::SeqCst);
        let letter = self.letter.clone();
        reply((id > 0).then(|| Job {
            key: JobKey::Delivery { incident: "city".into(), subscriber: SubscriberId(id), seq: 1 },
            render: Arc::new(move || render(&letter, id)),
        }));
    }

    fn intend(&self, _: &JobKey, reply: Reply<bool>) {
        reply(true);
    }

    fn settle(&self, _: &JobKey, outcome: Outcome, reply: Reply<()>) {
        if matches!(outcome, Outcome::Accepted { .. }) {
            self.accepted.fetch_add(1, Ordering::SeqCst);
        }
        reply(());
    }
}
