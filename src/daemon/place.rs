//! Where a site is on this machine, and its settings.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::publisher::books;
use super::{Problem, secret};
use crate::config::{HostSettings, Settings, StoreSettings, read_host, read_settings};
use crate::diag::Finding;
use crate::disk::git;
use crate::outbox::warm_up;
use crate::store::Store;
use crate::text::Source;

/// A site's folder, opened.
#[derive(Clone, Debug)]
pub struct Place {
    pub root: PathBuf,
    pub settings: Settings,
    pub host: HostSettings,
    /// Both files as read, for showing findings.
    pub sources: Vec<Source>,
    /// What is wrong with the two files.
    pub findings: Vec<Finding>,
}

impl Place {
    /// Opens the site in `folder`, or the nearest one at or above the working folder. `host` names another
    /// `candor.host.toml`. Findings in the files are kept, not failed on: every value has a default.
    pub fn open(folder: Option<&Path>, host: Option<&Path>) -> Result<Self, Problem> {
        let root = match folder {
            Some(folder) => folder.to_owned(),
            None => nearest()?,
        };
        let path = root.join("candor.toml");
        let text = read(&path)?.ok_or_else(|| {
            Problem::configuration(format!(
                "there is no candor.toml in {}. Start a site with `candor init DIR`, or name its folder with --site DIR",
                root.display()
            ))
        })?;
        let source = Source::new("candor.toml", text);
        let (settings, mut findings) = read_settings(&source);
        let mut sources = vec![source];
        let host_path = host.map_or_else(|| root.join("candor.host.toml"), Path::to_owned);
        let host_text = read(&host_path)?;
        if host.is_some() && host_text.is_none() {
            return Err(Problem::configuration(format!("there is no {}", host_path.display())));
        }
        let mut host_settings = HostSettings::default();
        if let Some(text) = host_text {
            let source = Source::new(
                host_path
                    .file_name()
                    .map_or_else(|| "candor.host.toml".into(), |name| name.to_string_lossy()),
                text,
            );
            let (read, host_findings) = read_host(&source);
            host_settings = read;
            findings.extend(host_findings);
            sources.push(source);
        }
        Ok(Self { root, settings, host: host_settings, sources, findings })
    }

    /// Where the built site goes.
    pub fn out(&self) -> PathBuf {
        self.root.join(&self.host.publish.out)
    }

    /// Whether the site has a ledger already. A server is asked by whoever opens it.
    pub fn has_ledger(&self) -> bool {
        !self.host.store.server.is_empty() || self.root.join(&self.host.store.path).exists()
    }

    /// Where the ledger is, for people.
    pub fn ledger(&self) -> String {
        let StoreSettings { server, path, .. } = &self.host.store;
        if server.is_empty() { self.root.join(path).display().to_string() } else { server.clone() }
    }

    /// Opens the ledger, and makes it where there is none.
    pub fn open_ledger(&self) -> Result<Store, Problem> {
        let password = secret(&self.host.store.password, &self.root)?;
        Store::open(&self.root, &self.host.store, password.as_deref()).map_err(books)
    }

    /// Mails a second that may leave today; 0: anything.
    pub fn rate(&self, now: Timestamp) -> u32 {
        let mail = &self.host.mail;
        warm_up::allowed(mail.rate, mail.warm_up, now.to_zoned(self.settings.zone.clone()).date())
    }

    /// From the top of the git work tree to the site, with a slash at its end; empty at the top and without git.
    pub fn prefix(&self) -> String {
        git::work_tree(&self.root).map(|repository| repository.prefix().to_owned()).unwrap_or_default()
    }

    /// What Candor keeps beside the site and outside git.
    pub fn keep(&self, name: &str) -> PathBuf {
        self.root.join(".candor").join(name)
    }
}

fn nearest() -> Result<PathBuf, Problem> {
    let here = std::env::current_dir()
        .map_err(|error| Problem::outside(format!("the working folder is gone: {error}")))?;
    let found = here.ancestors().find(|folder| folder.join("candor.toml").is_file());
    Ok(found.unwrap_or(&here).to_owned())
}

/// A file's text; `None` where there is no file.
fn read(path: &Path) -> Result<Option<String>, Problem> {
    match std::fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Problem::configuration(format!("{} is not UTF-8 (byte {at}): save it as UTF-8", path.display()))
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Problem::outside(format!("cannot read {}: {error}", path.display()))),
    }
}
