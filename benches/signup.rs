//! Sign-ups over the web while a broadcast runs: how many a second, and how long the slowest take.
//! `taskset -c 0 cargo bench --bench signup -- [PER_SECOND] [SECONDS]` measures on one core, load and broadcast included;
//! `-- serve` and `-- load ADDR` are the two halves, for a core each.
//!
//! The load is open: requests leave at their time whether or not earlier ones were answered, so a stall shows as what it
//! is. Each is a new address; each answer is awaited and must be 200.

#![allow(clippy::print_stdout)] // It is a program for a person at a terminal.

mod readers;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use candor::clock::Clock;
use candor::config::{HostSettings, HttpSettings, StoreSettings, read_settings};
use candor::content::Registers;
use candor::daemon::{DeskSettings, OpenDesk};
use candor::http::{Equipment, OnShow, Serve, Server, SignUpService};
use candor::outbox::*;
use candor::store::Store;
use candor::text::Source;
use candor::theme::Theme;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use readers::{person, publication};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Connections that are kept open by the load, as a proxy in front keeps them.
const CONNECTIONS: usize = 200;
const READERS: usize = 60_000;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let numbers: Vec<u64> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    let per_second = numbers.first().copied().unwrap_or(2_000);
    let seconds = numbers.get(1).copied().unwrap_or(20);
    match args.first().map(String::as_str) {
        Some("load") => {
            let address = args.get(1).expect("an address").clone();
            let numbers: Vec<u64> = args.iter().skip(2).filter_map(|arg| arg.parse().ok()).collect();
            let rate = numbers.first().copied().unwrap_or(2_000);
            load(&address, rate, numbers.get(1).copied().unwrap_or(20));
        }
        Some("serve") => {
            let town = Town::start();
            println!("{}", town.server.address());
            town.broadcast(&AtomicBool::new(false));
        }
        _ => {
            let town = Town::start();
            let address = town.server.address().to_string();
            println!("sign-ups alone:");
            load(&address, per_second, seconds);
            println!("while a broadcast runs:");
            let stop = AtomicBool::new(false);
            std::thread::scope(|scope| {
                scope.spawn(|| town.broadcast(&stop));
                load(&address, per_second, seconds);
                stop.store(true, Ordering::Release);
            });
        }
    }
}

struct Town {
    server: Server,
    folder: tempfile::TempDir,
    store: StoreSettings,
}

impl Town {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = HostSettings::default().store;
        let open = || Store::open(folder.path(), &store, None).expect("the ledger opens");
        let readers: Vec<SignUp> = (0..READERS).map(person).collect();
        open().sign_up(&readers, Via::Operator, Timestamp::now()).expect("new subscribers");
        let (settings, _) = read_settings(&Source::new(
            "candor.toml",
            "name = \"Town\"\nbase_url = \"https://status.town.example\"\nid_domain = \"town.example\"\ntime_zone = \"UTC\"\nlanguages = [\"en\"]\n",
        ));
        let http = HttpSettings { per_network: 10_000_000, per_hour: 10_000_000, ..HttpSettings::default() };
        let service = Arc::new(
            SignUpService::new(Equipment {
                mail: HostSettings::default().mail,
                http,
                keys: TokenKeys::new(b"bench"),
                ledger: Box::new(open()),
                now: Box::new(Timestamp::now),
            })
            .expect("the service starts"),
        );
        let theme = Arc::new(Theme::new(&[]).0);
        service.show(OnShow::new(settings, Registers::default(), &[], theme, HashMap::new(), ""));
        let serve = Serve { listen: "127.0.0.1:0".into(), preview: None, signup: Some(service) };
        Self { server: Server::start(serve).expect("the server starts"), folder, store }
    }

    /// Mails by the books: claim, intent and result of each with every commit, over 10 connections, at most 2,000 a second
    /// as a relay takes them.
    fn broadcast(&self, stop: &AtomicBool) {
        let mut ledger = Store::open(self.folder.path(), &self.store, None).expect("the ledger opens");
        ledger.publish(&publication(UpdateKind::Opened)).expect("a new statement");
        let settings = DeskSettings {
            work: &[Work::Readers],
            host: "bench".into(),
            connections: 10,
            compose: Box::new(|_| {
                Some(Arc::new(|| Envelope { from: String::new(), to: String::new(), message: Vec::new() }))
            }),
            clock: Arc::new(Clock::System),
            zone: TimeZone::UTC,
            notify: Box::new(|event| println!("{event:?}")),
        };
        let (desk, _) = OpenDesk::open(Box::new(ledger), settings).expect("the desk opens");
        let (started, sent) = (Instant::now(), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..10 {
                scope.spawn(|| {
                    while !stop.load(Ordering::Acquire)
                        && let Some(job) = ask(|reply| desk.next(reply))
                    {
                        if ask(|reply| desk.intend(&job.key, reply)) {
                            let accepted = Outcome::Accepted { reply: "250 2.0.0 Ok".into() };
                            ask(|reply| desk.settle(&job.key, accepted, reply));
                        }
                        sent.fetch_add(1, Ordering::Relaxed);
                        // The time that a relay takes for ten connections at two thousand a second.
                        std::thread::sleep(Duration::from_millis(4));
                    }
                });
            }
        });
        let rate = sent.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64();
        println!("  the broadcast: {rate:.0} mails/s");
        desk.close();
    }
}

fn ask<T: Send + 'static>(question: impl FnOnce(Reply<T>)) -> T {
    let (answer, wait) = channel();
    question(Box::new(move |value| {
        let _ = answer.send(value);
    }));
    wait.recv().expect("the desk is open")
}

fn load(address: &str, per_second: u64, seconds: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let times = Arc::new(Mutex::new(Vec::new()));
    // Every run of the program asks for people of its own.
    let run = Timestamp::now().as_millisecond();
    runtime.block_on(async {
        let start = tokio::time::Instant::now() + Duration::from_millis(200);
        let total = per_second * seconds;
        let each = CONNECTIONS as u64;
        let mut tasks = Vec::new();
        for connection in 0..each {
            let (address, times) = (address.to_owned(), times.clone());
            tasks.push(tokio::spawn(async move {
                let mut stream = tokio::net::TcpStream::connect(&address).await.expect("a connection");
                stream.set_nodelay(true).expect("no delay");
                let mut own = Vec::new();
                let mut buffer = vec![0; 64 * 1024];
                let mut n = connection;
                while n < total {
                    let due = start + Duration::from_nanos(n * 1_000_000_000 / per_second);
                    tokio::time::sleep_until(due).await;
                    let form = format!("email=p{run}-{n}%40mail.example&pace=news");
                    let request = format!(
                        "POST /subscribe HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
                        form.len()
                    );
                    stream.write_all(request.as_bytes()).await.expect("sent");
                    read_answer(&mut stream, &mut buffer).await;
                    own.push(due.elapsed());
                    n += each;
                }
                times.lock().expect("no panic").extend(own);
            }));
        }
        for task in tasks {
            task.await.expect("a good connection");
        }
    });
    let mut times = times.lock().expect("no panic").clone();
    times.sort_unstable();
    let at = |part: f64| times.get(((times.len() - 1) as f64 * part) as usize).copied().unwrap_or_default();
    println!(
        "  {} sign-ups at {per_second}/s: median {:?}, p99 {:?}, p99.9 {:?}, slowest {:?}",
        times.len(),
        at(0.5),
        at(0.99),
        at(0.999),
        at(1.0)
    );
}

/// Reads one whole answer with a length, which must be good.
async fn read_answer(stream: &mut tokio::net::TcpStream, buffer: &mut [u8]) {
    let mut have = 0;
    loop {
        have += stream.read(&mut buffer[have..]).await.expect("an answer");
        let text = String::from_utf8_lossy(&buffer[..have]);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        let length = head
            .lines()
            .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
        let length: usize = length.expect("a length").parse().expect("a number");
        if body.len() >= length {
            return;
        }
    }
}
