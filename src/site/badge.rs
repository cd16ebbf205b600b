//! Badges: the state of the city, or of a service, as a small picture and as data for shields.io.
//!
//! Word, shape and colour say the same, and the word is in the picture's title, so nobody needs to see the colour.

use serde::Serialize;

use super::front::Headline;
use super::index::Site;
use super::plan::{Pages, Planned, Writing};
use crate::content::ServiceState;
use crate::diag::Finding;
use crate::prose::escape;

/// What a badge says.
struct Badge {
    label: String,
    message: String,
    state: ServiceState,
}

/// The schema of shields.io's endpoint.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint<'b> {
    schema_version: u8,
    label: &'b str,
    message: &'b str,
    color: &'static str,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for item in 0..=site.view.registers.services.len() {
        let badge = Badge::of(site, item);
        let mut fingerprint = site.fingerprint(0);
        fingerprint.add(&badge.message).add(&badge.state);
        let folder = match item.checked_sub(1) {
            None => String::new(),
            Some(service) => format!("services/{}/", site.view.registers.services[service].id),
        };
        for (name, writing) in [("badge.svg", Writing::Page(svg)), ("badge.json", Writing::Page(json))] {
            pages.add(Planned {
                path: format!("{folder}{name}"),
                fingerprint: fingerprint.clone().finish(),
                tongue: 0,
                item,
                writing,
                source: None,
            });
        }
    }
}

impl Badge {
    /// 0 is the whole site; then come the services, in the order of the register.
    fn of(site: &Site<'_>, item: usize) -> Self {
        let tongue = &site.tongues[0];
        match item.checked_sub(1) {
            None => Self {
                label: site.view.settings.name.clone(),
                message: Headline::of(site).plain(tongue),
                state: site.states.values().copied().max().unwrap_or_default(),
            },
            Some(service) => {
                let service = &site.view.registers.services[service];
                let state = site.state_of(service);
                Self {
                    label: service.name.to_string(),
                    message: super::facts::State::new(tongue, state).word,
                    state,
                }
            }
        }
    }
}

/// Colours on white text, each at least 4.5 to 1.
fn colour(state: ServiceState) -> (&'static str, &'static str) {
    match state {
        ServiceState::Operational => ("green", "#1a7f37"),
        ServiceState::PlannedWork => ("blue", "#1d5fa8"),
        ServiceState::Degraded => ("yellow", "#7a5c00"),
        ServiceState::PartialOutage => ("orange", "#b23c0a"),
        ServiceState::Outage => ("red", "#b3121d"),
    }
}

fn json(site: &Site<'_>, _tongue: usize, item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let badge = Badge::of(site, item);
    let (color, _) = colour(badge.state);
    let endpoint = Endpoint { schema_version: 1, label: &badge.label, message: &badge.message, color };
    Ok(serde_json::to_vec(&endpoint).expect("plain structs of strings always serialise"))
}

fn svg(site: &Site<'_>, _tongue: usize, item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let badge = Badge::of(site, item);
    let (label, message) = (width(&badge.label), width(&badge.message));
    let (whole, (_, fill)) = (label + message, colour(badge.state));
    let mut words = String::new();
    escape(&format!("{}: {}", badge.label, badge.message), &mut words);
    let (mut label_words, mut message_words) = (String::new(), String::new());
    escape(&badge.label, &mut label_words);
    escape(&badge.message, &mut message_words);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole}\" height=\"22\" role=\"img\" aria-label=\"{words}\">\
         <title>{words}</title>\
         <rect width=\"{label}\" height=\"22\" fill=\"#24292f\"/><rect x=\"{label}\" width=\"{message}\" height=\"22\" fill=\"{fill}\"/>\
         <g fill=\"#fff\" font-family=\"system-ui,sans-serif\" font-size=\"12\" text-anchor=\"middle\">\
         <text x=\"{}\" y=\"15\" textLength=\"{}\">{label_words}</text>\
         <text x=\"{}\" y=\"15\" textLength=\"{}\">{message_words}</text></g></svg>\n",
        label / 2,
        label - PAD,
        label + message / 2,
        message - PAD,
    )
    .into_bytes())
}

/// Pixels left and right of the words, together.
const PAD: usize = 14;

/// Pixels that words of 12 px take, about: `textLength` makes them fit.
fn width(words: &str) -> usize {
    words.chars().count() * 7 + PAD
}

#[cfg(test)]
mod tests {
    use crate::site::town::Town;

    const SAID: &str = "## 2026-11-21 14:10 Investigating\n\nWe closed the road.\n";

    #[test]
    fn a_badge_says_in_words_what_its_colour_says() {
        let town = Town::burst(SAID).awake_until("14:11");
        let svg = town.file("14:11", "services/water-supply/badge.svg");
        assert!(
            svg.contains("<title>Tap water: Some areas affected</title>") && svg.contains("#b23c0a"),
            "{svg}"
        );
        let json: serde_json::Value = serde_json::from_str(&town.file("14:11", "badge.json")).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "schemaVersion": 1,
                "label": "Riverton City",
                "message": "Tap water: some areas affected",
                "color": "orange",
            })
        );
        let buses: serde_json::Value =
            serde_json::from_str(&town.file("14:11", "services/buses/badge.json")).unwrap();
        assert_eq!((&buses["message"], &buses["color"]), (&"Working normally".into(), &"green".into()));
    }
}
