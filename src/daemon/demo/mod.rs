//! `candor demo`: a city with a year behind it, an incident that began minutes ago, and three subscribers.
//!
//! The city is the sample site of this repository, compiled in. Everything after writing it is what `run` does.

mod scenes;
mod summary;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use include_dir::{Dir, include_dir};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use toml_edit::{DocumentMut, value};

use super::sources::REST;
use super::{Daemon, Place, Problem, Roll, Turn};
use crate::content::scaffold;
use crate::text::Slug;
use crate::timeline::StatementKind;
use scenes::{Play, Scene};

static CITY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");
const SETTINGS: &str = include_str!("../../../candor.toml");

/// Three people who want different things.
const SUBSCRIBERS: &str = "\
name,email,services,areas,language,pace
Ada Leblanc,ada@mail.example,water-supply,millbank,en,all
Jules Roy,jules@mail.example,,,fr,news
Mo Farouk,mo@mail.example,water-supply,,en,ends
";

/// A demo under way: its folder, and what its officer has still to write.
#[derive(Debug)]
pub struct Demo {
    dir: PathBuf,
    path: String,
    scenes: std::vec::IntoIter<Scene>,
    next: Option<Scene>,
}

impl Demo {
    /// Writes the sample site into `dir`, which must be empty or absent, with its subscribers.
    pub fn begin(dir: &Path, now: Timestamp) -> Result<Self, Problem> {
        let taken = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
        if taken {
            return Err(Problem::configuration(format!(
                "{} is not empty. Give another folder, or delete it: `candor demo other-folder`",
                dir.display()
            )));
        }
        let settings = settings()?;
        put(dir, "candor.toml", &settings.to_string())?;
        for file in files(&CITY) {
            let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) else { continue };
            // Planned work has dates of its own; what is still to come there would be long past for whoever runs this later.
            let to_come = path.starts_with("maintenance/")
                && !text.contains(" Completed\n")
                && !text.contains(" Cancelled\n");
            if !to_come {
                put_rested(dir, &format!("content/{path}"), text, now)?;
            }
        }
        let zone =
            settings["time_zone"].as_str().and_then(|zone| TimeZone::get(zone).ok()).unwrap_or(TimeZone::UTC);
        let play = Play::starting(now, &zone);
        put_rested(dir, &play.path(), &play.opening(), now)?;
        put(dir, "subscribers.csv", SUBSCRIBERS)?;
        let mut scenes = play.scenes().into_iter();
        let demo = Self { dir: dir.to_owned(), path: play.path(), next: scenes.next(), scenes };
        let place = demo.place()?;
        // The rows are ours, and a test sends mails to all of them.
        Roll::open(&place)?.import(SUBSCRIBERS.as_bytes(), now, &mut |_| ())?;
        Ok(demo)
    }

    pub fn place(&self) -> Result<Place, Problem> {
        Place::open(Some(&self.dir), None)
    }

    /// Where the live incident's file is.
    pub fn incident_path(&self) -> String {
        self.dir.join(&self.path).display().to_string()
    }

    /// Writes what is due by `now`, and says when there is more; `None`: everything is written.
    pub fn play(&mut self, now: Timestamp) -> Result<Option<Timestamp>, Problem> {
        while let Some(scene) = self.next.take_if(|scene| scene.at <= now) {
            let path = self.dir.join(&self.path);
            let text = fs::read_to_string(&path)
                .map_err(|error| Problem::outside(format!("cannot read {}: {error}", path.display())))?;
            put(&self.dir, &self.path, &scaffold::append(&text, &scene.update))?;
            self.next = self.scenes.next();
        }
        Ok(self.next.as_ref().map(|scene| scene.at))
    }

    /// Whether the follow-up, which is the last word, is out.
    pub fn is_over(&self, turn: &Turn) -> bool {
        let timeline = turn.timeline(&self.slug());
        timeline.is_some_and(|timeline| {
            timeline.statements.iter().any(|said| said.kind == StatementKind::FollowUp)
        })
    }

    /// What was said, who was told, and what became of the promises.
    pub fn summary(&self, daemon: &mut Daemon) -> Result<String, Problem> {
        summary::summary(daemon, &self.slug())
    }

    fn slug(&self) -> Slug {
        Slug::new(self.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md"))
    }
}

/// The city's own settings; but what is saved is published, and no message waits.
fn settings() -> Result<DocumentMut, Problem> {
    let mut settings: DocumentMut = SETTINGS.parse().map_err(Problem::configuration)?;
    settings["publish"] = value("save");
    settings["undo"] = value("0s");
    for (_, plan) in settings["plan"].as_table_like_mut().into_iter().flat_map(|plans| plans.iter_mut()) {
        plan["staff_first"] = value("0s");
    }
    Ok(settings)
}

fn files<'d>(dir: &'d Dir<'d>) -> Vec<&'d include_dir::File<'d>> {
    dir.files().chain(dir.dirs().flat_map(files)).collect()
}

/// Writes a file of the site as if it had been saved a while before `now`: without git a file counts once it has
/// rested, and a visitor should not look at an empty city until then.
fn put_rested(dir: &Path, path: &str, text: &str, now: Timestamp) -> Result<(), Problem> {
    put(dir, path, text)?;
    let target = dir.join(path);
    let saved = SystemTime::from(now - REST - REST);
    let rested = fs::File::options().write(true).open(&target).and_then(|file| file.set_modified(saved));
    rested.map_err(|error| Problem::outside(format!("cannot date {}: {error}", target.display())))
}

fn put(dir: &Path, path: &str, text: &str) -> Result<(), Problem> {
    let target = dir.join(path);
    let written = fs::create_dir_all(target.parent().unwrap_or(dir)).and_then(|()| fs::write(&target, text));
    written.map_err(|error| Problem::outside(format!("cannot write {}: {error}", target.display())))
}
