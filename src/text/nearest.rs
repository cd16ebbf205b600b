//! "Did you mean": the nearest known word.

/// The candidate within two edits of `word` (one edit for words of up to four letters), nearest first, ties in
/// the order given. Case and `_`, `-`, blank between words do not count.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = plain(word);
    let limit = if word.chars().count() <= 4 { 1 } else { 2 };
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &plain(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace(['_', '-'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_nearest_and_nothing_far() {
        assert_eq!(nearest("Nxt update", ["Affected", "Next update"]), Some("Next update"));
        assert_eq!(nearest("next-update", ["Next update"]), Some("Next update"));
        assert_eq!(nearest("By the way", ["By", "Kept"]), None);
    }
}
