//! The thread that judges. It works on the newest texts only: states that were typed over before it came to them are
//! passed over.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use super::{Buffers, Site, Sites, View};
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

/// What the thread has to say.
#[derive(Debug)]
pub(super) enum Report {
    /// Findings about one text in one version.
    Glance { path: Arc<str>, version: Option<i32>, findings: Vec<Finding> },
    /// The whole site, with the texts in these versions.
    Look { versions: Versions, view: Arc<View> },
    /// Nothing can be judged, and why.
    Trouble(String),
}

/// Starts the thread. It ends when the jobs do.
pub(super) fn start(sites: Arc<dyn Sites>, root: PathBuf) -> (Sender<Job>, Receiver<Report>) {
    let (jobs, waiting) = unbounded();
    let (reports, received) = unbounded();
    thread::spawn(move || {
        let worker = Worker { sites, root, site: None, job: Job::default(), pause: Duration::ZERO, reports };
        worker.run(&waiting);
    });
    (jobs, received)
}

struct Worker {
    sites: Arc<dyn Sites>,
    root: PathBuf,
    /// Opened at the first job, and again after a failure.
    site: Option<Box<dyn Site>>,
    /// The newest.
    job: Job,
    /// How long to rest before a look.
    pause: Duration,
    reports: Sender<Report>,
}

impl Worker {
    fn run(mut self, jobs: &Receiver<Job>) {
        // When the look that is owed begins; `None`: none is owed.
        let mut owed: Option<Instant> = None;
        loop {
            let patience = owed.map_or(TICK, |at| at.saturating_duration_since(Instant::now()));
            match jobs.recv_timeout(patience) {
                Ok(first) => {
                    let taken: Vec<Job> = std::iter::once(first).chain(jobs.try_iter()).collect();
                    let typed = taken[0].typed.clone();
                    let alone = taken.iter().all(|job| job.typed == typed);
                    self.job = taken.into_iter().next_back().unwrap_or_default();
                    owed = match typed.filter(|_| alone) {
                        Some(path) if self.glance(&path) => Some(Instant::now() + REST),
                        Some(_) => Some(Instant::now() + self.pause),
                        None => Some(Instant::now()),
                    };
                }
                Err(RecvTimeoutError::Timeout) if owed.is_some() => {
                    owed = None;
                    self.look();
                }
                Err(RecvTimeoutError::Timeout) => {
                    if self.guarded(|site| site.stirred()).unwrap_or_default() {
                        self.look();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Judges the text that was typed in; `false` where that takes a look.
    fn glance(&mut self, path: &Arc<str>) -> bool {
        let buffers = self.job.buffers.clone();
        let Some(findings) = self.guarded(|site| site.glance(path, &buffers)).flatten() else {
            return false;
        };
        let version = self.job.versions.get(path).copied();
        self.report(Report::Glance { path: path.clone(), version, findings });
        true
    }

    fn look(&mut self) {
        if self.site.is_none() {
            match self.sites.open(&self.root) {
                Ok(site) => self.site = Some(site),
                Err(why) => return self.report(Report::Trouble(why)),
            }
        }
        let started = Instant::now();
        let buffers = self.job.buffers.clone();
        match self.guarded(|site| site.look(&buffers)) {
            Some(Ok(view)) => {
                let versions = self.job.versions.clone();
                self.report(Report::Look { versions, view: Arc::new(view) });
            }
            Some(Err(why)) => {
                self.site = None;
                self.report(Report::Trouble(why));
            }
            None => {}
        }
        self.pause = if started.elapsed() < FAST { Duration::ZERO } else { REST };
    }

    /// Does something with the site. A rule that fails on some text costs that judgement, not the editor's server.
    fn guarded<T>(&mut self, what: impl FnOnce(&mut dyn Site) -> T) -> Option<T> {
        let site = self.site.as_mut()?;
        let done = catch_unwind(AssertUnwindSafe(|| what(&mut **site)));
        if done.is_err() {
            self.site = None;
            self.report(Report::Trouble(
                "judging this text failed, which is a fault of Candor: please report it with the text"
                    .to_owned(),
            ));
        }
        done.ok()
    }

    fn report(&self, report: Report) {
        // Nobody listens any more: the server has ended, and the jobs end with it.
        let _ = self.reports.send(report);
    }
}
