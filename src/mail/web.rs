//! A scripted web server for tests: answers each connection as told, and remembers what it read.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// What is answered to one request.
pub(super) enum Answer {
    Says(u16, &'static str),
    /// 307, to there.
    Sends(String),
    /// Reads the request and closes the connection.
    HangsUp,
}

pub(super) struct Web {
    url: String,
    read: Arc<Mutex<Vec<String>>>,
    over: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Web {
    /// Answers in this order, then refuses.
    pub(super) fn open(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        listener.set_nonblocking(true).unwrap();
        let (read, over): (Arc<Mutex<Vec<String>>>, Arc<AtomicBool>) = Default::default();
        let (heard, ends) = (read.clone(), over.clone());
        let thread = std::thread::spawn(move || {
            let mut answers = answers.into_iter();
            while !ends.load(Ordering::Acquire) {
                let Ok((stream, _)) = listener.accept() else {
                    std::thread::sleep(Duration::from_millis(2));
                    continue;
                };
                let Some(answer) = answers.next() else { break };
                stream.set_nonblocking(false).unwrap();
                heard.lock().unwrap().push(serve(stream, &answer));
            }
        });
        Self { url, read, over, thread }
    }

    pub(super) fn url(&self) -> String {
        self.url.clone()
    }

    /// Ends it; what was read, one text for each request.
    pub(super) fn close(self) -> Vec<String> {
        self.over.store(true, Ordering::Release);
        self.thread.join().unwrap();
        self.read.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, answer: &Answer) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut request = Vec::new();
    let mut block = [0; 4096];
    while !whole(&request) {
        let count = stream.read(&mut block).unwrap();
        assert!(count > 0, "the client hung up");
        request.extend_from_slice(&block[..count]);
    }
    let answer = match answer {
        Answer::Says(code, text) => {
            format!("HTTP/1.1 {code} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}", text.len())
        }
        Answer::Sends(to) => {
            format!("HTTP/1.1 307 X\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        }
        Answer::HangsUp => String::new(),
    };
    stream.write_all(answer.as_bytes()).unwrap();
    String::from_utf8(request).unwrap()
}

fn whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let chunked = head.contains("transfer-encoding: chunked");
    if chunked {
        body.ends_with("0\r\n\r\n")
    } else {
        body.len() >= length.map_or(0, |n| n.trim().parse().unwrap())
    }
}
