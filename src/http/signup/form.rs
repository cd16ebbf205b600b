//! What somebody chose in a form: services, places, pace, language.

use super::OnShow;
use super::fields::Fields;
use crate::outbox::{Address, Follows, OwnHours, Pace};
use crate::text::{AreaId, ServiceId, Slug};

/// The choices of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choices {
    pub(super) services: Vec<ServiceId>,
    pub(super) areas: Vec<AreaId>,
    pub(super) follows: Follows,
    pub(super) pace: Pace,
    pub(super) language: String,
    pub(super) hours: OwnHours,
}

/// What is wrong with a form, one for each field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NoEmail,
    Email,
    Postcode,
    /// A service, an area or an incident that is not there (any more).
    Topic,
    /// Quiet hours or their zone.
    Hours,
}

impl Fault {
    /// Id of the field that it is about.
    pub(super) fn field(self) -> &'static str {
        match self {
            Self::NoEmail | Self::Email => "email",
            Self::Postcode => "postcode",
            Self::Topic => "main",
            Self::Hours => "quiet-from",
        }
    }

    /// Key of what is said.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::NoEmail => "signup.email_missing",
            Self::Email => "signup.email_wrong",
            Self::Postcode => "signup.postcode_wrong",
            Self::Topic => "signup.topic_wrong",
            Self::Hours => "signup.hours_wrong",
        }
    }
}

/// The choices of a form, as far as they can be read. `lang`: the page's.
pub(super) fn choices(fields: &Fields, shown: &OnShow, lang: &str, faults: &mut Vec<Fault>) -> Choices {
    let registers = &shown.registers;
    let mut topic = |known: bool| {
        if !known && !faults.contains(&Fault::Topic) {
            faults.push(Fault::Topic);
        }
        known
    };
    let mut services = Vec::new();
    for id in fields.all("service").filter(|id| !id.is_empty()).map(ServiceId::from) {
        if topic(registers.service(&id).is_some()) && !services.contains(&id) {
            services.push(id);
        }
    }
    let mut areas = Vec::new();
    for id in fields.all("area").filter(|id| !id.is_empty()).map(AreaId::from) {
        if topic(registers.area(&id).is_some()) && !areas.contains(&id) {
            areas.push(id);
        }
    }
    let mut incidents = Vec::new();
    for slug in fields.all("incident").filter(|slug| !slug.is_empty()).map(Slug::from) {
        if topic(shown.timelines.contains_key(&slug)) && !incidents.contains(&slug) {
            incidents.push(slug);
        }
    }
    let postcode = fields.get("postcode");
    if !postcode.is_empty() {
        match registers.area_of_postcode(postcode) {
            Some(area) if !areas.contains(&area.id) => areas.push(area.id.clone()),
            Some(_) => {}
            None => faults.push(Fault::Postcode),
        }
    }
    let hours = hours(fields, shown).unwrap_or_else(|| {
        faults.push(Fault::Hours);
        OwnHours::default()
    });
    Choices {
        hours,
        services,
        areas,
        follows: Follows::only(incidents),
        pace: Pace::ALL.into_iter().find(|pace| pace.word() == fields.get("pace")).unwrap_or_default(),
        language: shown.served.language(fields.get("language")).unwrap_or(lang).to_owned(),
    }
}

/// Quiet hours; both times empty: none. `None`: one of them is missing, or is no time, or the zone is none.
fn hours(fields: &Fields, shown: &OnShow) -> Option<OwnHours> {
    let (from, to) = (fields.get("quiet_from"), fields.get("quiet_to"));
    let quiet = match (from.is_empty(), to.is_empty()) {
        (true, true) => String::new(),
        (false, false) => format!("{from}-{to}"),
        _ => return None,
    };
    OwnHours::read(fields.get("zone"), &quiet, &shown.settings.zone).ok()
}

/// The address of a form.
pub(super) fn address(fields: &Fields, faults: &mut Vec<Fault>) -> Option<Address> {
    let text = fields.get("email");
    let read = Address::read(text).ok();
    if read.is_none() {
        faults.insert(0, if text.is_empty() { Fault::NoEmail } else { Fault::Email });
    }
    read
}
