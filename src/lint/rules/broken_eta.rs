//! An expected fix whose time passed, or moved, without a word about it.

use jiff::{SignedDuration, Timestamp};

use crate::content::{Status, Update};
use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Pack, Phrases, Report, Rule, Subject};
use crate::timeline::{Statement, StatementKind, Timeline, Words};

pub(super) const RULE: Rule = Rule {
    id: "broken-eta",
    category: Category::Time,
    level: Level::Error,
    withholds: false,
    overridable: true,
    summary: "An expected fix that was missed or moved, and nobody says so.",
    explanation: "People remember the time that they were given. If it passes in silence, every later time is worth \
        nothing. Owning up to it costs one sentence and is what keeps trust.",
    source: "How not to react when something goes wrong: they will find out. Customer service recovery: be transparent.",
    backing: "A sentence in the next update that owns the change (“We told you 14:00. We were wrong: …”), or the holding \
        update that says it. An estimate that comes earlier needs no word. After the time there are 5 minutes of grace.",
    check: Check::History(check),
};

/// An expected fix that people hold us to.
struct Standing<'a> {
    at: Timestamp,
    said: &'a Statement,
    /// Whether some statement has owned up to its passing.
    owned: bool,
}

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let Some(timeline) = subject.timeline else { return };
    let mut standing: Option<Standing<'_>> = None;
    for statement in &timeline.statements {
        judge_statement(subject, statement, &mut standing, report);
        let given = statement.facts.expected_fix.as_ref().and_then(|fix| fix.at);
        if given != standing.as_ref().map(|standing| standing.at) {
            standing = given.map(|at| Standing { at, said: statement, owned: false });
        }
        let over = matches!(statement.kind, StatementKind::Update(status) if status.is_final());
        if over {
            standing = None;
        }
    }
    if let Some(standing) = standing {
        judge_now(subject, timeline, &standing, report);
    }
}

/// Whether a statement says what became of the time that stood before it.
fn judge_statement(
    subject: &Subject<'_>,
    statement: &Statement,
    standing: &mut Option<Standing<'_>>,
    report: &mut Report<'_>,
) {
    let Some(standing) = standing.as_mut().filter(|standing| !standing.owned) else { return };
    let passed = statement.at > standing.at;
    let Words::Written(index) = statement.words else {
        standing.owned |= passed; // A holding update says first of all that the time has passed.
        return;
    };
    let Some(update) = subject.incident.updates.get(index) else { return };
    if !matches!(statement.kind, StatementKind::Update(status) if !status.is_final()) {
        standing.owned |= statement.kind == StatementKind::Correction;
        return;
    }
    let new = update.header.expected_fix.as_ref();
    let moved = new.and_then(|fix| fix.at).filter(|at| *at > standing.at);
    let watched = statement.kind == StatementKind::Update(Status::Monitoring);
    if !passed && moved.is_none() {
        // The repair came in time; what is left is to watch it.
        standing.owned |= watched;
        return;
    }
    if watched && moved.is_none() && works_since(subject, index, update).is_some_and(|since| since <= standing.at) {
        standing.owned = true;
        return;
    }
    let Some(phrases) = Pack::of(&subject.incident.lang).and_then(|pack| pack.rule(RULE.id)) else { return };
    if owns_up(subject, phrases, index, update) {
        standing.owned = true;
        return;
    }
    let was = backing::written(subject.context, standing.at, update.at);
    let message = if passed {
        format!("People were told that it would work by {was}. That time has passed, and this update does not say so.")
    } else {
        format!("People were told that it would work by {was}. This update moves the time without saying so.")
    };
    let help = format!("Say it before the new time: “We told you {was}. We were wrong: …”");
    let span = new.filter(|_| !passed).map_or(update.heading, |fix| fix.span);
    report.find(subject.place_in(update, span), message, help).level =
        subject.level_of_words(update, RULE.level);
    standing.owned = true;
}

/// The first moment since which an update says that it works again: "in use since 10:00".
fn works_since(subject: &Subject<'_>, index: usize, update: &Update) -> Option<Timestamp> {
    let passage = subject.passage(index)?;
    let lexicon = passage.lexicon()?;
    let phrases = Pack::of(&subject.incident.lang)?.rule(RULE.id)?;
    passage.sentences().find_map(|sentence| {
        let since = phrases.first("since", sentence.text)?;
        let clock = lexicon.first("clock", &sentence.text[since.clone()])?;
        backing::earlier_today(passage.context, &sentence.text[since][clock], update.at)
    })
}

fn owns_up(subject: &Subject<'_>, phrases: &Phrases, index: usize, update: &Update) -> bool {
    let reason = update.header.expected_fix.as_ref().map_or("", |fix| fix.because.as_str());
    let in_words = subject
        .passage(index)
        .is_some_and(|passage| passage.sentences().any(|sentence| phrases.has("owned", sentence.text)));
    in_words || phrases.has("owned", &reason.to_lowercase())
}

/// Whether the time has passed by now, and nothing was said since.
fn judge_now(subject: &Subject<'_>, timeline: &Timeline, standing: &Standing<'_>, report: &mut Report<'_>) {
    let plan = subject.context.settings.plans.of(timeline.facts.severity);
    let late = subject.context.now.duration_since(standing.at) > plan.grace.max(SignedDuration::ZERO);
    let spoken = timeline.statements.iter().any(|statement| statement.at > standing.at);
    if !timeline.open || !late || spoken || standing.owned {
        return;
    }
    let Words::Written(index) = standing.said.words else { return };
    let Some(update) = subject.incident.updates.get(index) else { return };
    let span = update.header.expected_fix.as_ref().map_or(update.heading, |fix| fix.span);
    let was = backing::written(subject.context, standing.at, subject.context.now);
    report.find(
        subject.place_in(update, span),
        format!("People were told that it would work by {was}. That time has passed, and nothing was said since."),
        format!("Publish an update that says so, even without a new time: “We told you {was}. It is not fixed, because …”"),
    );
}
