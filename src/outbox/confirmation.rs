//! The mail that answers a form: the link that confirms, or, to somebody who gets our mail already, the links to
//! change it. Both look alike from outside, and both say what to do if a stranger typed the address.

use jiff::Timestamp;

use super::compose::Stationery;
use super::subscriber::{ASK_AGAIN, Subscriber, SubscriberState};
use super::token::{Purpose, Token};
use super::{Notice, headers, language_for};
use crate::content::Registers;
use crate::text::Slug;
use crate::theme::Strings;

/// Begins the key of every such notice.
pub const CONFIRMATION: &str = "confirm ";

/// A single incident that a form asks for, with its title in the reader's language.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub incident: &'a Slug,
    pub title: &'a str,
}

/// The mail to someone whose address was typed into the form at `now`, in their language. What a form wanted of a reader
/// who gets our mail already is theirs to take on: `wanted` becomes a link.
pub fn confirmation(
    with: &Stationery<'_>,
    person: &Subscriber,
    wanted: Option<Wanted<'_>>,
    now: Timestamp,
) -> Notice {
    let strings = with.theme.strings(language_for(with.settings, &person.language));
    let link = |path: char, purpose| {
        let token = Token { purpose, subscriber: person.id, epoch: person.token_epoch };
        format!("{}/{path}/{}", public_url(with), with.keys.seal(token))
    };
    let site = headers::one_line(&with.settings.name);
    let (subject, body) = if person.state == SubscriberState::Confirmed {
        let (change, leave) = (link('p', Purpose::Preferences), link('u', Purpose::Unsubscribe));
        let links = [("site", &*site), ("change", &*change), ("leave", &*leave)];
        match wanted {
            Some(Wanted { incident, title }) => {
                let title = headers::one_line(title);
                let follow = format!("{}/{incident}", link('i', Purpose::Follow));
                let body = strings.say(
                    "signup.mail_follow",
                    &[&links[..], &[("title", &title), ("follow", &follow)]].concat(),
                );
                (strings.say("signup.mail_follow_subject", &[("title", &title)]), body)
            }
            None => (
                strings.say("signup.mail_known_subject", &[("site", &site)]),
                strings.say("signup.mail_known", &links),
            ),
        }
    } else {
        let link = link('c', Purpose::Confirm);
        let about = about(person, with.registers, &strings);
        let body = strings.say("signup.mail_confirm", &[("site", &site), ("about", &about), ("link", &link)]);
        (strings.say("signup.mail_confirm_subject", &[("site", &site)]), body)
    };
    let postal = if with.mail.postal.is_empty() {
        with.settings.contact.place.said_in(&strings.lang)
    } else {
        &*with.mail.postal
    };
    Notice {
        key: format!("{CONFIRMATION}{} {}", person.id.0, now.as_millisecond()),
        to: person.email.clone(),
        subject,
        body: format!("{body}\n\n-- \n{site}\n{postal}\n"),
        at: now,
        expires_at: now.saturating_add(ASK_AGAIN).unwrap_or(Timestamp::MAX),
    }
}

/// What a reader hears about, in words: "Water supply, Roads; Norwood".
pub fn about(person: &Subscriber, registers: &Registers, strings: &Strings) -> String {
    if person.follows.nothing_else {
        return strings.get("signup.one_incident").to_owned();
    }
    let named = |names: Vec<&str>, all: &str| {
        if names.is_empty() { strings.get(all).to_owned() } else { names.join(", ") }
    };
    let service = |id| registers.service(id).map(|service| service.name.said_in(&strings.lang));
    let area = |id| registers.area(id).map(|area| area.name.said_in(&strings.lang));
    let services = person.services.iter().map(|id| service(id).unwrap_or(id.as_str())).collect();
    let areas = person.areas.iter().map(|id| area(id).unwrap_or(id.as_str())).collect();
    format!("{}; {}", named(services, "signup.all_services"), named(areas, "signup.everywhere"))
}

/// Where the public reaches the sign-up service, without a slash at the end.
pub fn public_url<'a>(with: &Stationery<'a>) -> &'a str {
    let url = if with.http.public_url.is_empty() { &with.settings.base_url } else { &with.http.public_url };
    url.trim_end_matches('/')
}
