//! The page of an incident or of planned work: what holds now on top, then every statement, newest first.

use serde::Serialize;

use super::card::{ServiceLine, service_lines, when, worst};
use super::facts::{Link, Row, Speaker, area_links, class, held_rows, speaker};
use super::frame::{self, Place};
use super::index::Site;
use super::list::line;
use super::meta;
use super::notice::{Board, Notice, board, notices};
use super::plan::{Pages, Planned, Writing};
use super::promise::{PromiseView, made_in_updates};
use super::share::Share;
use super::shown::Shown;
use super::sign_up;
use super::statement::{self, StatementView};
use super::tongue::{Passage, Tongue};
use super::voice::Voice;
use crate::content::{ServiceState, Status};
use crate::diag::Finding;
use crate::theme::Html;
use crate::timeline::StatementKind;

#[derive(Debug, Serialize)]
struct Page {
    /// For programs, in the head.
    meta: Html,
    title: Passage,
    planned: bool,
    live: bool,
    class: &'static str,
    /// How it stands, in words.
    status: String,
    severity: String,
    services: Vec<ServiceLine>,
    areas: Vec<Link>,
    when: Html,
    notices: Vec<Notice>,
    board: Option<Board>,
    actions: Option<Passage>,
    summary: Option<Passage>,
    rows: Vec<Row>,
    owner: Option<Speaker>,
    contact: String,
    goodwill: Option<Passage>,
    days: Vec<Day>,
    promises: Vec<PromiseView>,
    estimates: Vec<Moved>,
    /// The windows of repeated work after the one on top.
    windows: Vec<Html>,
    /// Where one asks for mails about it; empty: nowhere, or it is over.
    follow: String,
    share: Share,
    related: Vec<Related>,
}

/// The statements of one day, newest first.
#[derive(Debug, Serialize)]
struct Day {
    day: Html,
    statements: Vec<StatementView>,
}

#[derive(Debug, Serialize)]
struct Related {
    title: Passage,
    href: String,
}

/// An estimate that did not hold.
#[derive(Debug, Serialize)]
struct Moved {
    class: &'static str,
    state: String,
    words: Html,
}

/// Where a page has moved.
#[derive(Debug, Serialize)]
struct Forward {
    title: Passage,
    href: String,
}

pub(super) fn plan(site: &Site<'_>, item: usize, pages: &mut Pages) {
    let shown = &site.order.shown[item];
    for (index, tongue) in site.tongues.iter().enumerate() {
        let mut fingerprint = site.fingerprint(index);
        fingerprint.add(&shown.fingerprint);
        for related in &shown.incident().related {
            fingerprint.add(&site.shown_as(related).map(|related| related.incident().fingerprint));
        }
        let fingerprint = fingerprint.finish();
        let source = Some(shown.incident().path().clone());
        let page = |path, write| Planned {
            path,
            fingerprint,
            tongue: index,
            item,
            writing: Writing::Page(write),
            source: source.clone(),
        };
        pages.add(page(format!("{}{}index.html", tongue.prefix, shown.href), write));
        for alias in &shown.incident().aliases {
            let folder = shown.incident().folder();
            pages.add(page(format!("{}{folder}/{alias}/index.html", tongue.prefix), moved));
        }
    }
}

fn write(site: &Site<'_>, index: usize, item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let (tongue, shown) = (&site.tongues[index], &site.order.shown[item]);
    let voice = Voice::new(site, tongue, shown.incident());
    let page = page(site, tongue, &voice, shown);
    let title = format!("{}: {} – {}", page.status, voice.plain_title(), site.view.settings.name);
    frame::page(site, "incident.html", &Place { tongue: index, folder: &shown.href, title }, &page)
}

fn page(site: &Site<'_>, tongue: &Tongue<'_>, voice: &Voice<'_>, shown: &Shown) -> Page {
    let (timeline, incident) = (&shown.timeline, shown.incident());
    let live = shown.phase.is_live();
    let severity = timeline.facts.severity.word();
    let above = live || end_says_what_to_do(shown);
    Page {
        meta: meta::incident(site, tongue, shown),
        title: voice.title(),
        planned: incident.is_maintenance(),
        live,
        class: if live { worst(shown) } else { ended(timeline.status) },
        status: line(site, tongue, shown).status,
        severity: tongue.word(&format!("severity.{severity}")),
        services: service_lines(site, tongue, shown),
        areas: area_links(site, tongue, &timeline.facts.areas),
        when: when(tongue, shown),
        notices: notices(site, voice, shown),
        board: board(voice, shown),
        actions: if above { voice.actions(timeline, 3) } else { None },
        summary: voice.summary(),
        rows: held_rows(voice, timeline, live),
        owner: speaker(site, tongue, timeline.facts.owner.as_ref()),
        contact: incident.contact.as_ref().map(|contact| contact.value.clone()).unwrap_or_default(),
        goodwill: (!incident.goodwill.is_empty())
            .then(|| voice.passage(Html::text(&incident.goodwill), &incident.lang)),
        days: days(site, tongue, voice, shown, above),
        promises: made_in_updates(site, voice, timeline),
        estimates: estimates(tongue, shown),
        windows: windows(tongue, shown),
        follow: if live { sign_up::follow(site, tongue, shown) } else { String::new() },
        share: Share::of(site, tongue, shown),
        related: related(site, tongue, shown),
    }
}

/// What stands beside the word for an end: that it works again, or nothing where work was cancelled or nobody said how it
/// ended.
fn ended(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Resolved | Status::Completed) => class(ServiceState::Operational),
        _ => "over",
    }
}

/// Whether the statement that ended it says what to do now, such as to let the tap run.
fn end_says_what_to_do(shown: &Shown) -> bool {
    let timeline = &shown.timeline;
    let last = timeline.statements.iter().rev().find(|s| matches!(s.kind, StatementKind::Update(_)));
    let index = last.and_then(super::voice::written);
    let update = index.and_then(|index| shown.incident().updates.get(index));
    let held = timeline.facts.actions;
    update.zip(held).is_some_and(|(update, held)| update.sections.iter().any(|section| section.body == held))
}

/// Estimates that passed or were moved, oldest first.
fn estimates(tongue: &Tongue<'_>, shown: &Shown) -> Vec<Moved> {
    let given = &shown.timeline.estimates;
    let near = super::facts::said_near(&shown.timeline);
    let moved = given.iter().enumerate().filter_map(|(index, estimate)| {
        let at = estimate.fix.at?;
        let next = given.get(index + 1).filter(|next| next.fix.at != Some(at));
        let (class, key) = match next {
            _ if estimate.passed => ("missed", "estimate.missed"),
            Some(_) => ("moved", "estimate.moved"),
            None => return None,
        };
        let (time, said) = (tongue.moment_near(at, near), tongue.said(estimate.said_at, near));
        let words = tongue.say("estimate.was", &[("time", &time), ("said", &said)]);
        Some(Moved { class, state: tongue.word(key), words })
    });
    moved.collect()
}

/// How many windows of repeated work are told ahead.
const AHEAD: usize = 3;

fn windows(tongue: &Tongue<'_>, shown: &Shown) -> Vec<Html> {
    let timeline = &shown.timeline;
    let Some(standing) = timeline.facts.window.filter(|_| shown.phase.is_live()) else { return Vec::new() };
    let later =
        timeline.series.iter().filter(|one| one.window.start > standing.start && one.cancelled.is_none());
    later.take(AHEAD).map(|one| tongue.span(one.window.start, one.window.end)).collect()
}

fn days(
    site: &Site<'_>,
    tongue: &Tongue<'_>,
    voice: &Voice<'_>,
    shown: &Shown,
    actions_above: bool,
) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let mut last = None;
    for statement in shown.timeline.statements.iter().rev() {
        let date = tongue.local(statement.at).date();
        let view = statement::view(site, voice, shown, statement, actions_above);
        match days.last_mut().filter(|_| last == Some(date)) {
            Some(day) => day.statements.push(view),
            None => days.push(Day { day: tongue.day(statement.at), statements: vec![view] }),
        }
        last = Some(date);
    }
    let newest = days.first_mut().and_then(|day| day.statements.first_mut());
    if let (Some(newest), Some(said)) = (newest, shown.timeline.statements.last()) {
        newest.feedback = sign_up::feedback(site, tongue, shown, said);
    }
    days
}

fn related(site: &Site<'_>, tongue: &Tongue<'_>, shown: &Shown) -> Vec<Related> {
    let found = shown.incident().related.iter().filter_map(|slug| site.shown_as(slug));
    found
        .map(|other| Related {
            title: Voice::new(site, tongue, other.incident()).title(),
            href: other.href.clone(),
        })
        .collect()
}

/// The page at an earlier slug.
fn moved(site: &Site<'_>, index: usize, item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let (tongue, shown) = (&site.tongues[index], &site.order.shown[item]);
    let voice = Voice::new(site, tongue, shown.incident());
    let title = format!("{} – {}", voice.plain_title(), site.view.settings.name);
    let moved = Forward { title: voice.title(), href: shown.href.clone() };
    // As deep as the page it stands for, so its own path serves for the links.
    frame::page(site, "moved.html", &Place { tongue: index, folder: &shown.href, title }, &moved)
}

#[cfg(test)]
mod tests {
    use crate::site::town::{BURST, Town};

    const FIRST: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\
        Affected: about 1,200 homes, counted from pressure sensors\n\
        Expected fix: 15:00, because the pipe is on the truck\n\nWe closed Riverside Drive.\n\n";
    const FOLDER: &str = "incidents/burst/";

    #[test]
    fn statements_stand_newest_first_with_the_due_time_that_each_gave() {
        let updates = format!("{FIRST}## 2026-11-21 14:38 Identified\n\nThe break is at 4th Street.\n\n");
        let page = Town::burst(&updates).awake_until("14:40").page("14:40", FOLDER);
        page.says("Identified · Major Burst water main on Riverside Drive");
        page.says("Next update by 3:08pm");
        page.says(
            "Saturday 21 November 2026 2:38pm Identified The break is at 4th Street. Next update by 3:08pm \
             2:10pm Investigating We closed Riverside Drive. Who is affected about 1,200 homes How we know: \
             counted from pressure sensors Expected fix 3pm Why we think so: the pipe is on the truck \
             Next update by 2:40pm",
        );
        assert_eq!(page.errors, Vec::<String>::new());
    }

    #[test]
    fn where_nothing_publishes_the_page_admits_that_we_are_late() {
        let town = Town::burst(FIRST).awake_until("14:11");
        town.page("14:39", FOLDER).is_silent_about("late");
        let page = town.page("14:40", FOLDER);
        page.says("An update was due by 2:40pm . It is late.");
        assert!(page.html.contains("class=\"board late\""));
    }

    #[test]
    fn a_holding_update_is_quieter_and_a_passed_estimate_is_admitted() {
        let town = Town::burst(FIRST).awake_until("15:09");
        let page = town.page("15:09", FOLDER);
        page.says(
            "We said that we expected this to be fixed by 3pm . It is not fixed, and we have no new estimate.",
        );
        page.says("2:38pm No news yet We have nothing new to tell you since 2:10pm.");
        assert!(page.html.contains("<article class=\"statement holding\" id=\"20261121T2040Zh\">"));
        page.is_silent_about("Expected fix 3pm Why we think so: the pipe is on the truck Who is responsible");
        let updates = format!(
            "{FIRST}## 2026-11-21 15:05 Identified\n\nExpected fix: 18:00, because the new pipe is cut\n\nWe go on.\n\n"
        );
        let page = Town::burst(&updates).awake_until("15:09").page("15:09", FOLDER);
        page.says(
            "We said that we expected this to be fixed by 3pm . It is not fixed. We now expect it by 6pm .",
        );
    }

    #[test]
    fn a_correction_is_marked_and_linked_both_ways() {
        let updates = format!(
            "{FIRST}## 2026-11-21 14:30 Correction\n\nCorrects: 14:10, we said 1,200 homes; it is 1,900\n\n\
             We left out the loop.\n\n"
        );
        let page = Town::burst(&updates).awake_until("14:31").page("14:31", FOLDER);
        page.says(
            "2:30pm Correction This corrects what we said at 2:10pm : we said 1,200 homes; it is 1,900",
        );
        page.says("2:10pm Investigating We corrected this at 2:30pm . We closed Riverside Drive.");
        for link in ["#20261121T2010Z", "#20261121T2030Z"] {
            assert!(page.links.iter().any(|known| known == link), "{:?}", page.links);
        }
    }

    #[test]
    fn retracted_text_is_gone_and_a_note_stands_in_its_place() {
        let updates = format!(
            "{FIRST}## 2026-11-21 14:30 Correction\n\nRetracts: 14:10, it named a resident\n\nWe took it down.\n\n"
        );
        let town = Town::burst(&updates).awake_until("14:31");
        let page = town.page("14:31", FOLDER);
        page.says("The text of this statement was taken down. We said why at 2:30pm .");
        page.says("This takes down what we said at 2:10pm : it named a resident");
        page.is_silent_about("We closed Riverside Drive");
        for (path, bytes) in town.outputs("14:31").iter().filter(|(path, _)| !path.ends_with(".jsonl")) {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("We closed Riverside Drive"), "{path}");
        }
    }

    #[test]
    fn what_came_late_shows_both_times_and_names_the_gap() {
        let updates = format!("{FIRST}## 2026-11-21 14:50 Identified\n\nThe break is at 4th Street.\n\n");
        // The daemon slept from 14:15 until 15:30.
        let town = Town::burst(FIRST).awake_until("14:15");
        let mut woke = Town::burst(&updates);
        woke.record = town.record;
        let page = woke.awake_at("15:30").page("15:30", FOLDER);
        page.says("Written for Saturday 21 November 2026 at 2:50pm , published at 3:30pm .");
        page.says("We had promised 2 updates between 2:40pm and 3:10pm and gave none.");
    }

    #[test]
    fn what_is_withheld_or_cannot_be_read_is_said() {
        let mut town = Town::burst(FIRST).awake_until("14:11");
        town.withheld = Some("burst".into());
        town.page("14:20", FOLDER).says("Our next statement is delayed.");
        town.withheld = None;
        town.content.unreadable = vec![("burst".into(), "content/incidents/burst.md".into())];
        let page = town.page("14:20", FOLDER);
        page.says("A statement is being corrected. Until it is, this page shows what we last published.");
    }

    #[test]
    fn an_end_that_was_not_one_is_admitted() {
        let updates = format!(
            "{FIRST}## 2026-11-21 14:30 Resolved\n\nWater is back.\n\n## 2026-11-21 14:50 Identified\n\nIt broke again.\n\n"
        );
        let town = Town::burst(&updates).awake_until("14:51");
        town.page("14:31", FOLDER).says("Resolved after 35 minutes");
        let page = town.page("14:51", FOLDER);
        page.says("We had said that this was over. It has been open again since Saturday 21 November 2026 at 2:50pm .");
        page.says("2:50pm Identified We had said that this was over. It is open again. It broke again.");
    }

    #[test]
    fn planned_work_past_its_end_is_not_called_over() {
        let file = "+++\ntitle = \"New valves\"\nservices = [\"water-supply\"]\nowner = \"dana-osei\"\n\
            start = 2026-11-21T09:00:00\nend = 2026-11-21T12:00:00\n+++\n\nWe replace four valves.\n";
        let town = Town::new(&[("maintenance/valves.md", file)]);
        let page = town.page("11:00", "maintenance/valves/");
        page.says("In progress New valves");
        page.says("9am to midday on Saturday 21 November 2026");
        let page = town.page("12:30", "maintenance/valves/");
        page.says("This work was to end by Saturday 21 November 2026 at midday ; not confirmed.");
    }

    #[test]
    fn a_review_shows_its_tasks_with_what_became_of_them_and_is_asked_for() {
        let resolved = format!("{FIRST}## 2026-11-21 14:30 Resolved\n\nWater is back.\n\n");
        let town = Town::burst(&resolved).awake_until("14:31");
        town.page("14:31", FOLDER).says("Our review of what happened is due by Tuesday 1 December 2026 .");
        town.page("2026-12-02 00:00", FOLDER)
            .says("Our review was due by Tuesday 1 December 2026 . It is late.");
        let review = "## 2026-11-28 10:00 Review\n\n### What we are changing\n\nTwo things.\n\n\
            - [ ] Fit alarms; by 2027-01-31; Luis Marin\n\
            - [x] Publish the list; by 2026-12-05; Dana Osei; done 2026-12-03\n";
        let town = Town::burst(&format!("{resolved}{review}")).awake_until("2026-12-04 09:00");
        let page = town.page("2026-12-04 09:00", FOLDER);
        page.says(
            "What we are changing Two things. To do Fit alarms; by Sunday 31 January 2027 ; Luis Marin \
             Done on Thursday 3 December 2026 Publish the list; by Saturday 5 December 2026 ; Dana Osei",
        );
        page.is_silent_about("is due by");
    }

    #[test]
    fn what_is_not_translated_is_marked_and_what_is_comes_in_its_language() {
        let french = "+++\ntitle = \"Conduite rompue\"\n+++\n\nUne conduite s'est rompue.\n\n\
            ## 2026-11-21 14:10 Enquête en cours\n\nTouchés : environ 1 200 logements, comptés par les capteurs\n\
            Réparation prévue : 15:00, car le tuyau est sur le camion\n\nNous avons fermé Riverside Drive.\n";
        let updates = format!("{FIRST}## 2026-11-21 14:20 Identified\n\nThe break is at 4th Street.\n");
        let town = Town::new(&[
            ("incidents/burst.md", &format!("{BURST}{updates}")),
            ("incidents/burst.fr.md", french),
        ]);
        let page = town.awake_until("14:21").page("14:21", "fr/incidents/burst/");
        page.says("Problème trouvé · Majeur Conduite rompue");
        page.says("Tout n'est pas encore traduit. Ce qui manque est en anglais.");
        page.says("14 h 10 Enquête en cours Nous avons fermé Riverside Drive.");
        page.says("environ 1 200 logements Comment nous le savons : comptés par les capteurs");
        assert!(
            page.html.contains(
                "<div class=\"prose\" lang=\"en\" dir=\"ltr\">\n<p>The break is at 4th Street.</p>"
            )
        );
        assert!(page.html.starts_with("<!DOCTYPE html>\n<html lang=\"fr\" dir=\"ltr\">"));
    }

    #[test]
    fn links_are_relative_and_lead_to_pages_of_the_site() {
        let town = Town::burst(FIRST).awake_until("14:11");
        let outputs = town.outputs("14:11");
        let paths: Vec<&str> = outputs.iter().map(|(path, _)| path.as_str()).collect();
        for (path, bytes) in outputs.iter().filter(|(path, _)| path.ends_with("index.html")) {
            let page = crate::site::town::Page::read(std::str::from_utf8(bytes).unwrap());
            assert_eq!(page.errors, Vec::<String>::new(), "{path}");
            for link in page.links.iter().filter(|link| !link.contains(':') && !link.starts_with('#')) {
                let mut at: Vec<&str> = path.split('/').collect();
                at.pop();
                for part in link.split('/') {
                    match part {
                        ".." => assert!(at.pop().is_some(), "{link} leaves the site from {path}"),
                        "." | "" => {}
                        part => at.push(part),
                    }
                }
                let target = at.join("/");
                let found = [target.clone(), format!("{target}/index.html")]
                    .iter()
                    .any(|path| paths.contains(&path.trim_start_matches('/')));
                assert!(found, "{link} on {path} leads nowhere: {target}");
            }
        }
    }

    #[test]
    fn an_earlier_name_leads_to_the_page() {
        let renamed = format!("{BURST}{FIRST}").replace("started", "aliases = [\"old-name\"]\nstarted");
        let town = Town::new(&[("incidents/burst.md", &renamed)]);
        let page = town.page("14:11", "incidents/old-name/");
        assert!(
            page.html.contains("<meta http-equiv=\"refresh\" content=\"0; url=../../incidents/burst/\">")
        );
    }
}
