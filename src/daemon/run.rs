//! The loop: wait for a change or a due time, take a turn, hand what is due to the desk, tell who must know.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::post::Post;
use super::post_room::{PostRoom, Shown};
use super::publisher::books;
use super::returned::Intake;
use super::{
    Place, Preview, Problem, Said, Stop, TakenIn, Turn, Works, commands, returned, staff, token_keys,
};
use crate::clock::Clock;
use crate::disk::{Report, Watch};
use crate::http::SignUpService;
use crate::outbox::{Feedback, Ledger, Numbered, ONE_MAIL_IN, Progress, TokenKeys};
use crate::text::Slug;
use crate::timeline::Timeline;

/// How long the loop sleeps at most before it looks at everything again.
const LONGEST: SignedDuration = SignedDuration::from_secs(15);
/// How long one wait for changes on disk lasts: a raised stop flag is seen as soon as that.
const PATIENCE: Duration = Duration::from_millis(100);

/// Something worth telling whoever watches the daemon.
#[derive(Debug)]
pub enum Event<'a> {
    Said(&'a Said),
    /// Findings at error level, so many.
    Findings(usize),
    Built(&'a Report),
    Previewed(&'a Report),
    Told(&'a Progress),
    Pulled,
    Returned(&'a TakenIn),
    Trouble(&'a Problem),
}

/// How often what was kept long enough is dropped.
const TIDY: SignedDuration = SignedDuration::from_hours(24);

/// What happens beside the loop: pages are reloaded, a script is played, lines are printed.
pub trait Watcher {
    fn event(&mut self, event: &Event<'_>);
    /// Called before each turn; answers when it wants to be called again. `None`: it has nothing of its own to wait for.
    fn before(&mut self, now: Timestamp) -> Result<Option<Timestamp>, Problem>;
    /// Called after each turn; `true` ends the loop.
    fn after(&mut self, turn: &Turn) -> bool;
}

/// The daemon of one site.
pub struct Daemon {
    works: Works,
    room: PostRoom,
    post: Post,
    preview: Option<Preview>,
    clock: Arc<Clock>,
    pulled: Option<Timestamp>,
    /// Incidents that anyone is told about, with what they were told.
    numbered: HashMap<Slug, Vec<Numbered>>,
    told: HashMap<Slug, u64>,
    keys: TokenKeys,
    /// Whether the publish command has seen the latest build.
    carried_out: bool,
    signup: Option<Arc<SignUpService>>,
    tidied: Option<Timestamp>,
}

impl Daemon {
    /// Takes over a site: nobody else publishes it while this exists.
    pub fn start(place: Place, clock: Arc<Clock>) -> Result<Self, Problem> {
        let keys = token_keys(&place)?;
        let room = PostRoom::new(&place.host, keys.clone());
        let works = Works::with_ledger(place)?;
        let post = Post::open(&works.place, &clock, || room.composer())?;
        Ok(Self {
            works,
            room,
            post,
            preview: None,
            clock,
            pulled: None,
            numbered: HashMap::new(),
            told: HashMap::new(),
            keys,
            carried_out: true,
            signup: None,
            tidied: None,
        })
    }

    /// The service speaks of what this daemon publishes, and its mails leave at once.
    pub fn supply(&mut self, service: Arc<SignUpService>) {
        service.on_mail(self.post.ringer());
        self.signup = Some(service);
    }

    pub fn place(&self) -> &Place {
        &self.works.place
    }

    /// The ledger, to look things up.
    pub fn ledger(&mut self) -> Option<&mut (dyn Ledger + 'static)> {
        self.works.publisher.ledger()
    }

    /// An incident as it stood after the last turn.
    pub fn timeline(&self, slug: &Slug) -> Option<Arc<Timeline>> {
        self.room.timeline(slug)
    }

    /// Does what is due now, sends everything, and ends.
    pub fn once(&mut self, watcher: &mut dyn Watcher, stop: &Stop) -> Result<(), Problem> {
        let now = self.clock.now();
        watcher.before(now)?;
        let turn = self.turn(now, watcher)?;
        self.post.deliver(stop)?;
        self.report_telling(watcher)?;
        watcher.after(&turn);
        Ok(())
    }

    /// Goes on until it is stopped or the watcher ends it. What was begun is finished.
    pub fn run(&mut self, watcher: &mut dyn Watcher, stop: &Stop) -> Result<(), Problem> {
        let watch = Watch::start(&self.watched()).map_err(Problem::outside)?;
        self.preview = Some(Preview::open(&self.works.place.keep("preview"))?);
        let jumps = matches!(*self.clock, Clock::Jumping { .. });
        if !jumps {
            self.post.start(stop)?;
        }
        let mut changed = Some(BTreeSet::new());
        while !stop.is_raised() {
            let now = self.clock.now();
            let next = watcher.before(now)?;
            self.pull(now, watcher);
            if let Some(changed) = changed.filter(|_| !jumps) {
                self.build_preview(&changed, now, watcher);
            }
            let wake = match self.turn(now, watcher) {
                Ok(turn) => {
                    if jumps {
                        self.post.deliver(stop)?;
                    }
                    self.report_telling(watcher)?;
                    if watcher.after(&turn) {
                        break;
                    }
                    turn.wake
                }
                Err(problem) => {
                    watcher.event(&Event::Trouble(&problem));
                    None
                }
            };
            let wake = wake.into_iter().chain(next).filter(|moment| *moment > now).min();
            changed = self.wait(wake, &watch, stop);
        }
        Ok(())
    }

    /// One turn with the post room closed, and everyone told who must know.
    fn turn(&mut self, now: Timestamp, watcher: &mut dyn Watcher) -> Result<Turn, Problem> {
        let Self { works, room, numbered, .. } = self;
        let mut taken = None;
        room.refill(|| {
            if works.publisher.catch_up()? {
                numbered.clear();
            }
            let turn = works.turn(now)?;
            renumber(works, numbered, &turn)?;
            let shown = Shown {
                settings: turn.settings.clone(),
                registers: turn.judgement.content.registers.clone(),
                theme: works.builder.theme(),
                timelines: turn
                    .timelines
                    .iter()
                    .filter(|timeline| numbered.contains_key(&timeline.incident.slug))
                    .map(|timeline| (timeline.incident.slug.clone(), timeline.clone()))
                    .collect(),
                numbered: numbered.clone(),
            };
            taken = Some(turn);
            Ok::<_, Problem>(shown)
        })?;
        let Some(mut turn) = taken else { return Err(Problem::outside("the turn was lost")) };
        turn.said.iter().for_each(|said| watcher.event(&Event::Said(said)));
        let errors = turn.judgement.errors();
        if errors > 0 {
            watcher.event(&Event::Findings(errors));
        }
        if turn.report.written + turn.report.removed > 0 {
            watcher.event(&Event::Built(&turn.report));
            self.carried_out = false;
        }
        if !self.carried_out {
            // A command that fails is tried again in the next turn.
            match commands::publish(&self.works.place) {
                Ok(()) => self.carried_out = true,
                Err(problem) => watcher.event(&Event::Trouble(&problem)),
            }
        }
        let reminded = staff::tell(&mut self.works, &turn, now)?;
        turn.wake = turn.wake.into_iter().chain(reminded).min();
        // Where a sign-up service runs, its clerk looks round by himself.
        if self.take_in_returned(now, watcher) > 0 || self.signup.is_none() {
            self.pass_on(now)?;
        }
        if let Some(service) = &self.signup {
            let public_url = &self.works.place.host.http.public_url;
            service.show(self.room.on_show(&turn.judgement.content.pages, public_url)?);
        }
        self.tidy(now)?;
        self.post.nudge();
        Ok(turn)
    }

    /// Waits for a change on disk, a statement by another machine, the next due time, or the end of a nap. What changed on
    /// disk; `None`: nothing.
    fn wait(&mut self, wake: Option<Timestamp>, watch: &Watch, stop: &Stop) -> Option<BTreeSet<PathBuf>> {
        let now = self.clock.now();
        let until = wake.unwrap_or(now + LONGEST);
        if matches!(*self.clock, Clock::Jumping { .. }) {
            self.clock.sleep_until(until, &|| stop.is_raised());
            return None;
        }
        let until = until.min(now + LONGEST);
        while !stop.is_raised() && self.clock.now() < until {
            let changed = watch.changed(PATIENCE);
            if !changed.is_empty() {
                return Some(changed);
            }
            // Where the ledger cannot say it, the next turn tells why.
            if self.post.heard_news() && self.works.publisher.is_behind().unwrap_or(true) {
                return None;
            }
        }
        None
    }

    /// The content, the settings, and what git changes when a branch moves; not what we write ourselves.
    fn watched(&self) -> Vec<PathBuf> {
        let root = &self.works.place.root;
        let mut paths = vec![root.join("content"), root.join("candor.toml"), root.join("themes")];
        if let Some(repository) = self.works.sources.repository() {
            paths.extend(repository.where_branches_move());
        }
        paths
    }

    fn build_preview(&mut self, changed: &BTreeSet<PathBuf>, now: Timestamp, watcher: &mut dyn Watcher) {
        let Some(preview) = &mut self.preview else { return };
        preview.refresh(&self.works.place, changed, now);
        match preview.build(&self.works.place, self.works.publisher.record(), now) {
            Ok((_, report)) if report.written + report.removed > 0 => {
                watcher.event(&Event::Previewed(&report));
            }
            Ok(_) => {}
            Err(problem) => watcher.event(&Event::Trouble(&problem)),
        }
    }

    /// Pulls the branch when it is time; on failure the last committer and the owners are told.
    fn pull(&mut self, now: Timestamp, watcher: &mut dyn Watcher) {
        let every = self.works.place.host.source.git_pull;
        let due = self.pulled.is_none_or(|last| now.duration_since(last) >= every);
        let Some(repository) = self.works.sources.repository().filter(|_| every.is_positive() && due) else {
            return;
        };
        self.pulled = Some(now);
        match repository.pull() {
            Ok(true) => watcher.event(&Event::Pulled),
            Ok(false) => {}
            Err(error) => {
                let problem = Problem::outside(error);
                watcher.event(&Event::Trouble(&problem));
                if let Err(problem) = staff::pull_failed(&mut self.works, &problem, now) {
                    watcher.event(&Event::Trouble(&problem));
                }
            }
        }
    }

    /// Reads the mail that came back since; how many replies were among it. A maildir that cannot be read stops nothing else.
    fn take_in_returned(&mut self, now: Timestamp, watcher: &mut dyn Watcher) -> usize {
        let Self { works, keys, .. } = self;
        let maildir = &works.place.host.mail.returned;
        if maildir.as_os_str().is_empty() {
            return 0;
        }
        let maildir = works.place.root.join(maildir);
        let Some(ledger) = works.publisher.ledger() else { return 0 };
        let id_domain = &works.place.settings.id_domain;
        match returned::sweep(&maildir, Intake { keys, ledger, id_domain, now }) {
            Ok((taken, trouble)) => {
                if taken.read > 0 {
                    watcher.event(&Event::Returned(&taken));
                }
                if let Some(problem) = trouble {
                    watcher.event(&Event::Trouble(&problem));
                }
                taken.replies
            }
            Err(problem) => {
                watcher.event(&Event::Trouble(&problem));
                0
            }
        }
    }

    /// Owners hear what readers said.
    fn pass_on(&mut self, now: Timestamp) -> Result<(), Problem> {
        let Self { works, room, .. } = self;
        let Some(ledger) = works.publisher.ledger() else { return Ok(()) };
        let write = |incident: &Slug, said: &[Feedback]| room.to_the_owner(incident, said, now);
        ledger.pass_on_feedback(&write, ONE_MAIL_IN, now).map_err(books)?;
        Ok(())
    }

    /// Once a day, drops what was kept long enough.
    fn tidy(&mut self, now: Timestamp) -> Result<(), Problem> {
        if self.tidied.is_some_and(|last| now.duration_since(last) < TIDY) {
            return Ok(());
        }
        self.tidied = Some(now);
        let Some(ledger) = self.works.publisher.ledger() else { return Ok(()) };
        ledger.tidy(now).map_err(books)
    }

    /// Says how far the telling has come, where it has moved.
    fn report_telling(&mut self, watcher: &mut dyn Watcher) -> Result<(), Problem> {
        self.post.troubles().iter().for_each(|problem| watcher.event(&Event::Trouble(problem)));
        let Some(ledger) = self.works.publisher.ledger() else { return Ok(()) };
        for progress in ledger.progress().map_err(books)? {
            let known = self.told.insert(progress.incident.clone(), progress.told);
            if known != Some(progress.told) && (known.is_some() || progress.told > 0) {
                watcher.event(&Event::Told(&progress));
            }
        }
        Ok(())
    }
}

/// Takes in what was numbered since: for every incident at the start, later for those that spoke.
fn renumber(
    works: &mut Works,
    numbered: &mut HashMap<Slug, Vec<Numbered>>,
    turn: &Turn,
) -> Result<(), Problem> {
    let Some(ledger) = works.publisher.ledger() else { return Ok(()) };
    let slugs: Vec<Slug> = if numbered.is_empty() {
        ledger.progress().map_err(books)?.into_iter().map(|progress| progress.incident).collect()
    } else {
        turn.said.iter().map(|said| said.incident.clone()).collect()
    };
    for slug in slugs {
        let known = ledger.numbered(&slug).map_err(books)?;
        numbered.insert(slug, known);
    }
    Ok(())
}
