//! What readers said, as a mail to the person who is responsible. A reader's address is in it only where they gave one.

use jiff::Timestamp;

use super::OnShow;
use crate::outbox::{Feedback, Notice};
use crate::text::Slug;
use crate::timeline::When;

/// So many are quoted; the counts are of all.
const QUOTED: usize = 50;

/// `None`: the incident has no owner with a mail address, or is not known (any more).
pub(super) fn to_the_owner(
    shown: &OnShow,
    incident: &Slug,
    said: &[Feedback],
    now: Timestamp,
) -> Option<Notice> {
    let timeline = shown.timelines.get(incident)?;
    let owner = shown.registers.person(timeline.facts.owner.as_ref()?)?;
    if owner.mail.is_empty() {
        return None;
    }
    let title = &timeline.incident.title.value;
    let yes = said.iter().filter(|one| one.helped).count();
    let when = When::new(&shown.settings.zone, "en");
    let mut body = format!(
        "Readers were asked whether our statements about \"{title}\" told them what they needed.\n\n\
         Yes: {yes}\nNo: {}\n\nWrite what is missing with `candor update {incident}`.\n",
        said.len() - yes
    );
    let worded = said.iter().filter(|one| !one.words.is_empty() || !one.contact.is_empty());
    for one in worded.clone().take(QUOTED) {
        let verdict = if one.helped { "Yes" } else { "No" };
        let statement = timeline.statements.iter().find(|statement| statement.id == one.statement);
        let about = statement.map_or(one.at, |statement| statement.at);
        body += &format!("\n{verdict}, about our statement of {}:\n", when.full(about));
        if !one.words.is_empty() {
            body += &format!("> {}\n", one.words);
        }
        if !one.contact.is_empty() {
            body += &format!("Answer to: {}\n", one.contact);
        }
    }
    let more = worded.count().saturating_sub(QUOTED);
    if more > 0 {
        body += &format!("\n{more} more left words; `candor scorecard` counts all.\n");
    }
    Some(Notice {
        key: format!("feedback {incident} {}", now.as_millisecond()),
        to: owner.mail.clone(),
        subject: format!("What readers say: {title}"),
        body,
        at: now,
        expires_at: now.saturating_add(jiff::SignedDuration::from_hours(72)).unwrap_or(Timestamp::MAX),
    })
}
