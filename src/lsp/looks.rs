//! The thread that looks at the whole site: on a large one that takes its time, so nothing waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::{Buffers, Look, Site, Sites};

/// What the thread is asked for.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) buffers: Buffers,
    /// Whether to look only where files or the clock call for it.
    pub(super) if_stirred: bool,
}

/// What became of an order.
pub(super) enum Outcome {
    Looked(Look),
    /// Nothing stirred.
    Still,
    /// Nothing can be judged, and why.
    Trouble(String),
}

/// What an author is told when a rule fails on a text. It costs that judgement, not the editor's server.
pub(super) const FAILED: &str =
    "judging this text failed, which is a fault of Candor: please report it with the text";

/// Starts the thread, which answers each order with an outcome and ends when the orders do.
pub(super) fn start(sites: Arc<dyn Sites>, root: PathBuf) -> (Sender<Order>, Receiver<Outcome>) {
    let (orders, taken) = unbounded::<Order>();
    let (outcomes, told) = unbounded();
    thread::spawn(move || {
        let mut looker = Looker { sites, root, site: None };
        for order in taken {
            let outcome = catch_unwind(AssertUnwindSafe(|| looker.outcome(&order)));
            let outcome = outcome.unwrap_or_else(|_| {
                looker.site = None;
                Outcome::Trouble(FAILED.to_owned())
            });
            if outcomes.send(outcome).is_err() {
                return;
            }
        }
    });
    (orders, told)
}

struct Looker {
    sites: Arc<dyn Sites>,
    root: PathBuf,
    /// Opened at the first order, and again after a failure.
    site: Option<Box<dyn Site>>,
}

impl Looker {
    fn outcome(&mut self, order: &Order) -> Outcome {
        match self.look(order) {
            Ok(Some(look)) => Outcome::Looked(look),
            Ok(None) => Outcome::Still,
            Err(why) => {
                self.site = None;
                Outcome::Trouble(why)
            }
        }
    }

    fn look(&mut self, order: &Order) -> Result<Option<Look>, String> {
        let site = match &mut self.site {
            // A site that cannot be judged is tried again when something changes, not with each tick.
            None if order.if_stirred => return Ok(None),
            None => self.site.insert(self.sites.open(&self.root)?),
            Some(site) => site,
        };
        if order.if_stirred && !site.stirred() {
            return Ok(None);
        }
        site.look(&order.buffers).map(Some)
    }
}
