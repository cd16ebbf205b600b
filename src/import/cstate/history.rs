//! What was said, put to times: the updates of one imported file.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Unit, ZonedRound};

use super::Report;
use super::front::{Front, Words};
use super::parts::{Label, Part};
use super::when::Written;
use crate::content::Status;

/// One file as it happened.
pub(super) struct History {
    pub(super) started: Timestamp,
    /// Of planned work, when it ended.
    pub(super) planned_end: Option<Timestamp>,
    /// Oldest first, no two in the same minute.
    pub(super) updates: Vec<Said>,
}

/// One update.
pub(super) struct Said {
    pub(super) at: Timestamp,
    pub(super) status: Status,
    pub(super) text: String,
}

/// What the front matter says about time.
pub(super) struct Times {
    started: Timestamp,
    /// The zone of `date`, else the site's: what the text's own times are in.
    zone: TimeZone,
    resolved: bool,
    resolved_at: Option<Timestamp>,
    maintenance: bool,
}

/// What a resolution says that nobody wrote about.
const RESOLVED: &str = "Marked as resolved. Nothing more was written.";

impl Times {
    /// `None` where the beginning cannot be read.
    pub(super) fn read(front: &Front, report: &mut Report<'_>, site: &TimeZone) -> Option<Self> {
        let (started, written) = moment("date", front.date.as_ref(), report, site)?;
        let zone = written.offset.map_or_else(|| site.clone(), TimeZone::fixed);
        let resolved_at =
            moment("resolvedWhen", front.resolved_when.as_ref(), report, site).map(|(at, _)| at);
        let informational = front.informational.as_ref().is_some_and(Words::yes);
        let resolved = informational || front.resolved.as_ref().is_some_and(Words::yes);
        let resolved_at = resolved_at.or_else(|| informational.then_some(started)).filter(|_| resolved);
        let section = front.section.as_ref().and_then(Words::one).unwrap_or_default().to_lowercase();
        let early = resolved_at.is_some_and(|at| at < started);
        if early {
            report.guessed(
                report.key("resolvedWhen"),
                "`resolvedWhen` is before `date`. The end is taken as one minute after the last thing that was said.",
                "Mend the time in the cState file, then import again.",
            );
        }
        let resolved_at = resolved_at.filter(|_| !early);
        let maintenance = section == "maintenance";
        if maintenance && resolved_at.is_none_or(|at| at <= started) {
            report.guessed(
                report.key("section"),
                "Planned work without an end: it is imported as an incident.",
                "Write `resolvedWhen`, then import again.",
            );
        }
        let maintenance = maintenance && resolved_at.is_some_and(|at| at > started);
        Some(Self { started, zone, resolved, resolved_at, maintenance })
    }
}

/// A key's moment, with a warning where it has no zone or no time of day.
fn moment(
    key: &str,
    words: Option<&Words>,
    report: &mut Report<'_>,
    site: &TimeZone,
) -> Option<(Timestamp, Written)> {
    let text = words.and_then(Words::one)?;
    let (mut written, _) = Written::find(text);
    written.date?;
    let span = report.key(key);
    if written.time.is_none() {
        written.time = Some(jiff::civil::Time::midnight());
        let message = format!("`{key}` gives no time of day; midnight is taken.");
        report.guessed(span, message, "Add the time in the cState file, then import again.");
    }
    if written.offset.is_none() {
        let zone = site.iana_name().unwrap_or("the site's zone");
        let message = format!("`{key}` gives no zone; {zone} is taken, as `time_zone` says.");
        report.guessed(
            span,
            message,
            "Add an offset such as `+00:00`, or set `time_zone`, then import again.",
        );
    }
    let at = written.moment(jiff::civil::Date::constant(2020, 1, 1), site)?;
    Some((at, written))
}

/// Puts the parts, oldest first, to times.
pub(super) fn history(
    front: &Front,
    parts: Vec<Part>,
    times: Times,
    report: &mut Report<'_>,
    site: &TimeZone,
) -> History {
    let planned_end = times.resolved_at.filter(|_| times.maintenance);
    let mut history = History { started: times.started, planned_end, updates: Vec::new() };
    let informational = front.informational.as_ref().is_some_and(Words::yes);
    let count = parts.len();
    for (index, part) in parts.into_iter().enumerate() {
        let at = time_of(&part, index, count, &times, report);
        match at {
            Some(at) if informational => history.say(at, Status::Resolved, &part.text),
            Some(at) => {
                let status = status(part.label, index == 0, history.updates.last(), &times);
                let text = if part.text.is_empty() { RESOLVED.to_owned() } else { noted(&part) };
                history.say(at, status, &text);
            }
            None => {
                report.guessed(
                    part.span,
                    "When this was said is not written down. It is shown as a section of the update before it.",
                    "Add its date and time to its heading, then import again.",
                );
                history.append(&part, times.started);
            }
        }
    }
    close(&mut history, &times, report);
    history.updates.sort_by_key(|said| said.at);
    space(&mut history.updates, site);
    history
}

/// When a part was said: its own time; the first part at the start, a closing one at the end. `None`: not known.
fn time_of(
    part: &Part,
    index: usize,
    count: usize,
    times: &Times,
    report: &mut Report<'_>,
) -> Option<Timestamp> {
    let day = times.started.to_zoned(times.zone.clone()).date();
    if let Some(at) = part.when.moment(day, &times.zone) {
        if part.when.offset.is_none() && part.when.date.is_some() && times.zone.iana_name().is_some() {
            let message = "This time has no zone; the site's is taken.";
            report.guessed(part.span, message, "Add `UTC` or an offset, then import again.");
        }
        return Some(at);
    }
    let closing = part.label.closes() && times.resolved;
    if closing && (index + 1 == count || count == 1) {
        return times.resolved_at.or_else(|| (index == 0).then_some(times.started));
    }
    (index == 0).then_some(times.started)
}

fn status(label: Label, first: bool, before: Option<&Said>, times: &Times) -> Status {
    let carried = before.map(|said| said.status);
    let (open, over) = if times.maintenance {
        (Status::InProgress, Status::Completed)
    } else {
        (Status::Investigating, Status::Resolved)
    };
    match label {
        Label::Status(status) if status.of_maintenance() == times.maintenance => status,
        label if label.closes() && times.resolved => over,
        _ if first => open,
        // What was added after the end, such as a link to a report, does not open it again.
        _ => carried.unwrap_or(open),
    }
}

fn noted(part: &Part) -> String {
    if part.note.is_empty() { part.text.clone() } else { format!("({})\n\n{}", part.note, part.text) }
}

/// Adds the resolution that the front matter tells of and the text does not.
fn close(history: &mut History, times: &Times, report: &mut Report<'_>) {
    if !times.resolved || history.updates.iter().any(|said| said.status.is_final()) {
        return;
    }
    let over = if times.maintenance { Status::Completed } else { Status::Resolved };
    let last = history.updates.iter().map(|said| said.at).max().unwrap_or(times.started);
    let at = match times.resolved_at {
        Some(at) if at >= last => at,
        other => {
            if other.is_none() {
                report.guessed(
                    report.key("resolved"),
                    "When it was resolved is not written down. One minute after the last thing that was said is taken.",
                    "Write `resolvedWhen`, then import again.",
                );
            }
            last.saturating_add(SignedDuration::from_mins(1)).unwrap_or(last)
        }
    };
    history.say(at, over, RESOLVED);
}

/// Our updates are told apart by the minute: moves later ones on until no two share one.
fn space(updates: &mut [Said], zone: &TimeZone) {
    let mut before: Option<Timestamp> = None;
    for said in updates {
        let minute = said
            .at
            .to_zoned(zone.clone())
            .round(ZonedRound::new().smallest(Unit::Minute).mode(jiff::RoundMode::Trunc));
        let mut at = minute.map_or(said.at, |minute| minute.timestamp());
        if let Some(before) = before.filter(|before| at <= *before) {
            at = before.checked_add(1.minute()).unwrap_or(before);
        }
        said.at = at;
        before = Some(at);
    }
}

impl History {
    fn say(&mut self, at: Timestamp, status: Status, text: &str) {
        self.updates.push(Said { at, status, text: text.to_owned() });
    }

    /// Adds a part without a time to the latest update, or begins with it.
    fn append(&mut self, part: &Part, started: Timestamp) {
        if self.updates.is_empty() {
            return self.say(started, Status::Investigating, &noted(part));
        }
        let note = if part.note.is_empty() { String::new() } else { format!(", {}", part.note) };
        let section = format!("\n\n### Update{note}, time not recorded\n\n{}", part.text);
        if let Some(last) = self.updates.last_mut() {
            last.text.push_str(&section);
        }
    }
}
