//! The breaker: when a relay refuses *us* again and again, sending stops until a person has looked.
//!
//! A bad hour of our reputation says nothing about the readers, so nobody is suppressed for it (DELIVERY section 5.6).

use std::collections::VecDeque;

/// Mails that are looked back on.
const WINDOW: usize = 200;
/// More policy refusals than this among them (5 %) trip it.
const LIMIT: usize = WINDOW / 20;
/// So many in a row trip it.
const IN_A_ROW: usize = 20;

/// Counts the relay's answers about one incident.
#[derive(Clone, Debug, Default)]
pub(super) struct Breaker {
    /// Newest last; true: refused by policy.
    answers: VecDeque<bool>,
    /// The last refusal's code and words.
    said: String,
}

impl Breaker {
    /// Takes in one answer; `policy`: code and words where it refuses us. Says why when that trips it, and begins anew.
    pub(super) fn hear(&mut self, policy: Option<(u16, &str)>) -> Option<String> {
        if self.answers.len() == WINDOW {
            self.answers.pop_front();
        }
        self.answers.push_back(policy.is_some());
        if let Some((code, text)) = policy {
            self.said = format!("{code} {text}");
        }
        let in_a_row = self.answers.iter().rev().take_while(|refused| **refused).count();
        let all = self.answers.iter().filter(|refused| **refused).count();
        if in_a_row < IN_A_ROW && (all <= LIMIT || self.answers.len() < WINDOW) {
            return None;
        }
        let why = format!("the relay refused {all} of the last {} mails: {}", self.answers.len(), self.said);
        *self = Self::default();
        Some(why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trips_after(answers: impl Iterator<Item = bool>) -> Option<usize> {
        let mut breaker = Breaker::default();
        let policy = |refused| if refused { Some((550, "5.7.1 blocked")) } else { None };
        answers
            .map(|refused| breaker.hear(policy(refused)))
            .position(|why| why.is_some())
            .map(|index| index + 1)
    }

    #[test]
    fn trips_at_twenty_in_a_row_and_above_one_in_twenty() {
        assert_eq!(trips_after(std::iter::repeat_n(true, 100)), Some(20));
        assert_eq!(trips_after((0..5000).map(|n| n % 19 == 0)), Some(200));
        assert_eq!(trips_after((0..5000).map(|n| n % 20 == 0)), None);
    }

    #[test]
    fn says_how_many_and_what_the_relay_said() {
        let mut breaker = Breaker::default();
        let why = (0..20).find_map(|_| breaker.hear(Some((550, "5.7.1 blocked"))));
        assert_eq!(why.as_deref(), Some("the relay refused 20 of the last 20 mails: 550 5.7.1 blocked"));
    }
}
