//! The end of a played demo: statements, mails for each subscriber, promises kept and missed.

use super::super::publisher::books;
use super::super::table::table;
use super::super::{Daemon, Problem};
use crate::outbox::Search;
use crate::text::Slug;
use crate::timeline::{PromiseState, StatementKind, When};

pub(super) fn summary(daemon: &mut Daemon, slug: &Slug) -> Result<String, Problem> {
    let settings = daemon.place().settings.clone();
    let when = When::new(&settings.zone, "en");
    let Some(timeline) = daemon.timeline(slug) else { return Ok(String::new()) };
    let mut text = format!("\n{}\n\n", timeline.incident.title.value);
    let statements: Vec<Vec<String>> = timeline
        .statements
        .iter()
        .map(|said| {
            let due = said
                .due
                .map_or_else(String::new, |due| format!("next by {}", when.near(due, said.said_at())));
            vec![when.full(said.said_at()), kind(said.kind), due]
        })
        .collect();
    text.push_str(&table(&["said", "statement", "promised"], &statements, ""));

    let tally = timeline.tally(&settings.plans);
    let estimates = format!("estimates: {} kept, {} missed", tally.fixes_kept, tally.fixes_missed);
    let spoken = format!(
        "next updates: {} by a person, {} by a holding update, {} missed",
        tally.spoken, tally.held, tally.missed
    );
    let settled = |state| timeline.promises.iter().filter(|promise| promise.state == state).count();
    let promises = format!(
        "other promises: {} kept, {} kept late, {} missed",
        settled(PromiseState::Kept),
        settled(PromiseState::KeptLate),
        settled(PromiseState::Missed)
    );
    text.push_str(&format!("\nPromises\n  {spoken}\n  {estimates}\n  {promises}\n\n"));

    let Some(ledger) = daemon.ledger() else { return Ok(text) };
    let mut people = Vec::new();
    ledger.find(&Search::default(), &mut |person| people.push(person)).map_err(books)?;
    let mut rows = Vec::new();
    for person in people {
        let mails = ledger.history(person.id).map_err(books)?.map_or(0, |history| history.mails.len());
        rows.push(vec![
            person.name,
            person.email,
            format!("pace {}", person.pace.word()),
            format!("{mails} mails"),
        ]);
    }
    text.push_str(&table(&["subscriber", "address", "asked for", "got"], &rows, "Nobody had subscribed."));
    text.push_str(&format!(
        "\nRead them in {}; the page is in {}.\n",
        daemon.place().keep("mail/new").display(),
        daemon.place().out().join("incidents").join(slug.as_str()).display()
    ));
    Ok(text)
}

fn kind(kind: StatementKind) -> String {
    match kind {
        StatementKind::Update(status) => status.word().to_owned(),
        StatementKind::Holding => "holding update".to_owned(),
        StatementKind::Correction => "correction".to_owned(),
        StatementKind::Review => "review".to_owned(),
        StatementKind::FollowUp => "follow-up".to_owned(),
    }
}
