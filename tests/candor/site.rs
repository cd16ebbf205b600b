//! A site in a temporary folder, and the program run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A site under test.
pub(crate) struct Site {
    folder: tempfile::TempDir,
}

/// What one run of the program left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Site {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A small town that publishes what is saved: one service, one area, two people.
    pub(crate) fn town() -> Self {
        let site = Self::empty();
        site.write(
            "candor.toml",
            "name = \"Town\"\nbase_url = \"https://status.town.example\"\nid_domain = \"status.town.example\"\ntime_zone = \"Europe/London\"\nlanguages = [\"en\"]\npublish = \"save\"\ncontact = { phone = \"+44 1632 960000\", hours = \"24 hours\" }\n",
        );
        site.write(
            "content/services.toml",
            "[[service]]\nid = \"water\"\nname = \"Water\"\ngroup = \"Utilities\"\n\n[[service]]\nid = \"buses\"\nname = \"Buses\"\ngroup = \"Transport\"\n",
        );
        site.write("content/areas.toml", "[[area]]\nid = \"north\"\nname = \"North side\"\npostcodes = [\"TN1\"]\n\n[[area]]\nid = \"mill\"\nname = \"Mill Lane\"\npart_of = \"north\"\n");
        site.write(
            "content/people.toml",
            "[[person]]\nid = \"ann\"\nname = \"Ann Bell\"\nrole = \"Head of water\"\nphone = \"+44 1632 960001\"\nmail = \"ann@town.example\"\n\n[[person]]\nid = \"bo\"\nname = \"Bo Hill\"\nrole = \"Duty manager\"\nphone = \"+44 1632 960002\"\nmail = \"bo@town.example\"\n",
        );
        site
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file as it would lie there for an hour already, so that it counts as saved.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let target = self.path(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(&target, text).unwrap();
        let saved = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
        fs::File::options().write(true).open(&target).unwrap().set_modified(saved).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    pub(crate) fn git(&self, args: &[&str]) {
        let identity = ["-c", "user.name=Ann Bell", "-c", "user.email=ann@town.example"];
        let output =
            Command::new("git").current_dir(self.folder.path()).args(identity).args(args).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// The same, with the clock of git standing at `time`.
    pub(crate) fn git_at(&self, time: &str, args: &[&str]) {
        let output = Command::new("git")
            .current_dir(self.folder.path())
            .args(["-c", "user.name=Ann Bell", "-c", "user.email=ann@town.example"])
            .args(args)
            .envs([("GIT_COMMITTER_DATE", time), ("GIT_AUTHOR_DATE", time)])
            .output()
            .unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// What the next commit would hold, a path a line.
    pub(crate) fn staged(&self) -> String {
        let output = Command::new("git")
            .current_dir(self.folder.path())
            .args(["ls-files", "--cached"])
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Runs the program in the site's folder.
    pub(crate) fn candor(&self, args: &[&str]) -> Run {
        run(self.command(args))
    }

    /// Starts the program in the site's folder.
    pub(crate) fn start(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .current_dir(self.folder.path())
            .args(args)
            .env("NO_COLOR", "1")
            .env_remove("CANDOR_TOKEN_KEY");
        command
    }

    /// Every file below a folder, by path relative to it.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let root = self.path(folder);
        let mut found = Vec::new();
        walk(&root, &root, &mut found);
        found.sort();
        found
    }
}

impl Run {
    /// Asserts the exit code, showing the output where it is another.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n--- out\n{}\n--- err\n{}", self.out, self.err);
        self
    }

    /// Asserts that standard output or error holds some words.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(
            self.out.contains(words) || self.err.contains(words),
            "no {words:?} in\n--- out\n{}\n--- err\n{}",
            self.out,
            self.err
        );
        self
    }
}

fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_candor"))
}

pub(crate) fn run(mut command: Command) -> Run {
    let output = command.stdin(Stdio::null()).output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            walk(root, &path, found);
        } else {
            found.push(path.strip_prefix(root).unwrap().to_string_lossy().into_owned());
        }
    }
}
