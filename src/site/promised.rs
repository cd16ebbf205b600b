//! `/record/`: what we promised and what became of it; `/learned/`: reviews, and what they changed.
//!
//! Both pick from the same timelines as the incidents' own pages, so they cannot disagree with them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::frame::{self, Place};
use super::index::Site;
use super::plan::{Pages, Planned, Write, Writing};
use super::promise::{PromiseView, made_in, view};
use super::shown::Shown;
use super::statement::section_body;
use super::tongue::{Passage, Tongue};
use super::voice::{Voice, written};
use crate::content::SectionKind;
use crate::diag::Finding;
use crate::theme::Html;
use crate::timeline::{PromiseState, Statement, StatementKind, Tally};

/// How many months the table goes back, and how many settled promises and awaited reviews are listed. The pages of the
/// incidents have the rest.
const MONTHS: usize = 24;
const SETTLED: usize = 60;
const AWAITED: usize = 30;

/// `/record/`.
#[derive(Debug, Serialize)]
struct RecordPage {
    /// Newest first.
    months: Vec<MonthRow>,
    open: Vec<Made>,
    missed: Vec<Made>,
    settled: Vec<Made>,
}

/// What came due for the incidents that began in one month.
#[derive(Debug, Serialize)]
struct MonthRow {
    name: String,
    tally: Tally,
}

/// A promise with where it was made.
#[derive(Debug, Serialize)]
struct Made {
    promise: PromiseView,
    title: Passage,
    href: String,
}

/// `/learned/`.
#[derive(Debug, Serialize)]
struct LearnedPage {
    /// Newest first.
    reviews: Vec<Review>,
    /// Reviews that are due, of the newest incidents; and how many more are, in words.
    awaited: Vec<Awaited>,
    more: String,
}

#[derive(Debug, Serialize)]
struct Review {
    title: Passage,
    href: String,
    day: Html,
    /// Why it happened, in the words of the review.
    why: Option<Passage>,
    actions: Vec<PromiseView>,
}

#[derive(Debug, Serialize)]
struct Awaited {
    title: Passage,
    href: String,
    words: Html,
    late: bool,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for index in 0..site.tongues.len() {
        let (mut record, mut learned) = (site.fingerprint(index), site.fingerprint(index));
        for shown in told(site) {
            if shown.promised {
                record.add(&shown.fingerprint);
            }
            if shown.reviewed {
                learned.add(&shown.fingerprint);
            }
        }
        for shown in latest_months(site) {
            record.add(&shown.fingerprint);
        }
        let kinds: [(&str, u64, Write); 2] =
            [("record/", record.finish(), write_record), ("learned/", learned.finish(), write_learned)];
        for (folder, fingerprint, write) in kinds {
            pages.add(Planned {
                path: format!("{}{folder}index.html", site.tongues[index].prefix),
                fingerprint,
                tongue: index,
                item: 0,
                writing: Writing::Page(write),
                source: None,
            });
        }
    }
}

fn told<'s>(site: &'s Site<'_>) -> impl Iterator<Item = &'s Shown> {
    site.order.shown.iter().filter(|shown| shown.counts)
}

/// What began in the months of the table, newest month first.
fn latest_months<'s>(site: &'s Site<'_>) -> impl Iterator<Item = &'s Shown> {
    let months = site.order.by_month.values().rev().take(MONTHS);
    months.flatten().map(|place| &site.order.shown[*place]).filter(|shown| shown.counts)
}

fn write_record(site: &Site<'_>, index: usize, _item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let tongue = &site.tongues[index];
    let mut page = RecordPage {
        months: months(site, tongue),
        open: Vec::new(),
        missed: Vec::new(),
        settled: Vec::new(),
    };
    for shown in told(site).filter(|shown| shown.promised) {
        let voice = Voice::new(site, tongue, shown.incident());
        for promise in shown.timeline.promises.iter().rev() {
            let Some(made) = shown.timeline.statements.iter().find(|said| said.id == promise.statement)
            else {
                continue;
            };
            let list = match promise.state {
                PromiseState::Open => &mut page.open,
                PromiseState::Missed => &mut page.missed,
                PromiseState::Kept | PromiseState::KeptLate | PromiseState::Withdrawn => &mut page.settled,
            };
            list.push(Made {
                promise: view(site, &voice, promise, made),
                title: voice.title(),
                href: shown.href.clone(),
            });
        }
    }
    page.settled.truncate(SETTLED);
    let title = format!("{} – {}", tongue.strings.get("record.title"), site.view.settings.name);
    frame::page(site, "record.html", &Place { tongue: index, folder: "record/", title }, &page)
}

fn months(site: &Site<'_>, tongue: &Tongue<'_>) -> Vec<MonthRow> {
    let mut rows: BTreeMap<(i16, i8), MonthRow> = BTreeMap::new();
    for shown in latest_months(site) {
        let name = || tongue.month(shown.began.first_of_month());
        let row = rows
            .entry((shown.began.year(), shown.began.month()))
            .or_insert_with(|| MonthRow { name: name(), tally: Tally::default() });
        row.tally += shown.timeline.tally(&site.view.settings.plans);
    }
    rows.into_values().rev().collect()
}

fn write_learned(site: &Site<'_>, index: usize, _item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let tongue = &site.tongues[index];
    let mut page = LearnedPage { reviews: Vec::new(), awaited: Vec::new(), more: String::new() };
    for shown in told(site).filter(|shown| shown.reviewed) {
        let voice = Voice::new(site, tongue, shown.incident());
        if let Some(due) = shown.timeline.review_due {
            let late = due <= shown.timeline.now;
            let key = if late { "notice.review_late" } else { "notice.review_due" };
            let words = tongue.say(key, &[("day", &tongue.day(due))]);
            page.awaited.push(Awaited { title: voice.title(), href: shown.href.clone(), words, late });
        }
        let reviews = shown.timeline.statements.iter().rev();
        let reviews = reviews.filter(|statement| statement.kind == StatementKind::Review);
        page.reviews.extend(reviews.map(|statement| review(site, &voice, shown, statement)));
    }
    let more = page.awaited.len().saturating_sub(AWAITED);
    if more > 0 {
        page.awaited.truncate(AWAITED);
        page.more = tongue.strings.count("learned.more", more);
    }
    let title = format!("{} – {}", tongue.strings.get("learned.title"), site.view.settings.name);
    frame::page(site, "learned.html", &Place { tongue: index, folder: "learned/", title }, &page)
}

fn review(site: &Site<'_>, voice: &Voice<'_>, shown: &Shown, statement: &Statement) -> Review {
    let spoken = written(statement).and_then(|index| voice.update(index));
    let why = spoken.and_then(|spoken| {
        let section = spoken.update.sections.iter().find(|section| section.kind == SectionKind::Why)?;
        section_body(voice, spoken, section, false)
    });
    Review {
        title: voice.title(),
        href: format!("{}#{}", shown.href, statement.id.stamp()),
        day: voice.tongue.day(statement.at),
        why,
        actions: made_in(site, voice, &shown.timeline, statement),
    }
}

#[cfg(test)]
mod tests {
    use crate::site::town::{BURST, Town};

    const SAID: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\
        Promise: Ring every school; by 15:00; Dana Osei\nPromise: Open the standpipe; by 2026-12-24; Luis Marin\n\nWe closed the road.\n\n\
        ## 2026-11-21 14:40 Resolved\n\nWater runs since 14:30.\n\n\
        ## 2026-11-23 10:00 Review\n\n### Why\n\nThe main was 80 years old.\n\n### What we are changing\n\n\
        - [x] Print the list; by 2026-11-24; Luis Marin; done 2026-11-23\n- [ ] Fit alarms; by 2027-01-31; Luis Marin\n";

    fn town() -> Town {
        Town::new(&[("incidents/burst.md", &format!("{BURST}{SAID}"))]).awake_until("2026-11-25 10:00")
    }

    #[test]
    fn the_record_tells_what_became_of_each_promise() {
        let page = town().page("2026-11-25 10:00", "record/");
        page.says("Still to do To do Fit alarms");
        page.says("Not done in time Not done in time Ring every school; by 3pm ; Dana Osei Burst water main on Riverside Drive");
        page.says("Done on Monday 23 November 2026 Print the list");
        page.says("November 2026 1 0 0 0 0 1 0 1 0");
        assert_eq!(page.errors, Vec::<String>::new());
    }

    #[test]
    fn what_was_learned_names_the_reason_and_each_change_with_its_state() {
        let page = town().page("2026-11-25 10:00", "learned/");
        page.says("Why it happened The main was 80 years old.");
        page.says("To do Fit alarms");
        page.is_silent_about("Reviews to come");
        assert_eq!(page.errors, Vec::<String>::new());
        let before = Town::new(&[(
            "incidents/burst.md",
            &format!("{BURST}{}", SAID.split("## 2026-11-23").next().unwrap()),
        )])
        .awake_until("2026-11-22 10:00");
        before.page("2026-11-22 10:00", "learned/").says(
            "Reviews to come Burst water main on Riverside Drive Our review of what happened is due by",
        );
    }
}
