//! A town with a service, a clock that stands still until it is moved, and a second look into its ledger.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use candor::config::{HostSettings, HttpSettings, MailSettings, StoreSettings, read_settings};
use candor::content::{File, read};
use candor::http::{Equipment, OnShow, Serve, Server, SignUpService};
use candor::outbox::*;
use candor::store::Store;
use candor::text::Source;
use candor::theme::Theme;
use candor::timeline::{Inputs, Record, publications, timeline};
use jiff::{SignedDuration, Timestamp};

use crate::server::on_server;

const SETTINGS: &str = "name = \"Town\"\nbase_url = \"https://status.town.example\"\nid_domain = \"status.town.example\"\n\
    time_zone = \"Europe/London\"\nlanguages = [\"en\", \"fr\"]\n";
const BURST: &str = "+++\ntitle = \"Burst main in Mill Lane\"\nseverity = \"major\"\nservices = [\"water\"]\nowner = \"ann\"\n\
    started = 2026-11-21T13:55:00\n+++\n\nNo water.\n\n## 2026-11-21 14:00 Investigating\n\nWe closed the road.\n";
const SERVICES: &str = "[[service]]\nid = \"water\"\nname = \"Water\"\ngroup = \"Utilities\"\n\n\
    [[service]]\nid = \"buses\"\nname = \"Buses & <b>trams</b>\"\ngroup = \"Transport\"\n";
const AREAS: &str = "[[area]]\nid = \"north\"\nname = \"North side\"\npostcodes = [\"TN1\"]\n";
const PEOPLE: &str =
    "[[person]]\nid = \"ann\"\nname = \"Ann Bell\"\nrole = \"Head of water\"\nmail = \"ann@town.example\"\n";

pub(crate) const STAMP: &str = "20261121T1400Z";
pub(crate) const SECRET: &[u8] = b"the key of the town";

pub(crate) struct Town {
    pub(crate) server: Option<Server>,
    pub(crate) ledger: Store,
    pub(crate) keys: TokenKeys,
    address: SocketAddr,
    clock: Arc<Mutex<Timestamp>>,
    _folder: tempfile::TempDir,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Town {
    pub(crate) fn new() -> Self {
        Self::with(&HttpSettings::default(), TokenKeys::new(SECRET))
    }

    pub(crate) fn with(http: &HttpSettings, keys: TokenKeys) -> Self {
        let now: Timestamp = "2026-11-21T14:10:00Z".parse().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = on_server().unwrap_or_else(|| StoreSettings::file("candor.db"));
        let open = || Store::open(folder.path(), &store, None).unwrap();
        let clock = Arc::new(Mutex::new(now));
        let ticking = clock.clone();
        let equipment = Equipment {
            mail: MailSettings { from: "Town <status@town.example>".into(), ..HostSettings::default().mail },
            http: http.clone(),
            keys: keys.clone(),
            ledger: Box::new(open()),
            now: Box::new(move || *ticking.lock().unwrap()),
        };
        let service = Arc::new(SignUpService::new(equipment).unwrap());
        service.show(on_show(now, &http.public_url));
        let serve = Serve { listen: "127.0.0.1:0".into(), preview: None, signup: Some(service) };
        let server = Server::start(serve).unwrap();
        let mut ledger = open();
        ledger.publish(&publication(now)).unwrap();
        Self { address: server.address(), server: Some(server), ledger, keys, clock, _folder: folder }
    }

    pub(crate) fn pass(&self, time: SignedDuration) {
        *self.clock.lock().unwrap() += time;
    }

    pub(crate) fn now(&self) -> Timestamp {
        *self.clock.lock().unwrap()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.set_nodelay(true).unwrap();
        stream
    }

    /// Sends bytes as they are.
    pub(crate) fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that has heard enough closes.
        let _ = stream.write_all(request);
        answer(&mut stream)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"")
    }

    pub(crate) fn post(&self, path: &str, form: &str) -> Answer {
        self.ask("POST", path, &[("Content-Type", "application/x-www-form-urlencoded")], form.as_bytes())
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: signup.town.example\r\nConnection: close\r\n");
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += &format!("Content-Length: {}\r\n\r\n", body.len());
        self.raw(&[request.as_bytes(), body].concat())
    }

    pub(crate) fn subscriber(&mut self, email: &str) -> Option<Subscriber> {
        self.ledger.subscriber_at(&Address::read(email).unwrap()).unwrap()
    }

    /// Mails to an address, oldest first.
    pub(crate) fn mails(&mut self, email: &str) -> Vec<Notice> {
        let all = self.ledger.notices().unwrap().into_iter().map(|report| report.notice);
        all.filter(|notice| notice.to == email).collect()
    }

    /// The path of the link in the last mail to an address.
    pub(crate) fn link(&mut self, email: &str) -> String {
        let body = self.mails(email).last().unwrap().body.clone();
        let start = body.find("https://status.town.example/").unwrap() + "https://status.town.example".len();
        body[start..].split_whitespace().next().unwrap().to_owned()
    }

    /// A reader who has confirmed.
    pub(crate) fn reader(&mut self, name: &str) -> Subscriber {
        let email = format!("{name}@mail.example");
        self.post("/subscribe", &format!("email={name}%40mail.example")).is(200);
        let link = self.link(&email);
        self.post(&link, "").is(200);
        self.subscriber(&email).unwrap()
    }

    /// The path for a reader and a purpose.
    pub(crate) fn path(&self, reader: &Subscriber, purpose: Purpose) -> String {
        let token = self.keys.seal(Token { purpose, subscriber: reader.id, epoch: reader.token_epoch });
        match purpose {
            Purpose::Confirm => format!("/c/{token}"),
            Purpose::Unsubscribe => format!("/u/{token}"),
            Purpose::Mute => format!("/m/{token}/burst"),
            Purpose::Preferences => format!("/p/{token}"),
            Purpose::Follow => format!("/i/{token}/burst"),
            Purpose::Bounce => format!("/b/{token}"),
        }
    }

    /// How many readers are to be told about the incident.
    pub(crate) fn mails_due(&mut self) -> u64 {
        self.ledger.progress().unwrap().iter().map(|row| row.due).sum()
    }
}

impl Answer {
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}\n\n{}", self.head, self.body);
        self
    }

    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.body.contains(words), "no {words:?} in\n{}", self.body);
        self
    }

    #[track_caller]
    pub(crate) fn silent_about(self, words: &str) -> Self {
        assert!(!self.body.contains(words), "{words:?} in\n{}", self.body);
        self
    }

    /// Ends a chain of assertions.
    pub(crate) fn ok(self) {}

    /// The value of a header; empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .next()
            .unwrap_or_default()
    }
}

/// Reads an answer to its end.
pub(crate) fn answer(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    // A reset after the answer is as good as an end.
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

fn on_show(now: Timestamp, public_url: &str) -> OnShow {
    let (settings, _) = read_settings(&Source::new("candor.toml", SETTINGS));
    let files = [
        ("content/incidents/burst.md", BURST),
        ("content/services.toml", SERVICES),
        ("content/areas.toml", AREAS),
        ("content/people.toml", PEOPLE),
    ]
    .map(|(path, text)| File::new(path.to_owned(), text.as_bytes().to_vec()));
    let content = read(&files, &settings).value;
    let mut record = Record::default();
    let empty = Record::default();
    for line in
        publications(&empty, content.incidents.iter().map(|it| Inputs::of(it, &settings, &empty, false)), now)
    {
        record.push(line);
    }
    let timelines: HashMap<_, _> = content
        .incidents
        .iter()
        .map(|it| (it.slug.clone(), Arc::new(timeline(&Inputs::of(it, &settings, &record, false), now))))
        .collect();
    assert!(timelines.values().any(|timeline| !timeline.statements.is_empty()), "something is published");
    let theme = Arc::new(Theme::new(&[]).0);
    OnShow::new(settings, content.registers, &[], theme, timelines, public_url)
}

fn publication(now: Timestamp) -> Publication {
    Publication {
        incident: "burst".into(),
        statement: format!("burst/{STAMP}").as_str().into(),
        kind: UpdateKind::Opened,
        slot: None,
        lines: Vec::new(),
        retracts: None,
        published_at: now,
        starts_at: now,
        expires_at: now + SignedDuration::from_hours(4),
        audience: Audience { services: vec!["water".into()], areas: Vec::new() },
        channels: Vec::new(),
        telling: Telling::Audience,
    }
}
