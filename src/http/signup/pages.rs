//! The pages as values for their templates, and rendered.

use std::sync::Arc;

use serde::Serialize;

use super::OnShow;
use super::fields::Fields;
use super::form::{Choices, Fault};
use crate::outbox::{Pace, Subscriber, about};
use crate::text::{Label, Slug};
use crate::theme::{Html, Strings};
use crate::timeline::Timeline;

/// So many incidents are offered to be followed at most.
const OFFERED: usize = 12;

/// Something to tick or to pick.
#[derive(Debug, Serialize)]
struct Choice<'a> {
    value: &'a str,
    says: Html,
    on: bool,
}

#[derive(Debug, Serialize)]
struct Group<'a> {
    name: Html,
    choices: Vec<Choice<'a>>,
}

#[derive(Debug, Serialize)]
struct Wrong<'a> {
    field: &'a str,
    says: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) says: String,
}

/// `signup/choose.html`: the form of a sign-up, and that of a reader's choices.
#[derive(Debug, Serialize)]
struct Choose<'a> {
    title: &'a str,
    lead: Vec<String>,
    errors: Vec<Wrong<'a>>,
    ask_email: bool,
    email: &'a str,
    email_wrong: &'a str,
    /// The one incident that a sign-up is for; empty: services and places are chosen.
    incident: &'a str,
    /// What goes on and could be followed too.
    incidents: Vec<Choice<'a>>,
    topics: bool,
    services: Vec<Group<'a>>,
    areas: Vec<Choice<'a>>,
    postcodes: bool,
    postcode: &'a str,
    postcode_wrong: &'a str,
    widen: bool,
    paces: Vec<Choice<'a>>,
    languages: Vec<Choice<'a>>,
    quiet_from: &'a str,
    quiet_to: &'a str,
    hours_wrong: &'a str,
    /// The zone of the quiet hours, and the one where nothing is given.
    zone: &'a str,
    site_zone: &'a str,
    button: &'a str,
    after: Vec<&'a str>,
    links: Vec<Link>,
}

/// `signup/say.html`: something is said, and there may be a button.
#[derive(Debug, Default, Serialize)]
pub(super) struct Say {
    pub(super) title: String,
    pub(super) lead: Vec<String>,
    pub(super) forms: Vec<Button>,
    pub(super) links: Vec<Link>,
}

/// A form that is a button.
#[derive(Debug, Default, Serialize)]
pub(super) struct Button {
    /// Where it posts; empty: to the page itself.
    pub(super) action: String,
    pub(super) heading: String,
    pub(super) says: String,
    /// What must be ticked first.
    pub(super) tick: String,
    pub(super) button: String,
    /// Cannot be taken back.
    pub(super) grave: bool,
}

/// `signup/feedback.html`
#[derive(Debug, Serialize)]
pub(super) struct Answering<'a> {
    pub(super) title: &'a str,
    pub(super) about: String,
    pub(super) wrong: &'a str,
    pub(super) helped: &'a str,
    pub(super) words: &'a str,
    pub(super) contact: &'a str,
    pub(super) back: String,
}

/// Renders pages in one language.
#[derive(Clone, Copy)]
pub(super) struct Pages<'a> {
    pub(super) shown: &'a OnShow,
    pub(super) lang: &'a str,
    /// See [`crate::site::Served::page`].
    pub(super) switch: Option<&'a str>,
}

impl<'a> Pages<'a> {
    pub(super) fn strings(self) -> &'a Strings {
        self.shown.served.strings(self.lang)
    }

    fn label(self, label: &Label) -> Html {
        self.shown.served.label(self.lang, label)
    }

    pub(super) fn word(self, key: &str) -> String {
        self.strings().get(key).to_owned()
    }

    pub(super) fn say(self, say: &Say) -> Vec<u8> {
        self.render("signup/say.html", &say.title, say)
    }

    /// A page of words alone: a title and the words of each key.
    pub(super) fn tell(self, title: &str, lead: &[&str], links: Vec<Link>) -> Vec<u8> {
        let lead = lead.iter().map(|key| self.word(key)).collect();
        self.say(&Say { title: self.word(title), lead, links, ..Say::default() })
    }

    pub(super) fn answering(self, answering: &Answering<'_>) -> Vec<u8> {
        self.render("signup/feedback.html", answering.title, answering)
    }

    /// The form of a sign-up; `fields` as they came, with what is wrong.
    pub(super) fn sign_up(self, fields: &Fields, choices: &Choices, faults: &[Fault]) -> Vec<u8> {
        let first = choices.follows.incidents.first();
        let incident = first.and_then(|slug| Some((slug, self.shown.timelines.get(slug)?)));
        let strings = self.strings();
        let lead = match incident {
            Some((_, timeline)) => {
                let title = self.shown.title(&timeline.incident, self.lang);
                strings.say("signup.follow_lead", &[("title", title)])
            }
            None => strings.get("signup.lead").to_owned(),
        };
        self.choose(&Choose {
            title: strings.get(if incident.is_some() { "signup.follow_title" } else { "signup.title" }),
            lead: vec![lead],
            ask_email: true,
            email: fields.get("email"),
            incident: incident.map_or("", |(slug, _)| slug.as_str()),
            postcode: fields.get("postcode"),
            button: strings.get("signup.subscribe"),
            after: vec![strings.get("signup.privacy")],
            ..self.blank(choices, faults)
        })
    }

    /// The form of what a reader gets.
    pub(super) fn preferences(
        self,
        reader: &Subscriber,
        choices: &Choices,
        faults: &[Fault],
        data: Link,
    ) -> Vec<u8> {
        let strings = self.strings();
        let mut lead = vec![strings.say("signup.change_lead", &[("email", &reader.email)])];
        if choices.follows.nothing_else {
            lead.push(strings.get("signup.only_lead").to_owned());
        }
        let followed = reader.follows.incidents.iter().filter_map(|slug| self.shown.timelines.get(slug));
        for timeline in followed {
            let title = self.shown.title(&timeline.incident, self.lang);
            lead.push(strings.say("signup.followed", &[("title", title)]));
        }
        self.choose(&Choose {
            title: strings.get("signup.change_title"),
            lead,
            widen: choices.follows.nothing_else,
            incidents: self.open(reader, choices),
            button: strings.get("signup.keep"),
            links: vec![data],
            ..self.blank(choices, faults)
        })
    }

    /// What a reader hears about, and how often.
    pub(super) fn about(self, reader: &Subscriber) -> String {
        let strings = self.strings();
        let mut what = about(reader, &self.shown.registers, strings);
        let first = reader.follows.incidents.first().filter(|_| reader.follows.nothing_else);
        if let Some(timeline) = first.and_then(|slug| self.shown.timelines.get(slug)) {
            what = self.shown.title(&timeline.incident, self.lang).to_owned();
        }
        let pace = strings.get(pace_key(reader.pace));
        strings.say("signup.confirm_about", &[("about", &what), ("pace", pace)])
    }

    /// What goes on and is not followed yet, the latest first.
    fn open(self, reader: &Subscriber, choices: &Choices) -> Vec<Choice<'a>> {
        let followed = &reader.follows.incidents;
        let mut open: Vec<_> = self
            .shown
            .timelines
            .iter()
            .filter(|(slug, timeline)| timeline.ended.is_none() && !followed.contains(slug))
            .filter_map(|(slug, timeline)| Some((timeline.last_said()?.at, slug, timeline)))
            .collect();
        open.sort_unstable_by_key(|(at, slug, _)| (std::cmp::Reverse(*at), *slug));
        let choice = |(_, slug, timeline): (_, &'a Slug, &'a Arc<Timeline>)| Choice {
            value: slug.as_str(),
            says: Html::text(self.shown.title(&timeline.incident, self.lang)),
            on: choices.follows.incidents.contains(slug),
        };
        open.into_iter().take(OFFERED).map(choice).collect()
    }

    fn choose(self, choose: &Choose<'a>) -> Vec<u8> {
        self.render("signup/choose.html", choose.title, choose)
    }

    /// A form with these choices, without what differs between forms.
    fn blank(self, choices: &'a Choices, faults: &[Fault]) -> Choose<'a> {
        let strings = self.strings();
        let registers = &self.shown.registers;
        let said = |wanted: &[Fault]| {
            let fault = faults.iter().find(|fault| wanted.contains(fault));
            fault.map_or("", |fault| strings.get(fault.key()))
        };
        let choice = |(_, service): (usize, &'a crate::content::Service)| Choice {
            value: service.id.as_str(),
            says: self.label(&service.name),
            on: choices.services.contains(&service.id),
        };
        let services: Vec<Group<'_>> = registers
            .groups()
            .into_iter()
            .map(|(name, of)| Group { name: self.label(name), choices: of.into_iter().map(choice).collect() })
            .collect();
        let area = |area: &'a crate::content::Area| Choice {
            value: area.id.as_str(),
            says: self.label(&area.name),
            on: choices.areas.contains(&area.id),
        };
        let pace = |pace: Pace| Choice {
            value: pace.word(),
            says: Html::text(strings.get(pace_key(pace))),
            on: pace == choices.pace,
        };
        let (quiet_from, quiet_to) = choices.hours.quiet().split_once('-').unwrap_or_default();
        let language =
            |(lang, name)| Choice { value: lang, says: Html::text(name), on: lang == choices.language };
        Choose {
            title: "",
            lead: Vec::new(),
            errors: faults
                .iter()
                .map(|fault| Wrong { field: fault.field(), says: strings.get(fault.key()) })
                .collect(),
            ask_email: false,
            email: "",
            email_wrong: said(&[Fault::NoEmail, Fault::Email]),
            incident: "",
            incidents: Vec::new(),
            topics: !choices.follows.nothing_else,
            services,
            areas: registers.areas.iter().map(area).collect(),
            postcodes: registers.areas.iter().any(|area| !area.postcodes.is_empty()),
            postcode: "",
            postcode_wrong: said(&[Fault::Postcode]),
            widen: false,
            paces: Pace::ALL.into_iter().map(pace).collect(),
            languages: self.shown.served.languages().map(language).collect(),
            quiet_from,
            quiet_to,
            hours_wrong: said(&[Fault::Hours]),
            zone: choices.hours.zone(),
            site_zone: self.shown.settings.zone.iana_name().unwrap_or("UTC"),
            button: "",
            after: Vec::new(),
            links: Vec::new(),
        }
    }

    fn render<M: Serialize>(self, template: &str, title: &str, model: &M) -> Vec<u8> {
        let title = format!("{title} – {}", self.shown.settings.name);
        self.shown.served.page(self.lang, template, &title, model, self.switch)
    }
}

fn pace_key(pace: Pace) -> &'static str {
    match pace {
        Pace::All => "signup.pace_all",
        Pace::News => "signup.pace_news",
        Pace::Ends => "signup.pace_ends",
        Pace::Digest => "signup.pace_digest",
    }
}
