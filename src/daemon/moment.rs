//! `--at`: a moment as typed.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::Problem;

/// Reads `2026-11-21 14:10` in the site's zone, or a time with an offset such as `2026-11-21T14:10:00Z`.
pub fn moment(text: &str, zone: &TimeZone) -> Result<Timestamp, Problem> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let local: DateTime = text.parse().map_err(|_| {
        Problem::configuration(format!(
            "`{text}` is no time. Write one such as \"2026-11-21 14:10\", or with an offset: 2026-11-21T14:10:00Z"
        ))
    })?;
    let ambiguous = zone.to_ambiguous_timestamp(local);
    ambiguous.unambiguous().map_err(|_| {
        let both = [ambiguous.earlier(), ambiguous.later()].into_iter().flatten();
        let both: Vec<String> = both
            .map(|moment| moment.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
            .collect();
        Problem::configuration(format!(
            "{local} does not exist or exists twice, because the clocks change. Write one of {}",
            both.join(" and ")
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_times_offsets_and_the_change_of_clocks() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let at = |text| moment(text, &zone);
        assert_eq!(at("2026-07-01 14:10").unwrap(), "2026-07-01T13:10:00Z".parse().unwrap());
        assert_eq!(at("2026-07-01T14:10:00+02:00").unwrap(), "2026-07-01T12:10:00Z".parse().unwrap());
        assert!(at("2026-10-25 01:30").unwrap_err().to_string().contains("+01:00"));
        assert!(matches!(at("soon"), Err(Problem::Configuration(_))));
    }
}
