//! The books: what was published, who is to be told, how far each delivery has come.
//!
//! Each method is one transaction: done whole when it returns, not at all when it fails. Nothing here knows how it is
//! kept; `tests/ledger` says what every ledger must do. Reads take `&mut self` too, for a ledger is one connection.

use jiff::{SignedDuration, Timestamp};

use super::{
    Address, Asked, Claim, Consequence, Doubt, Failure, Feedback, History, JobKey, Notice, NoticeReport,
    Numbered, Outcome, OwnerId, PostReport, Progress, Publication, Published, Returned, Search, SignUp,
    SignedUp, Subscriber, SubscriberId, Suppressed, Via, Work,
};
use crate::text::Slug;
use crate::timeline::{Record, RecordLine};

type Result<T> = std::result::Result<T, LedgerError>;

/// Everything that daemon, desk and commands need to keep and to know.
pub trait Ledger: Send {
    // What was said.

    /// The whole record.
    fn record(&mut self) -> Result<Record>;
    /// The hash of the record's last line; empty: there is none.
    fn record_end(&mut self) -> Result<String>;
    /// Fills an empty ledger: nobody is mailed for what the record holds, and what goes on from there is told as usual.
    fn restore(&mut self, record: &Record) -> Result<()>;
    /// Appends lines that no statement comes with, such as a changed summary.
    fn append(&mut self, lines: &[RecordLine]) -> Result<()>;
    /// Records a statement, numbers it, and makes it due to everyone who is to be told.
    fn publish(&mut self, publication: &Publication) -> Result<Published>;
    /// The statements of an incident by number; none where it is not known.
    fn numbered(&mut self, incident: &Slug) -> Result<Vec<Numbered>>;

    // Who is told.

    /// Takes up or changes subscribers; the same list again changes nothing. Answers in the order given.
    fn sign_up(&mut self, people: &[SignUp], via: Via, now: Timestamp) -> Result<Vec<SignedUp>>;
    /// Takes up what people asked for in a form, all in one commit, and queues what `letter` writes to each of them,
    /// once in [`super::ASK_AGAIN`]. What is known about a confirmed reader is not changed; `letter` sees what the form
    /// wants beside what is known. Answers in the order given.
    fn ask(
        &mut self,
        forms: &[SignUp],
        letter: &dyn Fn(&Subscriber, &SignUp) -> Notice,
        now: Timestamp,
    ) -> Result<Vec<Asked>>;
    /// The button behind the link was pressed; twice is the same as once. False where nobody waits for it: nobody has this
    /// id, they left since, or it is longer ago than [`super::CONFIRM_WITHIN`].
    fn confirm(&mut self, subscriber: SubscriberId, now: Timestamp) -> Result<bool>;
    /// A confirmed reader is told about this incident too, from what is said about it now; twice is the same as once. Ends
    /// its being muted. False: nobody confirmed has this id.
    fn follow(&mut self, subscriber: SubscriberId, incident: &Slug, now: Timestamp) -> Result<bool>;
    /// Ends all mail to a reader whose final dot is not yet sent.
    fn leave(&mut self, subscriber: SubscriberId) -> Result<bool>;
    /// Ends all mail to a reader about one incident, which they follow no longer.
    fn mute(&mut self, subscriber: SubscriberId, incident: &Slug, now: Timestamp) -> Result<bool>;
    /// Erases a person. A keyed hash of the address stays, so that no import brings them back.
    fn forget(&mut self, subscriber: SubscriberId, now: Timestamp) -> Result<bool>;
    fn subscriber(&mut self, id: SubscriberId) -> Result<Option<Subscriber>>;
    fn subscriber_at(&mut self, address: &Address) -> Result<Option<Subscriber>>;
    /// Hands out everyone who fits, by id, without holding them all.
    fn find(&mut self, search: &Search, each: &mut dyn FnMut(Subscriber)) -> Result<()>;
    fn history(&mut self, subscriber: SubscriberId) -> Result<Option<History>>;

    // Who sends.

    /// Makes this process a sender. It counts as alive while it lives.
    fn enlist(&mut self, host: &str, now: Timestamp) -> Result<OwnerId>;
    /// Senders that are proven dead and have not been buried yet.
    fn dead(&mut self) -> Result<Vec<OwnerId>>;
    /// Gives back what a dead sender held: mails whose dot may have been sent are in doubt, the others due at once.
    /// Also ends a living one properly. Nothing may be in its hands any more.
    fn bury(&mut self, owner: OwnerId, now: Timestamp) -> Result<Buried>;

    // What is sent.

    /// Takes a mail to one person in. False where the key was queued, or spent by [`Self::once`], before.
    fn queue(&mut self, notice: &Notice) -> Result<bool>;
    /// True the first time, ever, for each key.
    fn once(&mut self, key: &str, now: Timestamp) -> Result<bool>;
    /// One turn at the desk: results in, permissions and work out, in that order, in one commit.
    fn turn(&mut self, turn: &Turn<'_>) -> Result<Turned>;
    /// When there is work next: `now` where there is some, `None` where nothing comes before a publication or a digest.
    fn next_due(&mut self, now: Timestamp, digest_gate: Timestamp) -> Result<Option<Timestamp>>;
    /// Stops sending about an incident, even what was claimed. False where it is not known.
    fn pause(&mut self, incident: &Slug, why: &str) -> Result<bool>;
    fn resume(&mut self, incident: &Slug) -> Result<bool>;
    /// Makes expired and waiting deliveries of an incident due at once; returns how many.
    fn retry(&mut self, incident: &Slug, now: Timestamp) -> Result<u64>;
    /// Ends a doubt by what somebody found out: whether the mail about `seq` arrived. Where it did not, it is due again at
    /// once. False where this reader has no such doubt.
    fn resolve(
        &mut self,
        incident: &Slug,
        subscriber: SubscriberId,
        arrived: bool,
        now: Timestamp,
    ) -> Result<bool>;
    /// Takes in a report about a mail that came back; the same report counts once.
    fn returned(&mut self, returned: &Returned) -> Result<Consequence>;

    // What readers say.

    fn feedback(&mut self, feedback: &[Feedback]) -> Result<()>;
    /// Keeps a reply until it is passed on. False: the one with this key was taken in before.
    fn replied(&mut self, key: &str, reply: &Feedback) -> Result<bool>;
    /// Everything that readers said, oldest first.
    fn feedbacks(&mut self) -> Result<Vec<Feedback>>;
    /// Queues what `write` makes of all answers and replies about one incident that nobody was told of yet, oldest first, unless its
    /// last such mail is younger than `every`. `None`: nobody can be told, and they wait. The words of a
    /// reply are then in that mail alone.
    fn pass_on_feedback(
        &mut self,
        write: &dyn Fn(&Slug, &[Feedback]) -> Option<Notice>,
        every: SignedDuration,
        now: Timestamp,
    ) -> Result<u64>;

    // How it goes.

    /// Every incident that was ever told, latest publication first.
    fn progress(&mut self) -> Result<Vec<Progress>>;
    /// Readers who were not reached: refused, expired, or waiting after a failure. `None`: of all incidents.
    fn failed(&mut self, incident: Option<&Slug>) -> Result<Vec<Failure>>;
    /// Every mail of which nobody knew whether it arrived, oldest first.
    fn doubts(&mut self) -> Result<Vec<Doubt>>;
    fn suppressed(&mut self) -> Result<Vec<Suppressed>>;
    /// How far each channel has come with each incident, latest incident first.
    fn posts(&mut self) -> Result<Vec<PostReport>>;
    /// Mail that came back, oldest first.
    fn returns(&mut self) -> Result<Vec<Returned>>;
    /// Every notice that is kept, oldest first.
    fn notices(&mut self) -> Result<Vec<NoticeReport>>;
    /// Drops what has been kept long enough: unconfirmed sign-ups after 7 days, the words of notices after 30, logs and
    /// spent keys after a year. Once a day is right.
    fn tidy(&mut self, now: Timestamp) -> Result<()>;
}

/// What the desk brings to its books, and how much work it wants.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    pub owner: OwnerId,
    /// What is claimed, in this order.
    pub work: &'a [Work],
    pub now: Timestamp,
    /// What became of mails.
    pub settle: &'a [(JobKey, Outcome)],
    /// Mails that stand before the point of no return.
    pub intend: &'a [JobKey],
    /// How many new mails to claim at most.
    pub claim: usize,
    /// See [`super::digest_gate`].
    pub digest_gate: Timestamp,
}

/// The answer to a [`Turn`].
#[derive(Clone, Debug, Default)]
pub struct Turned {
    /// Whether each intended mail may go, in the order asked.
    pub may_go: Vec<bool>,
    /// New work, the most urgent first.
    pub claims: Vec<Claim>,
}

/// What a dead sender left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Buried {
    /// Mails that it had not begun to send.
    pub given_back: u64,
    /// Mails of which nobody knows.
    pub in_doubt: u64,
}

/// Why the books could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// Nothing was changed.
    #[error(
        "{place} was written by a newer Candor (layout {found}; this one knows {known}). Run that version again, or put \
         back the copy of the file that was made before the upgrade"
    )]
    Newer { place: String, found: i64, known: i64 },
    #[error(
        "the record has grown since it was read: another process publishes too. Read the record again, then publish"
    )]
    RecordMoved,
    #[error("the ledger already holds a record; only an empty ledger can be restored")]
    NotEmpty,
    /// Another process kept it locked for longer than we wait.
    #[error("the ledger is locked by another process; try again when that has finished")]
    Locked,
    #[error("{place} cannot be written: the disk is full. Make room; sending goes on by itself then")]
    Full { place: String },
    #[error("the ledger {place} cannot be used: {why}")]
    Broken { place: String, why: String },
}
