//! Words to our own people: what waits for a mend, what went out, what is due. Plain English, the next step first.
//!
//! Each is a [`Notice`] whose key says what it is about, so that it is sent once, however often it is worked out.

use jiff::{SignedDuration, Timestamp};

use super::Notice;
use crate::content::Incident;
use crate::diag::Finding;
use crate::prose::{Rendering, to_plain};
use crate::text::Span;
use crate::timeline::{Statement, Timeline, When, Why, Words};

/// How long a notice is worth sending.
const WORTH: SignedDuration = SignedDuration::from_hours(4);

/// Someone of ours with an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Staff {
    pub name: String,
    pub mail: String,
}

/// A statement was written and is not published, with the findings and the mend.
pub fn withheld(
    to: &Staff,
    path: &str,
    at: Option<Timestamp>,
    findings: &[Finding],
    when: When<'_>,
    now: Timestamp,
) -> Notice {
    let what = at.map_or_else(
        || format!("{path} was not read"),
        |at| format!("your update of {} in {path}", when.near(at, now)),
    );
    let mut body = format!("{},\n\nnot published: {what}.\n\n", to.name);
    for finding in findings {
        body.push_str(&format!("- {}\n", finding.message));
        if !finding.text.is_empty() {
            body.push_str(&format!("  You wrote: {}\n", finding.text));
        }
        body.push_str(&format!("  To mend it: {}\n\n", finding.help));
    }
    body.push_str(
        "Change the file and commit it; it is published at once then. Readers are told that our next statement is delayed.\n\nIf it has to go out as it is, write this above the text and say why:\n<!-- candor: publish-anyway because … -->\n",
    );
    let faults: Vec<String> =
        findings.iter().map(|finding| format!("{}@{}", finding.rule, finding.span.start)).collect();
    Notice {
        key: format!(
            "withheld {path} {} {} {}",
            at.map(|at| at.to_string()).unwrap_or_default(),
            faults.join(","),
            to.mail
        ),
        to: to.mail.clone(),
        subject: format!("Not published: {path}"),
        body,
        at: now,
        expires_at: now + WORTH,
    }
}

/// A statement went out.
pub fn published(
    to: &Staff,
    incident: &Incident,
    statement: &Statement,
    told: u64,
    page: &str,
    when: When<'_>,
    now: Timestamp,
) -> Notice {
    let mut body = format!(
        "{},\n\n{} was published {}. {} being told.\n\n{page}\n",
        to.name,
        incident.title.value,
        when.near(statement.said_at(), now),
        if told == 1 { "1 person is".to_owned() } else { format!("{} people are", grouped(told)) }
    );
    if let Some(due) = statement.due {
        body.push_str(&format!("\nThe next statement is due by {}.\n", when.near(due, now)));
    }
    Notice {
        key: format!("published {} {}", statement.id, to.mail),
        to: to.mail.clone(),
        subject: format!("Published: {}", incident.title.value),
        body,
        at: now,
        expires_at: now + WORTH,
    }
}

/// The words of a statement before the public is told them; they are on the page already.
pub fn first(
    to: &Staff,
    timeline: &Timeline,
    statement: &Statement,
    public_at: Timestamp,
    page: &str,
    when: When<'_>,
    now: Timestamp,
) -> Notice {
    let incident = &timeline.incident;
    let title = &incident.title.value;
    let words = match &statement.words {
        Words::Written(index) => incident
            .updates
            .get(*index)
            .map_or_else(String::new, |update| plain_words(incident.text(), update.words(), page)),
        Words::Composed(text) => plain_words(text, Span::new(0, text.len()), page),
        Words::Retracted => String::new(),
    };
    let starts = if public_at > now {
        format!("Messages to the public start {}.", when.near(public_at, now))
    } else {
        "The public is being told now.".to_owned()
    };
    let mut body =
        format!("{},\n\nyou hear this before the public calls. {starts}\n\n{title}\n\n{words}\n", to.name);
    if let Some(due) = statement.due {
        body.push_str(&format!("\nThe next statement is due by {}.\n", when.near(due, now)));
    }
    body.push_str(&format!(
        "\nTell callers this and no more; what you know beyond it, tell whoever is responsible. The page: {page}\n"
    ));
    Notice {
        key: format!("first {} {}", statement.id, to.mail),
        to: to.mail.clone(),
        subject: format!("For you first: {title}"),
        body,
        at: now,
        expires_at: now + WORTH,
    }
}

fn plain_words(text: &str, span: Span, page: &str) -> String {
    let rendering = Rendering { heading: 2, base: page, done: "done", to_do: "to do" };
    to_plain(text, span, &rendering).trim().to_owned()
}

/// The next statement is due, or nobody has written for too long.
pub fn reminder(
    to: &Staff,
    timeline: &Timeline,
    at: Timestamp,
    why: Why,
    when: When<'_>,
    now: Timestamp,
) -> Notice {
    let incident = &timeline.incident;
    let title = &incident.title.value;
    let (subject, first) = match why {
        Why::Due(due) => (
            format!("Due by {}: {title}", when.near(due, now)),
            format!(
                "the next statement about this is due by {}, and you answer for it.",
                when.near(due, now)
            ),
        ),
        Why::OwnerSilent(due) => (
            format!("Due by {}, your turn: {title}", when.near(due, now)),
            format!(
                "the owner wrote nothing for the last due time. The next statement is due by {}; please write it, or find out who does.",
                when.near(due, now)
            ),
        ),
        Why::Quiet(count) => (
            format!("Nobody has written: {title}"),
            format!(
                "{count} holding updates in a row went out because nobody wrote. The public now hears from us once a day. Please write, or find out who does."
            ),
        ),
    };
    let word = timeline.status.map_or("Investigating", |status| status.word());
    let body = format!(
        "{},\n\n{first}\n\nIf there is nothing new, say so and say what you are doing. If nobody writes, a holding update goes out.\n\nAdd this at the end of {}:\n\n## now {}\n\nExpected fix: TIME because REASON\n\nWhat do you know now that you did not know before? What are you doing next?\n\n### What you can do\n\nOnly if it has changed.\n\nOr type: candor update {}\n",
        to.name,
        incident.path(),
        capital(word),
        incident.slug,
    );
    Notice {
        key: format!("remind {} {at} {}", incident.slug, to.mail),
        to: to.mail.clone(),
        subject,
        body,
        at: now,
        expires_at: now + WORTH,
    }
}

/// The published branch could not be pulled.
pub fn pull_failed(to: &Staff, why: &str, now: Timestamp) -> Notice {
    Notice {
        // Once an hour is often enough.
        key: format!("pull {} {} {}", now.as_second() / 3600, why.len(), to.mail),
        to: to.mail.clone(),
        subject: "The status site does not see your commits".to_owned(),
        body: format!(
            "{},\n\nthe branch that the status site publishes from could not be pulled:\n\n{why}\n\nWhat is published stays as it is. Nothing that you commit is seen until this is mended.\n",
            to.name
        ),
        at: now,
        expires_at: now + WORTH,
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `1,204`
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped() {
        assert_eq!([0, 999, 1_204, 1_234_567].map(grouped), ["0", "999", "1,204", "1,234,567"]);
    }

    #[test]
    fn the_same_pull_failure_is_one_notice_an_hour() {
        let to = Staff { name: "Ann".into(), mail: "ann@town.example".into() };
        let at = |minute: i64| pull_failed(&to, "diverged", Timestamp::from_second(minute * 60).unwrap()).key;
        assert_eq!(at(1), at(59));
        assert_ne!(at(1), at(61));
    }
}
