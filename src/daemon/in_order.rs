//! Things remembered by slug, for lists that hardly change from one time to the next.

use std::collections::HashMap;

use crate::text::Slug;

/// How many that are gone are passed over before all are searched.
const NEAR: usize = 4;

/// What was remembered of each incident, in the order of a list.
#[derive(Clone, Debug)]
pub(super) struct InOrder<T>(Vec<(Slug, T)>);

impl<T> Default for InOrder<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<(Slug, T)> for InOrder<T> {
    fn from_iter<I: IntoIterator<Item = (Slug, T)>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

impl<T> InOrder<T> {
    /// What is remembered of each of these. The next one is mostly the one after the last; only where it is not are all
    /// of them searched.
    pub(super) fn of<'s>(&self, slugs: impl Iterator<Item = &'s Slug>) -> Vec<Option<&T>> {
        let mut index: Option<HashMap<&Slug, usize>> = None;
        let mut next = 0;
        let mut place = |slug: &Slug| {
            let near = self.0.iter().skip(next).take(NEAR).position(|(known, _)| known == slug);
            let place = near.map(|near| next + near).or_else(|| {
                let all = || self.0.iter().enumerate().map(|(place, (slug, _))| (slug, place)).collect();
                index.get_or_insert_with(all).get(slug).copied()
            });
            next = place.map_or(next, |place| place + 1);
            place
        };
        slugs.map(|slug| place(slug).map(|place| &self.0[place].1)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_finds_its_own_whatever_the_order() {
        let letters =
            |text: &str| text.chars().map(|c| Slug::from(c.to_string().as_str())).collect::<Vec<_>>();
        let kept: InOrder<char> = letters("abcdefghijkl").into_iter().zip("abcdefghijkl".chars()).collect();
        for asked in ["abcdefghijkl", "acl", "lkjihgfedcba", "azbyc", "", "xaxlxb", "jklabc"] {
            let found = kept.of(letters(asked).iter());
            let right: Vec<Option<char>> = asked.chars().map(|c| (c <= 'l').then_some(c)).collect();
            assert_eq!(found.into_iter().map(Option::<&char>::copied).collect::<Vec<_>>(), right, "{asked}");
        }
    }
}
