//! `[cap]` of `candor.toml`: alerts in the Common Alerting Protocol, for who may give them.

use super::faults::Faults;
use super::rules::WRONG_TYPE;
use super::table::Table;
use super::{CapSettings, Severity};
use crate::text::Spanned;

/// The categories of CAP 1.2 (section 3.2.2).
const CATEGORIES: [&str; 12] = [
    "Geo",
    "Met",
    "Safety",
    "Security",
    "Rescue",
    "Fire",
    "Health",
    "Env",
    "Transport",
    "Infra",
    "CBRNE",
    "Other",
];

/// `None` where no alert can be given: without a sender that others can name.
pub(super) fn cap(mut table: Table<'_>, faults: &mut Faults<'_>) -> Option<CapSettings> {
    let sender = table.string("sender", faults);
    if sender.is_none() && table.key_span("sender").is_none() {
        table.missing("sender", "\"alerts@example.org\"", faults);
    }
    let actual = table.boolean("actual", faults).unwrap_or_default();
    let category = table.string("category", faults).and_then(|category| {
        let of = format!("Write one of {}.", CATEGORIES.join(", "));
        one_of(&category, &CATEGORIES, of, faults)
    });
    let from = table.string("from", faults).and_then(|word| {
        let words = Severity::ALL.map(Severity::word);
        let word = one_of(&word, &words, format!("Write one of {}.", words.join(", ")), faults)?;
        Severity::ALL.into_iter().find(|severity| severity.word() == word)
    });
    let area = table.text("area", faults);
    table.finish(faults);
    let sender = sender.filter(|sender| nameable(sender, faults))?;
    Some(CapSettings {
        sender: sender.value,
        actual,
        category: category.unwrap_or_else(|| "Infra".to_owned()),
        from: from.unwrap_or(Severity::Major),
        area,
    })
}

fn one_of(word: &Spanned<String>, known: &[&str], help: String, faults: &mut Faults<'_>) -> Option<String> {
    if known.contains(&word.value.as_str()) {
        return Some(word.value.clone());
    }
    faults.error(WRONG_TYPE, word.span, format!("`{}` is not known here.", word.value), help);
    None
}

/// CAP 1.2, 3.2.1: no spaces, commas, `<` or `&`, because later messages name it in a list with commas and spaces.
fn nameable(sender: &Spanned<String>, faults: &mut Faults<'_>) -> bool {
    let fits = !sender.is_empty() && !sender.contains([' ', '\t', '\n', ',', '<', '&']);
    if !fits {
        faults.error(
            WRONG_TYPE,
            sender.span,
            format!("`{}` cannot be the sender of alerts: later ones could not name it.", sender.value),
            "Write an address without blanks, commas, `<` and `&`, such as `sender = \"alerts@example.org\"`.",
        );
    }
    fits
}

#[cfg(test)]
mod tests {
    use crate::config::{Severity, read_settings};
    use crate::text::Source;

    fn read(cap: &str) -> (Option<super::CapSettings>, Vec<String>) {
        let text = format!("name = \"T\"\nbase_url = \"https://t.example\"\ntime_zone = \"UTC\"\n{cap}");
        let (settings, findings) = read_settings(&Source::new("candor.toml", text));
        (settings.cap, findings.into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn alerts_are_exercises_unless_an_authority_says_otherwise() {
        assert_eq!(read("").0, None);
        let (cap, findings) = read("[cap]\nsender = \"alerts@t.example\"\n");
        let cap = cap.unwrap();
        assert_eq!(
            (cap.actual, cap.from, cap.category.as_str(), findings),
            (false, Severity::Major, "Infra", vec![])
        );
        assert!(read("[cap]\nsender = \"a@t.example\"\nactual = true\nfrom = \"minor\"\n").0.unwrap().actual);
    }

    #[test]
    fn a_sender_that_later_messages_cannot_name_is_refused() {
        for sender in ["our alerts", "a,b", ""] {
            let (cap, findings) = read(&format!("[cap]\nsender = \"{sender}\"\n"));
            assert_eq!((cap, findings.len()), (None, 1), "{sender}");
        }
        assert_eq!(read("[cap]\nactual = true\n").1.len(), 1);
        assert!(read("[cap]\nsender = \"a\"\ncategory = \"Water\"\n").1[0].contains("Water"));
    }
}
