//! One statement as pages show it.

use serde::Serialize;

use super::facts::{Row, said_rows};
use super::index::Site;
use super::promise::{self, PromiseView};
use super::shown::Shown;
use super::tongue::Passage;
use super::voice::{Spoken, Voice, written};
use crate::content::{Section, SectionKind};
use crate::text::Span;
use crate::theme::Html;
use crate::timeline::{Statement, StatementId, StatementKind, Timeline, Words};

/// One statement, ready for a template.
#[derive(Debug, Serialize)]
pub(super) struct StatementView {
    /// Unique on the incident's page.
    pub(super) anchor: String,
    /// `update`, `holding`, `correction`, `review`, `follow-up`: a name for the style sheet.
    pub(super) kind: &'static str,
    pub(super) label: String,
    pub(super) clock: Html,
    pub(super) moment: Html,
    /// Who speaks, where that is not the owner.
    pub(super) by: Option<Html>,
    /// That it was corrected or taken down.
    pub(super) marks: Vec<Html>,
    /// Both times of a backdated one, gaps, re-opening, what it corrects.
    pub(super) notes: Vec<Html>,
    pub(super) rows: Vec<Row>,
    pub(super) body: Option<Passage>,
    pub(super) sections: Vec<SectionView>,
    pub(super) promises: Vec<PromiseView>,
    /// When we said that we would speak next.
    pub(super) next: Option<Html>,
    /// Where a reader says whether it was of use; empty: nowhere.
    pub(super) feedback: String,
}

/// A section of a statement.
#[derive(Debug, Serialize)]
pub(super) struct SectionView {
    pub(super) heading: Passage,
    pub(super) body: Option<Passage>,
    /// `actions`, `questions`, `changing` or `other`.
    pub(super) kind: &'static str,
    /// Whether it stands on top of the page already, so that here it is only pointed at.
    pub(super) above: bool,
    /// Tasks with what became of them, in place of the list as written.
    pub(super) tasks: Vec<PromiseView>,
}

/// A statement of `shown`; `actions_above` where the page shows "what you can do" on top.
pub(super) fn view(
    site: &Site<'_>,
    voice: &Voice<'_>,
    shown: &Shown,
    statement: &Statement,
    actions_above: bool,
) -> StatementView {
    let (timeline, tongue) = (&shown.timeline, voice.tongue);
    let index = written(statement);
    let spoken = index.and_then(|index| voice.update(index));
    let sections = match (index, spoken) {
        (Some(index), Some(spoken)) => {
            let held = timeline.facts.actions.filter(|_| actions_above);
            sections(site, voice, timeline, statement, index, spoken, held)
        }
        _ => Vec::new(),
    };
    let owner = timeline.facts.owner.as_ref();
    let by = statement.by.as_ref().filter(|by| Some(*by) != owner);
    let is_review = statement.kind == StatementKind::Review;
    StatementView {
        anchor: statement.id.stamp().to_owned(),
        kind: kind(statement.kind),
        label: label(voice, statement.kind),
        clock: tongue.clock(statement.at),
        moment: tongue.moment(statement.at),
        by: by.map(|by| tongue.say("statement.by", &[("name", &Html::text(site.person_name(by.as_str())))])),
        marks: marks(voice, timeline, statement),
        notes: told(voice, timeline, statement),
        rows: index.map(|index| said_rows(site, voice, timeline, index, statement)).unwrap_or_default(),
        body: body(voice, statement, spoken),
        sections,
        promises: if is_review { Vec::new() } else { promise::made_in(site, voice, timeline, statement) },
        next: statement
            .due
            .map(|due| tongue.say("due.said", &[("time", &tongue.moment_near(due, statement.at))])),
        feedback: String::new(),
    }
}

fn kind(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Update(status) if status.is_final() => "final",
        StatementKind::Update(_) => "update",
        StatementKind::Holding => "holding",
        StatementKind::Correction => "correction",
        StatementKind::Review => "review",
        StatementKind::FollowUp => "follow-up",
    }
}

/// The word over a statement.
pub(super) fn label(voice: &Voice<'_>, kind: StatementKind) -> String {
    let key = match kind {
        StatementKind::Update(status) => format!("status.{}", status.word().replace(' ', "_")),
        StatementKind::Holding => "status.holding".to_owned(),
        StatementKind::Correction => "status.correction".to_owned(),
        StatementKind::Review => "status.review".to_owned(),
        StatementKind::FollowUp => "status.follow_up".to_owned(),
    };
    voice.tongue.word(&key)
}

pub(super) fn body(voice: &Voice<'_>, statement: &Statement, spoken: Option<Spoken<'_>>) -> Option<Passage> {
    match &statement.words {
        Words::Written(_) => {
            let spoken = spoken?;
            voice.prose(spoken.text, spoken.update.body, spoken.lang, 5)
        }
        Words::Composed(_) => {
            let (text, lang) = voice.composed(statement)?;
            voice.prose(text, Span::new(0, text.len()), lang, 5)
        }
        Words::Retracted => None,
    }
}

/// What a statement tells beside its words, all of it known when it was made: both times where it came late, gaps,
/// that it opens again, what it corrects.
pub(super) fn told(voice: &Voice<'_>, timeline: &Timeline, statement: &Statement) -> Vec<Html> {
    let tongue = voice.tongue;
    let mut notes = Vec::new();
    if let Some(published) = statement.published_at.filter(|_| statement.backdated) {
        let (at, published) = (tongue.moment(statement.at), tongue.said(published, statement.at));
        notes.push(tongue.say("statement.backdated", &[("at", &at), ("published", &published)]));
    }
    if statement.reopens {
        notes.push(tongue.say("statement.reopens", &[]));
    }
    // A composed statement names its gap in its own words.
    let missed = &statement.missed;
    if let (Some(first), Some(last), true) = (missed.first(), missed.last(), statement.kind.is_written()) {
        let n = Html::text(&missed.len().to_string());
        let (first, last) =
            (tongue.moment_near(*first, statement.at), tongue.moment_near(*last, statement.at));
        notes.push(tongue.say("statement.missed", &[("n", &n), ("first", &first), ("last", &last)]));
    }
    let named = |header: &crate::content::Header| {
        let named = header.retracts.as_ref().or(header.corrects.as_ref())?;
        Some((header.retracts.is_some(), named.value.1.clone()))
    };
    let named = written(statement).and_then(|index| voice.header(index, named));
    if let (Some(other), Some(((retracts, what), _))) = (find(timeline, statement.corrects.as_ref()), named) {
        let key = if retracts { "statement.retracts" } else { "statement.corrects" };
        let time = link(voice, statement, other);
        notes.push(tongue.say(key, &[("time", &time), ("what", &Html::text(&what))]));
    }
    notes
}

/// The marks that later statements put on this one.
fn marks(voice: &Voice<'_>, timeline: &Timeline, statement: &Statement) -> Vec<Html> {
    let tongue = voice.tongue;
    let retracted = statement.words == Words::Retracted;
    if retracted && statement.corrected_by.is_empty() {
        return vec![tongue.say("statement.taken_down", &[])];
    }
    let key = if retracted { "statement.taken_down_at" } else { "statement.corrected" };
    let by = statement.corrected_by.iter().filter_map(|id| find(timeline, Some(id)));
    by.map(|by| tongue.say(key, &[("time", &link(voice, statement, by))])).collect()
}

fn find<'t>(timeline: &'t Timeline, id: Option<&StatementId>) -> Option<&'t Statement> {
    let id = id?;
    timeline.statements.iter().find(|statement| statement.id == *id)
}

/// When another statement was made, leading to it.
fn link(voice: &Voice<'_>, from: &Statement, to: &Statement) -> Html {
    let time = voice.tongue.said(to.at, from.at);
    Html::new(format!("<a href=\"{}#{}\">{}</a>", voice.base(), to.id.stamp(), time.as_str()))
}

fn sections(
    site: &Site<'_>,
    voice: &Voice<'_>,
    timeline: &Timeline,
    statement: &Statement,
    index: usize,
    spoken: Spoken<'_>,
    held: Option<Span>,
) -> Vec<SectionView> {
    let source = shown_sections(timeline, index);
    let view = |section: &Section| {
        let tasks = section.kind == SectionKind::Changing;
        let tasks = if tasks { promise::made_in(site, voice, timeline, statement) } else { Vec::new() };
        let above = section.kind == SectionKind::Actions
            && held.is_some_and(|held| source.iter().any(|section| section.body == held));
        SectionView {
            heading: voice.passage(Html::text(&section.heading.value), spoken.lang),
            body: if above { None } else { section_body(voice, spoken, section, !tasks.is_empty()) },
            kind: match section.kind {
                SectionKind::Actions => "actions",
                SectionKind::Questions => "questions",
                SectionKind::Changing => "changing",
                _ => "other",
            },
            above,
            tasks,
        }
    };
    spoken.update.sections.iter().map(view).collect()
}

fn shown_sections(timeline: &Timeline, index: usize) -> &[Section] {
    timeline.incident.updates.get(index).map_or(&[], |update| update.sections.as_slice())
}

/// A section's prose; without the lines that are shown as tasks.
pub(super) fn section_body(
    voice: &Voice<'_>,
    spoken: Spoken<'_>,
    section: &Section,
    without_tasks: bool,
) -> Option<Passage> {
    if !without_tasks {
        return voice.prose(spoken.text, section.body, spoken.lang, 6);
    }
    let whole = section.body.of(spoken.text);
    let is_task = |line: &&str| {
        let start = line.as_ptr() as usize - spoken.text.as_ptr() as usize;
        let line = Span::new(start, start + line.len());
        spoken.update.tasks.iter().any(|task| line.start < task.span.end && task.span.start < line.end)
    };
    let rest: Vec<&str> = whole.lines().filter(|line| !is_task(line)).collect();
    let rest = rest.join("\n");
    voice.prose(&rest, Span::new(0, rest.len()), spoken.lang, 6)
}
