//! A CAP 1.2 message (OASIS, docs.oasis-open.org/emergency/cap/v1.2), as far as we send it, and what must hold of it.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::prose::escaped;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alert {
    pub(super) identifier: String,
    pub(super) sender: String,
    pub(super) sent: Timestamp,
    /// `Actual`, `Exercise` or `Draft`.
    pub(super) status: &'static str,
    /// `Alert` or `Update`.
    pub(super) msg_type: &'static str,
    /// All earlier messages about the same, oldest first.
    pub(super) references: Vec<Reference>,
    /// One for each language.
    pub(super) infos: Vec<Info>,
}

/// An earlier message, as a later one names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) identifier: String,
    pub(super) sent: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Info {
    pub(super) language: String,
    pub(super) category: String,
    pub(super) event: String,
    pub(super) response: &'static str,
    pub(super) urgency: &'static str,
    pub(super) severity: &'static str,
    pub(super) certainty: &'static str,
    pub(super) onset: Timestamp,
    pub(super) expires: Timestamp,
    pub(super) sender_name: String,
    pub(super) headline: String,
    pub(super) description: String,
    pub(super) instruction: String,
    pub(super) web: String,
    pub(super) contact: String,
    pub(super) areas: Vec<Area>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) description: String,
    /// Points as `latitude,longitude`, blanks between; empty: none.
    pub(super) polygon: String,
    pub(super) postcodes: Vec<String>,
}

impl Alert {
    /// What is wrong with it although the schema allows it, each in a sentence.
    pub(super) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for name in [&self.identifier, &self.sender] {
            if name.is_empty() || name.contains([' ', ',', '<', '&']) {
                faults.push(format!(
                    "`{name}` holds a blank, comma, `<` or `&`, so no later message can name it"
                ));
            }
        }
        if self.infos.is_empty() {
            faults.push("it says nothing in any language".to_owned());
        }
        if self.msg_type != "Alert" && self.references.is_empty() {
            faults.push("it is no first message and names no earlier one".to_owned());
        }
        for info in &self.infos {
            if info.expires <= self.sent {
                faults.push(format!("it expires at {}, before it is sent", time(info.expires)));
            }
            let open = info.areas.iter().filter(|area| !area.polygon.is_empty() && !is_closed(&area.polygon));
            faults.extend(open.map(|area| format!("the polygon of {} is not closed", area.description)));
        }
        faults
    }

    pub(super) fn xml(&self) -> String {
        let mut xml = String::with_capacity(2048);
        xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n");
        element(&mut xml, "identifier", &self.identifier);
        element(&mut xml, "sender", &self.sender);
        element(&mut xml, "sent", &time(self.sent));
        element(&mut xml, "status", self.status);
        element(&mut xml, "msgType", self.msg_type);
        // What is on a public page is restricted to nobody.
        element(&mut xml, "scope", "Public");
        let references: Vec<String> = self
            .references
            .iter()
            .map(|earlier| format!("{},{},{}", self.sender, earlier.identifier, time(earlier.sent)))
            .collect();
        some(&mut xml, "references", &references.join(" "));
        self.infos.iter().for_each(|info| info.write(&mut xml));
        xml.push_str("</alert>\n");
        xml
    }
}

impl Info {
    fn write(&self, xml: &mut String) {
        xml.push_str("<info>\n");
        element(xml, "language", &self.language);
        element(xml, "category", &self.category);
        element(xml, "event", &self.event);
        element(xml, "responseType", self.response);
        element(xml, "urgency", self.urgency);
        element(xml, "severity", self.severity);
        element(xml, "certainty", self.certainty);
        element(xml, "onset", &time(self.onset));
        element(xml, "expires", &time(self.expires));
        element(xml, "senderName", &self.sender_name);
        element(xml, "headline", &self.headline);
        some(xml, "description", &self.description);
        some(xml, "instruction", &self.instruction);
        element(xml, "web", &self.web);
        some(xml, "contact", &self.contact);
        for area in &self.areas {
            xml.push_str("<area>\n");
            element(xml, "areaDesc", &area.description);
            some(xml, "polygon", &area.polygon);
            for code in &area.postcodes {
                xml.push_str("<geocode>\n");
                element(xml, "valueName", "postcode");
                element(xml, "value", code);
                xml.push_str("</geocode>\n");
            }
            xml.push_str("</area>\n");
        }
        xml.push_str("</info>\n");
    }
}

/// Whether the last point is the first, and there are enough between them to enclose anything.
fn is_closed(polygon: &str) -> bool {
    let points: Vec<&str> = polygon.split(' ').collect();
    points.len() >= 4 && points.first() == points.last()
}

/// CAP 1.2, 3.3.2: with an offset in digits; `Z` is not allowed, and UTC is `-00:00`.
pub(super) fn time(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S-00:00").to_string()
}

fn some(xml: &mut String, name: &str, words: &str) {
    if !words.is_empty() {
        element(xml, name, words);
    }
}

fn element(xml: &mut String, name: &str, words: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escaped(words));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert() -> Alert {
        let sent: Timestamp = "2026-11-21T20:10:00Z".parse().unwrap();
        Alert {
            identifier: "status.example/burst/20261121T2010Z".to_owned(),
            sender: "alerts@example.org".to_owned(),
            sent,
            status: "Exercise",
            msg_type: "Update",
            references: vec![Reference { identifier: "status.example/burst/0".to_owned(), sent }],
            infos: vec![Info {
                language: "en".to_owned(),
                category: "Infra".to_owned(),
                event: "Tap water".to_owned(),
                response: "Monitor",
                urgency: "Immediate",
                severity: "Moderate",
                certainty: "Observed",
                onset: sent,
                expires: "2026-11-22T20:10:00Z".parse().unwrap(),
                sender_name: "Riverton".to_owned(),
                headline: "Burst & flood".to_owned(),
                description: String::new(),
                instruction: String::new(),
                web: "https://status.example/".to_owned(),
                contact: String::new(),
                areas: vec![Area {
                    description: "Riverside".to_owned(),
                    polygon: "1,1 1,2 2,2 1,1".to_owned(),
                    postcodes: Vec::new(),
                }],
            }],
        }
    }

    #[test]
    fn errors_that_the_schema_allows_are_found() {
        assert_eq!(alert().faults(), Vec::<String>::new());
        let spoilt: [fn(&mut Alert); 5] = [
            |alert| alert.identifier = "a b,c".to_owned(),
            |alert| alert.infos[0].areas[0].polygon = "1,1 1,2 2,2 2,1".to_owned(),
            |alert| alert.infos.clear(),
            |alert| alert.references.clear(),
            |alert| alert.infos[0].expires = "2026-11-21T20:00:00Z".parse().unwrap(),
        ];
        for spoil in spoilt {
            let mut alert = alert();
            spoil(&mut alert);
            assert_eq!(alert.faults().len(), 1, "{:?}", alert.faults());
        }
    }

    #[test]
    fn times_have_an_offset_and_words_are_escaped() {
        let xml = alert().xml();
        assert!(xml.contains("<sent>2026-11-21T20:10:00-00:00</sent>"));
        assert!(xml.contains("<headline>Burst &amp; flood</headline>"));
        assert!(xml.contains(
            "<references>alerts@example.org,status.example/burst/0,2026-11-21T20:10:00-00:00</references>"
        ));
    }
}
