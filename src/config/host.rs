//! `candor.host.toml`, as meant. Read only from the host, never from git.

use core::net::IpAddr;
use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::SignedDuration;
use jiff::civil::Date;

/// Whatever touches the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostSettings {
    pub store: StoreSettings,
    pub source: SourceSettings,
    pub mail: MailSettings,
    /// Through which relay links that confirm a sign-up and words to our own people go; `[mail]` where not set.
    pub confirmations: MailSettings,
    /// In the order of the file.
    pub channels: Vec<ChannelSettings>,
    pub http: HttpSettings,
    pub publish: PublishSettings,
}

/// `[store]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreSettings {
    /// `postgres://user@host/database`, which several senders share; empty: the file.
    pub server: String,
    /// Of the user at the server.
    pub password: Secret,
    /// Path of the SQLite file, relative to the site.
    pub path: PathBuf,
    /// Whether a commit survives loss of power (`durability = "power-loss"`) or, by default, death of the process only.
    pub survive_power_loss: bool,
}

impl StoreSettings {
    /// An SQLite file at this path.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { server: String::new(), password: Secret::None, path: path.into(), survive_power_loss: false }
    }
}

/// `[source]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSettings {
    /// The published branch.
    pub branch: String,
    /// How often to pull, fast-forward only; zero: never.
    pub git_pull: SignedDuration,
}

/// `[mail]`. Without a relay, mail goes to the maildir `.candor/mail/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// Host name of the relay; empty: the maildir.
    pub relay: String,
    pub port: u16,
    pub tls: Tls,
    /// Empty: no AUTH.
    pub username: String,
    pub password: Secret,
    /// `Name <address>` of the From header.
    pub from: String,
    /// Where replies go that no owner's address takes.
    pub reply_to: String,
    /// The address whose mail is read as `returned` is: replies go there and are passed on to the owner. Empty: they go to
    /// the owner directly.
    pub replies: String,
    /// Domain of the envelope senders; empty: that of `from`.
    pub bounce_domain: String,
    pub connections: usize,
    /// Mails a second at most; 0: as fast as the relay takes them.
    pub rate: u32,
    /// Mails a second at most to recipients of a domain, in lower case; others have no limit of their own.
    pub domains: BTreeMap<String, u32>,
    /// The day on which a fresh sender began; from then on the rate doubles every two days until it is reached.
    pub warm_up: Option<Date>,
    /// A maildir into which returned mail is delivered, relative to the site; empty: none is read.
    pub returned: PathBuf,
    /// What the DNS says about the sender, for `doctor`.
    pub dns: Dns,
    /// Key of the tokens in links; `token_key_file` or `CANDOR_TOKEN_KEY`. Without one, a key is kept in `.candor/token.key`.
    pub token_key: Secret,
    /// Put the status into the Subject (Gmail then splits the thread).
    pub subject_status: bool,
    /// Postal identity at the foot of each mail; empty: the site's contact place.
    pub postal: String,
}

/// `[mail.dns]`: records as the DNS has them; empty: not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dns {
    /// TXT of the envelope sender's domain.
    pub spf: String,
    /// TXT of `SELECTOR._domainkey.DOMAIN`.
    pub dkim: String,
    /// TXT of `_dmarc.DOMAIN`.
    pub dmarc: String,
}

/// `[channel.NAME]`: where statements go beside mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelSettings {
    /// What plans call it.
    pub name: String,
    pub kind: ChannelKind,
    pub url: ChannelUrl,
    /// What signs a webhook's messages, or opens the account.
    pub secret: Secret,
    /// Whether holding updates go there too.
    pub holding_updates: bool,
}

/// What is at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    Webhook,
    Slack,
    Teams,
    Mastodon,
}

impl ChannelKind {
    pub const ALL: [Self; 4] = [Self::Webhook, Self::Slack, Self::Teams, Self::Mastodon];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Slack => "slack",
            Self::Teams => "teams",
            Self::Mastodon => "mastodon",
        }
    }
}

/// Where a channel is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChannelUrl {
    /// Without a slash at its end; fit to be called.
    Open(String),
    /// Is a secret itself; see [`super::channel_url`].
    Kept(Secret),
}

/// How the connection to the relay is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// `smtps://`
    Implicit,
    /// `smtp+starttls://`: required, never a fallback to plain text.
    StartTls,
    /// `smtp://`, for a relay on this machine.
    None,
}

/// Where a secret comes from; its value is read at the edge and never printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Secret {
    #[default]
    None,
    Environment(String),
    File(PathBuf),
}

/// `[http]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpSettings {
    /// Address and port, loopback by default.
    pub listen: String,
    /// Where the public reaches the sign-up service; the root of unsubscribe links. Empty: the site's `base_url`.
    pub public_url: String,
    /// Proxies, besides this machine, whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// Sign-ups and answers that one network may send in an hour.
    pub per_network: u32,
    /// The same for all networks together.
    pub per_hour: u32,
}

/// `[publish]`: what runs after a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishSettings {
    /// Program and arguments; `{out}` is the output folder. Empty: nothing runs. Never given to a shell.
    pub command: Vec<String>,
    /// Output folder, relative to the site; `public` by default.
    pub out: PathBuf,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8484".to_owned(),
            public_url: String::new(),
            proxies: Vec::new(),
            per_network: 60,
            per_hour: 50_000,
        }
    }
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            relay: String::new(),
            port: 465,
            tls: Tls::Implicit,
            username: String::new(),
            password: Secret::None,
            from: String::new(),
            reply_to: String::new(),
            replies: String::new(),
            bounce_domain: String::new(),
            connections: 10,
            rate: 0,
            domains: BTreeMap::new(),
            warm_up: None,
            returned: PathBuf::new(),
            dns: Dns::default(),
            token_key: Secret::None,
            subject_status: false,
            postal: String::new(),
        }
    }
}

impl Default for HostSettings {
    fn default() -> Self {
        Self {
            store: StoreSettings::file(".candor/candor.db"),
            source: SourceSettings { branch: "main".to_owned(), git_pull: SignedDuration::ZERO },
            mail: MailSettings::default(),
            confirmations: MailSettings::default(),
            channels: Vec::new(),
            http: HttpSettings::default(),
            publish: PublishSettings { command: Vec::new(), out: PathBuf::from("public") },
        }
    }
}
