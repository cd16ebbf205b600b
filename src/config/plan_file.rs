//! `[plan.SEVERITY]` as written to [`Plans`] as meant.

use jiff::SignedDuration;

use super::faults::Faults;
use super::rules::{BAD_TIME, TIME_ORDER};
use super::table::{Table, Value};
use super::{Hours, Plan, Plans, Severity};
use crate::text::PersonId;

/// Shorter intervals would promise what nobody can keep; longer ones are no interval.
const SHORTEST: SignedDuration = SignedDuration::from_mins(1);
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 31);

pub(super) fn read_plans(top: &mut Table<'_>, faults: &mut Faults<'_>) -> Plans {
    let mut plans = Plans::default();
    let Some(mut table) = top.table("plan", faults) else { return plans };
    for (severity, plan) in [
        (Severity::Minor, &mut plans.minor),
        (Severity::Major, &mut plans.major),
        (Severity::Critical, &mut plans.critical),
    ] {
        if let Some(written) = table.table(severity.word(), faults) {
            *plan = read_plan(written, severity, faults);
        }
    }
    table.finish(faults);
    plans
}

fn read_plan(mut table: Table<'_>, severity: Severity, faults: &mut Faults<'_>) -> Plan {
    let defaults = Plan::default_for(severity);
    let every = interval(&mut table, "every", faults).unwrap_or(defaults.every);
    let plan = Plan {
        every,
        monitoring_every: interval(&mut table, "monitoring_every", faults).unwrap_or(every),
        hours: table.take("hours").and_then(|value| hours(value, faults)).unwrap_or(defaults.hours),
        lead: lead(&mut table, every, faults).unwrap_or(defaults.lead.min(every / 2)),
        grace: table.duration("grace", faults).unwrap_or(defaults.grace),
        quiet_limit: table
            .integer("quiet_limit", 1..=1000, faults)
            .and_then(|limit| u32::try_from(limit).ok())
            .unwrap_or(defaults.quiet_limit),
        remind: table.take("remind").map_or(defaults.remind, |value| reminders(value, faults)),
        escalate: table.strings("escalate", faults).map_or(defaults.escalate, |people| {
            people.iter().map(|id| PersonId::from(id.as_str())).collect()
        }),
        staff_first: table.duration("staff_first", faults).unwrap_or(defaults.staff_first),
        staff: table
            .strings("staff", faults)
            .map_or(defaults.staff, |staff| staff.into_iter().map(|name| name.value).collect()),
        follow_up_after: table.duration("follow_up_after", faults).unwrap_or(defaults.follow_up_after),
        review_within: table.duration("review_within", faults).unwrap_or(defaults.review_within),
        channels: table.strings("channels", faults).map_or(defaults.channels, |channels| {
            channels.into_iter().map(|channel| channel.value).collect()
        }),
    };
    table.finish(faults);
    plan
}

fn interval(table: &mut Table<'_>, key: &'static str, faults: &mut Faults<'_>) -> Option<SignedDuration> {
    let value = table.take(key)?;
    let every = value.duration(faults)?;
    let fits = (SHORTEST..=LONGEST).contains(&every.value);
    if !fits {
        value.wrong(faults, "an interval from 1m to 31d", format!("{key} = \"30m\""));
    }
    fits.then_some(every.value)
}

fn lead(table: &mut Table<'_>, every: SignedDuration, faults: &mut Faults<'_>) -> Option<SignedDuration> {
    let lead = table.take("lead")?.duration(faults)?;
    if lead.value >= every {
        faults.error(
            TIME_ORDER,
            lead.span,
            "The holding update would go out before the interval has begun: `lead` is not shorter than `every`.",
            "Make `lead` shorter, such as `lead = \"2m\"`.",
        );
        return None;
    }
    Some(lead.value)
}

fn hours(value: Value<'_>, faults: &mut Faults<'_>) -> Option<Hours> {
    let hours = value.value.as_str().and_then(Hours::parse);
    if hours.is_none() {
        faults.error(
            BAD_TIME,
            value.span,
            "These are not hours of the day.",
            "Write them as `hours = \"07:00-22:00\"`, or `hours = \"always\"`.",
        );
    }
    hours
}

/// Longest first, as they happen.
fn reminders(value: Value<'_>, faults: &mut Faults<'_>) -> Vec<SignedDuration> {
    let mut reminders = Vec::new();
    for item in value.strings(faults) {
        match super::parse_duration(&item) {
            Some(before) => reminders.push(before),
            None => {
                faults.error(
                    super::rules::WRONG_TYPE,
                    item.span,
                    format!("`{}` is not a length of time.", item.value),
                    "Write how long before due the owner is reminded, such as `remind = [\"10m\", \"3m\"]`.",
                );
            }
        }
    }
    reminders.sort_by(|a, b| b.cmp(a));
    reminders.dedup();
    reminders
}
