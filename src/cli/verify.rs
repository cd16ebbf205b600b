//! `candor verify`

use jiff::tz::TimeZone;

use super::args::VerifyArgs;
use super::{Cli, Exit, Screen, open};
use crate::clock::Clock;
use crate::config::parse_duration;
use crate::daemon::{self, Fault, Problem, Verified, Verify};

/// How many faults of one kind, and how many paths of one fault, are named.
const NAMED: usize = 10;

pub(super) fn run(cli: &Cli, args: &VerifyArgs, screen: &Screen) -> anyhow::Result<Exit> {
    // Someone else's site needs none here.
    let place = if args.itself { None } else { Some(open(cli)?) };
    let zone = place.as_ref().map_or(TimeZone::UTC, |place| place.settings.zone.clone());
    let url =
        args.url.clone().or_else(|| Some(place.as_ref()?.settings.base_url.clone())).unwrap_or_default();
    if !url.starts_with("https://") && !url.starts_with("http://") {
        let message = format!(
            "`{url}` is not the address of a site. Write all of it, such as https://status.example.org"
        );
        return Err(Problem::configuration(message).into());
    }
    let max_age = match &args.max_age {
        Some(text) => Some(parse_duration(text).ok_or_else(|| {
            Problem::configuration(format!("`{text}` is no length of time. Write one such as 90m or 3h"))
        })?),
        None => None,
    };
    let built = place.as_ref().map(|place| args.built.clone().unwrap_or_else(|| place.out()));
    let record = match (&args.record, &place, &built) {
        (Some(from), ..) => Some(daemon::read_record(from)?),
        (None, Some(place), Some(built)) => Some(daemon::record_beside(place, built)?),
        _ => None,
    };
    let now = match &args.time.at {
        Some(text) => daemon::moment(text, &zone)?,
        None => Clock::System.now(),
    };
    let verify =
        Verify { url: &url, built: built.as_deref(), record, headers: !args.no_headers, max_age, now };
    let verified = {
        let bar = screen.progress("files");
        verify.run(&|done, of| bar.at(done, of))?
    };
    screen.print(&told(&url, &verified))?;
    Ok(if verified.faults.is_empty() { Exit::Fine } else { Exit::Findings })
}

/// What was seen, in lines: what is wrong first, the sum last.
fn told(url: &str, verified: &Verified) -> String {
    let mut text = String::new();
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for fault in &verified.faults {
        let (kind, words) = line(fault);
        match kinds.last_mut() {
            Some((last, count)) if *last == kind => *count += 1,
            _ => kinds.push((kind, 1)),
        }
        if kinds.last().is_some_and(|(_, count)| *count <= NAMED) {
            text.push_str(&format!("{kind:<8} {words}\n"));
        }
    }
    for (kind, count) in kinds.iter().filter(|(_, count)| *count > NAMED) {
        text.push_str(&format!("{kind:<8} and {} more\n", count - NAMED));
    }
    let (files, lines) = (verified.files, verified.lines);
    let built = verified.info.as_ref().map(|info| {
        let hour = info.built.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:00 UTC");
        let commit = info
            .commit
            .as_deref()
            .map(|commit| format!(" from commit {}", commit.get(..12).unwrap_or(commit)));
        format!(" Built in the hour of {hour}{} by Candor {}.", commit.unwrap_or_default(), info.candor)
    });
    let built = built.unwrap_or_default();
    text.push_str(&match kinds.len() {
        0 => format!("{url} serves what was built: {files} files, and a record of {lines} lines whose chain is whole.{built}\n"),
        _ => format!("{url} differs from what was built: {} faults in {files} files.{built}\n", verified.faults.len()),
    });
    text
}

fn line(fault: &Fault) -> (&'static str, String) {
    match fault {
        Fault::Stale(words) => ("stale", words.clone()),
        Fault::Record(words) => ("record", words.clone()),
        Fault::Missing { path, why } => ("missing", format!("{path}: {why}")),
        Fault::Changed { path } => {
            ("changed", format!("{path}: the host serves other bytes than were built"))
        }
        Fault::Header { name, wanted, got, paths } => {
            let got = got.as_ref().map_or_else(|| "nothing".to_owned(), |got| format!("`{got}`"));
            let more = paths.len().saturating_sub(3);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let first: Vec<&str> = paths.iter().take(3).map(String::as_str).collect();
            ("header", format!("{name} is {got} and should be `{wanted}`: {}{more}", first.join(", ")))
        }
    }
}
