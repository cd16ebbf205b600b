//! The windows of planned work that repeats.
//!
//! A statement speaks of the window that stands when it is made: `Window` moves that one, Completed confirms it,
//! Cancelled calls it off, and the next one stands. Where nobody confirms a window it stands until the next begins.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::content::{Incident, Kind, Status, Window};

/// One window of planned work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Occurrence {
    /// When the rule would have it begin: its name for calendars, whatever becomes of it.
    pub planned: Timestamp,
    /// When it is, after every move.
    pub window: Window,
    pub completed: Option<Timestamp>,
    pub cancelled: Option<Timestamp>,
}

/// The windows of one work, in the order of the rule.
#[derive(Clone, Debug, Default)]
pub(super) struct Series(Vec<Occurrence>);

/// How many windows ahead are known.
const AHEAD: usize = 12;

/// No rule is followed further than this many windows.
const MOST: usize = 20_000;

impl Series {
    /// `None` where the work does not repeat.
    pub(super) fn of(incident: &Incident, zone: &TimeZone, now: Timestamp) -> Option<Self> {
        let Kind::Maintenance { window, repeat: Some(repeat) } = &incident.kind else { return None };
        let length = window.end.duration_since(window.start);
        let mut ahead = 0;
        let starts = repeat.value.starts(window.start, zone).take(MOST).take_while(|start| {
            ahead += usize::from(*start > now);
            ahead <= AHEAD
        });
        let occurrence = |start: Timestamp| Occurrence {
            planned: start,
            window: Window { start, end: start.saturating_add(length).unwrap_or(Timestamp::MAX) },
            completed: None,
            cancelled: None,
        };
        Some(Self(starts.map(occurrence).collect()))
    }

    /// The window that stands at a moment: the first that is not done and that no later one has overtaken.
    pub(super) fn standing(&self, at: Timestamp) -> Option<usize> {
        (0..self.0.len()).find(|index| {
            let one = &self.0[*index];
            let overtaken = self.0.get(index + 1).is_some_and(|next| next.window.start <= at);
            one.completed.is_none() && one.cancelled.is_none() && !overtaken
        })
    }

    /// What an update says of the window that stands. Returns that window, as it then is.
    pub(super) fn hear(
        &mut self,
        at: Timestamp,
        status: Option<Status>,
        moved: Option<Window>,
    ) -> Option<Window> {
        let index = self.standing(at)?;
        let before = index.checked_sub(1).and_then(|before| self.0.get(before));
        // Said twice: it speaks of the window before, which is done already.
        let again =
            before.is_some_and(|before| before.completed.is_some()) && at < self.0[index].window.start;
        let one = &mut self.0[index];
        if let Some(window) = moved {
            one.window = window;
        }
        match status {
            Some(Status::Completed) if !again => one.completed = Some(at),
            Some(Status::Cancelled) => one.cancelled = Some(at),
            _ => {}
        }
        Some(one.window)
    }

    pub(super) fn windows(&self) -> &[Occurrence] {
        &self.0
    }

    pub(super) fn into_windows(self) -> Vec<Occurrence> {
        self.0
    }
}

impl Occurrence {
    /// Whether it went on, or goes on, at a moment, by the clock and by what was said of it.
    pub fn covers(&self, at: Timestamp) -> bool {
        let over = [self.completed, self.cancelled].into_iter().flatten().any(|over| over <= at);
        !over && self.window.start <= at && at < self.window.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Repeat, ServiceState, Word};
    use crate::text::ServiceId;
    use crate::timeline::sketch::{Sketch, World, at, given};
    use crate::timeline::{StatementKind, Timeline};

    /// Every day from 9am to midday, from 21 November on.
    fn daily(rule: &str) -> Sketch {
        Sketch::maintenance("valves", "09:00", "12:00").with(|incident| {
            let window = Window { start: at("09:00"), end: at("12:00") };
            let repeat = Some(given(Repeat::parse(rule).unwrap()));
            incident.kind = Kind::Maintenance { window, repeat };
        })
    }

    fn seen(sketch: Sketch, now: &str) -> Timeline {
        World::new(sketch.build()).at(at(now))
    }

    fn stands(timeline: &Timeline, start: &str) {
        assert_eq!(timeline.facts.window.map(|window| window.start), Some(at(start)));
    }

    fn is_planned_work(timeline: &Timeline) -> bool {
        timeline.states.get(&ServiceId::from("water-supply")) == Some(&ServiceState::PlannedWork)
    }

    #[test]
    fn the_clock_switches_each_window_on_and_off() {
        for (now, start, on) in [
            ("08:59", "09:00", false),
            ("09:00", "09:00", true),
            ("11:59", "09:00", true),
            // Nobody confirmed the end, so that window stands until the next begins.
            ("12:00", "09:00", false),
            ("2026-11-22 08:59", "09:00", false),
            ("2026-11-22 09:00", "2026-11-22 09:00", true),
            ("2026-12-24 10:00", "2026-12-24 09:00", true),
        ] {
            let timeline = seen(daily("FREQ=DAILY"), now);
            stands(&timeline, start);
            assert_eq!(is_planned_work(&timeline), on, "{now}");
            assert_eq!(timeline.ended, None, "{now}");
        }
        assert_eq!(seen(daily("FREQ=DAILY"), "2026-11-22 08:59").wake, Some(at("2026-11-22 09:00")));
    }

    #[test]
    fn completed_confirms_one_window_and_the_next_stands() {
        let done =
            || daily("FREQ=DAILY").update(at("11:00"), Word::Status(Status::Completed), "Done.", |_| {});
        let timeline = seen(done(), "11:30");
        stands(&timeline, "2026-11-22 09:00");
        assert!(!is_planned_work(&timeline) && !timeline.open);
        assert_eq!((timeline.status, timeline.ended), (None, None));
        let twice = done().update(at("13:00"), Word::Status(Status::Completed), "Really.", |_| {});
        stands(&seen(twice, "13:30"), "2026-11-22 09:00");
        let next = done().update(at("2026-11-22 10:00"), Word::Status(Status::InProgress), "We dig.", |_| {});
        let timeline = seen(next, "2026-11-22 10:30");
        assert_eq!((timeline.status, timeline.reopened), (Some(Status::InProgress), 0));
        assert!(is_planned_work(&timeline));
    }

    #[test]
    fn a_move_and_a_cancellation_are_about_the_window_that_stands() {
        let moved =
            daily("FREQ=DAILY").update(at("08:00"), Word::Status(Status::Scheduled), "Later.", |header| {
                header.window = Some(given(Window { start: at("14:00"), end: at("15:00") }));
            });
        let timeline = seen(moved, "10:00");
        stands(&timeline, "14:00");
        assert!(!is_planned_work(&timeline));
        assert_eq!(timeline.series[1].window.start, at("2026-11-22 09:00"));
        let cancelled =
            daily("FREQ=DAILY").update(at("08:00"), Word::Status(Status::Cancelled), "Not today.", |_| {});
        let timeline = seen(cancelled, "10:00");
        stands(&timeline, "2026-11-22 09:00");
        assert!(!is_planned_work(&timeline) && timeline.ended.is_none());
        assert_eq!(timeline.series[0].cancelled, Some(at("08:00")));
    }

    #[test]
    fn the_last_window_ends_the_work() {
        let done = |sketch: Sketch, when: &str| {
            sketch.update(at(when), Word::Status(Status::Completed), "Done.", |_| {})
        };
        let all = done(done(daily("FREQ=DAILY;COUNT=2"), "11:00"), "2026-11-22 11:00");
        let timeline = seen(all, "2026-11-23 10:00");
        assert_eq!(timeline.ended, Some(at("2026-11-22 11:00")));
        assert_eq!(timeline.status, Some(Status::Completed));
        assert!(!is_planned_work(&timeline));
        assert!(
            timeline
                .statements
                .iter()
                .all(|s| s.kind == StatementKind::Update(Status::Completed) && !s.reopens)
        );
    }
}
