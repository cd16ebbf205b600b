//! `candor.toml` (in git: words and plans) and `candor.host.toml` (not in git: whatever touches the host).
//!
//! Each file is read into a literal struct as written, then turned once into settings as meant: [`Settings`] and
//! [`HostSettings`], where every value has a default and no `Option` is left without a meaning.
//! This module never opens a file, reads no environment, and cannot fail: it returns settings and findings.

mod host;
mod hours;
mod plan;
mod settings;

pub use host::{
    HostSettings, HttpSettings, MailSettings, PublishSettings, Secret, SourceSettings, StoreSettings, Tls,
};
pub use hours::Hours;
pub use plan::{Plan, Plans, Severity};
pub use settings::{
    Contact, HousePhrase, LevelOverride, LintSettings, PublishMode, Settings, Term, ThemeSettings,
};
