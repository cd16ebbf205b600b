//! Everything that is kept about one reader, for that reader.

use serde_json::{Value, json};

use crate::outbox::History;

/// The file that a reader takes away: JSON, with times in UTC.
pub(super) fn export(history: &History) -> Vec<u8> {
    let reader = &history.subscriber;
    let mails: Vec<Value> = history
        .mails
        .iter()
        .map(|mail| json!({ "at": mail.at, "incident": mail.incident, "statements": [mail.from_seq + 1, mail.seq] }))
        .collect();
    let troubles: Vec<Value> = history
        .troubles
        .iter()
        .map(|entry| json!({ "at": entry.at, "incident": entry.incident, "statement": entry.seq, "code": entry.code, "text": entry.text }))
        .collect();
    let all = json!({
        "email": reader.email,
        "name": reader.name,
        "services": reader.services,
        "areas": reader.areas,
        "incidents": reader.follows.incidents,
        "nothing_else": reader.follows.nothing_else,
        "language": reader.language,
        "pace": reader.pace,
        "time_zone": reader.hours.zone(),
        "quiet_hours": reader.hours.quiet(),
        "state": reader.state,
        "confirmed_at": reader.confirmed_at,
        "mails": mails,
        "mails_that_failed": troubles,
    });
    let mut bytes = serde_json::to_vec_pretty(&all).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
