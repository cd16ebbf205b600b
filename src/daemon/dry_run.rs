//! `run --dry-run`: who would get what. Publishes and sends nothing, and writes nothing.

use jiff::Timestamp;

use super::judge::{Timelines, judge};
use super::publisher::{audience, books};
use super::table::table;
use super::turn::{published_settings, speak};
use super::{Place, Problem, Publisher, Sources, known};
use crate::outbox::{Ledger, Search, Subscriber, SubscriberState, UpdateKind};

/// What a turn at `now` would publish, and to whom, in words.
pub fn dry_run(place: &Place, now: Timestamp) -> Result<String, Problem> {
    let files = Sources::open(place)?.published(now)?.files;
    let (settings, _) = published_settings(&files, place);
    let record = known::record(place)?;
    let judgement = judge(&files, &settings, &record, now);
    let mut publisher = Publisher::with_record(record);
    let said = speak(&mut publisher, &mut Timelines::default(), &settings, &judgement, now)?;
    let (people, waiting) = people(place)?;

    let mut text = String::new();
    for said in &said {
        let Some(line) = publisher.record().lines().iter().find(|line| line.id == said.statement) else {
            continue;
        };
        let Some((incident, _)) =
            judgement.publishable().find(|(incident, _)| incident.slug == said.incident)
        else {
            continue;
        };
        if line.archived {
            text.push_str(&format!(
                "{} ({}): recorded and listed, nobody is mailed\n",
                said.statement,
                said.kind.word()
            ));
            continue;
        }
        let concerned = audience(incident, &judgement.content.registers);
        let rows: Vec<Vec<String>> = people
            .iter()
            .filter(|person| concerned.includes(&person.services, &person.areas) && wants(person, said.kind))
            .map(|person| {
                vec![
                    person.id.0.to_string(),
                    person.name.clone(),
                    person.email.clone(),
                    person.pace.word().to_owned(),
                ]
            })
            .collect();
        text.push_str(&format!("{} ({}) to {} people:\n", said.statement, said.kind.word(), rows.len()));
        text.push_str(&table(
            &["id", "name", "address", "pace"],
            &rows,
            "Nobody has asked to be told about this.",
        ));
        text.push('\n');
    }
    if said.is_empty() {
        text.push_str("Nothing new would be published.\n");
    }
    if waiting > 0 {
        text.push_str(&format!("{waiting} mails about earlier statements wait to be sent.\n"));
    }
    Ok(text)
}

/// Whether someone's pace asks for a statement of this kind at once.
fn wants(person: &Subscriber, kind: UpdateKind) -> bool {
    use crate::outbox::Pace;
    match person.pace {
        Pace::All => true,
        Pace::News => kind != UpdateKind::Holding,
        Pace::Ends => kind.is_end(false),
        Pace::Digest => false,
    }
}

/// Everyone who may be mailed, and how many mails wait from before.
fn people(place: &Place) -> Result<(Vec<Subscriber>, u64), Problem> {
    if !place.has_ledger() {
        return Ok((Vec::new(), 0));
    }
    let mut ledger = place.open_ledger()?;
    let mut people = Vec::new();
    ledger.find(&Search::default(), &mut |person| people.push(person)).map_err(books)?;
    people.retain(|person| person.state == SubscriberState::Confirmed);
    let waiting = ledger.progress().map_err(books)?.iter().map(|row| row.due + row.waiting).sum();
    Ok((people, waiting))
}
