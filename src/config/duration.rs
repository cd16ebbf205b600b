//! Durations as people write them: `30s`, `15m`, `2h`, `3d`, `1h30m`.

use jiff::SignedDuration;

/// Reads a duration. A day is 24 hours of elapsed time. `None` where the text is no duration.
pub fn parse_duration(text: &str) -> Option<SignedDuration> {
    let mut rest = text.trim();
    let mut total = SignedDuration::ZERO;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let count: i64 = rest[..digits].parse().ok()?;
        let unit = rest[digits..].chars().next()?;
        let seconds = match unit {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            _ => return None,
        };
        total = total.checked_add(SignedDuration::from_secs(count.checked_mul(seconds)?))?;
        rest = &rest[digits + unit.len_utf8()..];
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        assert_eq!(parse_duration("30s"), Some(SignedDuration::from_secs(30)));
        assert_eq!(parse_duration("15m"), Some(SignedDuration::from_mins(15)));
        assert_eq!(parse_duration(" 2h "), Some(SignedDuration::from_hours(2)));
        assert_eq!(parse_duration("3d"), Some(SignedDuration::from_hours(72)));
        assert_eq!(parse_duration("1h30m"), Some(SignedDuration::from_mins(90)));
    }

    #[test]
    fn refuses_what_is_no_duration() {
        for text in [
            "",
            "15",
            "m",
            "15 m",
            "15min",
            "-5m",
            "1.5h",
            "2w",
            "99999999999999999999s",
            "9223372036854775807d",
            "1é",
        ] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}
