//! Writing for the author: new files, and updates appended to them.
//!
//! An update is put together, checked as it would stand in the file, and only then saved, so that a slip never leaves
//! the author's machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::sources::working_copy;
use super::{Checked, Place, Problem, checking, known};
use crate::config::Severity;
use crate::content::scaffold::{self, NewIncident, NewMaintenance, NewUpdate};
use crate::content::{self, Content, File, Incident, Status, Word};
use crate::disk;
use crate::text::nearest;
use crate::timeline::{Inputs, OneMore, Record, one_more};

/// What a new file says of an incident.
#[derive(Clone, Debug)]
pub struct Begin<'a> {
    pub title: &'a str,
    pub severity: Severity,
    pub services: &'a [String],
    pub areas: &'a [String],
    /// A person's id; empty: the first person.
    pub owner: &'a str,
}

/// What an update says.
#[derive(Clone, Debug, Default)]
pub struct Say<'a> {
    /// The heading's word; empty: the status that holds.
    pub word: &'a str,
    pub message: &'a str,
    /// By when we speak next, as typed; empty: at the plan's interval.
    pub next: &'a str,
    pub expected_fix: &'a str,
    pub affected: &'a str,
    pub by: &'a str,
}

/// An incident's file with an update appended, not yet saved.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Relative to the site.
    pub path: Arc<str>,
    pub text: String,
}

/// What the files say as they lie here.
pub fn read_working_copy(place: &Place) -> Content {
    content::read(&working_copy(place).files, &place.settings).value
}

/// One more update for the incident called `name`, its time and next due filled in.
pub fn draft_update(place: &Place, name: &str, say: &Say<'_>, now: Timestamp) -> Result<Draft, Problem> {
    let content = read_working_copy(place);
    update(place, find(&content, name)?, &known::record(place)?, say, now)
}

/// Checks a draft as it would stand in its file.
pub fn check_draft(place: &Place, draft: &Draft, now: Timestamp) -> Result<Checked, Problem> {
    checking::check_files(place, &draft.among(working_copy(place).files), now)
}

/// Writes a new incident file with its first update, and says where. `now` is the time of that update.
pub fn new_incident(
    place: &Place,
    content: &Content,
    begin: &Begin<'_>,
    now: Timestamp,
) -> Result<PathBuf, Problem> {
    let zone = &place.settings.zone;
    must_say_something(begin.title)?;
    let (services, owner) = known(content, begin)?;
    let file = NewIncident {
        title: begin.title,
        severity: begin.severity,
        services: &services,
        areas: begin.areas,
        owner: &owner,
        started: now,
        zone,
    };
    let next = place.settings.plans.of(begin.severity).every;
    let first = NewUpdate {
        at: now,
        zone,
        word: "Investigating",
        next: Some(now + next),
        header: &[
            ("Affected", "not known because we are still counting"),
            ("Expected fix", "not known because we have not yet found the cause"),
        ],
        body: "<!-- What do people notice, since when, and what are you doing now? -->\n\n### What you can do\n\n<!-- What can people do now? If nothing: \"You do not need to do anything.\" -->",
    };
    let text = format!(
        "{}\n<!-- One or two sentences: what does not work, for whom, since when. -->\n{}",
        file.text(),
        first.text()
    );
    save_new(place, "incidents", &scaffold::slug(begin.title, now, zone), &text)
}

/// Writes a new maintenance file with its announcement, and says where.
pub fn new_maintenance(
    place: &Place,
    content: &Content,
    begin: &Begin<'_>,
    window: (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<PathBuf, Problem> {
    let zone = &place.settings.zone;
    must_say_something(begin.title)?;
    let (services, owner) = known(content, begin)?;
    let (start, end) = window;
    if end <= start {
        return Err(Problem::configuration("the work ends before it starts: give --end later than --start"));
    }
    let file = NewMaintenance {
        title: begin.title,
        services: &services,
        areas: begin.areas,
        owner: &owner,
        start,
        end,
        zone,
    };
    let first = NewUpdate {
        at: now,
        zone,
        word: "Scheduled",
        next: None,
        header: &[],
        body: "### What you can do\n\n<!-- How can people prepare? -->",
    };
    let text = format!(
        "{}\n<!-- What is done, why, and what will people notice? -->\n{}",
        file.text(),
        first.text()
    );
    save_new(place, "maintenance", &scaffold::slug(begin.title, start, zone), &text)
}

/// The incident whose slug is `name`, or the only one that it is a part of.
fn find<'a>(content: &'a Content, name: &str) -> Result<&'a Arc<Incident>, Problem> {
    let stem = Path::new(name).file_stem().map_or(name.into(), |stem| stem.to_string_lossy());
    if let Some(exact) = content.incidents.iter().find(|incident| incident.slug.as_str() == stem) {
        return Ok(exact);
    }
    let fits: Vec<_> =
        content.incidents.iter().filter(|incident| incident.slug.as_str().contains(&*stem)).collect();
    let open: Vec<_> = fits.iter().filter(|incident| is_open(incident)).collect();
    match fits.as_slice() {
        [one] => Ok(one),
        [_, ..] if open.len() == 1 => Ok(open[0]),
        [] => {
            let near = nearest(&stem, content.incidents.iter().map(|incident| incident.slug.as_str()));
            let hint = near.map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
            Err(Problem::configuration(format!(
                "no incident is called `{stem}`.{hint} `candor new incident TITLE` starts one"
            )))
        }
        many => {
            let slugs: Vec<&str> = many.iter().map(|incident| incident.slug.as_str()).collect();
            Err(Problem::configuration(format!(
                "`{stem}` fits several: {}. Write more of the name: enough to fit only one",
                slugs.join(", ")
            )))
        }
    }
}

/// Whether the last status that was written leaves it open.
fn is_open(incident: &Incident) -> bool {
    let last = incident.updates.iter().rev().find_map(|update| match update.word {
        Word::Status(status) => Some(status),
        _ => None,
    });
    last.is_none_or(|status| !status.is_final())
}

/// The incident's file with one more update, its time and next due filled in.
fn update(
    place: &Place,
    incident: &Arc<Incident>,
    record: &Record,
    say: &Say<'_>,
    now: Timestamp,
) -> Result<Draft, Problem> {
    let settings = &place.settings;
    let word = word(say.word, incident.is_maintenance())?;
    let header: Vec<(&str, &str)> = [
        ("Next update", say.next),
        ("Expected fix", say.expected_fix),
        ("Affected", say.affected),
        ("By", say.by),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect();
    let more = OneMore {
        word: word.as_deref(),
        next_is_said: !say.next.is_empty(),
        header: &header,
        body: say.message,
    };
    let text = one_more(&Inputs::of(incident, settings, record, false), settings, &more, now);
    Ok(Draft { path: incident.path().clone(), text })
}

impl Draft {
    /// Saves the file in one step.
    pub fn save(&self, place: &Place) -> Result<PathBuf, Problem> {
        let target = place.root.join(&*self.path);
        disk::save(&target, self.text.as_bytes())
            .map_err(|error| Problem::outside(format!("cannot save {}: {error}", target.display())))?;
        Ok(target)
    }

    /// The site's files with this one in the place of the saved one.
    fn among(&self, mut files: Vec<File>) -> Vec<File> {
        for file in &mut files {
            if file.path == self.path {
                file.bytes = self.text.as_bytes().into();
            }
        }
        files
    }
}

/// The word typed; `None` where none was.
fn word(typed: &str, maintenance: bool) -> Result<Option<String>, Problem> {
    let typed = typed.trim().to_lowercase().replace('-', " ");
    if typed.is_empty() {
        return Ok(None);
    }
    let statuses =
        Status::ALL.into_iter().filter(|status| status.of_maintenance() == maintenance).map(Status::word);
    let words: Vec<&str> = statuses.chain(["correction", "review"]).collect();
    if words.contains(&typed.as_str()) {
        return Ok(Some(typed));
    }
    let hint = nearest(&typed, words.iter().copied())
        .map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
    Err(Problem::configuration(format!("`{typed}` is no status here.{hint} Known: {}", words.join(", "))))
}

/// The services asked for, else the first one there is, and the owner asked for, else the first person.
fn known(content: &Content, begin: &Begin<'_>) -> Result<(Vec<String>, String), Problem> {
    let registers = &content.registers;
    let services: Vec<&str> = registers.services.iter().map(|service| service.id.as_str()).collect();
    let areas: Vec<&str> = registers.areas.iter().map(|area| area.id.as_str()).collect();
    let people: Vec<&str> = registers.people.iter().map(|person| person.id.as_str()).collect();
    for (ids, known, what) in [(begin.services, &services, "service"), (begin.areas, &areas, "area")] {
        for id in ids {
            must_be_known(id, known, what)?;
        }
    }
    if !begin.owner.is_empty() {
        must_be_known(begin.owner, &people, "person")?;
    }
    let first = |ids: &[&str], what: &str, register: &str| {
        ids.first().map(|id| (*id).to_owned()).ok_or_else(|| {
            Problem::configuration(format!("there is no {what} yet: write one into content/{register}.toml"))
        })
    };
    let chosen = if begin.services.is_empty() {
        vec![first(&services, "service", "services")?]
    } else {
        begin.services.to_vec()
    };
    let owner =
        if begin.owner.is_empty() { first(&people, "person", "people")? } else { begin.owner.to_owned() };
    Ok((chosen, owner))
}

fn must_say_something(title: &str) -> Result<(), Problem> {
    if title.chars().any(char::is_alphanumeric) {
        return Ok(());
    }
    Err(Problem::configuration("the title is empty. Say what people see, such as \"No water in Old Town\""))
}

fn must_be_known(id: &str, known: &[&str], what: &str) -> Result<(), Problem> {
    if known.contains(&id) {
        return Ok(());
    }
    let hint = nearest(id, known.iter().copied())
        .map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
    Err(Problem::configuration(format!("there is no {what} `{id}`.{hint} Known: {}", known.join(", "))))
}

fn save_new(place: &Place, folder: &str, slug: &str, text: &str) -> Result<PathBuf, Problem> {
    use std::io::Write;
    let path = place.root.join("content").join(folder).join(format!("{slug}.md"));
    let folder = path.parent().unwrap_or(&place.root);
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::File::create_new(&path))
        .and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => Ok(path),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(Problem::configuration(
            format!("{} is there already. `candor update {slug}` adds to it", path.display()),
        )),
        Err(error) => Err(Problem::outside(format!("cannot write {}: {error}", path.display()))),
    }
}
