//! Too much, too slow, too many: others are served meanwhile.

use std::io::Write;
use std::time::{Duration, Instant};

use candor::outbox::{Ledger, SubscriberState};

use crate::town::{Town, answer};

#[test]
fn what_is_too_large_is_refused() {
    let mut town = Town::new();
    let large = format!("email=ann%40mail.example&words={}", "x".repeat(64 * 1024));
    let status = town.post("/subscribe", &large).status;
    // Whoever goes on sending into a closed connection may miss the answer.
    assert!(matches!(status, 0 | 413), "{status}");
    let chunked = format!(
        "POST /subscribe HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{}",
        format!("4000\r\n{}\r\n", "y".repeat(0x4000)).repeat(8)
    );
    let status = town.raw(chunked.as_bytes()).status;
    assert!(matches!(status, 0 | 413), "{status}");
    let cookies = format!("GET /subscribe HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n", "z".repeat(64 * 1024));
    let status = town.raw(cookies.as_bytes()).status;
    assert!(status == 431 || status == 0, "{status}");
    let line = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "z".repeat(128 * 1024));
    let status = town.raw(line.as_bytes()).status;
    assert!(matches!(status, 0 | 414 | 431), "{status}");
    // A gigabyte is announced, and not waited for.
    let announced =
        b"POST /subscribe HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\nConnection: close\r\n\r\n";
    let started = Instant::now();
    assert_eq!(town.raw(announced).status, 413);
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(town.ledger.notices().unwrap().len(), 0);
    town.post("/subscribe", "email=ann%40mail.example").is(200);
}

#[test]
fn slow_clients_are_let_go_and_hold_up_nobody() {
    let town = Town::new();
    let mut slow: Vec<_> = (0..500)
        .map(|n| {
            let mut stream = town.connect();
            let start: &[u8] = match n % 3 {
                // Nothing at all, half a head, half a body.
                0 => b"",
                1 => b"POST /subscribe HTTP/1.1\r\nHost: x\r\nX-Slow: ",
                _ => b"POST /subscribe HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nConnection: close\r\n\r\nemail=",
            };
            stream.write_all(start).unwrap();
            stream
        })
        .collect();
    let started = Instant::now();
    let mut slowest = Duration::ZERO;
    while started.elapsed() < Duration::from_secs(3) {
        let asked = Instant::now();
        town.post("/subscribe", "email=ann%40mail.example").is(200);
        slowest = slowest.max(asked.elapsed());
        // One byte each, again and again.
        for stream in slow.iter_mut().take(100) {
            let _ = stream.write_all(b"a");
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    // A server that they held up would keep others for the five seconds that a head may take.
    assert!(slowest < Duration::from_secs(4), "{slowest:?}");
    for (n, stream) in slow.iter_mut().enumerate().take(6) {
        let given_up = answer(stream);
        let expected: &[u16] = if n % 3 == 2 { &[408] } else { &[0, 408] };
        assert!(expected.contains(&given_up.status), "{n}: {}", given_up.head);
    }
    assert!(started.elapsed() < Duration::from_secs(16), "{:?}", started.elapsed());
}

#[test]
fn the_end_waits_for_answers_that_are_under_way_and_for_no_idle_client() {
    let mut town = Town::new();
    let idle: Vec<_> = (0..20).map(|_| town.connect()).collect();
    let mut stream = town.connect();
    let form = "email=ann%40mail.example";
    write!(stream, "POST /subscribe HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{form}", form.len())
        .unwrap();
    while town.subscriber("ann@mail.example").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let started = Instant::now();
    town.server = None;
    assert!(started.elapsed() < Duration::from_secs(6), "{:?}", started.elapsed());
    assert_eq!(answer(&mut stream).status, 200);
    assert_eq!(town.subscriber("ann@mail.example").unwrap().state, SubscriberState::Unconfirmed);
    drop(idle);
}
