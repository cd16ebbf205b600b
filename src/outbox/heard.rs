//! What readers said, as a mail to the person who is responsible. A reader's address is in it only where they gave one, or
//! wrote from it.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Feedback, Notice};
use crate::content::Registers;
use crate::timeline::{Timeline, When};

/// The person who is responsible gets one mail about one incident in so long.
pub const ONE_MAIL_IN: SignedDuration = SignedDuration::from_mins(15);
/// So many are quoted; the counts are of all.
const QUOTED: usize = 50;
const WORTH: SignedDuration = SignedDuration::from_hours(72);

/// `None`: the incident has no owner with a mail address.
pub fn to_the_owner(
    timeline: &Timeline,
    registers: &Registers,
    zone: &TimeZone,
    said: &[Feedback],
    now: Timestamp,
) -> Option<Notice> {
    let owner = registers.person(timeline.facts.owner.as_ref()?)?;
    if owner.mail.is_empty() {
        return None;
    }
    let incident = &timeline.incident.slug;
    let title = &timeline.incident.title.value;
    let count = |helped| said.iter().filter(|one| one.helped == helped).count();
    let (yes, no, replies) = (count(Some(true)), count(Some(false)), count(None));
    let when = When::new(zone, "en");
    let mut body = String::new();
    if yes + no > 0 {
        body += &format!(
            "Readers were asked whether our statements about \"{title}\" told them what they needed.\n\n\
             Yes: {yes}\nNo: {no}\n\n"
        );
    }
    if replies > 0 {
        body += &format!("Readers who wrote in answer to our mails about \"{title}\": {replies}\n\n");
    }
    body += &format!("Write what is missing with `candor update {incident}`.\n");
    let worded =
        said.iter().filter(|one| one.helped.is_none() || !one.words.is_empty() || !one.contact.is_empty());
    for one in worded.clone().take(QUOTED) {
        let verdict = match one.helped {
            Some(true) => "Yes",
            Some(false) => "No",
            None => "A reply",
        };
        let statement = timeline.statements.iter().find(|statement| statement.id == one.statement);
        let about = statement.map_or(one.at, |statement| statement.at);
        body += &format!("\n{verdict}, about our statement of {}:\n", when.full(about));
        for line in one.words.lines() {
            body += &format!("> {line}\n");
        }
        if one.helped.is_none() && one.words.is_empty() {
            body += "It holds no words that a program can read; it is in the mailbox for returned mail.\n";
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
        expires_at: now.saturating_add(WORTH).unwrap_or(Timestamp::MAX),
    })
}
