//! What each key of an incident file does, in one line, for whoever asks while writing.

use super::Key;

/// The keys of the front matter: name, whether it belongs to incidents, to maintenance, and what it does.
pub const FRONT_MATTER_KEYS: &[(&str, For, &str)] = &[
    ("title", For::Both, "What people see, in a few words: \"No water in Norwood\"."),
    (
        "severity",
        For::Both,
        "How bad it is at the start: minor, major or critical. It decides how often we speak.",
    ),
    ("services", For::Both, "Ids of the services that it touches, from `content/services.toml`."),
    ("areas", For::Both, "Ids of the places, from `content/areas.toml`; none: everywhere."),
    ("owner", For::Both, "Who answers for it: the id of a person, from `content/people.toml`."),
    ("deputy", For::Both, "Who is reminded when the owner does not answer."),
    ("started", For::Incident, "When it began, in the site's time zone: 2026-11-21T13:55:00."),
    ("start", For::Maintenance, "When the work begins: 2026-12-02T22:00:00."),
    ("end", For::Maintenance, "By when the work ends."),
    ("repeat", For::Maintenance, "How the work repeats: \"FREQ=MONTHLY;BYDAY=1TU\"."),
    ("every", For::Both, "An interval of its own between statements: \"15m\"."),
    (
        "cause",
        For::Both,
        "A tag for the cause, or \"unknown\". Incidents with the same tag are told as such.",
    ),
    ("risk", For::Both, "The id of a risk that has come true, from `content/risks.toml`."),
    ("goodwill", For::Both, "What we offer to people who were hit. Published."),
    ("staff_note", For::Both, "For colleagues. Not on the page, but as public as the repository."),
    ("contact", For::Both, "How to reach a person about this, where the site's contact is not the way."),
    ("audience", For::Both, "\"public\", or \"technical\" for readers who know the words of the trade."),
    ("related", For::Both, "Names of other incidents' files, without folder and ending."),
    (
        "first_of_kind",
        For::Both,
        "That the history was checked: { checked = 2026-11-21, since = 2019-01-01 }. It backs \"never before\".",
    ),
    ("apology", For::Both, "\"not needed because …\", where an apology would be out of place."),
    ("review", For::Both, "\"none because …\", where no review will follow."),
    ("detected", For::Both, "When we noticed, if that was later than the start."),
    ("aliases", For::Both, "Earlier names of this file, so that old links go on leading here."),
    ("imported", For::Both, "true: history from elsewhere. Never due, never mailed, never withheld."),
    ("draft", For::Both, "true: nothing of it is published."),
    ("lang", For::Both, "The language of this file, if it is not the site's."),
];

/// Which kind of file a key belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Both,
    Incident,
    Maintenance,
}

impl For {
    pub fn fits(self, maintenance: bool) -> bool {
        match self {
            Self::Both => true,
            Self::Incident => !maintenance,
            Self::Maintenance => maintenance,
        }
    }
}

impl Key {
    /// What the key does, with the shape of its value.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NextUpdate => {
                "By when we speak next: 15:10, with `because` where a reason helps. Without it, at the plan's interval."
            }
            Self::ExpectedFix => {
                "20:00, because WHAT MAKES US THINK SO; or: not known because WHY. It backs words such as \"soon\"."
            }
            Self::Affected => {
                "about 1,200 homes, HOW WE KNOW; or: everyone; or: not known because WHY. It backs words such as \"some\"."
            }
            Self::By => "Who speaks, if not the owner: a person.",
            Self::Severity => "Changes the severity from here on.",
            Self::Areas => "Changes the areas from here on: ids with commas between; or: everywhere.",
            Self::Owner => "Changes who answers for it from here on.",
            Self::Services => {
                "The state of services from here on: water-supply: degraded; roads: operational."
            }
            Self::Promise => "WHAT; by TIME; WHO. We are held to it in public.",
            Self::Kept => "The first words of an open promise that was kept.",
            Self::Withdrawn => "The first words of an open promise that we take back, because WHY.",
            Self::Corrects => {
                "TIME of the statement, WHAT WAS WRONG. Only under `Correction`; the old words stay, marked."
            }
            Self::Retracts => "TIME of the statement, WHY. Only under `Correction`; takes words down.",
            Self::Window => "START to END: moves planned work.",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::fixture::{file, front, read_files};
    use super::*;

    /// The keys that the reader itself lists where it meets one that it does not know.
    fn known(path: &str, text: &str) -> BTreeSet<String> {
        let findings = read_files(&[file(path, text)]).findings;
        let listed = findings.iter().find_map(|finding| finding.help.split_once(" knows: ")).unwrap();
        listed.1.trim_end_matches('.').split(", ").map(str::to_owned).collect()
    }

    #[test]
    fn the_list_is_what_the_reader_knows() {
        let listed = |maintenance| {
            let fits = FRONT_MATTER_KEYS.iter().filter(move |(_, whose, _)| whose.fits(maintenance));
            fits.map(|(name, ..)| (*name).to_owned()).collect::<BTreeSet<_>>()
        };
        assert_eq!(known("content/incidents/a.md", &front("zebra = 1\n")), listed(false));
        let maintenance = front("start = 2026-11-21T13:55:00\nend = 2026-11-22T13:55:00\nzebra = 1\n")
            .replace("started = 2026-11-21T13:55:00\n", "");
        assert_eq!(known("content/maintenance/a.md", &maintenance), listed(true));
    }
}
