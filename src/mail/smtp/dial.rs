//! From a host name to a connection that may carry mail: TCP, TLS, greeting, EHLO, AUTH.
//!
//! STARTTLS is done here and not by lettre: the words before the handshake are read byte by byte, so that nothing said
//! in the clear can be left over and be taken for a reply inside TLS. Inside TLS lettre expects a greeting, which RFC
//! 3207 does not send; it is given one. STARTTLS is required where it is configured, never a fallback to plain text.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::Ehlo;
use lettre::transport::smtp::extension::ClientId;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::deadlines::{Deadlines, within};
use super::session::{Offers, Session, answer};
use super::wire::{Line, Socket};
use crate::config::Tls;
use crate::outbox::TransportError;

/// Where the relay is and how we speak to it.
#[derive(Clone)]
pub(super) struct Relay {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Tls,
    /// `None`: no AUTH.
    pub(super) credentials: Option<Credentials>,
    pub(super) hello: ClientId,
    pub(super) trust: Arc<rustls::ClientConfig>,
    pub(super) deadlines: Deadlines,
}

impl fmt::Display for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl Relay {
    /// A connection ready for its first mail.
    pub(super) async fn dial(&self) -> Result<Session, TransportError> {
        let (socket, peer) =
            self.within(self.deadlines.connect, "it did not accept a connection", self.connect()).await?;
        let line = match self.tls {
            Tls::None => Line::new(Socket::Plain(socket), peer, b""),
            Tls::Implicit => Line::new(self.secure(socket).await?, peer, b""),
            Tls::StartTls => {
                let asked = self.ask_for_tls(socket);
                let socket = self.within(self.deadlines.greeting, "it did not begin TLS", asked).await?;
                Line::new(self.secure(socket).await?, peer, b"220 secured\r\n")
            }
        };
        self.within(self.deadlines.greeting, "it did not greet us", self.greet(line)).await
    }

    async fn within<T>(
        &self,
        limit: Duration,
        late: &str,
        work: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        within(limit, work).await.unwrap_or_else(|| {
            Err(self.unreachable(format!("{late} within {} seconds", limit.as_secs_f32())))
        })
    }

    async fn connect(&self) -> Result<(TcpStream, SocketAddr), TransportError> {
        let connect = async {
            let stream = TcpStream::connect((self.host.as_str(), self.port)).await?;
            stream.set_nodelay(true)?;
            let peer = stream.peer_addr()?;
            Ok((stream, peer))
        };
        connect.await.map_err(|error: std::io::Error| self.unreachable(error.to_string()))
    }

    async fn secure(&self, socket: TcpStream) -> Result<Socket, TransportError> {
        let name = ServerName::try_from(self.host.clone())
            .map_err(|_| self.unreachable("this is not a host name that a certificate could name"))?;
        let handshake = async {
            let connector = TlsConnector::from(self.trust.clone());
            let stream = connector.connect(name, socket).await;
            stream.map_err(|error| self.unreachable(format!("TLS failed: {error}")))
        };
        let stream =
            self.within(self.deadlines.connect, "it did not finish the TLS handshake", handshake).await?;
        Ok(Socket::Tls(Box::new(stream)))
    }

    /// Greeting, EHLO and STARTTLS in the clear.
    async fn ask_for_tls(&self, mut socket: TcpStream) -> Result<TcpStream, TransportError> {
        let broken = |error: std::io::Error| self.unreachable(error.to_string());
        let (code, text) = plain_reply(&mut socket).await.map_err(broken)?;
        if code != 220 {
            return Err(self.refused(format!("{code} {text}")));
        }
        socket.write_all(Ehlo::new(self.hello.clone()).to_string().as_bytes()).await.map_err(broken)?;
        let (code, text) = plain_reply(&mut socket).await.map_err(broken)?;
        if code != 250 || !text.lines().skip(1).any(|line| line.trim().eq_ignore_ascii_case("STARTTLS")) {
            return Err(self.refused(
                "it offers no STARTTLS, and we send nothing in the clear; write smtps:// if it speaks TLS from the start",
            ));
        }
        socket.write_all(b"STARTTLS\r\n").await.map_err(broken)?;
        match plain_reply(&mut socket).await.map_err(broken)? {
            (220, _) => Ok(socket),
            (code, text) => Err(self.refused(format!("{code} {text}"))),
        }
    }

    async fn greet(&self, line: Line) -> Result<Session, TransportError> {
        let judge = |error: lettre::transport::smtp::Error| match answer(Err(error)) {
            Ok(answer) => self.refused(format!("{} {}", answer.code, answer.text)),
            Err(why) => self.unreachable(why),
        };
        let connection = AsyncSmtpConnection::connect_with_transport(Box::new(line.clone()), &self.hello);
        let mut smtp = connection.await.map_err(judge)?;
        // lettre forgets the keywords it does not know, PIPELINING among them: asked once more, read by us.
        let offers = Offers::of(&smtp.command(Ehlo::new(self.hello.clone())).await.map_err(judge)?);
        if let Some(credentials) = &self.credentials {
            let reply =
                smtp.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await.map_err(|error| {
                    let refused = judge(error);
                    match refused {
                        TransportError::Refused { why, .. } => {
                            self.refused(format!("user name or password not accepted: {why}"))
                        }
                        other => other,
                    }
                })?;
            if !reply.has_code(235) {
                return Err(self.refused(format!("unexpected answer to AUTH: {}", reply.code())));
            }
        }
        Ok(Session::new(smtp, line, offers, self.deadlines))
    }

    pub(super) fn unreachable(&self, why: impl Into<String>) -> TransportError {
        TransportError::Unreachable { relay: self.to_string(), why: why.into() }
    }

    pub(super) fn refused(&self, why: impl Into<String>) -> TransportError {
        TransportError::Refused { relay: self.to_string(), why: why.into() }
    }
}

/// One whole reply, byte by byte: its code and its lines without their codes.
async fn plain_reply(socket: &mut TcpStream) -> std::io::Result<(u16, String)> {
    let mut text = String::new();
    let mut line = Vec::new();
    for _ in 0..20_000 {
        match socket.read_u8().await? {
            b'\n' => {}
            byte => {
                line.push(byte);
                continue;
            }
        }
        let said = String::from_utf8_lossy(&line).trim_end().to_owned();
        line.clear();
        let code = said.get(..3).and_then(|code| code.parse().ok());
        let Some(code) = code else {
            return Err(std::io::Error::other("it does not speak SMTP"));
        };
        text.push_str(said.get(4..).unwrap_or_default());
        if said.as_bytes().get(3) != Some(&b'-') {
            return Ok((code, text));
        }
        text.push('\n');
    }
    Err(std::io::Error::other("a reply without an end"))
}
