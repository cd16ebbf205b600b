//! Who acts: what we say that we do ourselves, and whether a passive names its agent.

use super::{Phrases, backing};

/// What follows each "we" (or "our crew") of a sentence, clause by clause as long as "we" remains the subject: "we see the
/// fault and are replacing the pump".
pub(super) fn own_clauses<'t>(lexicon: &Phrases, text: &'t str) -> Vec<&'t str> {
    let clauses = backing::clauses(lexicon, text);
    let mut own = Vec::new();
    for subject in lexicon.find("first_person", text) {
        let from = clauses.partition_point(|clause| clause.end <= subject.start);
        for (index, clause) in clauses.iter().enumerate().skip(from) {
            let words = &text[clause.start.max(subject.end).min(clause.end)..clause.end];
            if index > from && !lexicon.has("continued", words) {
                break;
            }
            let conjunction = lexicon.first("conjunction", words).map_or(0, |found| found.end);
            own.push(&words[conjunction..]);
        }
    }
    own
}

/// Whether a sentence says that we do something: more than to watch, to know and to tell.
pub(super) fn owns_act(lexicon: &Phrases, text: &str) -> bool {
    own_clauses(lexicon, text)
        .into_iter()
        .any(|clause| clause.split_whitespace().next().is_some() && !lexicon.has("idle", clause))
}

/// Whether the words after a passive say by whom: "by our night crew", not "by 15:00" or "by restarting it".
pub(super) fn names_agent(lexicon: &Phrases, rest: &str) -> bool {
    lexicon.find("agent", rest).any(|by| !lexicon.has("no_agent", &rest[by.start..]))
}
