//! `scorecard`: how we did, from what is published and what readers said.

use jiff::{SignedDuration, Timestamp};

use super::look::Lookout;
use super::publisher::books;
use super::table::table;
use super::{Place, Problem};
use crate::outbox::{Answers, Feedback, Kept, Ledger, Scorecard, scorecard as count};
use crate::timeline::When;

/// The card as it stands at `now`.
pub fn scorecard(place: &Place, now: Timestamp) -> Result<Scorecard, Problem> {
    let seen = Lookout::new(place)?.look(now)?;
    let mut feedback = feedback(place)?;
    feedback.retain(|one| one.at <= now);
    let timelines = seen.timelines.values().map(|timeline| &**timeline);
    Ok(count(timelines, &feedback, &seen.settings.plans, &seen.settings.zone))
}

fn feedback(place: &Place) -> Result<Vec<Feedback>, Problem> {
    if !place.has_ledger() {
        return Ok(Vec::new());
    }
    place.open_ledger()?.feedbacks().map_err(books)
}

/// The card for a person.
pub fn scorecard_text(card: &Scorecard, place: &Place) -> String {
    let when = When::new(&place.settings.zone, "en");
    let time = |seconds: i64| when.duration(SignedDuration::from_secs(seconds));
    let rows: Vec<Vec<String>> = card
        .months
        .iter()
        .map(|month| {
            vec![
                month.month.clone(),
                month.incidents.to_string(),
                month.first_word_seconds.map_or_else(|| "-".to_owned(), time),
                if month.incidents > 0 { time(month.longest_silence_seconds) } else { "-".to_owned() },
                kept(month.spoken),
                month.held.to_string(),
                kept(month.repaired),
                kept(month.promised),
                answers(month.answers),
                month.answers.replies.to_string(),
            ]
        })
        .collect();
    let heading = [
        "month",
        "incidents",
        "first word",
        "longest silence",
        "updates",
        "held",
        "repairs",
        "promises",
        "told enough",
        "replies",
    ];
    let mut text =
        table(&heading, &rows, "There is nothing to count yet. Imported history and drafts do not count.");
    if !rows.is_empty() {
        text.push_str("\nupdates, repairs, promises: kept/late/missed. held: kept by a holding update alone. told enough: yes/no. replies: mails in answer to ours\n");
    }
    if !card.services.is_empty() {
        let rows: Vec<Vec<String>> = (card.services.iter())
            .map(|score| {
                vec![score.service.to_string(), answers(score.answers), score.answers.replies.to_string()]
            })
            .collect();
        text.push('\n');
        text.push_str(&table(&["service", "told enough", "replies"], &rows, ""));
    }
    text
}

fn kept(Kept { kept, late, missed }: Kept) -> String {
    format!("{kept}/{late}/{missed}")
}

fn answers(Answers { yes, no, .. }: Answers) -> String {
    format!("{yes}/{no}")
}
