//! The thread that glances at the text that was typed in, as soon as it was, and says when the whole site is looked at.
//! It works on the newest texts only: states that were typed over before it came to them are passed over.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, after, at, never, select_biased, unbounded};

use super::looks::{self, FAILED, Order, Outcome};
use super::{Buffers, Ground, Look, Sites, View};
use crate::diag::Finding;

/// How long the author rests before the whole site is looked at again.
const REST: Duration = Duration::from_millis(200);
/// How often files and clock are asked whether they stirred.
const TICK: Duration = Duration::from_secs(1);
/// A site that is looked at faster than this needs no rest.
const FAST: Duration = Duration::from_millis(30);

/// The texts of the site at one moment, and what changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Job {
    pub(super) buffers: Buffers,
    pub(super) versions: Versions,
    /// The one text that was typed in; `None`: more than that.
    pub(super) typed: Option<Arc<str>>,
}

/// The version of each text, by path.
pub(super) type Versions = HashMap<Arc<str>, i32>;

/// What is found.
#[derive(Debug)]
pub(super) enum Report {
    /// Findings about one text in one version.
    Glance { path: Arc<str>, version: Option<i32>, findings: Vec<Finding> },
    /// The whole site, with the texts in these versions.
    Look { versions: Versions, view: Arc<View> },
    /// Nothing can be judged, and why.
    Trouble(String),
}

/// Starts the thread, and the one that looks. They end when the jobs do.
pub(super) fn start(sites: Arc<dyn Sites>, root: PathBuf) -> (Sender<Job>, Receiver<Report>) {
    let (jobs, waiting) = unbounded();
    let (reports, received) = unbounded();
    thread::spawn(move || {
        let (orders, outcomes) = looks::start(sites, root);
        let glances = Glances {
            job: Job::default(),
            ground: None,
            owed: None,
            looking: None,
            pause: Duration::ZERO,
            orders,
            reports,
        };
        glances.run(&waiting, &outcomes);
    });
    (jobs, received)
}

struct Glances {
    /// The newest.
    job: Job,
    /// What the last look left; `None` before the first, and after a failure.
    ground: Option<Box<dyn Ground>>,
    /// When the look that is owed begins; `None`: none is owed.
    owed: Option<Instant>,
    /// The texts that are being looked at, and since when.
    looking: Option<(Versions, Instant)>,
    /// How long to rest before a look where a glance cannot tell.
    pause: Duration,
    orders: Sender<Order>,
    reports: Sender<Report>,
}

impl Glances {
    fn run(mut self, jobs: &Receiver<Job>, outcomes: &Receiver<Outcome>) {
        loop {
            let rested = match (&self.looking, self.owed) {
                (Some(_), _) => never(),
                (None, Some(moment)) => at(moment),
                (None, None) => after(TICK),
            };
            // Whoever types comes first.
            select_biased! {
                recv(jobs) -> job => match job {
                    Ok(first) => self.take(std::iter::once(first).chain(jobs.try_iter()).collect()),
                    Err(_) => return,
                },
                recv(outcomes) -> outcome => match outcome {
                    Ok(outcome) => self.looked(outcome),
                    Err(_) => return,
                },
                recv(rested) -> _ => self.order(),
            }
        }
    }

    fn take(&mut self, mut jobs: Vec<Job>) {
        let typed =
            jobs[0].typed.clone().filter(|typed| jobs.iter().all(|job| job.typed.as_ref() == Some(typed)));
        self.job = jobs.pop().unwrap_or_default();
        let wait = match typed {
            Some(path) if self.glance(&path) => REST,
            Some(_) => self.pause,
            None => Duration::ZERO,
        };
        self.owed = Some(Instant::now() + wait);
    }

    /// Judges the text that was typed in; `false` where that takes a look.
    fn glance(&mut self, path: &Arc<str>) -> bool {
        let Some(ground) = &mut self.ground else { return false };
        let found = catch_unwind(AssertUnwindSafe(|| ground.glance(path, &self.job.buffers)));
        match found {
            Ok(None) => false,
            Ok(Some(findings)) => {
                let version = self.job.versions.get(path).copied();
                self.report(Report::Glance { path: path.clone(), version, findings });
                true
            }
            Err(_) => {
                self.ground = None;
                self.report(Report::Trouble(FAILED.to_owned()));
                false
            }
        }
    }

    /// Has the whole site looked at, as it stands now.
    fn order(&mut self) {
        let if_stirred = self.owed.take().is_none();
        self.looking = Some((self.job.versions.clone(), Instant::now()));
        // Where that thread is gone, so are its outcomes, which ends this one.
        let _ = self.orders.send(Order { buffers: self.job.buffers.clone(), if_stirred });
    }

    fn looked(&mut self, outcome: Outcome) {
        let Some((versions, since)) = self.looking.take() else { return };
        match outcome {
            Outcome::Still => return,
            Outcome::Looked(Look { view, ground }) => {
                self.ground = Some(ground);
                self.report(Report::Look { versions, view });
            }
            Outcome::Trouble(why) => {
                self.ground = None;
                self.report(Report::Trouble(why));
            }
        }
        self.pause = if since.elapsed() < FAST { Duration::ZERO } else { REST };
    }

    fn report(&self, report: Report) {
        // Nobody listens any more: the server has ended, and the jobs end with it.
        let _ = self.reports.send(report);
    }
}
