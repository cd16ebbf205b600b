//! What was said, put to times: the updates of one imported file.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Unit, ZonedRound};

use super::Report;
use super::front::{Front, Words};
use super::parts::{Label, Part};
use super::when::Written;
use super::write::capitalised;
use crate::content::Status;

/// One file as it happened.
pub(super) struct History {
    pub(super) started: Timestamp,
    /// Of planned work, when it ended.
    pub(super) planned_end: Option<Timestamp>,
    /// What stands above all updates.
    pub(super) summary: String,
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
    /// Whether that is the site's, for want of another.
    site_zone: bool,
    resolved: bool,
    /// `None`: not resolved, or nobody wrote when.
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
        let resolved_at = resolved_at.filter(|_| !early);
        if resolved && resolved_at.is_none() {
            let said = if early {
                "`resolvedWhen` is before `date`"
            } else {
                "When it was resolved is not written down"
            };
            let message = format!("{said}. One minute after the last thing that was said is taken.");
            let key = if early { "resolvedWhen" } else { "resolved" };
            report.guessed(
                report.key(key),
                message,
                "Mend `resolvedWhen` in the cState file, then import again.",
            );
        }
        let maintenance = section == "maintenance";
        if maintenance && resolved_at.is_none_or(|at| at <= started) {
            report.guessed(
                report.key("section"),
                "Planned work without an end: it is imported as an incident.",
                "Write `resolvedWhen`, then import again.",
            );
        }
        let maintenance = maintenance && resolved_at.is_some_and(|at| at > started);
        let site_zone = written.offset.is_none();
        Some(Self { started, zone, site_zone, resolved, resolved_at, maintenance })
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
    mut parts: Vec<Part>,
    times: &Times,
    report: &mut Report<'_>,
    site: &TimeZone,
) -> History {
    // What has no heading beside an opening that has one stands above all of them, such as links.
    let preface = parts.iter().position(|part| part.label == Label::None);
    let preface = preface.filter(|_| parts.iter().any(|part| part.label == Label::Opening));
    let mut history = History {
        started: times.started,
        planned_end: times.resolved_at.filter(|_| times.maintenance),
        summary: preface.map(|index| parts.remove(index).text).unwrap_or_default(),
        updates: Vec::new(),
    };
    let informational = front.informational.as_ref().is_some_and(Words::yes);
    let last = parts.len().saturating_sub(1);
    for (index, part) in parts.into_iter().enumerate() {
        let closing = index == last && part.label.closes() && times.resolved;
        let at = match own_time(&part, times, report) {
            Some(at) => Some(at),
            None if closing => Some(times.resolved_at.unwrap_or_else(|| history.after(times.started))),
            None => (index == 0).then_some(times.started),
        };
        match at {
            Some(at) if informational => history.say(at, Status::Resolved, &noted(&part)),
            Some(at) => {
                let status = status(part.label, index == 0, history.updates.last(), times);
                history.say(at, status, &noted(&part));
            }
            None => {
                report.guessed(
                    part.span,
                    "When this was said is not written down. It is shown as a section of the update before it.",
                    "Add its date and time to its heading, then import again.",
                );
                history.append(&part);
            }
        }
    }
    close(&mut history, times);
    history.updates.sort_by_key(|said| said.at);
    space(&mut history.updates, site);
    history
}

/// The time that a part gives itself.
fn own_time(part: &Part, times: &Times, report: &mut Report<'_>) -> Option<Timestamp> {
    let day = times.started.to_zoned(times.zone.clone()).date();
    let at = part.when.moment(day, &times.zone)?;
    if part.when.offset.is_none() && times.site_zone {
        let message = "This time has no zone; the site's is taken.";
        report.guessed(part.span, message, "Add `UTC` or an offset, then import again.");
    }
    Some(at)
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
    match (part.note.is_empty(), part.text.is_empty()) {
        (_, true) => RESOLVED.to_owned(),
        (true, _) => part.text.clone(),
        (false, _) => format!("({})\n\n{}", part.note, part.text),
    }
}

/// Adds the resolution that the front matter tells of and the text does not.
fn close(history: &mut History, times: &Times) {
    if !times.resolved || history.updates.iter().any(|said| said.status.is_final()) {
        return;
    }
    let over = if times.maintenance { Status::Completed } else { Status::Resolved };
    let soonest = history.after(times.started);
    let at =
        times.resolved_at.map_or(soonest, |at| if history.updates.is_empty() { at } else { at.max(soonest) });
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

    /// One minute after the last thing that was said; the start where nothing was.
    fn after(&self, started: Timestamp) -> Timestamp {
        let last = self.updates.iter().map(|said| said.at).max();
        last.map_or(started, |last| last.saturating_add(SignedDuration::from_mins(1)).unwrap_or(last))
    }

    /// Adds a part without a time to the latest update. The first part always has a time.
    fn append(&mut self, part: &Part) {
        let title = if part.title.is_empty() { "Update".to_owned() } else { capitalised(&part.title) };
        let section = format!("\n\n### {title}, time not recorded\n\n{}", part.text);
        if let Some(last) = self.updates.last_mut() {
            last.text.push_str(&section);
        }
    }
}
