//! A small real SMTP relay: what it stored is the ground truth of a test.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A mail as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub to: String,
    pub message: String,
}

/// Listens on loopback until the test ends.
pub(crate) struct Relay {
    pub port: u16,
    stored: Arc<Mutex<Vec<Stored>>>,
}

impl Relay {
    /// Accepts every mail, taking `delay` between storing it and answering: what is killed meanwhile is in doubt.
    pub(crate) fn start(delay: Duration) -> Self {
        Self::keeping(delay, false)
    }

    /// The same, for very many mails: keeps the heads alone.
    pub(crate) fn keeping_heads(delay: Duration) -> Self {
        Self::keeping(delay, true)
    }

    fn keeping(delay: Duration, heads: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let stored = Arc::new(Mutex::new(Vec::new()));
        let store = stored.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let store = store.clone();
                std::thread::spawn(move || {
                    let _ = converse(&stream, &store, delay, heads);
                });
            }
        });
        Self { port, stored }
    }

    pub(crate) fn count(&self) -> usize {
        self.stored.lock().unwrap().len()
    }

    pub(crate) fn stored(&self) -> Vec<Stored> {
        self.stored.lock().unwrap().clone()
    }
}

fn converse(
    stream: &TcpStream,
    store: &Mutex<Vec<Stored>>,
    delay: Duration,
    heads: bool,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut answer = stream;
    let mut lines = BufReader::new(stream);
    answer.write_all(b"220 relay ESMTP\r\n")?;
    let mut to = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let command = line.trim_end().to_ascii_uppercase();
        if command.starts_with("EHLO") {
            answer.write_all(b"250-relay\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")?;
        } else if command.starts_with("RCPT") {
            to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            answer.write_all(b"250 ok\r\n")?;
        } else if command == "DATA" {
            answer.write_all(b"354 go\r\n")?;
            let mut message = String::new();
            loop {
                let mut line = String::new();
                if lines.read_line(&mut line)? == 0 {
                    return Ok(());
                }
                if line == ".\r\n" {
                    break;
                }
                message.push_str(line.strip_prefix('.').unwrap_or(&line));
            }
            if heads {
                message.truncate(message.find("\r\n\r\n").unwrap_or(message.len()));
            }
            store.lock().unwrap().push(Stored { to: to.clone(), message });
            std::thread::sleep(delay);
            answer.write_all(b"250 2.0.0 stored\r\n")?;
        } else if command == "QUIT" {
            return answer.write_all(b"221 bye\r\n");
        } else {
            answer.write_all(b"250 ok\r\n")?;
        }
    }
}
