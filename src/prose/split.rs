//! Folded paragraphs to sentences.
//!
//! A dot ends a sentence only where nothing speaks against it: it rather joins two sentences than tears one apart,
//! because a rule looks for what backs a claim in the claim's own sentence.

use std::ops::Range;

use super::fold::{Folded, MASK};
use super::{Sentence, address, quote};

/// Abbreviations that may also end a sentence, without their last dot, in lower case.
const SHORT: &[&str] = &[
    "a.m", "am", "p.m", "pm", "etc", "inc", "ltd", "co", "corp", "dept", "st", "ave", "rd", "blvd", "hwy",
    "jr", "sr", "tel", "ext", "max", "min", "hrs", "hr", "mins", "secs", "u.s", "u.k", "e.u", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed",
    "thu", "thur", "thurs", "fri", "sat", "sun", "vol", "al", "ed",
];

/// Abbreviations after which the sentence always goes on.
const LEADING: &[&str] = &[
    "e.g", "eg", "i.e", "ie", "cf", "vs", "v", "viz", "approx", "ca", "c", "no", "nos", "nr", "dr", "mr",
    "mrs", "ms", "prof", "rev", "sgt", "capt", "gen", "fig", "figs", "eq", "sec", "art", "p", "pp", "incl",
    "excl", "resp", "mt", "est", "ref", "z.b", "p.ex", "m", "mme", "mm",
];

/// Words that, capitalised after an abbreviation, begin a new sentence.
const STARTERS: &[&str] = &[
    "A", "All", "An", "And", "Any", "As", "At", "Because", "Both", "But", "By", "Do", "Each", "Every", "For",
    "From", "He", "Homes", "How", "I", "If", "In", "It", "Its", "Many", "More", "Most", "Next", "No",
    "Nobody", "Nothing", "Now", "On", "Or", "Our", "People", "Please", "She", "Since", "So", "Some", "That",
    "The", "Then", "There", "These", "They", "This", "Those", "To", "Until", "We", "What", "When", "Where",
    "Which", "While", "Who", "With", "You", "Your",
];

/// No sentence is longer than about so many bytes: a rule looks at the whole sentence for each of its cues, so a hostile
/// file of one endless sentence would cost the square of its length.
const LONGEST: usize = 2_000;

/// The sentences of one paragraph, with addresses and quoted speech masked.
pub(super) fn sentences(folded: &Folded) -> Vec<Sentence> {
    let text = folded.text.as_str();
    let masks = masks(text);
    let mut sentences = Vec::new();
    let mut from = 0;
    for end in ends(text, &masks) {
        while end - from > LONGEST {
            let cut = cut(text, from, &masks).min(end);
            sentences.extend(sentence(folded, from..cut, &masks));
            from = cut;
        }
        sentences.extend(sentence(folded, from..end, &masks));
        from = end;
    }
    sentences
}

/// Where to part what is too long from `from` on: before a word, and never within a mask.
fn cut(text: &str, from: usize, masks: &[Range<usize>]) -> usize {
    let most = text.floor_char_boundary(from + LONGEST);
    let blank = text[from..most].rfind(' ').filter(|blank| *blank > 0);
    let cut = blank.map_or(most, |blank| from + blank);
    let mask = masks.get(masks.partition_point(|mask| mask.end <= cut)).filter(|mask| mask.start < cut);
    mask.map_or(cut, |mask| mask.end)
}

/// Quoted speech and addresses outside of it, in order, apart from each other.
fn masks(text: &str) -> Vec<Range<usize>> {
    let mut masks = quote::quoted(text);
    masks.extend(address::bare(text));
    masks.sort_by_key(|mask| mask.start);
    masks.dedup_by(|later, earlier| {
        let overlap = later.start < earlier.end;
        if overlap {
            earlier.end = earlier.end.max(later.end);
        }
        overlap
    });
    masks
}

/// One sentence without the blanks around it; `None` if it says nothing of its own.
fn sentence(folded: &Folded, range: Range<usize>, masks: &[Range<usize>]) -> Option<Sentence> {
    let text = &folded.text[range.clone()];
    let start = range.start + text.len() - text.trim_start().len();
    let end = start + text.trim().len();
    let mut own = Folded::default();
    let mut from = start;
    let first = masks.partition_point(|mask| mask.start < start);
    for mask in masks[first..].iter().take_while(|mask| mask.end <= end) {
        own.push_part(folded, from..mask.start);
        own.mask(folded.original(mask.clone()));
        from = mask.end;
    }
    own.push_part(folded, from..end);
    own.text.contains(|c: char| c != MASK && c.is_alphanumeric()).then(|| Sentence::new(own))
}

/// Where sentences end, the end of the text included.
fn ends(text: &str, masks: &[Range<usize>]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut begin = 0;
    let mut at = 0;
    while let Some(mark) = text[at..].find(['.', '!', '?', '。', '！', '？']).map(|found| at + found) {
        let marks =
            &text[mark..mark + run(&text[mark..], |c| matches!(c, '.' | '!' | '?' | '。' | '！' | '？'))];
        let after = mark + marks.len();
        at = after + run(&text[after..], |c| matches!(c, '"' | '\'' | ')' | ']'));
        // Within speech, only a mark at its very end can also end the sentence around it.
        if let Some(mask) = masks.get(masks.partition_point(|mask| mask.end <= mark))
            && mask.start <= mark
            && at < mask.end
        {
            at = after;
            continue;
        }
        if ends_here(text, begin, mark, marks, at) {
            ends.push(at);
            begin = at;
        }
    }
    if begin < text.len() {
        ends.push(text.len());
    }
    ends
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// Whether the marks at `mark`, with what closes after them up to `at`, end the sentence that begins at `begin`.
fn ends_here(text: &str, begin: usize, mark: usize, marks: &str, at: usize) -> bool {
    let rest = &text[at..];
    if rest.trim().is_empty() || marks.starts_with(['。', '！', '？']) {
        return true;
    }
    if !rest.starts_with(' ') {
        return false;
    }
    let next_word = rest.trim_start().trim_start_matches(['"', '\'', '(', '[']);
    let next = next_word.chars().next().unwrap_or(' ');
    if marks.contains(['!', '?']) {
        return !next.is_lowercase();
    }
    if marks.len() > 1 {
        return false; // An ellipsis goes on.
    }
    let before = &text[begin..mark];
    let word = before.rsplit([' ', '(', '"', '\'', '-']).next().unwrap_or_default();
    let lower = word.to_lowercase();
    if LEADING.contains(&lower.as_str()) {
        // "No" is also a word of its own: "We asked. The answer is no. They left."
        return lower == "no" && !next.is_ascii_digit() && next.is_uppercase();
    }
    let is_number = word.bytes().all(|b| b.is_ascii_digit());
    if is_number && before.trim() == word {
        return false; // "1. Turn off the tap."
    }
    if is_street(&lower, before[..before.len() - word.len()].trim_end()) {
        return !next.is_lowercase();
    }
    // "J." and "U.S." are initials.
    let initials =
        word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    if initials || SHORT.contains(&lower.as_str()) {
        let end = run(next_word, char::is_alphabetic);
        return STARTERS.contains(&&next_word[..end]);
    }
    // Sloppy text begins sentences in lower case; unknown short words are rather abbreviations.
    !next.is_lowercase() || (at == mark + 1 && word.chars().count() >= 4)
}

/// Whether an abbreviation means a street: "Northern Blvd.", "36 St.", but not "St. James".
fn is_street(word: &str, before: &str) -> bool {
    let numbered = || {
        let number = before.rsplit(' ').next().unwrap_or_default();
        number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(char::is_alphanumeric)
    };
    matches!(word, "blvd" | "ave" | "av" | "rd" | "hwy") || (word == "st" && numbered())
}

#[cfg(test)]
mod tests {
    use crate::prose::Prose;
    use crate::text::Span;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let prose = Prose::read(text, Span::new(0, text.len()));
        let found: Vec<_> = prose.sentences().map(|s| s.text().replace('\u{FFFC}', "*")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_end_sentences() {
        check(
            "The main broke. Homes have no water! Is yours one? Ring 555 0100.",
            &["The main broke.", "Homes have no water!", "Is yours one?", "Ring 555 0100."],
        );
        check("it broke at three. we are digging", &["it broke at three.", "we are digging"]);
        check("(We dig.) It ended at 15. Next", &["(We dig.)", "It ended at 15.", "Next"]);
    }

    #[test]
    fn abbreviations_numbers_and_ellipses_do_not() {
        for text in [
            "Ring Dr. Patel at No. 5, St. James, e.g. before 9 a.m. Monday, i.e. approx. 3.5 hours.",
            "It closes at 3.30pm, etc. in v. bad weather",
            "We wait... Nothing yet",
            "J. F. Smith of the U.S. Navy lost 1.200 files, see candor.example.org for more",
        ] {
            check(text, &[text]);
        }
        check(
            "It opens at 3 p.m. The hall is at 4th St. We are there.",
            &["It opens at 3 p.m.", "The hall is at 4th St.", "We are there."],
        );
        check(
            "Trains skip 36 St. Southbound ones stop at Northern Blvd. Use St. James.",
            &["Trains skip 36 St.", "Southbound ones stop at Northern Blvd.", "Use St. James."],
        );
        check("The answer is no. They left. See no. 5.", &["The answer is no.", "They left.", "See no. 5."]);
    }

    #[test]
    fn an_endless_sentence_is_parted_between_words_and_outside_of_speech() {
        let word = |count: usize| "shortly ".repeat(count);
        let speech = format!("{}he said “{}” {}", word(240), word(60).trim_end(), word(600));
        let prose = Prose::read(&speech, Span::new(0, speech.len()));
        let texts: Vec<_> = prose.sentences().map(|s| s.text().to_owned()).collect();
        assert!(texts.len() > 3 && texts.iter().all(|text| text.len() <= super::LONGEST), "{texts:?}");
        let words: Vec<_> = texts.iter().flat_map(|text| text.split(' ')).collect();
        assert_eq!(words.iter().filter(|word| **word == "shortly").count(), 840);
        assert_eq!(words.iter().filter(|word| **word == "\u{FFFC}").count(), 1);
    }

    #[test]
    fn speech_and_addresses_are_masked_and_do_not_tear_sentences() {
        check("He wrote “It broke. It will be back soon.” Then he left.", &["He wrote *", "Then he left."]);
        check("A sign says \"Stop. Look.\" and we did.", &["A sign says * and we did."]);
        check("See https://a.example/x.y?b. Or ask help@b.example.", &["See *.", "Or ask *."]);
    }
}
