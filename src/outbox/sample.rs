//! For tests: an incident read from markdown and told as a daemon tells it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Numbered, Telling, UpdateKind};
use crate::config::{Contact, Settings};
use crate::content::{File, Incident, Registers, read};
use crate::timeline::{self, Inputs, Record, Timeline, Voice, holding, next_slot, publications};

/// What was told by some moment.
pub(super) struct Told {
    pub(super) settings: Settings,
    pub(super) registers: Registers,
    pub(super) timeline: Timeline,
    pub(super) numbered: Vec<Numbered>,
}

const RIVERSIDE: &str = r#"+++
title = "Burst water main on Riverside Drive"
severity = "major"
services = ["water-supply"]
areas = ["riverside", "norwood"]
owner = "dana-osei"
started = 2026-11-21T13:55:00
goodwill = "We refund the bottled water that you bought: keep the receipt."
+++

A 40 cm main broke under Riverside Drive at 13:55. Homes in Riverside and Norwood have no water.

## 2026-11-21 14:10 Investigating

Next update: 14:40
Affected: about 1,200 homes, counted from pressure sensors
Expected fix: not known, because the crew has not yet found the break

We are sorry that you have no water. We closed [Riverside Drive](/map) between 3rd and 5th.

### What you can do

- Bottled water is at Norwood Hall from 3pm.
- Do not use the washing machine.

## 2026-11-21 14:40 Identified

Expected fix: 20:00, because the replacement pipe is on site
Promise: Bottled water at Norwood Hall; by 20:00; Dana Osei

The break is at 4th Street. We are cutting out six metres of pipe.

## 2026-11-21 15:20 Correction

Corrects: 14:10, we said 1,200 homes; with Norwood it is about 1,900
Affected: about 1,900 homes, counted from meters

We left out the homes on the Norwood loop. The advice above is for you too.

## 2026-11-21 19:40 Resolved

Water is back in every home since 19:25. It may run brown for ten minutes.
"#;

const FRENCH: &str = r#"+++
title = "Rupture d'une conduite d'eau sur Riverside Drive"
+++

Une conduite de 40 cm s'est rompue à 13 h 55. Riverside et Norwood n'ont pas d'eau.

## 2026-11-21 14:10 Enquête en cours

Touchés : environ 1 200 logements, comptés par les capteurs de pression
Réparation prévue : inconnue, car l'équipe n'a pas encore trouvé la rupture

Nous sommes désolés que vous n'ayez pas d'eau.

### Ce que vous pouvez faire

De l'eau en bouteille est distribuée à Norwood Hall à partir de 15 h.
"#;

const REGISTERS: [(&str, &str); 3] = [
    ("services", "[[service]]\nid = \"water-supply\"\nname = \"Water supply\"\ngroup = \"Water\"\n"),
    (
        "areas",
        "[[area]]\nid = \"riverside\"\nname = \"Riverside\"\n[[area]]\nid = \"norwood\"\nname = \"Norwood\"\n",
    ),
    (
        "people",
        "[[person]]\nid = \"dana-osei\"\nname = \"Dana Osei\"\nrole = \"Water operations lead\"\nphone = \"+1 204 555 0101\"\nmail = \"dana.osei@riverton.example\"\n",
    ),
];

/// The burst main, told up to the correction: two updates, a holding update, a correction.
pub(super) fn riverside() -> Told {
    told(RIVERSIDE, &["20:10", "20:40", "21:08", "21:20"])
}

/// The burst main, told to its end.
pub(super) fn riverside_resolved() -> Told {
    told(RIVERSIDE, &["20:10", "20:40", "21:08", "21:20", "2026-11-22T01:40"])
}

pub(super) fn settings() -> Settings {
    Settings {
        name: "Riverton City".into(),
        base_url: "https://status.riverton.example".into(),
        id_domain: "status.riverton.example".into(),
        zone: TimeZone::get("America/Winnipeg").unwrap(),
        languages: vec!["en".into(), "fr".into()],
        contact: Contact {
            phone: "+1 204 555 0100".into(),
            hours: "24 hours".into(),
            place: "510 Main Street, Riverton".into(),
            ..Contact::default()
        },
        ..Settings::default()
    }
}

/// Reads this file and its French one, and wakes at each moment (UTC, on 21 November 2026 unless it has a date): what
/// was written is published, or else a holding update that has come due.
pub(super) fn told(markdown: &str, moments: &[&str]) -> Told {
    try_told(markdown, moments).expect("the file can be read")
}

/// As [`told`]; `None` where the file cannot be read.
pub(super) fn try_told(markdown: &str, moments: &[&str]) -> Option<Told> {
    let settings = settings();
    let file = |path: String, text: &str| File::new(path, text.as_bytes());
    let mut files = vec![
        file("content/incidents/2026-11-21-burst-main.md".into(), markdown),
        file("content/incidents/2026-11-21-burst-main.fr.md".into(), FRENCH),
    ];
    files.extend(REGISTERS.map(|(name, text)| file(format!("content/{name}.toml"), text)));
    let content = read(&files, &settings).value;
    let incident = content.incidents.first()?.clone();
    let mut record = Record::default();
    let mut now = Timestamp::UNIX_EPOCH;
    for moment in moments {
        let day = if moment.contains('T') { "" } else { "2026-11-21T" };
        now = format!("{day}{moment}:00Z").parse().unwrap();
        let incident = as_of(&incident, now);
        let inputs = Inputs::of(&incident, &settings, &record, false);
        let lines = publications(&record, [inputs], now);
        let seen = timeline::timeline(&inputs, now);
        let slot = next_slot(&seen, &inputs).filter(|_| lines.is_empty());
        let holding =
            slot.map(|slot| holding::compose(&seen, &slot, &Voice::of(&settings, &content.registers)));
        let line = holding.map(|entry| record.next_line(entry));
        lines.into_iter().chain(line).for_each(|line| record.push(line));
    }
    let seen = timeline::timeline(&Inputs::of(&as_of(&incident, now), &settings, &record, false), now);
    let statements = record.lines().iter().filter_map(|line| {
        let kind = UpdateKind::of_line(line.kind, false, false)?;
        Some((line, kind))
    });
    let numbered = (1..)
        .zip(statements)
        .map(|(seq, (line, kind))| Numbered {
            seq,
            statement: line.id.clone(),
            kind,
            telling: Telling::Audience,
            published_at: line.published_at,
            expires_at: Timestamp::MAX,
        })
        .collect();
    Some(Told { settings, registers: content.registers, timeline: seen, numbered })
}

/// The file as it was at a moment: an update is written at its own time.
fn as_of(incident: &Arc<Incident>, now: Timestamp) -> Arc<Incident> {
    let mut incident = (**incident).clone();
    incident.updates.retain(|update| update.at <= now);
    Arc::new(incident)
}

impl Told {
    pub(super) fn stamps(&self) -> Vec<&str> {
        self.numbered.iter().map(|numbered| numbered.statement.stamp()).collect()
    }
}
