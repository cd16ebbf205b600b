//! `candor.toml` (in git: words and plans) and `candor.host.toml` (not in git: whatever touches the host).
//!
//! Each file is read into a literal struct as written, then turned once into settings as meant: [`Settings`] and
//! [`HostSettings`], where every value has a default and no `Option` is left without a meaning.
//! This module never opens a file, reads no environment, and cannot fail: it returns settings and findings.

mod channel;
mod colour;
mod duration;
pub(crate) mod faults;
mod glob;
mod host;
mod hours;
mod label;
mod plan;
mod plan_file;
mod read_cap;
mod read_host;
mod read_lint;
mod read_settings;
mod read_theme;
pub(crate) mod rules;
mod settings;
pub(crate) mod table;

pub use channel::{MAIL, channel_url, is_this_machine};
pub use colour::Colour;
pub use duration::parse_duration;
pub use glob::Glob;
pub use host::{
    ChannelKind, ChannelSettings, ChannelUrl, Dns, HostSettings, HttpSettings, MailSettings, PublishSettings,
    Secret, SourceSettings, StoreSettings, Tls,
};
pub use hours::Hours;
pub use plan::{Plan, Plans, Severity};
pub use read_host::{domain_of, read_host};
pub use read_settings::read_settings;
pub(crate) use read_settings::{bom, is_language_tag};
pub use rules::READING_RULES;
pub use settings::{
    CapSettings, Colours, Contact, HousePhrase, LevelOverride, LintSettings, PublishMode, Settings, Term,
    ThemeSettings,
};
