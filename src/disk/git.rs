//! The `git` program: what is committed on the published branch, who committed it, and pulling.
//!
//! Git is run, never a shell. Only its plumbing output is read. Paths handed out are relative to the site's folder,
//! which may lie below the top of the work tree.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::content::{Bytes, File};

/// How long a fetch may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often we look whether it is done.
const BLINK: Duration = Duration::from_millis(20);

/// Why git did not do what was asked.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum GitError {
    #[error("git cannot be started: {0}. Install git, or set publish = \"save\" in candor.toml")]
    NotThere(String),
    #[error("there is no commit {0}. Commit first, or name another branch or commit")]
    NoCommit(String),
    #[error(
        "the branch cannot be pulled without a merge: {0}. Merge or rebase by hand; what is published stays as it is until then"
    )]
    NotFastForward(String),
    #[error("git {command} failed: {words}")]
    Failed { command: String, words: String },
}

/// Who made a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committer {
    pub name: String,
    pub mail: String,
    pub at: Timestamp,
}

/// The part of a work tree that holds a site.
#[derive(Clone, Debug)]
pub struct Repository {
    site: PathBuf,
    /// Path of the site below the top of the work tree, with a slash at its end; empty at the top.
    prefix: String,
}

/// The files of one commit, read with what the last reading left behind.
#[derive(Clone, Debug, Default)]
pub struct Blobs {
    by_id: HashMap<String, Bytes>,
}

/// The repository that `site` lies in; `None` outside a work tree or without git.
pub fn work_tree(site: &Path) -> Option<Repository> {
    let prefix = run(site, &["rev-parse", "--show-prefix"]).ok()?;
    Some(Repository { site: site.to_owned(), prefix: prefix.trim_end_matches('\n').to_owned() })
}

/// The repository that `site` lies in, and the commit that its branch follows; `None` where there is none of them.
pub fn upstream(site: &Path) -> Option<(Repository, String)> {
    // One process for both: of a check that takes some milliseconds, each costs two.
    let both = run(site, &["rev-parse", "--show-prefix", "--revs-only", "@{upstream}^{commit}"]).ok()?;
    let (prefix, commit) = both.trim_end_matches('\n').rsplit_once('\n')?;
    Some((Repository { site: site.to_owned(), prefix: prefix.to_owned() }, commit.to_owned()))
}

/// Makes an empty repository whose branch is `main`.
pub fn init(folder: &Path) -> Result<(), GitError> {
    run(folder, &["init", "--quiet", "--initial-branch=main"]).map(drop)
}

/// Where hooks belong; `None` outside a work tree.
pub fn hooks_folder(folder: &Path) -> Option<PathBuf> {
    let path = run(folder, &["rev-parse", "--git-path", "hooks"]).ok()?;
    Some(folder.join(path.trim_end_matches('\n')))
}

impl Repository {
    /// Path of the site below the top of the work tree, with a slash at its end; empty at the top.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The full id of a commit, branch or tag.
    pub fn commit(&self, name: &str) -> Result<String, GitError> {
        let spec = format!("{name}^{{commit}}");
        let id = run(&self.site, &["rev-parse", "--verify", "--quiet", "--end-of-options", &spec]);
        id.map(|id| id.trim().to_owned()).map_err(|error| match error {
            GitError::Failed { .. } => GitError::NoCommit(name.to_owned()),
            other => other,
        })
    }

    /// The branch that is checked out; `None` when none is.
    pub fn branch(&self) -> Option<String> {
        let name = run(&self.site, &["symbolic-ref", "--quiet", "--short", "HEAD"]).ok()?;
        Some(name.trim().to_owned())
    }

    /// The site's files in a commit, by path: `candor.toml` and what is below `content/` and `themes/`. Blobs that
    /// `blobs` holds are not read again, and those that no path has any more are let go.
    pub fn files(&self, commit: &str, blobs: &mut Blobs) -> Result<Vec<File>, GitError> {
        let args = [
            "ls-tree",
            "-r",
            "-z",
            "--full-tree",
            commit,
            "--",
            &self.below("candor.toml"),
            &self.below("content"),
            &self.below("themes"),
        ];
        let listing = run(&self.site, &args)?;
        let mut entries = Vec::new();
        for entry in listing.split('\0').filter(|entry| !entry.is_empty()) {
            let Some((meta, path)) = entry.split_once('\t') else { continue };
            let mut meta = meta.split(' ');
            // Links (mode 120000) and submodules are not files of ours.
            let (Some(mode), Some("blob"), Some(id)) = (meta.next(), meta.next(), meta.next()) else {
                continue;
            };
            if mode != "120000" {
                entries.push((path.strip_prefix(&self.prefix).unwrap_or(path).to_owned(), id.to_owned()));
            }
        }
        let wanted: Vec<&str> =
            entries.iter().map(|(_, id)| id.as_str()).filter(|id| !blobs.by_id.contains_key(*id)).collect();
        let read = self.blobs(&wanted)?;
        blobs.by_id.extend(read);
        let mut kept = HashMap::with_capacity(entries.len());
        let mut files = Vec::with_capacity(entries.len());
        for (path, id) in entries {
            let Some(bytes) = blobs.by_id.get(&id).cloned() else { continue };
            kept.insert(id, bytes.clone());
            files.push(File::new(path, bytes));
        }
        blobs.by_id = kept;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// One file as a commit has it; `None` where it has none.
    pub fn file(&self, commit: &str, path: &str) -> Option<Vec<u8>> {
        let spec = format!("{commit}:{}", self.below(path));
        output(&self.site, &["cat-file", "blob", &spec]).ok().map(|output| output.stdout)
    }

    /// Paths of the site that differ between a commit and the work tree, untracked ones included.
    pub fn changed_since(&self, commit: &str) -> Result<Vec<String>, GitError> {
        let tracked = run(&self.site, &["diff", "--name-only", "-z", "--relative", commit, "--", "."])?;
        let new = run(&self.site, &["ls-files", "--others", "--exclude-standard", "-z", "--", "."])?;
        let mut paths: Vec<String> = tracked
            .split('\0')
            .chain(new.split('\0'))
            .filter(|path| !path.is_empty())
            .map(str::to_owned)
            .collect();
        paths.sort();
        paths.dedup();
        Ok(paths)
    }

    /// Who last changed a path, as of a commit; `None` where nobody did.
    pub fn committer(&self, commit: &str, path: &str) -> Option<Committer> {
        let line = run(&self.site, &["log", "-1", "--format=%cn%x00%ce%x00%ct", commit, "--", path]).ok()?;
        let mut parts = line.trim_end().split('\0');
        let (name, mail, seconds) = (parts.next()?, parts.next()?, parts.next()?);
        let at = Timestamp::from_second(seconds.parse().ok()?).ok()?;
        Some(Committer { name: name.to_owned(), mail: mail.to_owned(), at })
    }

    /// When the commit that brought in a line (from 1) of a path was made, as of a commit.
    pub fn line_written(&self, commit: &str, path: &str, line: usize) -> Option<Timestamp> {
        let range = format!("{line},{line}");
        let blame = run(&self.site, &["blame", "--porcelain", "-L", &range, commit, "--", path]).ok()?;
        let seconds = blame.lines().find_map(|line| line.strip_prefix("committer-time "))?;
        Timestamp::from_second(seconds.parse().ok()?).ok()
    }

    /// When a line (from 1) of a file as it lies there was committed; `None` while it is not.
    pub fn line_committed(&self, path: &str, line: usize) -> Option<Timestamp> {
        let range = format!("{line},{line}");
        let blame = run(&self.site, &["blame", "--porcelain", "-L", &range, "--", path]).ok()?;
        // Git gives a line that is in no commit the id 000….
        let committed = blame.split(' ').next()?.bytes().any(|digit| digit != b'0');
        let seconds = blame.lines().find_map(|line| line.strip_prefix("committer-time "))?;
        committed.then(|| Timestamp::from_second(seconds.parse().ok()?).ok()).flatten()
    }

    /// The commits up to `commit` that changed a path, newest first, at most `limit`.
    pub fn history(&self, commit: &str, path: &str, limit: usize) -> Result<Vec<String>, GitError> {
        let limit = format!("-{limit}");
        let ids = run(&self.site, &["log", &limit, "--format=%H", commit, "--", path])?;
        Ok(ids.lines().map(str::to_owned).collect())
    }

    /// The commit that the checked-out branch follows elsewhere; `None` where it follows none.
    pub fn upstream(&self) -> Option<String> {
        self.commit("@{upstream}").ok()
    }

    /// Files and folders that change when a branch moves: for watching.
    pub fn where_branches_move(&self) -> Vec<PathBuf> {
        ["refs/heads", "packed-refs", "HEAD"]
            .iter()
            .filter_map(|name| run(&self.site, &["rev-parse", "--git-path", name]).ok())
            .map(|path| self.site.join(path.trim_end_matches('\n')))
            .collect()
    }

    /// Pulls the checked-out branch, fast-forward only. Whether anything came.
    pub fn pull(&self) -> Result<bool, GitError> {
        let before = self.commit("HEAD")?;
        fetch(&self.site)?;
        let Some(upstream) = self.upstream() else {
            return Err(GitError::Failed {
                command: "pull".to_owned(),
                words: "the branch follows no other. Set one with `git branch --set-upstream-to`".to_owned(),
            });
        };
        match run(&self.site, &["merge", "--ff-only", "--quiet", &upstream]) {
            Ok(_) => Ok(self.commit("HEAD")? != before),
            Err(GitError::Failed { words, .. }) => Err(GitError::NotFastForward(words)),
            Err(other) => Err(other),
        }
    }

    fn below(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// Reads blobs through one `git cat-file --batch`.
    fn blobs(&self, ids: &[&str]) -> Result<HashMap<String, Bytes>, GitError> {
        let mut read = HashMap::with_capacity(ids.len());
        if ids.is_empty() {
            return Ok(read);
        }
        let failed = |words: String| GitError::Failed { command: "cat-file".to_owned(), words };
        let mut child = git(&self.site)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| GitError::NotThere(error.to_string()))?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed("its pipes are closed".to_owned()));
        };
        let list = ids.join("\n") + "\n";
        // Written from another thread: git answers while it is still being asked.
        let asker = std::thread::spawn(move || input.write_all(list.as_bytes()));
        let mut output = BufReader::new(output);
        for id in ids {
            let mut header = String::new();
            output.read_line(&mut header).map_err(|error| failed(error.to_string()))?;
            let size = header.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
            let Some(size) = size else { return Err(failed(format!("unexpected answer {header:?}"))) };
            let mut bytes = vec![0; size + 1];
            output.read_exact(&mut bytes).map_err(|error| failed(error.to_string()))?;
            bytes.pop();
            read.insert((*id).to_owned(), bytes.into());
        }
        drop(output);
        let asked = asker.join().map_err(|_| failed("the asking thread stopped".to_owned()))?;
        asked.map_err(|error| failed(error.to_string()))?;
        child.wait().map_err(|error| failed(error.to_string()))?;
        Ok(read)
    }
}

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    // A hook runs us with GIT_* set for its own place, relative to the top of the work tree: not to our folder.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command
        .current_dir(folder)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C");
    command.stdin(Stdio::null());
    command
}

/// Fetches, but does not wait for ever: a network that hangs must not keep us from speaking on time.
fn fetch(folder: &Path) -> Result<(), GitError> {
    let failed = |words: String| GitError::Failed { command: "fetch".to_owned(), words };
    let mut child = git(folder)
        .args(["fetch", "--quiet"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| GitError::NotThere(error.to_string()))?;
    let started = Instant::now();
    let status = loop {
        match child.try_wait().map_err(|error| failed(error.to_string()))? {
            Some(status) => break status,
            None if started.elapsed() < PATIENCE => std::thread::sleep(BLINK),
            None => {
                // It may have ended by itself in the meantime; either way it is over.
                let _ = child.kill();
                let _ = child.wait();
                let seconds = PATIENCE.as_secs();
                return Err(failed(format!(
                    "no answer within {seconds} s. Check the network and the remote"
                )));
            }
        }
    };
    if status.success() {
        return Ok(());
    }
    let mut words = String::new();
    if let Some(mut errors) = child.stderr.take() {
        errors.read_to_string(&mut words).map_err(|error| failed(error.to_string()))?;
    }
    Err(failed(words.trim().to_owned()))
}

fn output(folder: &Path, args: &[&str]) -> Result<Output, GitError> {
    let output = git(folder).args(args).output().map_err(|error| GitError::NotThere(error.to_string()))?;
    if output.status.success() {
        return Ok(output);
    }
    let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(GitError::Failed { command: args.first().copied().unwrap_or_default().to_owned(), words })
}

fn run(folder: &Path, args: &[&str]) -> Result<String, GitError> {
    Ok(String::from_utf8_lossy(&output(folder, args)?.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn git_in(folder: &Path, args: &[&str]) {
        let config = ["-c", "user.name=Dana", "-c", "user.email=dana@city.example"];
        let status = Command::new("git").current_dir(folder).args(config).args(args).status().unwrap();
        assert!(status.success(), "git {args:?}");
    }

    fn commit(folder: &Path, path: &str, text: &str) {
        fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        fs::write(folder.join(path), text).unwrap();
        git_in(folder, &["add", "-A"]);
        git_in(folder, &["commit", "-qm", path]);
    }

    #[test]
    fn only_what_is_committed_is_there() {
        let top = tempfile::tempdir().unwrap();
        let site = top.path().join("status");
        fs::create_dir_all(&site).unwrap();
        init(top.path()).unwrap();
        commit(&site, "content/incidents/a.md", "one\n");
        commit(&site, "candor.toml", "name = \"x\"\n");
        let repository = work_tree(&site).unwrap();
        let head = repository.commit("main").unwrap();
        fs::write(site.join("content/incidents/a.md"), "edited\n").unwrap();
        fs::write(site.join("content/incidents/new.md"), "new\n").unwrap();

        let mut blobs = Blobs::default();
        let files = repository.files(&head, &mut blobs).unwrap();
        let seen: Vec<(&str, &[u8])> = files.iter().map(|file| (&*file.path, &*file.bytes)).collect();
        assert_eq!(seen, [("candor.toml", &b"name = \"x\"\n"[..]), ("content/incidents/a.md", b"one\n")]);
        assert_eq!(
            repository.changed_since(&head).unwrap(),
            ["content/incidents/a.md", "content/incidents/new.md"]
        );
        assert_eq!(repository.file(&head, "content/incidents/a.md").unwrap(), b"one\n");
        assert_eq!(repository.committer(&head, "content/incidents/a.md").unwrap().mail, "dana@city.example");
        let written = repository.line_written(&head, "content/incidents/a.md", 1).unwrap();
        assert!(written <= Timestamp::now(), "{written}");
        assert_eq!(repository.commit("nowhere"), Err(GitError::NoCommit("nowhere".to_owned())));
    }

    #[test]
    fn pulls_forward_and_never_merges() {
        let dir = tempfile::tempdir().unwrap();
        let (ours, theirs) = (dir.path().join("ours"), dir.path().join("theirs"));
        fs::create_dir_all(&theirs).unwrap();
        init(&theirs).unwrap();
        commit(&theirs, "candor.toml", "1");
        git_in(dir.path(), &["clone", "-q", "theirs", "ours"]);
        let repository = work_tree(&ours).unwrap();
        fs::create_dir(ours.join("site")).unwrap();
        for (folder, prefix) in [("", ""), ("site", "site/")] {
            let (found, commit) = upstream(&ours.join(folder)).unwrap();
            assert_eq!((found.prefix(), Some(commit)), (prefix, repository.upstream()));
        }
        assert!(upstream(&theirs).is_none() && upstream(dir.path()).is_none());
        assert_eq!(repository.pull(), Ok(false));
        commit(&theirs, "candor.toml", "2");
        assert_eq!(repository.pull(), Ok(true));
        commit(&theirs, "candor.toml", "3");
        commit(&ours, "candor.toml", "4");
        assert!(matches!(repository.pull(), Err(GitError::NotFastForward(_))));
        fs::rename(&theirs, dir.path().join("gone")).unwrap();
        let Err(GitError::Failed { command, words }) = repository.pull() else {
            panic!("pulled from nowhere")
        };
        assert!(command == "fetch" && words.contains("does not"), "{command}: {words}");
    }

    #[test]
    fn the_git_settings_of_a_running_hook_do_not_lead_astray() {
        let command = git(Path::new("."));
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            let unset = command.get_envs().any(|(known, value)| known == name && value.is_none());
            assert!(unset, "{name}");
        }
    }
}
