//! How fast personalised mails go out, against Postfix's own load generator, on loopback.
//!
//! `cargo bench --bench send [MAILS] [ROUNDS]` runs `smtp-source` and Candor by turns into `smtp-sink` (both are in Debian's
//! package postfix) and gives ratios: absolute numbers say more about the machine than about the program. Candor's
//! mails are those of this repository's city, one letter for all readers, filled for each; the desk does nothing, so the
//! ledger is not in these numbers.

// Clippy knows test functions, not their helpers; what a benchmark measures belongs on the terminal.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/smtp/city.rs"]
mod city;

use std::hint::black_box;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use candor::config::{MailSettings, Tls};
use candor::mail::Smtp;
use candor::outbox::{Desk, Job, JobKey, Letter, Outcome, Reader, Reply, SubscriberId, Transport};
use city::City;

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let mails = numbers.first().copied().unwrap_or(20_000);
    let rounds = numbers.get(1).copied().unwrap_or(5);

    let city = City::read();
    let letter = writing(&city);
    let Some(sink) = Sink::start() else {
        println!("smtp-sink and smtp-source are not installed: apt-get install postfix");
        return;
    };
    for connections in [1, 10, 50] {
        let mut ratios: Vec<f64> = (0..rounds)
            .map(|_| {
                let theirs = source(sink.port, connections, mails, letter.size);
                let ours = candor(&city, sink.port, connections, mails, &letter.letter);
                println!("{connections:>3} connections: smtp-source {theirs:>6.0}/s, candor {ours:>6.0}/s, ratio {:.2}", ours / theirs);
                ours / theirs
            })
            .collect();
        ratios.sort_by(f64::total_cmp);
        println!("{connections:>3} connections: median ratio {:.2}", ratios[ratios.len() / 2]);
    }
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
    let letter = city.letter(longest, last - 2, last, "en");
    let began = Instant::now();
    for id in 0..10_000 {
        black_box(render(&letter, id));
    }
    let size = render(&letter, 1).message.len();
    println!("a letter of {size} bytes: {compose:?}; each reader: {:?}", began.elapsed() / 10_000);
    Sample { letter, size }
}

fn render(letter: &Letter, id: i64) -> candor::outbox::Envelope {
    let (name, email) = (format!("Reader Nº {id}"), format!("reader{id}@example.org"));
    letter.render(&Reader {
        only: false,
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
            .spawn()
            .ok()?;
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

fn candor(city: &City, port: u16, connections: usize, mails: usize, letter: &Letter) -> f64 {
    let relay = MailSettings {
        relay: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        connections,
        ..city.host.mail.clone()
    };
    let desk = Arc::new(Counter {
        left: AtomicI64::new(mails as i64),
        accepted: AtomicI64::new(0),
        letter: letter.clone(),
    });
    let smtp = Smtp::new(&relay, "").unwrap();
    let began = Instant::now();
    smtp.deliver(desk.clone(), &|| false).unwrap();
    let elapsed = began.elapsed().as_secs_f64();
    assert_eq!(desk.accepted.load(Ordering::SeqCst), mails as i64);
    mails as f64 / elapsed
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
