//! The desk of the tests: real books in memory, which also watch that the transport keeps its side of the agreement.

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::outbox::{Desk, Envelope, Job, JobKey, Outcome, Reply, SubscriberId};

/// Hands out mails in order, commits after a delay, and remembers.
pub(super) struct Books {
    pages: Arc<Mutex<Pages>>,
    /// Commits one after the other, in the order asked; none: answered at once, on the caller's thread.
    commits: Option<Sender<Box<dyn FnOnce() + Send>>>,
    /// Jobs whose intent is refused.
    refuse: fn(u64) -> bool,
    /// What the number of a mail is the number of.
    name: fn(u64) -> JobKey,
}

#[derive(Default)]
struct Pages {
    due: VecDeque<(u64, Envelope)>,
    out: Vec<u64>,
    intended: Vec<u64>,
    settled: BTreeMap<u64, Outcome>,
    /// Results given, not yet committed; and the most that were when a permission was given.
    uncommitted: usize,
    most_uncommitted: usize,
    breaches: Vec<String>,
}

impl Books {
    pub(super) fn with(mails: impl IntoIterator<Item = Envelope>) -> Self {
        let due = (0..).zip(mails).collect();
        let pages = Arc::new(Mutex::new(Pages { due, ..Pages::default() }));
        Self { pages, commits: None, refuse: |_| false, name: delivery }
    }

    /// Messages to channels.
    pub(super) fn posts(messages: impl IntoIterator<Item = Envelope>) -> Self {
        let name = |seq| JobKey::Post { incident: "burst-main".into(), channel: "room".into(), seq };
        Self { name, ..Self::with(messages) }
    }

    pub(super) fn committing_in(self, commit: Duration) -> Self {
        let (commits, line) = channel::<Box<dyn FnOnce() + Send>>();
        std::thread::spawn(move || {
            for answer in line {
                std::thread::sleep(commit);
                answer();
            }
        });
        Self { commits: Some(commits), ..self }
    }

    pub(super) fn refusing(self, refuse: fn(u64) -> bool) -> Self {
        Self { refuse, ..self }
    }

    /// What became of each mail, by its place in the queue. Fails on any breach of the agreement.
    pub(super) fn outcomes(&self) -> Vec<Outcome> {
        let pages = self.pages.lock().unwrap();
        assert!(pages.breaches.is_empty(), "{:?}", pages.breaches);
        assert_eq!(pages.out.len(), pages.settled.len(), "pulled and never settled");
        pages.settled.values().cloned().collect()
    }

    pub(super) fn still_due(&self) -> usize {
        self.pages.lock().unwrap().due.len()
    }

    pub(super) fn most_uncommitted(&self) -> usize {
        self.pages.lock().unwrap().most_uncommitted
    }

    fn answer<T: Send + 'static>(
        &self,
        reply: Reply<T>,
        value: impl FnOnce(&mut Pages) -> T + Send + 'static,
    ) {
        let pages = self.pages.clone();
        let answer = move || {
            let value = value(&mut pages.lock().unwrap());
            reply(value);
        };
        match &self.commits {
            None => answer(),
            Some(commits) => commits.send(Box::new(answer)).unwrap(),
        }
    }
}

impl Desk for Books {
    fn next(&self, reply: Reply<Option<Job>>) {
        let mut pages = self.pages.lock().unwrap();
        let job = pages.due.pop_front().map(|(seq, mail)| {
            pages.out.push(seq);
            Job { key: (self.name)(seq), render: Arc::new(move || mail.clone()) }
        });
        drop(pages);
        reply(job);
    }

    fn intend(&self, key: &JobKey, reply: Reply<bool>) {
        let seq = seq(key);
        let mut pages = self.pages.lock().unwrap();
        if !pages.out.contains(&seq) || pages.intended.contains(&seq) || pages.settled.contains_key(&seq) {
            pages.breaches.push(format!("intent for {seq} out of order"));
        }
        pages.intended.push(seq);
        drop(pages);
        let yes = !(self.refuse)(seq);
        self.answer(reply, move |pages| {
            pages.most_uncommitted = pages.most_uncommitted.max(pages.uncommitted);
            yes
        });
    }

    fn settle(&self, key: &JobKey, outcome: Outcome, reply: Reply<()>) {
        let seq = seq(key);
        let mut pages = self.pages.lock().unwrap();
        let asked = pages.intended.contains(&seq);
        let needs_intent = matches!(outcome, Outcome::Accepted { .. } | Outcome::InDoubt { .. });
        if needs_intent && !asked {
            pages.breaches.push(format!("{seq}: {outcome:?} without an intent"));
        }
        if pages.settled.insert(seq, outcome).is_some() {
            pages.breaches.push(format!("{seq} settled twice"));
        }
        pages.uncommitted += 1;
        drop(pages);
        self.answer(reply, |pages| pages.uncommitted -= 1);
    }
}

fn delivery(seq: u64) -> JobKey {
    JobKey::Delivery { incident: "burst-main".into(), subscriber: SubscriberId(7), seq }
}

fn seq(key: &JobKey) -> u64 {
    match key {
        JobKey::Delivery { seq, .. } | JobKey::Post { seq, .. } => *seq,
        JobKey::Notice(_) => panic!("these books know no notices"),
    }
}
