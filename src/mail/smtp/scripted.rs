//! A scripted SMTP server: the local part of an address chooses the fault, as `PHASE.WHAT`.
//!
//! Phases: `mail` (in the sender's address), `rcpt`, `data`, `body`, `dot`. What: a code with an enhanced code, as in
//! `rcpt.550.5-1-1`; `drop`, `hang`, `garbage`, `multi`, `huge`, `endless`, `latin`, `bare`, `late`; at the dot also
//! `stored-drop` (stored, then silence); in `body` also `early` (250 before the dot) and `notice` (421 and gone);
//! `rcpt.go` refuses the recipient and accepts DATA all the same.
//! What it stored is the truth that outcomes are held against.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

/// How the server behaves to everyone.
#[derive(Clone)]
pub(super) struct Script {
    pub(super) banner: &'static str,
    pub(super) keywords: &'static [&'static str],
    pub(super) implicit_tls: bool,
    /// Said in the clear right behind the reply to STARTTLS.
    pub(super) injected: &'static str,
    /// The only user and password; empty: AUTH is not asked for.
    pub(super) login: (&'static str, &'static str),
    /// One byte at a time, with this pause.
    pub(super) trickle: Option<Duration>,
    /// Later connections are greeted with 421.
    pub(super) at_most: usize,
    /// Mails on one connection before 421.
    pub(super) mails: usize,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            banner: "220 scripted ESMTP",
            keywords: &["PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"],
            implicit_tls: false,
            injected: "",
            login: ("", ""),
            trickle: None,
            at_most: usize::MAX,
            mails: usize::MAX,
        }
    }
}

/// One stored mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) to: String,
    pub(super) bytes: Vec<u8>,
}

/// A running server; it ends with the test.
pub(super) struct Server {
    pub(super) port: u16,
    pub(super) roots: RootCertStore,
    stored: Arc<Mutex<Vec<Stored>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    pub(super) fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(made.cert.der().clone()).unwrap();
        let tls = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![made.cert.der().clone()],
                rustls::pki_types::PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into()),
            )
            .unwrap();
        let (tls, stored, connections) =
            (Arc::new(tls), Arc::<Mutex<_>>::default(), Arc::<AtomicUsize>::default());
        let server = Self { port, roots, stored: Arc::clone(&stored), connections: connections.clone() };
        std::thread::spawn(move || {
            for socket in listener.incoming().map_while(Result::ok) {
                let number = connections.fetch_add(1, Ordering::SeqCst) + 1;
                let (script, tls, stored) = (script.clone(), tls.clone(), stored.clone());
                std::thread::spawn(move || {
                    // A client that goes away ends the conversation, nothing else.
                    let _ = Talk::new(socket, script, tls, stored).and_then(|talk| talk.run(number));
                });
            }
        });
        server
    }

    pub(super) fn stored(&self) -> Vec<Stored> {
        self.stored.lock().unwrap().clone()
    }

    pub(super) fn recipients(&self) -> Vec<String> {
        let mut to: Vec<_> = self.stored().into_iter().map(|mail| mail.to).collect();
        to.sort();
        to
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

trait Both: Read + Write + Send {}
impl<T: Read + Write + Send> Both for T {}

struct Talk {
    socket: Box<dyn Both>,
    plain: TcpStream,
    heard: Vec<u8>,
    script: Script,
    tls: Arc<ServerConfig>,
    stored: Arc<Mutex<Vec<Stored>>>,
}

fn gone<T>() -> io::Result<T> {
    Err(io::ErrorKind::ConnectionAborted.into())
}

impl Talk {
    fn new(
        plain: TcpStream,
        script: Script,
        tls: Arc<ServerConfig>,
        stored: Arc<Mutex<Vec<Stored>>>,
    ) -> io::Result<Self> {
        plain.set_nodelay(true)?;
        let socket = Box::new(plain.try_clone()?);
        Ok(Self { socket, plain, heard: Vec::new(), script, tls, stored })
    }

    fn secure(&mut self) -> io::Result<()> {
        let connection = ServerConnection::new(self.tls.clone()).map_err(io::Error::other)?;
        self.socket = Box::new(StreamOwned::new(connection, self.plain.try_clone()?));
        self.heard.clear();
        Ok(())
    }

    fn say(&mut self, words: &str) -> io::Result<()> {
        self.say_bytes(format!("{words}\r\n").as_bytes())
    }

    fn say_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(pause) = self.script.trickle else {
            self.socket.write_all(bytes)?;
            return self.socket.flush();
        };
        for byte in bytes {
            self.socket.write_all(&[*byte])?;
            self.socket.flush()?;
            std::thread::sleep(pause);
        }
        Ok(())
    }

    /// The next line without its end.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        loop {
            if let Some(end) = self.heard.windows(2).position(|pair| pair == b"\r\n") {
                let line = self.heard[..end].to_vec();
                self.heard.drain(..end + 2);
                return Ok(line);
            }
            let mut space = [0; 4096];
            match self.socket.read(&mut space)? {
                0 => return gone(),
                read => self.heard.extend_from_slice(&space[..read]),
            }
        }
    }

    fn hang(&mut self) -> io::Result<()> {
        while self.socket.read(&mut [0; 4096])? > 0 {}
        gone()
    }

    fn run(mut self, number: usize) -> io::Result<()> {
        if self.script.implicit_tls {
            self.secure()?;
        }
        if number > self.script.at_most {
            return self.say("421 4.7.0 too many connections");
        }
        match self.script.banner {
            "hang" => return self.hang(),
            banner => self.say(banner)?,
        }
        let (mut sender, mut recipient, mut accepted, mut mails) = (String::new(), String::new(), false, 0);
        let mut known = self.script.login.0.is_empty();
        loop {
            let line = String::from_utf8_lossy(&self.line()?).into_owned();
            let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match word.as_str() {
                "EHLO" => {
                    let keywords = self.script.keywords;
                    self.say(if keywords.is_empty() { "250 scripted" } else { "250-scripted" })?;
                    for (index, keyword) in keywords.iter().enumerate() {
                        let dash = if index + 1 < keywords.len() { '-' } else { ' ' };
                        self.say(&format!("250{dash}{keyword}"))?;
                    }
                }
                "STARTTLS" => {
                    self.say_bytes(format!("220 go\r\n{}", self.script.injected).as_bytes())?;
                    self.secure()?;
                    self.script.keywords = &["PIPELINING"];
                }
                "AUTH" => {
                    known = self.auth(&line)?;
                    self.say(if known { "235 2.7.0 welcome" } else { "535 5.7.8 wrong" })?;
                }
                "MAIL" if !known => self.say("530 5.7.0 Authentication required")?,
                "MAIL" if mails >= self.script.mails => {
                    return self.say("421 4.3.2 enough for one connection");
                }
                "MAIL" => {
                    (sender, recipient, accepted) = (local(&line), String::new(), false);
                    mails += 1;
                    self.act("mail", &sender.clone(), "250 2.1.0 ok")?;
                }
                "RCPT" => {
                    recipient = line[line.find('<').unwrap() + 1..line.rfind('>').unwrap()].to_owned();
                    let fault = local(&line);
                    accepted =
                        !fault.starts_with("rcpt.5") && !fault.starts_with("rcpt.4") && fault != "rcpt.go";
                    self.act("rcpt", &fault, if accepted { "250 2.1.5 ok" } else { "550 5.1.1 no" })?;
                }
                "DATA" => {
                    let fault = local(&recipient);
                    let refused = (!accepted && fault != "rcpt.go") || sender.starts_with("mail.");
                    self.act(
                        "data",
                        &fault,
                        if refused { "554 5.5.1 no valid recipients" } else { "354 go" },
                    )?;
                    if !refused && !fault.starts_with("data.") {
                        self.body(&fault, &recipient, accepted)?;
                    }
                }
                "QUIT" => return self.say("221 bye"),
                "RSET" | "NOOP" => self.say("250 ok")?,
                _ => self.say("500 5.5.2 unknown")?,
            }
        }
    }

    fn auth(&mut self, line: &str) -> io::Result<bool> {
        use base64::Engine;
        let decode = |text: &str| base64::engine::general_purpose::STANDARD.decode(text).unwrap();
        let (user, password) = self.script.login;
        if let Some(plain) = line.strip_prefix("AUTH PLAIN ") {
            return Ok(decode(plain) == format!("\0{user}\0{password}").as_bytes());
        }
        self.say("334 VXNlcm5hbWU6")?;
        let said = self.line()?;
        self.say("334 UGFzc3dvcmQ6")?;
        let word = self.line()?;
        let text = |bytes: &[u8]| decode(std::str::from_utf8(bytes).unwrap());
        Ok(text(&said) == user.as_bytes() && text(&word) == password.as_bytes())
    }

    fn body(&mut self, fault: &str, recipient: &str, accepted: bool) -> io::Result<()> {
        match fault {
            "body.early" => self.say("250 2.0.0 already stored")?,
            "body.notice" => {
                self.say("421 4.3.2 shutting down")?;
                return gone();
            }
            "body.drop" => return gone(),
            "body.hang" => loop {
                std::thread::sleep(Duration::from_secs(1));
            },
            _ => {}
        }
        let mut bytes = Vec::new();
        loop {
            let line = self.line()?;
            if line == b"." {
                break;
            }
            bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            bytes.extend_from_slice(b"\r\n");
        }
        if !accepted {
            return self.say("554 5.5.1 nobody to give it to");
        }
        if !(fault.starts_with("dot.4") || fault.starts_with("dot.5") || fault == "dot.drop") {
            self.stored.lock().unwrap().push(Stored { to: recipient.to_owned(), bytes });
        }
        let queued = format!("250 2.0.0 queued as Q{}", self.stored.lock().unwrap().len());
        self.act("dot", fault, &queued)
    }

    /// Answers as the fault asks for, if it is about this phase.
    fn act(&mut self, phase: &str, fault: &str, otherwise: &str) -> io::Result<()> {
        let what = fault.strip_prefix(phase).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default();
        match what {
            "" | "go" => self.say(otherwise),
            "drop" | "stored-drop" => gone(),
            "hang" => self.hang(),
            "garbage" => self.say("what?"),
            "multi" => self.say(&format!("{}-first\r\n{0}-second\r\n{otherwise}", &otherwise[..3])),
            "huge" => {
                let line = format!("{}-{}\r\n", &otherwise[..3], "x".repeat(500));
                self.say(&(line.repeat(128) + otherwise))
            }
            "endless" => {
                self.say_bytes(&vec![b'2'; 10_000_000])?;
                self.hang()
            }
            "latin" => self.say_bytes(b"250 re\xe7u\r\n"),
            "bare" => self.say("250"),
            "late" => {
                std::thread::sleep(Duration::from_millis(300));
                self.say(otherwise)
            }
            code => {
                let (code, enhanced) = code.split_once('.').unwrap_or((code, ""));
                let enhanced = enhanced.split('-').take(3).collect::<Vec<_>>().join(".");
                self.say(&format!("{code} {enhanced} scripted"))?;
                if code == "421" { gone() } else { Ok(()) }
            }
        }
    }
}

/// The local part of the address in a command or by itself.
fn local(line: &str) -> String {
    let address = &line[line.find('<').map_or(0, |at| at + 1)..];
    address.split('@').next().unwrap_or_default().to_owned()
}
