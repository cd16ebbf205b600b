//! `/quality/`: words that were published although a rule withheld them, and findings that were silenced, each with its
//! rule, its reason, who answered for it and when.

use serde::Serialize;

use super::frame::{self, Place};
use super::index::Site;
use super::plan::{Pages, Planned, Writing};
use super::shown::Shown;
use super::tongue::{Passage, Tongue};
use super::voice::Voice;
use crate::diag::Finding;
use crate::lint::{How, SetAside};
use crate::theme::Html;
use crate::timeline::{Statement, Words};

#[derive(Debug, Default, Serialize)]
struct QualityPage {
    /// Newest first.
    published: Vec<Entry>,
    silenced: Vec<Entry>,
}

/// One comment of an author.
#[derive(Debug, Serialize)]
struct Entry {
    rules: Vec<RuleLink>,
    because: Passage,
    title: Passage,
    href: String,
    /// Who answers for the words, and when they were said; without a person, the moment alone.
    said: Html,
    /// Until when it is silenced.
    until: Option<Html>,
}

#[derive(Debug, Serialize)]
struct RuleLink {
    id: String,
    /// Where the site's settings say that the rule is explained; else empty.
    href: String,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for (index, tongue) in site.tongues.iter().enumerate() {
        let mut fingerprint = site.fingerprint(index);
        fingerprint.add("quality").add(&site.view.settings.lint.rules_url);
        for (set_aside, shown, _) in told(site) {
            fingerprint.add(set_aside).add(&shown.fingerprint);
        }
        pages.add(Planned {
            path: format!("{}quality/index.html", tongue.prefix),
            fingerprint: fingerprint.finish(),
            tongue: index,
            item: 0,
            writing: Writing::Page(write),
            source: None,
        });
    }
}

/// What was set aside in words that are shown, newest first, with the statement that it is about.
fn told<'s>(site: &'s Site<'_>) -> Vec<(&'s SetAside, &'s Shown, Option<&'s Statement>)> {
    let mut told: Vec<_> = site
        .view
        .set_aside
        .iter()
        .filter_map(|set_aside| {
            let shown = site.shown_as(&set_aside.incident)?;
            let Some(at) = set_aside.update else { return Some((set_aside, shown, None)) };
            let is_said = |said: &&Statement| said.at == at && matches!(said.words, Words::Written(_));
            let statement = shown.timeline.statements.iter().find(is_said)?;
            Some((set_aside, shown, Some(statement)))
        })
        .collect();
    let when = |shown: &Shown, said: &Option<&Statement>| said.map_or(shown.start(), |said| said.at);
    told.sort_by_key(|(_, shown, said)| std::cmp::Reverse(when(shown, said)));
    told
}

fn write(site: &Site<'_>, index: usize, _item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let tongue = &site.tongues[index];
    let mut page = QualityPage::default();
    for (set_aside, shown, statement) in told(site) {
        let list = match set_aside.how {
            How::PublishedAnyway => &mut page.published,
            How::Silenced { .. } => &mut page.silenced,
        };
        list.push(entry(site, tongue, set_aside, shown, statement));
    }
    let title = format!("{} – {}", tongue.strings.get("quality.title"), site.view.settings.name);
    frame::page(site, "quality.html", &Place { tongue: index, folder: "quality/", title }, &page)
}

fn entry(
    site: &Site<'_>,
    tongue: &Tongue<'_>,
    set_aside: &SetAside,
    shown: &Shown,
    statement: Option<&Statement>,
) -> Entry {
    let voice = Voice::new(site, tongue, shown.incident());
    let at = statement.map_or(shown.start(), |statement| statement.at);
    let who = statement.and_then(|said| said.by.as_ref()).or(shown.timeline.facts.owner.as_ref());
    let moment = tongue.moment(at);
    let said = who.map_or(moment.clone(), |who| {
        let name = Html::text(site.person_name(who.as_str()));
        tongue.say("quality.said", &[("name", &name), ("time", &moment)])
    });
    let until = match set_aside.how {
        How::Silenced { until: Some(day) } => {
            let midnight = day.to_zoned(site.view.settings.zone.clone());
            midnight.ok().map(|day| tongue.say("quality.until", &[("day", &tongue.day(day.timestamp()))]))
        }
        How::Silenced { until: None } | How::PublishedAnyway => None,
    };
    let pages = site.view.settings.lint.rules_url.as_deref().unwrap_or_default();
    let rule = |id: &String| RuleLink { id: id.clone(), href: pages.replace("{rule}", id) };
    Entry {
        rules: set_aside.rules.iter().map(rule).collect(),
        because: voice.passage(Html::text(&set_aside.because), &set_aside.lang),
        title: voice.title(),
        href: statement.map_or_else(
            || shown.href.clone(),
            |statement| format!("{}#{}", shown.href, statement.id.stamp()),
        ),
        said,
        until,
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::{How, SetAside};
    use crate::site::town::{Town, at};

    const SAID: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\nWe hope to fix it soon.\n";

    fn set_aside(how: How) -> SetAside {
        SetAside {
            incident: "burst".into(),
            update: Some(at("14:10")),
            how,
            rules: vec!["unbacked-soon".to_owned()],
            because: "the crew asked".to_owned(),
            lang: "en".to_owned(),
        }
    }

    #[test]
    fn what_was_set_aside_is_told_with_rule_reason_person_and_time() {
        let mut town = Town::burst(SAID).awake_until("14:12");
        let silenced = How::Silenced { until: Some(jiff::civil::date(2026, 12, 24)) };
        town.set_aside = vec![set_aside(How::PublishedAnyway), set_aside(silenced)];
        let page = town.page("14:12", "quality/");
        page.says(
            "Published against the check unbacked-soon the crew asked Burst water main on Riverside Drive \
             Dana Osei, Saturday 21 November 2026 at 2:10pm",
        );
        page.says("Findings put aside unbacked-soon the crew asked until Thursday 24 December 2026");
        assert_eq!(page.errors, Vec::<String>::new());
    }

    #[test]
    fn what_is_not_published_is_not_told() {
        let mut town = Town::burst(SAID).awake_until("14:12");
        let later = SetAside { update: Some(at("14:20")), ..set_aside(How::PublishedAnyway) };
        let elsewhere = SetAside { incident: "other".into(), ..set_aside(How::PublishedAnyway) };
        town.set_aside = vec![later, elsewhere];
        let page = town.page("14:12", "quality/");
        page.says("Nothing was published against the check.");
        page.is_silent_about("unbacked-soon");
    }

    #[test]
    fn a_comment_more_renders_only_this_page() {
        let before = Town::burst(SAID).awake_until("14:12");
        let mut after = Town::burst(SAID).awake_until("14:12");
        after.set_aside = vec![set_aside(How::PublishedAnyway)];
        assert_eq!(
            after.stale_after("14:12", &before, "14:12"),
            ["fr/quality/index.html", "quality/index.html"]
        );
    }
}
