//! What the findings let through: which updates are withheld, and the incident as it may be published.
//!
//! Findings withhold only what was never published. What was published stays: words that were edited or deleted come
//! back from the record, whatever the findings say, and so does an incident whose file cannot be read or is gone.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use jiff::Timestamp;

use super::{Context, overridable};
use crate::content::{Comment, Directive, File, Incident, Surroundings, Update, read_incident};
use crate::diag::Finding;
use crate::text::{Slug, Source};
use crate::timeline::{
    Change, Departure, Piece, RecordLine, StatementKind, assemble, departures, restore, start_of,
};

/// An update that is not published until its findings are mended.
#[derive(Clone, Debug)]
pub struct Withheld {
    pub incident: Slug,
    /// Heading time; `None` where front matter, summary or an unreadable heading is held back.
    pub at: Option<Timestamp>,
    /// The findings that withhold it.
    pub findings: Vec<Finding>,
}

/// One incident as it may be published.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub slug: Slug,
    /// Withheld updates left out, edited or deleted published text restored from the record. `None`: nothing of it may
    /// be published yet.
    pub incident: Option<Arc<Incident>>,
    pub withheld: Vec<Withheld>,
    /// Whether words came back from the record: the page says that a statement is being corrected.
    pub restored: bool,
    /// Whether the next statement waits for its findings to be mended.
    pub delayed: bool,
}

/// Judges every incident. Imported history is never withheld; published statements never disappear; drafts are left out.
pub fn verdict(context: &Context<'_>, findings: &[Finding]) -> Vec<Verdict> {
    let judge = Judge::new(context, findings);
    let mut verdicts: Vec<Verdict> =
        context.content.incidents.iter().filter_map(|incident| judge.incident(incident)).collect();
    let known: HashSet<&Slug> = context
        .content
        .incidents
        .iter()
        .flat_map(|incident| incident.aliases.iter().chain([&incident.slug]))
        .collect();
    let mut gone: Vec<&Slug> = context.record.incidents().filter(|slug| !known.contains(slug)).collect();
    gone.sort();
    let restored: Vec<Verdict> = gone.into_iter().filter_map(|slug| judge.gone(slug)).collect();
    let renamed: HashSet<Slug> = restored
        .iter()
        .filter_map(|verdict| verdict.incident.as_ref())
        .flat_map(|incident| incident.aliases.iter().cloned())
        .collect();
    verdicts.extend(restored.into_iter().filter(|verdict| !renamed.contains(&verdict.slug)));
    verdicts
}

struct Judge<'a> {
    context: &'a Context<'a>,
    around: Surroundings<'a>,
    /// Findings that withhold, by path.
    by_path: HashMap<&'a str, Vec<&'a Finding>>,
}

impl<'a> Judge<'a> {
    fn new(context: &'a Context<'a>, findings: &'a [Finding]) -> Self {
        let mut by_path: HashMap<&str, Vec<&Finding>> = HashMap::new();
        for finding in findings.iter().filter(|finding| finding.withholds) {
            by_path.entry(&*finding.path).or_default().push(finding);
        }
        let around = Surroundings::new(context.settings, &context.content.registers);
        Self { context, around, by_path }
    }

    /// `None`: a draft.
    fn incident(&self, incident: &Arc<Incident>) -> Option<Verdict> {
        if incident.draft {
            return self.gone(&incident.slug);
        }
        let lines: Vec<&RecordLine> = self.context.record.of_incident(incident).collect();
        let departures = departures(incident, self.context.record);
        let held = Held::of(incident, self.findings(&incident.source), &lines, &departures);
        let slug = incident.slug.clone();
        let delayed = held.delays;
        let restored = !departures.is_empty() || held.start && !lines.is_empty();
        let published = if held.start && lines.is_empty() {
            None
        } else if restored {
            Some(self.put_back(incident, &held, &lines, &departures))
        } else {
            Some(leave_out(incident, &held, |translation| self.findings(translation)))
        };
        Some(Verdict { slug, incident: published, withheld: held.withheld, restored, delayed })
    }

    /// An incident without a readable file: as last published, where it was.
    fn gone(&self, slug: &Slug) -> Option<Verdict> {
        let source = restore(slug, self.context.record)?;
        let incident = self.read(&source)?;
        let unreadable = self.context.content.unreadable.iter().find(|(other, _)| other == slug);
        let findings: Vec<Finding> = unreadable
            .and_then(|(_, path)| self.by_path.get(&**path))
            .map(|findings| findings.iter().map(|finding| (*finding).clone()).collect())
            .unwrap_or_default();
        let delayed = !findings.is_empty();
        let withheld =
            if delayed { vec![Withheld { incident: slug.clone(), at: None, findings }] } else { Vec::new() };
        Some(Verdict {
            slug: slug.clone(),
            incident: Some(Arc::new(incident)),
            withheld,
            restored: true,
            delayed,
        })
    }

    fn findings(&self, source: &Source) -> &[&'a Finding] {
        self.by_path.get(&*source.path).map(Vec::as_slice).unwrap_or_default()
    }

    /// The file with published words in their places again.
    fn put_back(
        &self,
        incident: &Arc<Incident>,
        held: &Held,
        lines: &[&RecordLine],
        departures: &[Departure<'_>],
    ) -> Arc<Incident> {
        let mut start = start_of(incident);
        let mut gone: HashSet<Timestamp> = HashSet::new();
        for departure in departures {
            match departure.change {
                Change::Value { .. } | Change::Summary { .. } => {
                    start = departure.line.text.as_deref().unwrap_or(start);
                }
                Change::Edited { .. } | Change::Deleted { .. } => {
                    gone.insert(departure.line.at);
                }
            }
        }
        if held.start {
            let recorded = lines.iter().rev().find(|line| line.statement_kind().is_none());
            start = recorded.and_then(|line| line.text.as_deref()).unwrap_or(start);
        }
        let kept =
            incident.updates.iter().filter(|update| !gone.contains(&update.at) && !held.has(update.at));
        let mut pieces: Vec<Piece<'_>> = kept
            .map(|update| Piece { at: update.at, markdown: update.span.of(incident.text()).into() })
            .collect();
        let published = lines.iter().filter_map(|line| Piece::of(line));
        pieces.extend(published.filter(|piece| gone.contains(&piece.at)));
        let source = Source::new(incident.path().clone(), assemble(start, pieces));
        let as_recorded = || self.read(&restore(&incident.slug, self.context.record)?);
        let Some(mut read) = self.read(&source).or_else(as_recorded) else {
            // What was published could be read once; should that have changed since, the file still stands.
            return leave_out(incident, held, |_| &[]);
        };
        read.slug = incident.slug.clone();
        read.translations.clone_from(&incident.translations);
        Arc::new(read)
    }

    fn read(&self, source: &Source) -> Option<Incident> {
        let file = File {
            path: source.path.clone(),
            bytes: Arc::from(source.text.as_bytes()),
            committed: Some(self.context.now),
        };
        read_incident(&file, &[], self.around).value
    }
}

/// What is held back of one incident.
#[derive(Default)]
struct Held {
    withheld: Vec<Withheld>,
    /// Front matter or summary.
    start: bool,
    /// Whether something newer than everything published is among it.
    delays: bool,
}

impl Held {
    fn of(
        incident: &Incident,
        findings: &[&Finding],
        lines: &[&RecordLine],
        departures: &[Departure<'_>],
    ) -> Self {
        let mut held = Self::default();
        if incident.imported {
            return held;
        }
        let is_out = |at: Timestamp| lines.iter().any(|line| line.at == at && is_written(line));
        let last = lines.iter().filter(|line| is_written(line)).map(|line| line.at).max();
        for finding in findings {
            let update = incident.updates.iter().find(|update| concerns(finding, update));
            match update {
                Some(update) if is_out(update.at) || publishes_anyway(&update.comments, finding) => {}
                Some(update) => {
                    held.delays |= last.is_none_or(|last| update.at > last);
                    held.hold(incident, Some(update.at), finding);
                }
                // Published words that are gone: the record has them.
                None if finding.update.is_some_and(is_out) => {}
                None if publishes_anyway(&incident.comments, finding) => {}
                None => {
                    let in_start = finding.span.start < start_of(incident).len();
                    held.start |= in_start && finding.rule != SILENT_EDIT;
                    held.delays |= !in_start;
                    held.hold(incident, None, finding);
                }
            }
        }
        // Published words under a new time would go out a second time.
        for departure in departures {
            let Change::Deleted { moved_to: Some(update) } = departure.change else { continue };
            let about = findings.iter().filter(|finding| finding.update == Some(departure.line.at));
            let findings = about.map(|finding| (*finding).clone()).collect();
            held.withheld.push(Withheld { incident: incident.slug.clone(), at: Some(update.at), findings });
        }
        held
    }

    fn hold(&mut self, incident: &Incident, at: Option<Timestamp>, finding: &Finding) {
        if let Some(withheld) = self.withheld.iter_mut().find(|withheld| withheld.at == at) {
            withheld.findings.push(finding.clone());
        } else {
            let incident = incident.slug.clone();
            self.withheld.push(Withheld { incident, at, findings: vec![finding.clone()] });
        }
    }

    fn has(&self, at: Timestamp) -> bool {
        self.withheld.iter().any(|withheld| withheld.at == Some(at))
    }
}

const SILENT_EDIT: &str = "silent-edit";

fn is_written(line: &RecordLine) -> bool {
    line.statement_kind().is_some_and(StatementKind::is_written)
}

/// Whether a finding is about an update, by its time, else by its place.
fn concerns(finding: &Finding, update: &Update) -> bool {
    finding.update.map_or_else(|| update.span.contains(finding.span), |at| at == update.at)
}

fn publishes_anyway(comments: &[Comment], finding: &Finding) -> bool {
    let asked = comments.iter().any(|comment| matches!(comment.directive, Directive::PublishAnyway { .. }));
    asked && overridable(&finding.rule)
}

/// The incident without its withheld updates, and without translations that may not be shown.
fn leave_out<'f>(
    incident: &Arc<Incident>,
    held: &Held,
    translation_findings: impl Fn(&Source) -> &'f [&'f Finding],
) -> Arc<Incident> {
    let unfit = |source: &Source, update: &Update| {
        let findings = translation_findings(source);
        findings
            .iter()
            .any(|finding| concerns(finding, update) && !publishes_anyway(&update.comments, finding))
    };
    let any_unfit = incident
        .translations
        .iter()
        .any(|translation| translation.updates.iter().any(|update| unfit(&translation.source, update)));
    let left_out: Vec<Timestamp> = held
        .withheld
        .iter()
        .filter_map(|withheld| withheld.at)
        .filter(|at| has_update(incident, *at))
        .collect();
    if left_out.is_empty() && !any_unfit {
        return incident.clone();
    }
    let mut published = (**incident).clone();
    published.updates.retain(|update| !left_out.contains(&update.at));
    for translation in &mut published.translations {
        let source = translation.source.clone();
        Arc::make_mut(translation).updates.retain(|update| !unfit(&source, update));
    }
    let mut hasher = DefaultHasher::new();
    (incident.fingerprint, &left_out, any_unfit).hash(&mut hasher);
    published.fingerprint = hasher.finish();
    Arc::new(published)
}

fn has_update(incident: &Incident, at: Timestamp) -> bool {
    incident.updates.iter().any(|update| update.at == at)
}
