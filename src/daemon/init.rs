//! A new site in a folder: registers, plans, a page about it, and the hook that checks before a commit.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Problem;
use crate::disk::git;

/// What `init` did.
#[derive(Clone, Debug)]
pub struct Started {
    /// Files written, relative to the folder.
    pub written: Vec<String>,
    /// Files that were there and were left alone.
    pub kept: Vec<String>,
    /// Whether the folder is in a git work tree, so that committing publishes.
    pub in_git: bool,
    /// Where the site lies below the top of its repository, with a slash at the end. No hook is written then: it would
    /// check every commit of a repository that holds more than the site. Empty: at the top, or no git.
    pub below: String,
}

/// Writes the starter files into `dir`. Nothing that exists is overwritten. Makes a git repository where there is none
/// and git is installed; without git, `publish = "save"` is set.
pub fn init(dir: &Path, name: &str, zone: &str) -> Result<Started, Problem> {
    if jiff::tz::TimeZone::get(zone).is_err() {
        return Err(Problem::configuration(format!(
            "`{zone}` is no time zone that this machine knows. Write one such as Europe/London or America/Winnipeg."
        )));
    }
    fs::create_dir_all(dir.join("content/incidents")).map_err(|error| cannot_write(dir, &error))?;
    fs::create_dir_all(dir.join("content/maintenance")).map_err(|error| cannot_write(dir, &error))?;
    let in_git = git::work_tree(dir).is_some() || git::init(dir).is_ok();
    let below = git::work_tree(dir).map(|repository| repository.prefix().to_owned()).unwrap_or_default();
    let mut started = Started { written: Vec::new(), kept: Vec::new(), in_git, below };
    let publish = if in_git {
        ""
    } else {
        "publish = \"save\"                        # no git here: a file is published once it has rested for 30 s\n"
    };
    let settings = include_str!("starter/candor.toml")
        .replace("{name}", &toml::Value::from(name).to_string())
        .replace("{zone}", &toml::Value::from(zone).to_string())
        .replace("{publish}", publish);
    let files = [
        ("candor.toml", settings.as_str()),
        (".gitignore", include_str!("starter/gitignore")),
        ("content/services.toml", include_str!("starter/services.toml")),
        ("content/areas.toml", include_str!("starter/areas.toml")),
        ("content/people.toml", include_str!("starter/people.toml")),
        ("content/pages/about.md", include_str!("starter/about.md")),
    ];
    for (path, text) in files {
        started.write(dir, path, text)?;
    }
    if let Some(hooks) = git::hooks_folder(dir).filter(|_| started.below.is_empty()) {
        started.write_hook(&hooks)?;
    }
    Ok(started)
}

impl Started {
    fn write(&mut self, dir: &Path, path: &str, text: &str) -> Result<(), Problem> {
        let target = dir.join(path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(|error| cannot_write(parent, &error))?;
        }
        match fs::OpenOptions::new().write(true).create_new(true).open(&target) {
            Ok(mut file) => {
                std::io::Write::write_all(&mut file, text.as_bytes())
                    .map_err(|error| cannot_write(&target, &error))?;
                self.written.push(path.to_owned());
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => self.kept.push(path.to_owned()),
            Err(error) => return Err(cannot_write(&target, &error)),
        }
        Ok(())
    }

    fn write_hook(&mut self, hooks: &Path) -> Result<(), Problem> {
        fs::create_dir_all(hooks).map_err(|error| cannot_write(hooks, &error))?;
        let known = self.kept.len();
        self.write(hooks, "pre-commit", include_str!("starter/pre-commit"))?;
        let is_ours = self.kept.len() == known;
        for path in self.written.iter_mut().chain(&mut self.kept).filter(|path| *path == "pre-commit") {
            *path = ".git/hooks/pre-commit".to_owned();
        }
        if !is_ours {
            return Ok(());
        }
        make_executable(&hooks.join("pre-commit")).map_err(|error| cannot_write(hooks, &error))
    }
}

#[cfg(unix)]
fn make_executable(path: &PathBuf) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_: &PathBuf) -> std::io::Result<()> {
    Ok(())
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Problem {
    Problem::outside(format!("cannot write {}: {error}", path.display()))
}
