//! Clock times and larger figures in words of any language, to compare a text with its translation.

use std::fmt;
use std::sync::OnceLock;

use regex::Regex;

/// A clock time or a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figure {
    /// Hour and minute as written, before or after noon.
    Clock { hour: u32, minute: u32 },
    /// A figure of three digits or more that is no year.
    Number(u64),
}

impl Figure {
    /// Whether both can mean the same.
    pub(super) fn may_be(self, other: Self) -> bool {
        match (self, other) {
            (Self::Clock { hour, minute }, Self::Clock { hour: other_hour, minute: other_minute }) => {
                minute == other_minute && hour % 12 == other_hour % 12
            }
            _ => self == other,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clock { hour, minute } => write!(f, "{hour}:{minute:02}"),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

/// What a text surely gives: times with minutes, and figures. Noon and midnight have words of their own.
pub(super) fn given(text: &str) -> Vec<Figure> {
    let word = |clock: &Figure| matches!(clock, Figure::Clock { hour, minute: 0 } if hour % 12 == 0);
    let clocks = clocks(text, sure()).filter(|clock| !word(clock));
    clocks.chain(numbers(text)).collect()
}

/// What a text may be giving: "15.30" and "3 p.m." as well.
pub(super) fn readable(text: &str) -> Vec<Figure> {
    clocks(text, sure()).chain(clocks(text, loose())).chain(numbers(text)).collect()
}

fn sure() -> &'static Regex {
    static READ: OnceLock<Regex> = OnceLock::new();
    READ.get_or_init(|| {
        Regex::new(r"\b([01]?[0-9]|2[0-4])(?::| ?h ?)([0-5][0-9])\b").expect("a sound pattern")
    })
}

fn loose() -> &'static Regex {
    static READ: OnceLock<Regex> = OnceLock::new();
    READ.get_or_init(|| {
        Regex::new(r"(?i)\b([01]?[0-9]|2[0-4])(?:\.([0-5][0-9])| ?(?:h|heures?|uhr|[ap]\.?m))\b")
            .expect("a sound pattern")
    })
}

fn clocks<'t>(text: &'t str, pattern: &'static Regex) -> impl Iterator<Item = Figure> + 't {
    pattern.captures_iter(text).filter_map(|found| {
        let part = |group| found.get(group).map_or(Some(0), |part| part.as_str().parse().ok());
        Some(Figure::Clock { hour: part(1)?, minute: part(2)? })
    })
}

/// Figures of three digits or more, however their thousands are parted. Years and the parts of phone numbers and of
/// names with hyphens are none.
fn numbers(text: &str) -> impl Iterator<Item = Figure> + '_ {
    static READ: OnceLock<Regex> = OnceLock::new();
    let pattern = READ.get_or_init(|| {
        Regex::new(r"[0-9]{1,3}(?:[ .,'’\u{a0}\u{202f}][0-9]{3})+\b|[0-9]{3,}").expect("a sound pattern")
    });
    pattern.find_iter(text).filter_map(|found| {
        let joined = |c: char| c.is_alphanumeric() || matches!(c, '-' | '+' | ':' | '/' | '#' | '.');
        let before = text[..found.start()].chars().next_back().is_some_and(joined);
        let behind = text[found.end()..]
            .chars()
            .next()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | ':' | '/'));
        let in_row = text[..found.start()].trim_end().ends_with(|c: char| c.is_ascii_digit());
        let written = found.as_str();
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let year = written.len() == 4 && (written.starts_with("19") || written.starts_with("20"));
        let number = digits
            .parse()
            .ok()
            .filter(|_| !(before || behind || in_row || year || digits.starts_with('0')))?;
        Some(Figure::Number(number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        given(text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn times_and_figures_are_read_in_the_manner_of_each_language() {
        assert_eq!(said("By 15:30 about 1,200 homes"), ["15:30", "1200"]);
        assert_eq!(said("D'ici 15 h 30, environ 1 200 foyers"), ["15:30", "1200"]);
        assert_eq!(said("Call +1 506 555 0100 or 01632 960 001, room 12-345, in 2026"), [""; 0]);
        assert_eq!(said("at 12:00"), [""; 0]);
        let may = |source: &str, other: &str| {
            given(source).iter().all(|one| readable(other).iter().any(|other| one.may_be(*other)))
        };
        assert!(may("at 15:00", "à 15 h") && may("at 3:30 pm", "um 15.30 Uhr") && may("3:00", "3 p.m."));
        assert!(!may("at 15:30", "à 16 h 30") && !may("412 people", "421 personnes"));
    }
}
