//! The ways out of a mail: unsubscribe, mute one incident, change the pace.
//!
//! GET changes nothing: mail scanners follow every link. A page has a button; the button posts. One click from a mail
//! program posts at once (RFC 8058). The token in the address is all that identifies the reader, so nothing is asked
//! and no address is shown.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use crate::outbox::{Address, Ledger, LedgerError, Pace, Purpose, SignUp, Subscriber, Token, TokenKeys, Via};
use crate::text::Slug;

/// The books and the keys, as the server needs them.
pub struct Leaving {
    pub site: String,
    pub keys: TokenKeys,
    pub ledger: Mutex<Box<dyn Ledger>>,
    /// The clock of the daemon.
    pub now: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

/// What a reader asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Unsubscribe,
    Mute(Slug),
    /// `None`: the form came without a pace that we know.
    Pace(Option<Pace>),
}

impl Wish {
    fn purpose(&self) -> Purpose {
        match self {
            Self::Unsubscribe => Purpose::Unsubscribe,
            Self::Mute(_) => Purpose::Mute,
            Self::Pace(_) => Purpose::Preferences,
        }
    }
}

/// A page and whether its token was good.
pub(super) struct Answer {
    pub(super) found: bool,
    pub(super) page: String,
}

impl Leaving {
    /// The page with the button.
    pub(super) fn ask(&self, token: &str, wish: &Wish) -> Answer {
        match self.reader(token, wish) {
            Ok(Some(reader)) => self.page(true, question(wish), &form(wish, reader.pace)),
            Ok(None) => self.unknown(),
            Err(_) => self.trouble(),
        }
    }

    /// Does it, and says so. Twice is the same as once.
    pub(super) fn act(&self, token: &str, wish: &Wish) -> Answer {
        match self.carry_out(token, wish) {
            Ok(Some(done)) => self.page(true, done, ""),
            Ok(None) => self.unknown(),
            Err(_) => self.trouble(),
        }
    }

    fn carry_out(&self, token: &str, wish: &Wish) -> Result<Option<&'static str>, LedgerError> {
        let Some(reader) = self.reader(token, wish)? else { return Ok(None) };
        let now = (self.now)();
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Some(match wish {
            Wish::Unsubscribe => {
                ledger.leave(reader.id)?;
                "You get no more mail from us."
            }
            Wish::Mute(incident) => {
                ledger.mute(reader.id, incident, now)?;
                "You get no more mail about this. We still write to you about anything else."
            }
            Wish::Pace(None) => "Nothing was changed: choose one of the four.",
            Wish::Pace(Some(pace)) => {
                let Ok(email) = Address::read(&reader.email) else { return Ok(None) };
                let wishes = SignUp {
                    name: reader.name,
                    email,
                    services: reader.services,
                    areas: reader.areas,
                    language: reader.language,
                    pace: *pace,
                    hours: reader.hours,
                };
                ledger.sign_up(&[wishes], Via::Operator, now)?;
                "Your choice is kept."
            }
        }))
    }

    /// Whose token it is, where it is good for this and was not made void.
    fn reader(&self, token: &str, wish: &Wish) -> Result<Option<Subscriber>, LedgerError> {
        let Some(Token { subscriber, epoch, .. }) = self.keys.open(token, wish.purpose()) else {
            return Ok(None);
        };
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(ledger.subscriber(subscriber)?.filter(|reader| reader.token_epoch == epoch))
    }

    fn unknown(&self) -> Answer {
        self.page(false, "This link is not valid any more. You may have been removed already.", "")
    }

    fn trouble(&self) -> Answer {
        self.page(false, "This did not work just now. Please try again in a minute.", "")
    }

    fn page(&self, found: bool, says: &str, form: &str) -> Answer {
        let mut site = String::new();
        crate::prose::escape(&self.site, &mut site);
        let page = format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport content='width=device-width'><meta name=robots content=noindex><title>{site}</title><style>:root{{color-scheme:light dark}}body{{font:1.125rem/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}}button{{font:inherit;font-weight:700;padding:.6rem 1.2rem}}label{{display:block;padding:.4rem 0}}</style></head><body><h1>{site}</h1><p>{says}</p>{form}</body></html>"
        );
        Answer { found, page }
    }
}

fn question(wish: &Wish) -> &'static str {
    match wish {
        Wish::Unsubscribe => "Do you want no more mail from us?",
        Wish::Mute(_) => "Do you want no more mail about this?",
        Wish::Pace(_) => "How much do you want to read?",
    }
}

fn form(wish: &Wish, holds: Pace) -> String {
    let fields = match wish {
        Wish::Unsubscribe => "<button>Unsubscribe</button>".to_owned(),
        Wish::Mute(_) => "<button>No more about this</button>".to_owned(),
        Wish::Pace(_) => {
            let choice = |pace: Pace| {
                let checked = if pace == holds { " checked" } else { "" };
                let says = match pace {
                    Pace::All => "Everything, also when there is nothing new",
                    Pace::News => "News only",
                    Pace::Ends => "When it begins and when it is over",
                    Pace::Digest => "Once a day",
                };
                format!("<label><input type=radio name=pace value={}{checked}> {says}</label>", pace.word())
            };
            let choices: String = Pace::ALL.into_iter().map(choice).collect();
            format!(
                "<fieldset><legend>Mail about what goes wrong</legend>{choices}</fieldset><p><button>Keep this choice</button>"
            )
        }
    };
    format!("<form method=post>{fields}</form>")
}

/// The pace in a posted form.
pub(super) fn pace(form: &str) -> Option<Pace> {
    let value = form.split('&').find_map(|field| field.strip_prefix("pace="))?;
    Pace::ALL.into_iter().find(|pace| pace.word() == value)
}
