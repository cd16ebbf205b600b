//! Silencing: `<!-- candor: allow(RULE) because REASON [until DATE] -->` takes a rule's findings out of the block that it
//! stands before, and nothing else. Before an update's first block it also takes out what is about the update as a whole.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Context, Place};
use crate::content::{Comment, Directive, Incident, Update};
use crate::diag::Finding;
use crate::text::{Source, Span, Spanned};

/// One `allow` comment and what became of it.
#[derive(Debug)]
pub struct Allow<'a> {
    pub rule: &'a Spanned<String>,
    pub because: &'a str,
    pub until: Option<Date>,
    /// The comment's own place.
    pub place: Place<'a>,
    /// Whether its date has passed: it silences nothing any more.
    pub expired: bool,
    /// Whether it silenced something.
    pub used: bool,
    /// Whether the rule could have found something here: it is on, and has phrases for the language.
    pub judged: bool,
    block: Span,
    /// What else it covers, as the first block of an update or a summary: heading and header, or the front matter.
    above: Option<Span>,
}

impl<'a> Allow<'a> {
    /// All `allow` comments of an incident and its translations, in order.
    pub(super) fn all(context: &Context<'_>, incident: &'a Incident) -> Vec<Self> {
        let mut allows = Vec::new();
        let translated = || incident.translations.iter().flat_map(|translation| &translation.updates);
        let mut updates = incident.updates.iter().chain(translated());
        if incident.comments.is_empty() && updates.all(|update| update.comments.is_empty()) {
            return allows;
        }
        let today = context.now.to_zoned(context.settings.zone.clone()).date();
        let front = Span::new(0, incident.summary.start);
        for comment in &incident.comments {
            let place = Place { source: &incident.source, span: comment.span, update: None };
            allows.extend(Self::read(comment, place, front, today));
        }
        let mut of_updates = |source: &'a Source, updates: &'a [Update]| {
            for update in updates {
                for comment in &update.comments {
                    let place = Place { source, span: comment.span, update: Some(update.at) };
                    let above = Span::new(update.heading.start, update.body.start);
                    allows.extend(Self::read(comment, place, above, today));
                }
            }
        };
        of_updates(&incident.source, &incident.updates);
        for translation in &incident.translations {
            of_updates(&translation.source, &translation.updates);
        }
        allows
    }

    fn read(comment: &'a Comment, place: Place<'a>, above: Span, today: Date) -> Option<Self> {
        let Directive::Allow { rule, because, until } = &comment.directive else { return None };
        let between = Span::new(above.end, comment.span.start).of(&place.source.text);
        Some(Self {
            rule,
            because,
            until: *until,
            place,
            expired: until.is_some_and(|until| until < today),
            used: false,
            judged: true,
            block: comment.block,
            above: only_comments(between).then_some(above),
        })
    }

    fn covers(&self, finding: &Finding) -> bool {
        !self.expired
            && finding.rule == self.rule.value
            && Arc::ptr_eq(&finding.path, &self.place.source.path)
            && (self.block.contains(finding.span)
                || self.above.is_some_and(|above| above.contains(finding.span)))
    }
}

/// The findings that no comment silences; marks the comments that silenced some.
pub(super) fn silence(findings: Vec<Finding>, allows: &mut [Allow<'_>]) -> Vec<Finding> {
    findings
        .into_iter()
        .filter(|finding| {
            let mut silenced = false;
            for allow in allows.iter_mut().filter(|allow| allow.covers(finding)) {
                allow.used = true;
                silenced = true;
            }
            !silenced
        })
        .collect()
}

/// Whether a stretch of markdown holds nothing but comments and blanks.
fn only_comments(mut text: &str) -> bool {
    loop {
        text = text.trim_start();
        if text.is_empty() {
            return true;
        }
        let Some(rest) = text.strip_prefix("<!--") else { return false };
        let Some(end) = rest.find("-->") else { return false };
        text = &rest[end + 3..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_and_blanks_may_stand_before_the_first_block() {
        assert!(only_comments(" \r\n<!-- a --> <!-- b -->\n"));
        assert!(!only_comments("Words. <!-- a -->"));
        assert!(!only_comments("<!-- not closed"));
    }
}
