//! Running all rules over incidents and pages.

use rayon::prelude::*;

use super::gone::gone;
use super::levels::Levels;
use super::set_aside::silenced;
use super::silence::silence;
use super::withheld::publishes_anyway;
use super::{Allow, Check, Context, NOW_HEADING, Passage, Report, SetAside, Subject, overridable, rule};
use crate::content::{Incident, Page, PageText};
use crate::diag::{Finding, Level};

/// What rules say about one incident.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// By place and rule.
    pub findings: Vec<Finding>,
    /// What its comments silenced.
    pub silenced: Vec<SetAside>,
}

/// The findings about all incidents and pages, by path, place and rule.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    let levels = Levels::new(&context.settings.lint);
    let mut findings: Vec<Finding> = context
        .content
        .incidents
        .par_iter()
        .flat_map_iter(|incident| judge(context, &levels, incident).findings)
        .collect();
    findings.extend(check_rest(context));
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    findings
}

/// The findings about everything but incidents with a file: pages, settings, and incidents whose file is gone.
pub fn check_rest(context: &Context<'_>) -> Vec<Finding> {
    let levels = Levels::new(&context.settings.lint);
    let mut found = gone(context);
    for rule in levels.on() {
        if let Check::Site(check) = rule.check {
            check(context, &mut Report::new(rule, None, false, &mut found));
        }
    }
    let found = found.into_iter().filter_map(|finding| levelled(&levels, finding));
    found
        .chain(
            context
                .content
                .pages
                .iter()
                .flat_map(Page::texts)
                .flat_map(|page| judge_page(context, &levels, page)),
        )
        .collect()
}

/// What is found in one incident. It depends on it, its record, the settings, *now* and the history
/// of incidents like it; those that look at links depend on the list of incidents and pages too.
pub fn check_incident(context: &Context<'_>, incident: &Incident) -> Judged {
    judge(context, &Levels::new(&context.settings.lint), incident)
}

fn judge(context: &Context<'_>, levels: &Levels<'_>, incident: &Incident) -> Judged {
    let subject = Subject::new(context, incident);
    let mut found = Vec::new();
    for rule in levels.on() {
        let mut report = Report::new(rule, Some(&incident.slug), !incident.imported, &mut found);
        match rule.check {
            Check::Words(check) | Check::Markdown(check) => {
                subject.passages.iter().for_each(|passage| check(passage, &mut report));
            }
            Check::Structure(_) | Check::History(_) if incident.imported => {}
            Check::Structure(check) | Check::History(check) | Check::Incident(check) => {
                check(&subject, &mut report);
            }
            Check::Silencing(_) | Check::Site(_) => {}
        }
    }
    for finding in &mut found {
        if is_said(&subject, finding) {
            finding.withholds = false;
            finding.fix = None;
        }
    }
    if incident.imported {
        // Nobody can mend what somebody said years ago elsewhere: it is shown, and stops no commit.
        found.iter_mut().for_each(|finding| finding.level = finding.level.min(Level::Warning));
    }
    let found = found.into_iter().filter_map(|finding| levelled(levels, finding)).collect();
    let mut allows = Allow::all(context, incident);
    for allow in &mut allows {
        allow.judged = judged(levels, allow, &subject);
    }
    let mut found = silence(found, &mut allows);
    let silenced = silenced(incident, &allows);
    found.iter_mut().filter(|finding| overruled(incident, finding)).for_each(make_mild);
    found.extend(about_silencing(levels, incident, &allows));
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    Judged { findings: found, silenced }
}

/// Whether a finding is about words that readers have seen: it comes too late to keep them back, and they are not to be
/// touched. A silent edit is about what they have *not* seen, and in place of `now` they saw the time.
fn is_said(subject: &Subject<'_>, finding: &Finding) -> bool {
    let untouched = !overridable(&finding.rule) || finding.rule == NOW_HEADING;
    if untouched || !(finding.withholds || finding.fix.is_some()) {
        return false;
    }
    let mut updates = subject.incident.updates.iter();
    updates.any(|update| Some(update.at) == finding.update && subject.is_published(update))
}

/// Whether the author publishes the words of a finding all the same.
fn overruled(incident: &Incident, finding: &Finding) -> bool {
    let Some(at) = finding.update else { return publishes_anyway(&incident.comments, finding) };
    let translated = incident.translations.iter().flat_map(|translation| &translation.updates);
    let mut said = incident.updates.iter().chain(translated).filter(|update| update.at == at);
    said.any(|update| publishes_anyway(&update.comments, finding))
}

/// In an emergency neither the hook nor the publisher may stand in the way; the finding is still told.
fn make_mild(finding: &mut Finding) {
    finding.level = finding.level.min(Level::Warning);
    finding.withholds = false;
}

fn about_silencing(levels: &Levels<'_>, incident: &Incident, allows: &[Allow<'_>]) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in levels.on() {
        if let Check::Silencing(check) = rule.check {
            check(allows, &mut Report::new(rule, Some(&incident.slug), !incident.imported, &mut found));
        }
    }
    found.into_iter().filter_map(|finding| levelled(levels, finding)).collect()
}

fn judge_page(context: &Context<'_>, levels: &Levels<'_>, page: &PageText) -> Vec<Finding> {
    let passage = Passage::of_page(context, page);
    let mut found = Vec::new();
    for rule in levels.on() {
        if let Check::Markdown(check) = rule.check {
            check(&passage, &mut Report::new(rule, None, true, &mut found));
        }
    }
    found.into_iter().filter_map(|finding| levelled(levels, finding)).collect()
}

fn levelled(levels: &Levels<'_>, finding: Finding) -> Option<Finding> {
    let usual = rule(&finding.rule).map_or(finding.level, |rule| rule.level);
    levels.apply(finding, usual)
}

/// Whether the rule of a comment could have found something, so that an unused comment means something.
fn judged(levels: &Levels<'_>, allow: &Allow<'_>, subject: &Subject<'_>) -> bool {
    let Some(rule) = rule(&allow.rule.value) else { return false };
    let level = levels.of(rule.id, &allow.place.source.path).unwrap_or(rule.level);
    let can_judge = match rule.check {
        Check::Words(_) => subject
            .passages
            .iter()
            .any(|passage| passage.source.path == allow.place.source.path && passage.lexicon().is_some()),
        // The clock may yet call for it.
        Check::History(_) => false,
        Check::Structure(_) => !subject.incident.imported,
        _ => true,
    };
    level != Level::Off && can_judge
}
