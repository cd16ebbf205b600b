//! What authors set aside, each time with a reason: findings silenced, and withheld words published all the same. Both are
//! told in public, on the quality page, so that nobody has to ask who may overrule the rules.

use jiff::Timestamp;
use jiff::civil::Date;

use super::withheld::{concerns, publishes_anyway};
use super::{Allow, rule};
use crate::content::{Comment, Directive, Incident};
use crate::diag::Finding;
use crate::text::Slug;

/// One comment by which an author set findings aside.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SetAside {
    pub incident: Slug,
    /// Heading time of the update; `None`: title, front matter or summary.
    pub update: Option<Timestamp>,
    pub how: How,
    /// The rules, in order, each once. Of words published anyway they may be gone, where the rule looks at history or clock.
    pub rules: Vec<String>,
    /// As the author wrote it.
    pub because: String,
    /// BCP 47 tag of the file that the comment stands in.
    pub lang: String,
}

/// What became of the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// They are not told.
    Silenced { until: Option<Date> },
    /// They are told, and withhold nothing.
    PublishedAnyway,
}

/// What the comments of an incident silenced.
pub(super) fn silenced(incident: &Incident, allows: &[Allow<'_>]) -> Vec<SetAside> {
    let used = allows.iter().filter(|allow| allow.used);
    used.map(|allow| SetAside {
        incident: incident.slug.clone(),
        update: allow.place.update,
        how: How::Silenced { until: allow.until },
        rules: vec![allow.rule.value.clone()],
        because: allow.because.to_owned(),
        lang: incident
            .translations
            .iter()
            .find(|translation| translation.source.path == allow.place.source.path)
            .map_or(&incident.lang, |translation| &translation.lang)
            .clone(),
    })
    .collect()
}

/// What an incident and its translations publish against `findings`, which are all those about it.
pub fn overruled(incident: &Incident, findings: &[Finding]) -> Vec<SetAside> {
    let one = |comment: &Comment, update: Option<Timestamp>, lang: &str, path: &str| {
        let Directive::PublishAnyway { because } = &comment.directive else { return None };
        let about = |finding: &&Finding| {
            let of = incident.updates.iter().find(|update| concerns(finding, update)).map(|update| update.at);
            &*finding.path == path && of == update
        };
        let withheld = findings.iter().filter(about).filter(|finding| {
            (finding.withholds || rule(&finding.rule).is_some_and(|rule| rule.withholds))
                && publishes_anyway(std::slice::from_ref(comment), finding)
        });
        let mut rules: Vec<String> = withheld.map(|finding| finding.rule.to_string()).collect();
        rules.sort();
        rules.dedup();
        let (incident, because) = (incident.slug.clone(), because.clone());
        Some(SetAside { incident, update, how: How::PublishedAnyway, rules, because, lang: lang.to_owned() })
    };
    let (own, path) = (&*incident.lang, &*incident.source.path);
    let above = incident.comments.iter().filter_map(|comment| one(comment, None, own, path));
    let updates = incident.updates.iter().flat_map(|update| {
        update.comments.iter().filter_map(|comment| one(comment, Some(update.at), own, path))
    });
    let translated = incident.translations.iter().flat_map(|translation| {
        let (lang, path) = (&*translation.lang, &*translation.source.path);
        let updates = translation.updates.iter();
        updates.flat_map(move |update| {
            update.comments.iter().map(move |comment| (comment, Some(update.at), lang, path))
        })
    });
    let translated = translated.filter_map(|(comment, update, lang, path)| one(comment, update, lang, path));
    above.chain(updates).chain(translated).collect()
}
