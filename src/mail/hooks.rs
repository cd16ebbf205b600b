//! Messages to channels: one HTTPS POST each, to addresses that only the host's settings name.
//!
//! A webhook's message is signed: `Candor-Signature: t=SECONDS,v1=HEX`, the HMAC-SHA-256 of `SECONDS.BODY`; while a key
//! is changed there is one `v1` for each. `Candor-Delivery` is the same whenever the same message is sent again, so the
//! other side can tell; Mastodon has such a key of its own. Where neither helps (Slack, Teams), a message that nobody
//! answered for is in doubt, as a mail is. No redirect is followed: it would carry the message to whoever it names.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

use super::ask::ask;
use crate::config::ChannelKind;
use crate::outbox::{Desk, Envelope, Job, JobKey, Outcome, Transport, TransportError};

/// Messages under way at once: a channel that hangs holds up no other.
const AT_ONCE: usize = 4;
const CONNECT: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(30);

/// One channel, its secrets read.
#[derive(Clone)]
pub struct Hook {
    pub name: String,
    pub kind: ChannelKind,
    /// See `config::channel_url`.
    pub url: String,
    /// The key or keys (one a line, the newest first) that sign, or the token that opens the account.
    pub secret: String,
}

/// Posts to channels.
#[derive(Clone)]
pub struct Hooks {
    hooks: Arc<[Hook]>,
    agent: ureq::Agent,
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl Hooks {
    /// `now` dates the signatures.
    pub fn new(hooks: Vec<Hook>, now: Arc<dyn Fn() -> Timestamp + Send + Sync>) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(ANSWER))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // A connection that was kept may be dead, and nobody would know whether the message went out.
            .max_idle_connections(0)
            .user_agent(concat!("candor/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        Self { hooks: hooks.into(), agent, now }
    }

    fn carry(&self, desk: &dyn Desk, job: &Job) {
        let outcome = self.outcome(desk, job);
        ask(|reply| desk.settle(&job.key, outcome, reply)).unwrap_or(());
    }

    fn outcome(&self, desk: &dyn Desk, job: &Job) -> Outcome {
        let envelope = (job.render)();
        let Some(hook) = self.hooks.iter().find(|hook| hook.name == envelope.to) else {
            let text = "candor.host.toml names no such channel any more".to_owned();
            return Outcome::Later { code: 0, text };
        };
        if !ask(|reply| desk.intend(&job.key, reply)).unwrap_or(false) {
            return Outcome::TakenBack;
        }
        match self.post(hook, &envelope, &key(&job.key)) {
            Ok((code, text)) => judge(code, &text),
            Err(error) => failed(hook.kind, &error),
        }
    }

    /// Status and the beginning of what was answered.
    fn post(&self, hook: &Hook, envelope: &Envelope, key: &str) -> Result<(u16, String), ureq::Error> {
        let url = match hook.kind {
            ChannelKind::Mastodon => format!("{}/api/v1/statuses", hook.url),
            _ => hook.url.clone(),
        };
        let mut request = self.agent.post(&url).header("Content-Type", "application/json; charset=utf-8");
        match hook.kind {
            ChannelKind::Webhook => {
                let signed = signature(&hook.secret, (self.now)(), &envelope.message);
                request = request.header("Candor-Signature", &signed).header("Candor-Delivery", key);
            }
            ChannelKind::Mastodon => {
                let token = hook.secret.lines().next().unwrap_or_default();
                request =
                    request.header("Authorization", format!("Bearer {token}")).header("Idempotency-Key", key);
            }
            ChannelKind::Slack | ChannelKind::Teams => {}
        }
        let mut answer = request.send(&envelope.message[..])?;
        let said = answer.body_mut().with_config().limit(64 * 1024).lossy_utf8(true).read_to_string();
        let said: String = said.unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
        Ok((answer.status().as_u16(), said.trim().to_owned()))
    }
}

impl Transport for Hooks {
    fn deliver(&self, desk: Arc<dyn Desk>, stop: &(dyn Fn() -> bool + Sync)) -> Result<(), TransportError> {
        thread::scope(|scope| {
            for _ in 0..AT_ONCE.min(self.hooks.len()) {
                scope.spawn(|| {
                    while !stop() {
                        let Some(job) = ask(|reply| desk.next(reply)).flatten() else { break };
                        self.carry(&*desk, &job);
                    }
                });
            }
        });
        Ok(())
    }
}

/// The same for the same message, whenever it is sent.
fn key(key: &JobKey) -> String {
    match key {
        JobKey::Post { incident, channel, seq } => format!("{incident}/{channel}/{seq}"),
        other => format!("{other:?}"),
    }
}

/// What an answer means. Nothing but "gone" ends a channel: everything else somebody may mend within minutes.
fn judge(code: u16, said: &str) -> Outcome {
    let text = |why: &str| if said.is_empty() { why.to_owned() } else { format!("{why}: {said}") };
    match code {
        200..=299 => Outcome::Accepted { reply: format!("{code} {said}").trim().to_owned() },
        410 => Outcome::Refused { code, text: text("it says that this address is gone for good") },
        300..=399 => Outcome::Later { code, text: text("it sends us elsewhere, which is not followed") },
        401 | 403 => Outcome::Later { code, text: text("it does not accept our key or token") },
        404 => Outcome::Later { code, text: text("there is nothing at this address") },
        429 => Outcome::Later { code, text: text("it takes no more for now") },
        _ => Outcome::Later { code, text: text("it did not take the message") },
    }
}

/// What it means that no answer came.
fn failed(kind: ChannelKind, error: &ureq::Error) -> Outcome {
    use ureq::Timeout::{Connect, Resolve};
    let never_sent = match error {
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::Tls(_) => true,
        ureq::Error::Timeout(timeout) => matches!(timeout, Connect | Resolve),
        ureq::Error::Io(error) => error.kind() == io::ErrorKind::ConnectionRefused,
        ureq::Error::Rustls(_) | ureq::Error::BadUri(_) | ureq::Error::Http(_) => true,
        _ => false,
    };
    let why = error.to_string();
    match kind {
        _ if never_sent => Outcome::NotSent { why },
        // The other side knows the message again.
        ChannelKind::Webhook | ChannelKind::Mastodon => Outcome::Later { code: 0, text: why },
        ChannelKind::Slack | ChannelKind::Teams => Outcome::InDoubt { why },
    }
}

/// The value of `Candor-Signature`.
fn signature(keys: &str, now: Timestamp, body: &[u8]) -> String {
    let mut value = format!("t={}", now.as_second());
    let stamp = format!("{}.", now.as_second());
    for key in keys.lines().map(str::trim).filter(|key| !key.is_empty()) {
        let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
        let mac = mac.chain_update(&stamp).chain_update(body).finalize().into_bytes();
        value.push_str(",v1=");
        mac.iter().for_each(|byte| value.push_str(&format!("{byte:02x}")));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::super::books::Books;
    use super::super::web::{Answer, Web};
    use super::*;

    fn message(to: &str) -> Envelope {
        Envelope { from: "town.example".into(), to: to.into(), message: br#"{"text":"hello"}"#.to_vec() }
    }

    fn hooks(kind: ChannelKind, url: String) -> Hooks {
        let hook = Hook { name: "room".into(), kind, url, secret: "new\nold".into() };
        Hooks::new(vec![hook], Arc::new(|| Timestamp::from_second(1_795_000_000).unwrap()))
    }

    /// What became of one message, and what the server read.
    fn sent(kind: ChannelKind, answer: Answer) -> (Outcome, Vec<String>) {
        let web = Web::open(vec![answer]);
        let books = Arc::new(Books::posts([message("room")]));
        hooks(kind, format!("{}/in", web.url())).deliver(books.clone(), &|| false).unwrap();
        (books.outcomes().remove(0), web.close())
    }

    #[test]
    fn a_webhooks_message_is_signed_by_each_key_and_names_itself() {
        let (outcome, read) = sent(ChannelKind::Webhook, Answer::Says(200, "ok"));
        assert_eq!(outcome, Outcome::Accepted { reply: "200 ok".into() });
        let request = read[0].to_lowercase();
        assert!(request.starts_with("post /in http/1.1\r\n"), "{request}");
        assert!(request.contains("\r\ncandor-delivery: burst-main/room/0\r\n"), "{request}");
        assert!(request.ends_with("\r\n\r\n{\"text\":\"hello\"}"), "{request}");
        // printf '1795000000.{"text":"hello"}' | openssl dgst -sha256 -hmac new
        let signed =
            signature("new\n\nold\n", Timestamp::from_second(1_795_000_000).unwrap(), br#"{"text":"hello"}"#);
        assert!(request.contains(&format!("\r\ncandor-signature: {signed}\r\n")), "{request}");
        let parts: Vec<&str> = signed.split(',').collect();
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[0], "t=1795000000");
        assert_eq!(parts[1], "v1=5399515f5e2a6dba68c8b4093da9b18ea0831236788c90084dc941cfa4265955");
        assert_eq!(parts[2], "v1=531742d296cce6d2e575c03b1722cbb5300706ce33529cc7d2d0e0c671267b21");
    }

    #[test]
    fn an_account_is_opened_by_its_token_and_told_once() {
        let (outcome, read) = sent(ChannelKind::Mastodon, Answer::Says(200, "{}"));
        assert!(matches!(outcome, Outcome::Accepted { .. }));
        let request = read[0].to_lowercase();
        assert!(request.starts_with("post /in/api/v1/statuses http/1.1\r\n"), "{request}");
        assert!(request.contains("\r\nauthorization: bearer new\r\n"), "{request}");
        assert!(request.contains("\r\nidempotency-key: burst-main/room/0\r\n"), "{request}");
    }

    #[test]
    fn only_gone_ends_a_channel() {
        for (code, ends) in
            [(410, true), (404, false), (401, false), (429, false), (500, false), (503, false)]
        {
            let (outcome, _) = sent(ChannelKind::Slack, Answer::Says(code, "no\r\nnews"));
            match outcome {
                Outcome::Refused { code: said, .. } => assert!(ends && said == code, "{code}"),
                Outcome::Later { code: said, text } => {
                    assert!(!ends && said == code, "{code}");
                    assert!(text.ends_with("nonews"), "{text}");
                }
                other => panic!("{code}: {other:?}"),
            }
        }
    }

    #[test]
    fn no_redirect_is_followed() {
        let elsewhere = Web::open(vec![Answer::Says(200, "stolen")]);
        let (outcome, _) = sent(ChannelKind::Webhook, Answer::Sends(elsewhere.url()));
        assert!(matches!(outcome, Outcome::Later { code: 307, .. }), "{outcome:?}");
        assert_eq!(elsewhere.close(), [""; 0]);
    }

    #[test]
    fn silence_after_the_message_is_a_doubt_only_where_a_repeat_would_be_read_twice() {
        for (kind, doubt) in [
            (ChannelKind::Slack, true),
            (ChannelKind::Teams, true),
            (ChannelKind::Webhook, false),
            (ChannelKind::Mastodon, false),
        ] {
            let (outcome, read) = sent(kind, Answer::HangsUp);
            assert_eq!(read.len(), 1);
            assert_eq!(matches!(outcome, Outcome::InDoubt { .. }), doubt, "{kind:?} {outcome:?}");
            assert_eq!(matches!(outcome, Outcome::Later { .. }), !doubt, "{kind:?} {outcome:?}");
        }
    }

    #[test]
    fn nothing_is_in_doubt_where_nobody_listens() {
        let web = Web::open(Vec::new());
        let url = web.url();
        web.close();
        let books = Arc::new(Books::posts([message("room")]));
        hooks(ChannelKind::Slack, url).deliver(books.clone(), &|| false).unwrap();
        assert!(matches!(books.outcomes()[0], Outcome::NotSent { .. }), "{:?}", books.outcomes());
    }

    #[test]
    fn what_the_desk_takes_back_is_not_posted() {
        let web = Web::open(vec![Answer::Says(200, "ok")]);
        let books = Arc::new(Books::posts([message("room"), message("gone")]).refusing(|seq| seq == 0));
        hooks(ChannelKind::Slack, web.url()).deliver(books.clone(), &|| false).unwrap();
        assert_eq!(web.close(), [""; 0]);
        assert!(matches!(&books.outcomes()[..], [Outcome::TakenBack, Outcome::Later { code: 0, .. }]));
    }
}
