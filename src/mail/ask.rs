//! Asking the desk from an ordinary thread.

use std::sync::mpsc;

use crate::outbox::Reply;

/// Asks and waits. `None`: the desk has gone without an answer.
pub(super) fn ask<T: Send + 'static>(question: impl FnOnce(Reply<T>)) -> Option<T> {
    let (answer, wait) = mpsc::channel();
    question(Box::new(move |value| {
        // A receiver that has gone no longer wants the answer.
        let _ = answer.send(value);
    }));
    wait.recv().ok()
}
