//! Where claims become mails: what the daemon last published, kept for the desk to write letters from.
//!
//! The room is closed while a turn publishes and builds, so a mail never tells of a statement that the page does not
//! show yet.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;

use super::Problem;
use crate::config::{ChannelSettings, HostSettings, HttpSettings, MailSettings, Settings};
use crate::content::{Page, Registers};
use crate::http::OnShow;
use crate::outbox::{
    Claim, Composed, Composer, Feedback, Letter, News, Notice, Numbered, PostClaim, Reader, StatementClaim,
    Stationery, TokenKeys, language_for, letter, notice, post, to_the_owner,
};
use crate::text::Slug;
use crate::theme::Theme;
use crate::timeline::Timeline;

/// What was published, as letters need it.
#[derive(Debug)]
pub(super) struct Shown {
    pub settings: Settings,
    pub registers: Registers,
    pub theme: Arc<Theme>,
    pub timelines: HashMap<Slug, Arc<Timeline>>,
    /// By incident, for those that anyone is told about.
    pub numbered: HashMap<Slug, Vec<Numbered>>,
}

/// Shared by the daemon, who fills it, and the desk, who writes from it.
#[derive(Clone)]
pub(super) struct PostRoom {
    shown: Arc<RwLock<Option<Shown>>>,
    filling: Arc<AtomicU64>,
    stationery: Arc<Own>,
}

struct Own {
    mail: MailSettings,
    /// For mail to one person.
    confirmations: MailSettings,
    channels: Vec<ChannelSettings>,
    http: HttpSettings,
    keys: TokenKeys,
}

/// Letters that were written since the room was last filled: the same numbers and language give the same letter.
#[derive(Default)]
struct Written {
    filling: u64,
    letters: HashMap<(Slug, u64, u64, String), Letter>,
}

/// As many letters are kept; readers of one broadcast share a handful.
const KEPT: usize = 64;

impl PostRoom {
    pub(super) fn new(host: &HostSettings, keys: TokenKeys) -> Self {
        Self {
            shown: Arc::default(),
            filling: Arc::default(),
            stationery: Arc::new(Own {
                mail: host.mail.clone(),
                confirmations: host.confirmations.clone(),
                channels: host.channels.clone(),
                http: host.http.clone(),
                keys,
            }),
        }
    }

    /// Runs `work`, which may publish, with the room closed; what it returns is shown from then on.
    pub(super) fn refill<E>(&self, work: impl FnOnce() -> Result<Shown, E>) -> Result<(), E> {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        *shown = Some(work()?);
        // A text that was taken down meanwhile must not leave in a letter written before.
        self.filling.fetch_add(1, Ordering::Release);
        Ok(())
    }

    /// An incident as it was last shown.
    pub(super) fn timeline(&self, slug: &Slug) -> Option<Arc<Timeline>> {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        shown.as_ref()?.timelines.get(slug).cloned()
    }

    /// What readers said, for the person who is responsible; see [`to_the_owner`].
    pub(super) fn to_the_owner(&self, incident: &Slug, said: &[Feedback], now: Timestamp) -> Option<Notice> {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let shown = shown.as_ref()?;
        let timeline = shown.timelines.get(incident)?;
        to_the_owner(timeline, &shown.registers, &shown.settings.zone, said, now)
    }

    /// What the sign-up service speaks of.
    pub(super) fn on_show(&self, pages: &[Page], public_url: &str) -> Result<OnShow, Problem> {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let shown = shown.as_ref().ok_or_else(|| Problem::outside("nothing was published"))?;
        let (settings, registers) = (shown.settings.clone(), shown.registers.clone());
        Ok(OnShow::new(settings, registers, pages, shown.theme.clone(), shown.timelines.clone(), public_url))
    }

    /// What turns claims into mails, for one desk.
    pub(super) fn composer(&self) -> Box<Composer> {
        let room = self.clone();
        let mut written = Written::default();
        Box::new(move |claim| match claim {
            Claim::Statement(claim) => room.letter(claim, &mut written),
            Claim::Post(claim) => room.post(claim),
            Claim::Notice(_, words) => {
                let shown = room.shown.read().unwrap_or_else(PoisonError::into_inner);
                let with = Stationery { mail: &room.stationery.confirmations, ..room.with(shown.as_ref()?) };
                let envelope = notice(&with, words);
                Some(Arc::new(move || envelope.clone()))
            }
        })
    }

    fn post(&self, claim: &PostClaim) -> Option<Composed> {
        let channel = self.stationery.channels.iter().find(|channel| channel.name == claim.channel)?;
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let shown = shown.as_ref()?;
        let timeline = shown.timelines.get(&claim.incident)?;
        let numbered = shown.numbered.get(&claim.incident)?;
        let news = News::between(timeline, numbered, claim.from_seq, claim.seq)?;
        let envelope = post(&self.with(shown), &news, channel, claim);
        Some(Arc::new(move || envelope.clone()))
    }

    fn letter(&self, claim: &StatementClaim, written: &mut Written) -> Option<Composed> {
        let filling = self.filling.load(Ordering::Acquire);
        if written.filling != filling || written.letters.len() >= KEPT {
            *written = Written { filling, letters: HashMap::new() };
        }
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let shown = shown.as_ref()?;
        let language = language_for(&shown.settings, &claim.language);
        let key = (claim.incident.clone(), claim.from_seq, claim.seq, language.to_owned());
        let letter = match written.letters.get(&key) {
            Some(letter) => letter.clone(),
            None => {
                let timeline = shown.timelines.get(&claim.incident)?;
                let news =
                    News::between(timeline, shown.numbered.get(&claim.incident)?, claim.from_seq, claim.seq)?;
                let letter = letter(&self.with(shown), &news, language);
                written.letters.insert(key, letter.clone());
                letter
            }
        };
        let claim = claim.clone();
        Some(Arc::new(move || letter.render(&Reader::from(&claim))))
    }

    fn with<'a>(&'a self, shown: &'a Shown) -> Stationery<'a> {
        Stationery {
            settings: &shown.settings,
            mail: &self.stationery.mail,
            http: &self.stationery.http,
            registers: &shown.registers,
            theme: &shown.theme,
            keys: &self.stationery.keys,
        }
    }
}
