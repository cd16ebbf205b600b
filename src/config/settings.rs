//! `candor.toml`, as meant.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::colour::Colour;
use super::{Glob, Plans, Severity};
use crate::diag::Level;
use crate::text::{Label, same_language};

/// Everything about the site that is in git.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub name: String,
    /// Absolute address of the public site, without a slash at the end.
    pub base_url: String,
    /// From which every public id is derived. Never changes, even if `base_url` does.
    pub id_domain: String,
    pub zone: TimeZone,
    /// BCP 47 tags; the first is the default and is at `/`.
    pub languages: Vec<String>,
    /// How long an update waits until it is there in every language; zero: not at all.
    pub wait_for_translation: SignedDuration,
    /// Address of the sign-up service's page; empty: there is none.
    pub sign_up: String,
    pub contact: Contact,
    pub plans: Plans,
    pub lint: LintSettings,
    pub phrases: Vec<HousePhrase>,
    pub terms: Vec<Term>,
    pub theme: ThemeSettings,
    /// Alerts in the Common Alerting Protocol; `None`: none are given.
    pub cap: Option<CapSettings>,
    pub publish: PublishMode,
    /// An update published later than this after its time prints both times.
    pub backdate_limit: SignedDuration,
    /// How long the first message waits so that a slip can be taken back.
    pub undo: SignedDuration,
}

impl Settings {
    /// Whether readers can choose that language, whatever the region.
    pub fn speaks(&self, lang: &str) -> bool {
        self.languages.iter().any(|known| same_language(known, lang))
    }

    pub fn default_language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "Status".to_owned(),
            base_url: "https://status.example.org".to_owned(),
            id_domain: "status.example.org".to_owned(),
            zone: TimeZone::UTC,
            languages: vec!["en".to_owned()],
            wait_for_translation: SignedDuration::ZERO,
            sign_up: String::new(),
            contact: Contact::default(),
            plans: Plans::default(),
            lint: LintSettings::default(),
            phrases: Vec::new(),
            terms: Vec::new(),
            theme: ThemeSettings::default(),
            cap: None,
            publish: PublishMode::Commit,
            backdate_limit: SignedDuration::from_mins(15),
            undo: SignedDuration::ZERO,
        }
    }
}

/// `[cap]`: alerts in the Common Alerting Protocol 1.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapSettings {
    /// By which receivers know us; holds no blank, comma, `<` or `&`.
    pub sender: String,
    /// Whether we are an alerting authority: only then are alerts `Actual`, else they are exercises.
    pub actual: bool,
    /// A category of CAP, such as `Infra`.
    pub category: String,
    /// The least severity of an incident that is an alert.
    pub from: Severity,
    /// What is meant by everywhere; empty: the site's name.
    pub area: String,
}

/// How the public reaches a person. Empty text: that way does not exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub phone: String,
    pub mail: String,
    pub hours: Label,
    pub place: Label,
    /// Whether we call back.
    pub callback: bool,
}

impl Contact {
    pub fn is_empty(&self) -> bool {
        self.phone.is_empty() && self.mail.is_empty() && self.place.is_empty()
    }
}

/// When a statement counts as published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PublishMode {
    /// When it is committed on the published branch.
    #[default]
    Commit,
    /// Without git: when the file has rested for 30 s.
    Save,
}

/// Levels by rule, for the whole site and by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LintSettings {
    pub levels: BTreeMap<String, Level>,
    pub paths: Vec<LevelOverride>,
    /// Where the pages of the rules are on the web, with `{rule}` for a rule's id.
    pub rules_url: Option<String>,
}

/// Levels for the files that a glob matches; later ones win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelOverride {
    pub glob: Glob,
    pub levels: BTreeMap<String, Level>,
}

/// A rule of the house: a pattern that must not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HousePhrase {
    /// Words as written, matched whole and in any case.
    pub pattern: String,
    pub message: String,
    pub level: Level,
    /// The header key that backs the phrase in the same update; empty: nothing does.
    pub unless: String,
}

/// Jargon and what to say instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub jargon: String,
    pub say: String,
}

/// `[theme]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeSettings {
    /// `default` is compiled in; another name overlays `themes/NAME/` on it.
    pub name: String,
    pub colours: Colours,
    /// Name of a picture in the theme; empty: none.
    pub logo: String,
    /// What it shows, in words; empty: the site's name, which stands beside it, says enough.
    pub logo_alt: Label,
    pub footer: Label,
}

/// The colours that a site may choose. Each can be read where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colours {
    /// Links and lines on light pages.
    pub accent: Colour,
    /// The same on dark pages.
    pub accent_dark: Colour,
    /// The ground on which we say when we speak next.
    pub board: Colour,
    /// The time on the board.
    pub lamp: Colour,
}

impl Default for Colours {
    fn default() -> Self {
        Self {
            accent: Colour::new(0x0b_5fa5),
            accent_dark: Colour::new(0x59_92c2),
            board: Colour::new(0x13_1c22),
            lamp: Colour::new(0xff_d35c),
        }
    }
}

impl Default for ThemeSettings {
    fn default() -> Self {
        Self {
            name: "default".to_owned(),
            colours: Colours::default(),
            logo: String::new(),
            logo_alt: Label::default(),
            footer: Label::default(),
        }
    }
}
