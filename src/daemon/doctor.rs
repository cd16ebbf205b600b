//! `doctor`: looks over the configuration and says what to fix.

use std::net::{TcpStream, ToSocketAddrs};
use std::path::Path;
use std::time::Duration;

use super::publisher::books;
use super::{Place, Sources, read_working_copy, secret};
use crate::config::{PublishMode, Tls};
use crate::diag::Level;
use crate::disk::git;
use crate::outbox::{Ledger, Search};
use crate::store::SqliteLedger;

/// How one thing looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    Good,
    /// Works, but not as one would wish.
    Poor,
    /// Does not work.
    Bad,
}

/// One thing looked at, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    pub health: Health,
    pub what: String,
    /// Empty where all is well.
    pub mend: String,
}

/// Looks at everything that `run` will need. Changes nothing but an empty file that it removes again.
pub fn doctor(place: &Place) -> Vec<Diagnosis> {
    let mut list = List(Vec::new());
    list.settings(place);
    list.source(place);
    list.people(place);
    list.folder("output folder", &place.out());
    list.folder("folder for the ledger", &place.keep(""));
    let subscribers = list.ledger(place);
    list.mail(place, subscribers);
    list.0
}

struct List(Vec<Diagnosis>);

impl List {
    fn add(&mut self, health: Health, what: impl Into<String>, mend: impl Into<String>) {
        self.0.push(Diagnosis { health, what: what.into(), mend: mend.into() });
    }

    fn settings(&mut self, place: &Place) {
        let errors = place.findings.iter().filter(|finding| finding.level == Level::Error).count();
        match errors {
            0 => self.add(Health::Good, "candor.toml and candor.host.toml read without errors", ""),
            errors => self.add(
                Health::Bad,
                format!("{errors} errors in candor.toml or candor.host.toml"),
                "run `candor check` and mend what it underlines; until then the defaults hold",
            ),
        }
        if place.settings.base_url.ends_with(".example.org") {
            self.add(
                Health::Poor,
                "base_url is still the example",
                "write the address of your public site into candor.toml",
            );
        }
        if place.settings.contact.is_empty() {
            self.add(
                Health::Bad,
                "the public has no way to reach you",
                "set contact = { phone = \"…\" } in candor.toml",
            );
        }
    }

    fn source(&mut self, place: &Place) {
        let branch = &place.host.source.branch;
        let published =
            Sources::open(place).and_then(|mut sources| sources.published(crate::clock::Clock::System.now()));
        match (published, git::work_tree(&place.root)) {
            (Err(problem), _) => {
                self.add(Health::Bad, problem.to_string(), "nothing is published until this is mended");
            }
            (Ok(_), Some(repository)) if place.settings.publish == PublishMode::Commit => {
                self.add(Health::Good, format!("what is committed on `{branch}` is published"), "");
                if place.host.source.git_pull.is_positive() && repository.upstream().is_none() {
                    self.add(
                        Health::Bad,
                        "git_pull is set, but the branch follows no other",
                        "git branch --set-upstream-to=origin/main",
                    );
                }
                if git::hooks_folder(&place.root).is_some_and(|hooks| !hooks.join("pre-commit").exists()) {
                    let below = repository.prefix();
                    let mend = if below.is_empty() {
                        "run `candor init .`, which writes one and touches nothing else".to_owned()
                    } else {
                        format!("let the repository's pre-commit hook run `candor -C {below} check`")
                    };
                    self.add(Health::Poor, "no pre-commit hook checks what is committed", &mend);
                }
            }
            (Ok(_), _) => self.add(Health::Good, "what is saved is published after 30 s", ""),
        }
    }

    fn people(&mut self, place: &Place) {
        let registers = read_working_copy(place).registers;
        if registers.people.is_empty() {
            self.add(
                Health::Bad,
                "there is nobody in content/people.toml",
                "an incident needs an owner: add one",
            );
        }
        let unreachable: Vec<&str> = registers
            .people
            .iter()
            .filter(|person| person.mail.is_empty())
            .map(|person| person.id.as_str())
            .collect();
        if !unreachable.is_empty() {
            self.add(
                Health::Poor,
                format!("no reminder can reach {}", unreachable.join(", ")),
                "give each a `mail` in content/people.toml",
            );
        }
        if registers.services.is_empty() {
            self.add(Health::Bad, "there is no service in content/services.toml", "add what the public uses");
        }
    }

    fn folder(&mut self, what: &str, path: &Path) {
        let probe = path.join(".candor-probe");
        let written = std::fs::create_dir_all(path).and_then(|()| std::fs::write(&probe, b""));
        let _ = std::fs::remove_file(&probe);
        match written {
            Ok(()) => self.add(Health::Good, format!("the {what} {} can be written", path.display()), ""),
            Err(error) => self.add(
                Health::Bad,
                format!("the {what} {} cannot be written: {error}", path.display()),
                "give this user the right to write there",
            ),
        }
    }

    /// How many subscribers there are.
    fn ledger(&mut self, place: &Place) -> usize {
        if !place.ledger().exists() {
            self.add(
                Health::Poor,
                "there is no ledger yet, so nobody has subscribed",
                "`candor subscribers import FILE.csv` starts one",
            );
            return 0;
        }
        let mut count = 0;
        let counted = SqliteLedger::open(&place.root, &place.host.store)
            .and_then(|mut ledger| ledger.find(&Search::default(), &mut |_| count += 1));
        match counted.map_err(books) {
            Ok(()) => self.add(Health::Good, format!("the ledger holds {count} subscribers"), ""),
            Err(problem) => {
                self.add(Health::Bad, problem.to_string(), "nobody can be told until this is mended");
            }
        }
        count
    }

    fn mail(&mut self, place: &Place, subscribers: usize) {
        let mail = &place.host.mail;
        if mail.relay.is_empty() {
            let health = if subscribers > 0 { Health::Poor } else { Health::Good };
            return self.add(
                health,
                "no relay is set: mail is written to .candor/mail and leaves this machine never",
                "set [mail] relay and from in candor.host.toml",
            );
        }
        if mail.from.is_empty() {
            self.add(
                Health::Bad,
                "[mail] has a relay but no `from`",
                "from = \"Your city <status@your.domain>\"",
            );
        }
        if place.host.http.public_url.is_empty() {
            self.add(
                Health::Bad,
                "the links in mails (unsubscribe, mute, pace) lead to base_url, where nothing answers them",
                "set [http] public_url, and let its web server pass /u/, /m/ and /p/ to `listen`",
            );
        }
        if !mail.username.is_empty() {
            match secret(&mail.password, &place.root) {
                Ok(Some(_)) => self.add(Health::Good, "the relay's password can be read", ""),
                Ok(None) => self.add(
                    Health::Bad,
                    "[mail] has a username but no password",
                    "set password_file or password_env",
                ),
                Err(problem) => self.add(
                    Health::Bad,
                    problem.to_string(),
                    "set password_file or password_env to something this user can read",
                ),
            }
        }
        if mail.tls == Tls::None && !is_loopback(&mail.relay) {
            self.add(Health::Bad, "mail goes to the relay unprotected", "use smtps:// or smtp+starttls://");
        }
        match connect(&mail.relay, mail.port) {
            Ok(()) => self.add(Health::Good, format!("the relay {}:{} answers", mail.relay, mail.port), ""),
            Err(why) => self.add(
                Health::Bad,
                format!("the relay {}:{} does not answer: {why}", mail.relay, mail.port),
                "check name, port and firewall",
            ),
        }
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn connect(host: &str, port: u16) -> Result<(), String> {
    let mut addresses = (host, port).to_socket_addrs().map_err(|error| error.to_string())?;
    let address = addresses.next().ok_or_else(|| "its name has no address".to_owned())?;
    TcpStream::connect_timeout(&address, Duration::from_secs(5)).map(drop).map_err(|error| error.to_string())
}
