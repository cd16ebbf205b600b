//! Sorry, and nothing to make it good.

use crate::diag::Level;
use crate::lint::{Category, Check, Pack, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "apology-without-repair",
    category: Category::Apology,
    level: Level::Info,
    withholds: false,
    overridable: true,
    summary: "Resolved with an apology, and nothing about putting right what people lost.",
    explanation: "Sorry is the beginning. Whoever lost a booking, a day's pay or a dose wants to know whether they get it \
        back, and from whom.",
    source: "Lewicki, Polin and Lount: the offer of repair is the second most effective part of an apology. NHS Scotland's \
        four Rs: reflect, regret, reason, remedy.",
    backing: "A sentence in any update that says what you do for people: refund, ring, replace, extend, do again, check; \
        `goodwill` in the front matter; a `Promise:`; the tasks of a review. Only told, never an error: often there is nothing \
        to put right.",
    check: Check::Structure(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    let Some(phrases) = Pack::of(&incident.lang).and_then(|pack| pack.rule(RULE.id)) else { return };
    let over = subject.timeline.is_some_and(|timeline| timeline.ended.is_some());
    let promised = incident.updates.iter().any(|update| !update.header.promises.is_empty() || !update.tasks.is_empty());
    if !over || promised || !incident.goodwill.trim().is_empty() || incident.is_maintenance() {
        return;
    }
    if subject.own().any(|passage| passage.sentences().any(|said| phrases.has("repair", said.text))) {
        return;
    }
    let sorry = subject.own().find_map(|passage| {
        let lexicon = passage.lexicon()?;
        let words = |said: crate::lint::Lowered<'_>| Some(said.original(lexicon.first("apology", said.text)?));
        Some(passage.place(passage.sentences().find_map(words)?))
    });
    if let Some(place) = sorry {
        report.find(
            place,
            "This apology comes with nothing that puts it right.",
            "Say what you do for those who lost something: “If you paid twice, the second payment is back by Friday.” With \
             `goodwill` in the front matter it stands on the page and in the mails.",
        );
    }
}
