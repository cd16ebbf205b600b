//! Comments that speak to Candor: `<!-- candor: allow(RULE) because REASON [until DATE] -->` and
//! `<!-- candor: publish-anyway because REASON -->`.

use jiff::civil::Date;

use super::Directive;
use super::keywords::{Keywords, Phrase};
use crate::text::{Span, Spanned, nearest};

/// Reads a comment, `<!--` and `-->` included; `None` where it does not speak to Candor.
pub(super) fn read_comment(text: &str, span: Span, keywords: &Keywords) -> Option<Directive> {
    let inside = span.of(text).strip_prefix("<!--")?.strip_suffix("-->")?;
    let said = inside.trim();
    let end = said.find(|c: char| !c.is_alphabetic()).unwrap_or(said.len());
    let (name, rest) = said.split_at(end);
    let colon = rest.trim_start().strip_prefix(':');
    if !name.eq_ignore_ascii_case("candor") {
        // A slip in the name would silence nothing, and nobody would know why.
        let slip = colon.is_some() && nearest(name, ["candor"]).is_some();
        return slip.then(|| Directive::Unreadable(format!("“{name}:” is not `candor:`.")));
    }
    let Some(rest) = colon else {
        return Some(Directive::Unreadable("`candor` must be followed by a colon.".to_owned()));
    };
    Some(directive(text, span, rest.trim(), keywords))
}

fn directive(text: &str, span: Span, rest: &str, keywords: &Keywords) -> Directive {
    let Some((head, reason)) = keywords.split(Phrase::Because, rest) else {
        return Directive::Unreadable("It gives no reason.".to_owned());
    };
    let (because, until) = match until(reason) {
        Ok(parts) => parts,
        Err(why) => return Directive::Unreadable(why),
    };
    if !because.chars().any(char::is_alphanumeric) {
        return Directive::Unreadable("It gives no reason.".to_owned());
    }
    let head = head.trim().trim_end_matches(',').trim_end();
    if head.eq_ignore_ascii_case("publish-anyway") {
        return match until {
            None => Directive::PublishAnyway { because },
            Some(_) => Directive::Unreadable("`publish-anyway` takes no `until`.".to_owned()),
        };
    }
    let rule = head.strip_prefix("allow").map(str::trim_start);
    let rule =
        rule.and_then(|rule| rule.strip_prefix('(')).and_then(|rule| rule.strip_suffix(')')).map(str::trim);
    let is_rule =
        |rule: &&str| !rule.is_empty() && rule.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    match rule.filter(is_rule) {
        Some(rule) => {
            // The first place of the name in the comment is the place in `allow(…)`, since only `allow(` stands before it.
            let at = span.of(text).find('(').map_or(0, |open| open + 1);
            let at = at + span.of(text)[at..].find(rule).unwrap_or(0);
            let place = Span::new(span.start + at, span.start + at + rule.len());
            Directive::Allow { rule: Spanned::new(rule.to_owned(), place), because, until }
        }
        None => Directive::Unreadable(format!(
            "“{head}” is neither `allow(RULE)`, with one rule, nor `publish-anyway`."
        )),
    }
}

/// Splits `REASON until DATE`. "until" with no date behind it belongs to the reason.
fn until(reason: &str) -> Result<(String, Option<Date>), String> {
    let found = reason.rmatch_indices("until ").find(|(at, _)| reason[..*at].ends_with(char::is_whitespace));
    if let Some((at, word)) = found {
        let date = reason[at + word.len()..].trim();
        if date.starts_with(|c: char| c.is_ascii_digit()) {
            let parsed =
                date.parse::<Date>().map_err(|_| format!("“{date}” is not a date such as 2026-11-21."))?;
            return Ok((reason[..at].trim().trim_end_matches(',').to_owned(), Some(parsed)));
        }
    }
    Ok((reason.trim().to_owned(), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Directive> {
        read_comment(text, Span::new(0, text.len()), Keywords::of("en"))
    }

    #[test]
    fn rule_reason_and_date_are_read() {
        let Some(Directive::Allow { rule, because, until }) =
            read("<!-- candor: allow(unbacked-soon) because the poster says so, until 2026-12-01 -->")
        else {
            panic!("not read")
        };
        assert_eq!((rule.as_str(), rule.span), ("unbacked-soon", Span::new(19, 32)));
        assert_eq!((because.as_str(), until), ("the poster says so", Some(Date::constant(2026, 12, 1))));
        let kept = read("<!--candor:publish-anyway because we wait until noon-->");
        assert_eq!(kept, Some(Directive::PublishAnyway { because: "we wait until noon".to_owned() }));
    }

    #[test]
    fn what_is_not_understood_says_why() {
        for (text, why) in [
            ("<!-- candor: allow(jargon) -->", "It gives no reason."),
            ("<!-- candor: allow(jargon) because -->", "It gives no reason."),
            ("<!-- candor: allow(jargon, vague-eta) because x -->", "neither `allow(RULE)`, with one rule"),
            ("<!-- candor: allow jargon because x -->", "neither"),
            ("<!-- candor: allow(jargon) because x until 2026-13-01 -->", "not a date"),
            ("<!-- candor allow(jargon) because x -->", "colon"),
            ("<!-- candour: allow(jargon) because x -->", "“candour:” is not `candor:`"),
        ] {
            let Some(Directive::Unreadable(told)) = read(text) else { panic!("{text}") };
            assert!(told.contains(why), "{text}: {told}");
        }
        assert_eq!(read("<!-- a note -->"), None);
        assert_eq!(read("<!-- candidly: a note -->"), None);
    }
}
