//! What one mail tells: everything said since the reader's last one, newest first.

use super::{Numbered, Telling};
use crate::timeline::{Statement, StatementKind, Timeline, Words};

/// The statements of one mail. Only these and what they held count, not the moment at which the mail is written:
/// so a mail sent again says the same.
#[derive(Clone, Debug)]
pub struct News<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) newest: &'a Statement,
    /// Newest first. Holding updates that something newer overtook are left out: they have nothing to say any more.
    pub(super) earlier: Vec<&'a Statement>,
    /// Whether this is the reader's first mail about the incident.
    pub(super) first: bool,
}

impl<'a> News<'a> {
    /// Everything told after `from_seq`, up to `seq`; with `from_seq` 0 the latest state and no more, since the summary
    /// says the rest. `None` where the timeline has no statement of that number.
    pub fn between(timeline: &'a Timeline, numbered: &[Numbered], from_seq: u64, seq: u64) -> Option<Self> {
        let find = |numbered: &Numbered| {
            timeline.statements.iter().find(|statement| statement.id == numbered.statement)
        };
        let newest = find(numbered.iter().find(|numbered| numbered.seq == seq)?)?;
        let first = from_seq == 0;
        let told = numbered
            .iter()
            .rev()
            .filter(|n| n.seq > from_seq && n.seq < seq && n.telling == Telling::Audience);
        let speaks = |statement: &&Statement| {
            statement.kind != StatementKind::Holding && statement.words != Words::Retracted
        };
        let mut earlier: Vec<&Statement> = told.filter_map(find).filter(speaks).collect();
        if first {
            // A holding update or a correction means nothing without the status that it is about.
            earlier.retain(|statement| matches!(statement.kind, StatementKind::Update(_)));
            let stands_alone = matches!(newest.kind, StatementKind::Update(_));
            earlier.truncate(usize::from(!stands_alone));
        }
        Some(Self { timeline, newest, earlier, first })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Told, riverside};
    use super::*;

    fn ids(told: &Told, from: u64, to: u64) -> Vec<String> {
        let news = News::between(&told.timeline, &told.numbered, from, to).unwrap();
        std::iter::once(news.newest).chain(news.earlier).map(|s| s.id.stamp().to_owned()).collect()
    }

    #[test]
    fn a_mail_tells_what_is_new_newest_first_and_no_stale_holding_update() {
        let told = riverside();
        assert_eq!(told.stamps(), ["20261121T2010Z", "20261121T2040Z", "20261121T2110Zh", "20261121T2120Z"]);
        assert_eq!(ids(&told, 1, 2), ["20261121T2040Z"]);
        assert_eq!(ids(&told, 1, 3), ["20261121T2110Zh", "20261121T2040Z"]);
        assert_eq!(ids(&told, 1, 4), ["20261121T2120Z", "20261121T2040Z"]);
    }

    #[test]
    fn a_late_reader_gets_the_latest_state() {
        let told = riverside();
        assert_eq!(ids(&told, 0, 1), ["20261121T2010Z"]);
        assert_eq!(ids(&told, 0, 2), ["20261121T2040Z"]);
        assert_eq!(ids(&told, 0, 3), ["20261121T2110Zh", "20261121T2040Z"]);
        assert!(News::between(&told.timeline, &told.numbered, 0, 9).is_none());
    }
}
