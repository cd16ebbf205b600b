//! Messages over standard input and output.
//!
//! `lsp_server` ends its connection at the first message that is no JSON; an editor in the middle of somebody's sentence
//! should not lose its server over that. So the frames are read here: a bad one is told and passed over.

use std::io::{self, BufRead, Read, Write};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Sender, unbounded};
use lsp_server::{Connection, ErrorCode, Message, Notification, RequestId, Response};
use serde_json::{Value, json};

/// Larger messages are none that an editor sends about texts of a site.
const LARGEST: u64 = 256 * 1024 * 1024;

/// The connection, and the thread that writes.
pub struct Stdio {
    pub connection: Connection,
    writer: JoinHandle<()>,
}

/// Speaks over the standard streams of the process.
pub fn stdio() -> Stdio {
    let (incoming, receiver) = unbounded();
    let (sender, outgoing) = unbounded::<Message>();
    let replies = sender.clone();
    // Ends with the process: nothing can interrupt a read of standard input.
    thread::spawn(move || read(&mut io::stdin().lock(), &incoming, &replies));
    let writer = thread::spawn(move || {
        let mut out = io::stdout().lock();
        for message in outgoing {
            if is_last(&message) || message.write(&mut out).and_then(|()| out.flush()).is_err() {
                break;
            }
        }
    });
    Stdio { connection: Connection { sender, receiver }, writer }
}

/// Tells the writing thread that nothing follows; it is never written itself.
const LAST: &str = "$/candor/last";

fn is_last(message: &Message) -> bool {
    matches!(message, Message::Notification(last) if last.method == LAST)
}

impl Stdio {
    /// Waits until everything is written.
    pub fn finish(self) {
        let _ = self.connection.sender.send(Notification::new(LAST.to_owned(), Value::Null).into());
        drop(self.connection);
        let _ = self.writer.join();
    }
}

/// Hands on each message until the input ends or can no longer be cut into messages.
fn read(input: &mut impl BufRead, incoming: &Sender<Message>, replies: &Sender<Message>) {
    while let Ok(Some(body)) = frame(input) {
        let sent = match serde_json::from_slice::<Message>(&body) {
            Ok(message) => incoming.send(message),
            Err(why) => replies.send(refusal(&body, &why.to_string())),
        };
        if sent.is_err() {
            return;
        }
    }
}

/// The body of the next message; `None` at the end of the input.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(8192).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            // Blank lines before a header do no harm.
            if length.is_some() {
                break;
            }
            continue;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<u64>().ok().filter(|length| *length <= LARGEST);
        }
    }
    let length = length.ok_or(io::ErrorKind::InvalidData)?;
    let mut body = Vec::new();
    let read = input.take(length).read_to_end(&mut body)?;
    Ok((u64::try_from(read).ok() == Some(length)).then_some(body))
}

/// An answer to what is no message: to its id where it has one.
fn refusal(body: &[u8], why: &str) -> Message {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let message = format!("This is no message that Candor can read: {why}");
    match serde_json::from_value::<RequestId>(value["id"].clone()) {
        Ok(id) => Response::new_err(id, ErrorCode::InvalidRequest as i32, message).into(),
        Err(_) => {
            Notification::new("window/logMessage".to_owned(), json!({ "type": 2, "message": message })).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use lsp_server::Request;

    use super::*;

    #[test]
    fn a_bad_message_is_answered_and_the_next_one_is_read() {
        let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let input = [
            framed("{not json"),
            framed("{\"id\": 7, \"method\": 3}"),
            "\r\nContent-Type: x\r\ncontent-length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}"
                .to_owned(),
        ]
        .concat();
        let ((incoming, received), (replies, answers)) = (unbounded(), unbounded());
        read(&mut input.as_bytes(), &incoming, &replies);
        let methods: Vec<String> = received
            .try_iter()
            .map(|message| match message {
                Message::Notification(Notification { method, .. })
                | Message::Request(Request { method, .. }) => method,
                Message::Response(_) => String::new(),
            })
            .collect();
        assert_eq!(methods, ["exit"]);
        let answers: Vec<Message> = answers.try_iter().collect();
        assert!(matches!(&answers[0], Message::Notification(told) if told.method == "window/logMessage"));
        assert!(matches!(&answers[1], Message::Response(answer) if answer.id == RequestId::from(7)));
    }
}
