//! `doctor`: looks over the configuration and says what to fix.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::post::{hooks, relay};
use super::publisher::books;
use super::records::records;
use super::{Place, Problem, Sources, read_working_copy, secret, token_keys};
use crate::clock::Clock;
use crate::config::{MAIL, MailSettings, PublishMode, Secret, Severity, Tls, domain_of, is_this_machine};
use crate::diag::Level;
use crate::disk::git;
use crate::outbox::{Ledger, Progress, Search, SubscriberState, forecast};
use crate::text::PersonId;

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
    list.room(&place.keep(""));
    let now = Clock::System.now();
    let books = list.ledger(place, now);
    list.mail(place, books.subscribers);
    list.capacity(place, &books, now);
    list.channels(place);
    list.0
}

struct List(Vec<Diagnosis>);

/// What the ledger holds.
#[derive(Default)]
struct Held {
    /// Those who are told.
    subscribers: usize,
    progress: Vec<Progress>,
}

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

    /// Room for the ledger's log and a site that is written anew.
    fn room(&mut self, path: &Path) {
        let Ok(stat) = rustix::fs::statvfs(path) else { return };
        let free = stat.f_bavail.saturating_mul(stat.f_frsize) / (1 << 20);
        match free {
            0..200 => self.add(
                Health::Bad,
                format!(
                    "{free} MiB are free on the disk: the ledger stops when it is full, and so does all mail"
                ),
                "make room",
            ),
            200..1024 => self.add(Health::Poor, format!("{free} MiB are free on the disk"), "make room soon"),
            _ => self.add(Health::Good, format!("{} GiB are free on the disk", free / 1024), ""),
        }
    }

    /// What the ledger holds; and the clock, which must not be before what it has seen.
    fn ledger(&mut self, place: &Place, now: Timestamp) -> Held {
        let mut held = Held::default();
        if !place.has_ledger() {
            self.add(
                Health::Poor,
                "there is no ledger yet, so nobody has subscribed",
                "`candor subscribers import FILE.csv` starts one",
            );
            return held;
        }
        let read = place.open_ledger().and_then(|mut ledger| {
            let mut look = || {
                ledger.find(&Search::default(), &mut |person| {
                    held.subscribers += usize::from(person.state == SubscriberState::Confirmed);
                })?;
                held.progress = ledger.progress()?;
                Ok(ledger.record()?.lines().last().map(|line| line.published_at))
            };
            look().map_err(books)
        });
        let last = match read {
            Ok(last) => last,
            Err(problem) => {
                self.add(Health::Bad, problem.to_string(), "nobody can be told until this is mended");
                return held;
            }
        };
        self.add(Health::Good, format!("the ledger holds {} subscribers", held.subscribers), "");
        match last.filter(|last| *last > now) {
            Some(last) => self.add(
                Health::Bad,
                format!("the clock of this machine shows {now}, but something was published at {last}"),
                "set the clock; let chrony or systemd-timesyncd keep it",
            ),
            None => self.add(Health::Good, "the clock is not behind what was published", ""),
        }
        held
    }

    /// Whether everyone can be told before the next statement is due.
    fn capacity(&mut self, place: &Place, held: &Held, now: Timestamp) {
        let measured = held.progress.iter().find_map(forecast::rate);
        let Some(rate) = forecast::pace(measured, place.rate(now)) else { return };
        let whole = forecast::whole(held.subscribers as u64, rate);
        let intervals = Severity::ALL.map(|severity| place.settings.plans.of(severity).every);
        let shortest = intervals.into_iter().min().unwrap_or_default();
        let what = format!(
            "telling {} subscribers takes {} at {rate:.1} mails a second; the shortest interval is {}",
            held.subscribers,
            minutes(whole),
            minutes(shortest)
        );
        if whole > shortest {
            self.add(
                Health::Poor,
                what,
                "raise `rate` or `connections` as far as the relay allows, or choose a longer interval; until then readers are told less often, always with the latest",
            );
        } else {
            self.add(Health::Good, what, "");
        }
    }

    /// Whether plans and host speak of the same channels, and their secrets can be read.
    fn channels(&mut self, place: &Place) {
        let known: Vec<&str> = place.host.channels.iter().map(|channel| channel.name.as_str()).collect();
        let people = read_working_copy(place).registers;
        let (mut missing, mut staff) = (BTreeSet::new(), BTreeSet::new());
        for severity in Severity::ALL {
            let plan = place.settings.plans.of(severity);
            let unknown = |name: &&String| !known.contains(&name.as_str());
            missing.extend(plan.channels.iter().filter(|name| *name != MAIL).filter(unknown));
            staff.extend(plan.staff.iter().filter(unknown));
        }
        for name in missing {
            self.add(
                Health::Poor,
                format!("a plan names the channel `{name}`, which this host does not know"),
                format!("set up [channel.{name}] in candor.host.toml, or take it out of the plan"),
            );
        }
        for name in staff {
            match people.person(&PersonId::from(name.as_str())) {
                Some(person) if !person.mail.is_empty() => {}
                Some(_) => self.add(
                    Health::Poor,
                    format!("a plan tells `{name}` first, who has no `mail`"),
                    "add it in content/people.toml",
                ),
                None => self.add(
                    Health::Poor,
                    format!("a plan tells `{name}` first, which is no person and no channel of this host"),
                    format!("correct the name under `staff`, or set up [channel.{name}] in candor.host.toml"),
                ),
            }
        }
        if !known.is_empty() {
            match hooks(place) {
                Ok(_) => self.add(Health::Good, format!("channels: {}", known.join(", ")), ""),
                Err(problem) => self.add(Health::Bad, problem.to_string(), "mend it in candor.host.toml"),
            }
        }
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
                "set [http] public_url, and let its web server pass /u/, /m/, /i/, /c/, /p/ and /f/ to `listen`",
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
        if mail.tls == Tls::None && !is_this_machine(&mail.relay) {
            self.add(Health::Bad, "mail goes to the relay unprotected", "use smtps:// or smtp+starttls://");
        }
        self.relay(place, mail);
        if place.host.confirmations != *mail {
            self.relay(place, &place.host.confirmations);
        }
        self.token_key(place);
        let from = domain_of(&mail.from);
        let bounce =
            if mail.bounce_domain.is_empty() { from.clone() } else { mail.bounce_domain.to_lowercase() };
        if !from.is_empty() {
            self.0.extend(records(&mail.dns, &from, &bounce));
        }
        self.returned(place);
    }

    /// Whether the relay lets us in.
    fn relay(&mut self, place: &Place, mail: &MailSettings) {
        let at = format!("{}:{}", mail.relay, mail.port);
        let how = match mail.tls {
            Tls::Implicit => "over TLS",
            Tls::StartTls => "over STARTTLS",
            Tls::None => "without TLS",
        };
        let asked = relay(place, mail).and_then(|relay| relay.probe().map_err(Problem::outside));
        match asked {
            Ok(offers) => {
                self.add(Health::Good, format!("the relay {at} lets us in {how}; it offers {offers}"), "");
            }
            Err(problem) => self.add(
                Health::Bad,
                problem.to_string(),
                "check name, port, firewall, certificate, user name and password",
            ),
        }
    }

    /// The key of the links in mails.
    fn token_key(&mut self, place: &Place) {
        if place.host.mail.token_key == Secret::None {
            let path = place.keep("token.key");
            return if !place.host.store.server.is_empty() {
                self.add(
                    Health::Bad,
                    "senders share the ledger, but each makes a key of its own for the links in mails",
                    "set token_key_file or token_key_env to the same key on all machines",
                );
            } else if path.exists() {
                self.add(
                    Health::Good,
                    format!("the key of the links in mails is {}: keep a copy", path.display()),
                    "",
                );
            } else {
                self.add(Health::Good, "the key of the links in mails is made by the first run", "");
            };
        }
        match token_keys(place) {
            Ok(_) => self.add(Health::Good, "the key of the links in mails can be read", ""),
            Err(problem) => self.add(
                Health::Bad,
                problem.to_string(),
                "set token_key_file or token_key_env to something this user can read",
            ),
        }
    }

    /// Whether mail that comes back is read.
    fn returned(&mut self, place: &Place) {
        let maildir = &place.host.mail.returned;
        let replies = &place.host.mail.replies;
        if maildir.as_os_str().is_empty() && !replies.is_empty() {
            self.add(
                Health::Poor,
                format!("replies go to {replies}, which `run` does not read"),
                "deliver that address into the maildir that [mail] returned names, or pipe it into `candor bounces`",
            );
        }
        if maildir.as_os_str().is_empty() {
            return self.add(
                Health::Poor,
                "mail that comes back is not read by `run`",
                "deliver it into a maildir and name that as [mail] returned, or pipe it into `candor bounces`",
            );
        }
        let path = place.root.join(maildir);
        if path.join("new").is_dir() && path.join("cur").is_dir() {
            self.folder("maildir for returned mail", &path.join("cur"));
        } else {
            self.add(
                Health::Bad,
                format!("{} is no maildir: it needs the folders new and cur", path.display()),
                "let the mail server make it, or correct [mail] returned",
            );
        }
    }
}

/// `25 min`, or seconds where it is less than two minutes.
fn minutes(time: SignedDuration) -> String {
    match time.as_secs() {
        seconds @ ..120 => format!("{seconds} s"),
        seconds => format!("{} min", seconds / 60),
    }
}
