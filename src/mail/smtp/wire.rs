//! The line to the relay: a stream that gives lettre one reply line at a time, and us a second hand on the same stream.
//!
//! - lettre reads through a buffer of its own. Because it is never given more than the line that it needs, nothing the
//!   relay said too early can be taken as the answer to a later command, and [`Line::quiet`] can tell before the dot.
//! - Its parser wants UTF-8, CRLF, a blank after the code and lines of at most 1,000 bytes, and fails the connection
//!   otherwise. Relays are less strict, so lines are cleaned here.
//! - The body and the final dot are written by us, because lettre's `message()` writes both without a pause between.
//!
//! Commands and bodies each go out in one write, and the socket has TCP_NODELAY: nothing waits for a delayed ACK.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// A relay that says more than this in one line, or more lines in answer to one command, is not answering us.
const LINE_BYTES: usize = 100_000;
const REPLY_LINES: usize = 1_000;
/// What is left of a long line: within lettre's limit.
const KEPT: usize = 900;

/// The socket, secured or not.
pub(super) enum Socket {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(cx, bytes),
            Self::Tls(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Self::Tls(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}

struct Wire {
    socket: Socket,
    peer: SocketAddr,
    /// Read from the socket, not yet handed out.
    heard: Vec<u8>,
    /// The cleaned line that is being handed out, and how much of it has been.
    line: Vec<u8>,
    given: usize,
    /// Lines handed out since we last spoke.
    lines: usize,
}

impl Wire {
    /// Moves the first whole line of `heard` into `line`; false where there is none.
    fn next_line(&mut self) -> bool {
        let Some(end) = self.heard.iter().position(|&byte| byte == b'\n') else { return false };
        self.line = clean(&self.heard[..end]);
        self.given = 0;
        self.lines += 1;
        self.heard.drain(..=end);
        true
    }

    /// Reads what the socket has; false at its end.
    fn poll_hear(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        let mut space = [0; 4096];
        let mut buf = ReadBuf::new(&mut space);
        ready!(Pin::new(&mut self.socket).poll_read(cx, &mut buf))?;
        self.heard.extend_from_slice(buf.filled());
        Poll::Ready(Ok(!buf.filled().is_empty()))
    }
}

/// A reply line as lettre's parser wants it: ASCII, a blank after a code that stands alone, at most [`KEPT`] bytes, CRLF.
fn clean(line: &[u8]) -> Vec<u8> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let printable = |&byte: &u8| if (b' '..=b'~').contains(&byte) { byte } else { b'?' };
    let mut line: Vec<u8> = line.iter().take(KEPT).map(printable).collect();
    if line.len() == 3 {
        line.push(b' ');
    }
    line.extend_from_slice(b"\r\n");
    line
}

/// One of several hands on one wire: lettre holds one, the session another.
#[derive(Clone)]
pub(super) struct Line(Arc<Mutex<Wire>>);

impl Line {
    /// `ahead` is read before anything from the socket: the greeting that STARTTLS does not send.
    pub(super) fn new(socket: Socket, peer: SocketAddr, ahead: &[u8]) -> Self {
        let wire = Wire { socket, peer, heard: ahead.to_vec(), line: Vec::new(), given: 0, lines: 0 };
        Self(Arc::new(Mutex::new(wire)))
    }

    fn wire(&self) -> MutexGuard<'_, Wire> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the relay has said nothing that we have not read, as far as can be seen without waiting.
    /// If it has spoken or hung up, the error holds its words.
    pub(super) async fn quiet(&self) -> Result<(), String> {
        std::future::poll_fn(|cx| {
            let mut wire = self.wire();
            let spoke = match wire.poll_hear(cx) {
                Poll::Pending => None,
                Poll::Ready(Ok(true)) => Some(String::new()),
                Poll::Ready(Ok(false)) => Some("closed the connection".to_owned()),
                Poll::Ready(Err(error)) => Some(error.to_string()),
            };
            let early =
                String::from_utf8_lossy(&wire.heard).lines().next().unwrap_or_default().trim().to_owned();
            Poll::Ready(match spoke {
                None if wire.heard.is_empty() && wire.given == wire.line.len() => Ok(()),
                Some(why) if early.is_empty() => Err(why),
                _ => Err(format!("spoke out of turn: {}", early.chars().take(KEPT).collect::<String>())),
            })
        })
        .await
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Line")
    }
}

impl AsyncTokioStream for Line {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.wire().peer)
    }
}

impl AsyncRead for Line {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let mut wire = self.wire();
        while wire.given == wire.line.len() {
            if wire.next_line() {
                if wire.lines > REPLY_LINES {
                    return Poll::Ready(Err(io::Error::other("a reply without an end")));
                }
            } else if wire.heard.len() > LINE_BYTES {
                return Poll::Ready(Err(io::Error::other("a reply line without an end")));
            } else if !ready!(wire.poll_hear(cx))? {
                return Poll::Ready(Ok(()));
            }
        }
        let Wire { line, given, .. } = &mut *wire;
        let part = &line[*given..];
        let length = part.len().min(buf.remaining());
        buf.put_slice(&part[..length]);
        *given += length;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut wire = self.wire();
        wire.lines = 0;
        Pin::new(&mut wire.socket).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire().socket).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire().socket).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cleaned_for_the_parser() {
        assert_eq!(clean(b"250"), b"250 \r\n");
        assert_eq!(clean("250 re\u{e7}u\r".as_bytes()), b"250 re??u\r\n");
        assert_eq!(clean(&[b'x'; 5000]).len(), KEPT + 2);
    }
}
