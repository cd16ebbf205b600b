//! What a channel is told, in the shape that it takes: everything said since its last message, newest first.
//!
//! Made from statements and their own times, as letters are; the same numbers give the same bytes. Words are the
//! site's default language, plain text: a room shows what was written and nothing that was written can format it.

use serde_json::{Value, json};

use super::compose::{Stationery, notes};
use super::headers;
use super::letter::without_marks;
use super::news::News;
use super::wording::Wording;
use super::{Envelope, PostClaim};
use crate::config::{ChannelKind, ChannelSettings};
use crate::timeline::{Statement, StatementKind};

/// Bytes of HTML that one statement may have; its plain text is shorter.
const WORDS: usize = 6_000;
/// Characters that a public account's message may have (Mastodon's default).
const TOOT: usize = 500;
/// Characters of the words in a room.
const ROOM: usize = 2_500;

/// The message of a claim. `to` names the channel; where that is, and what opens it, only the edge knows.
pub fn post(
    with: &Stationery<'_>,
    news: &News<'_>,
    channel: &ChannelSettings,
    claim: &PostClaim,
) -> Envelope {
    let said = Said::of(with, news);
    let body = match channel.kind {
        ChannelKind::Webhook => webhook(with, news, &said, claim),
        ChannelKind::Slack => slack(&said),
        ChannelKind::Teams => teams(&said),
        ChannelKind::Mastodon => mastodon(with, &said),
    };
    let message = serde_json::to_vec(&body).expect("a JSON value can be written");
    Envelope { from: headers::domain(&with.settings.id_domain), to: channel.name.clone(), message }
}

/// What every shape says.
struct Said {
    title: String,
    label: String,
    words: String,
    /// "Next update by 3:10pm"; empty: none is due.
    next: String,
    /// Each as `Label, time: words`; newest first.
    earlier: Vec<String>,
    page: String,
    page_label: String,
}

impl Said {
    fn of(with: &Stationery<'_>, news: &News<'_>) -> Self {
        let wording = Wording::new(
            with.settings,
            with.theme,
            &news.timeline.incident,
            with.settings.default_language(),
        );
        let newest = news.newest;
        let near = |at| wording.when.near(at, newest.said_at());
        let (label, colon) = (wording.strings.get("mail.next"), wording.strings.get("mail.colon"));
        let next = newest.due.map(|due| format!("{label}{colon} {}", near(due)));
        let earlier = news.earlier.iter().map(|statement| {
            let label = wording.label(statement.kind);
            format!("{label}, {}{colon} {}", near(statement.at), words(&wording, statement, news))
        });
        Self {
            title: headers::one_line(wording.title()),
            label: wording.label(newest.kind).to_owned(),
            words: words(&wording, newest, news),
            next: next.unwrap_or_default(),
            earlier: earlier.collect(),
            page_label: wording.strings.get("mail.page").to_owned(),
            page: wording.page,
        }
    }
}

/// Plain text without controls; empty where the statement was taken down.
fn words(wording: &Wording<'_>, statement: &Statement, news: &News<'_>) -> String {
    let mut said = notes(statement, news, wording);
    said.extend(wording.words(statement, WORDS).map(|passage| passage.text));
    let kept = said.join("\n\n").trim().chars().filter(|c| !c.is_control() || *c == '\n').collect::<String>();
    without_marks(&kept)
}

/// The whole of it, for programs. Documented in docs/delivery.md; keys are added, never changed.
fn webhook(with: &Stationery<'_>, news: &News<'_>, said: &Said, claim: &PostClaim) -> Value {
    let statement = |statement: &Statement, words: &str| {
        json!({
            "id": statement.id.as_str(),
            "kind": kind(statement.kind),
            "status": match statement.kind { StatementKind::Update(status) => Some(status.word()), _ => None },
            "at": statement.at.to_string(),
            "published_at": statement.said_at().to_string(),
            "next_update_due": statement.due.map(|due| due.to_string()),
            "text": words,
        })
    };
    let wording =
        Wording::new(with.settings, with.theme, &news.timeline.incident, with.settings.default_language());
    let earlier: Vec<Value> =
        news.earlier.iter().map(|earlier| statement(earlier, &words(&wording, earlier, news))).collect();
    json!({
        "version": 1,
        "delivery": format!("{}/{}/{}", claim.incident, claim.channel, claim.seq),
        "site": { "name": with.settings.name, "url": with.settings.base_url },
        "incident": {
            "slug": news.timeline.incident.slug.as_str(),
            "title": said.title,
            "url": said.page,
            "services": news.timeline.incident.services.iter().map(|id| id.value.as_str()).collect::<Vec<_>>(),
            "areas": news.timeline.incident.areas.iter().map(|id| id.value.as_str()).collect::<Vec<_>>(),
        },
        "statement": statement(news.newest, &said.words),
        "earlier": earlier,
    })
}

fn kind(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Update(_) => "update",
        StatementKind::Holding => "holding update",
        StatementKind::Correction => "correction",
        StatementKind::Review => "review",
        StatementKind::FollowUp => "follow-up",
    }
}

/// Slack's "incoming webhook": mrkdwn, in which three characters have to be escaped.
fn slack(said: &Said) -> Value {
    let plain = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut text =
        format!("*{}: {}*\n{}", plain(&said.label), plain(&said.title), plain(&cut(&said.words, ROOM)));
    for earlier in &said.earlier {
        text += &format!("\n\n{}", plain(&cut(earlier, ROOM / 2)));
    }
    if !said.next.is_empty() {
        text += &format!("\n_{}_", plain(&said.next));
    }
    text += &format!("\n<{}|{}>", said.page, plain(&said.page_label));
    json!({ "text": text, "unfurl_links": false })
}

/// A card as the "workflow" webhooks of Teams take it. A `TextBlock` reads some markdown, so its marks are escaped.
fn teams(said: &Said) -> Value {
    let plain = |text: &str| {
        text.chars().fold(String::with_capacity(text.len()), |mut text, c| {
            if matches!(c, '*' | '_' | '[' | ']' | '\\' | '`' | '#') {
                text.push('\\');
            }
            text.push(c);
            text
        })
    };
    let block = |text: String| json!({ "type": "TextBlock", "wrap": true, "text": text });
    let mut body = vec![
        json!({
            "type": "TextBlock", "wrap": true, "size": "Large", "weight": "Bolder",
            "text": plain(&format!("{}: {}", said.label, said.title)),
        }),
        block(plain(&cut(&said.words, ROOM))),
    ];
    body.extend(said.earlier.iter().map(|earlier| block(plain(&cut(earlier, ROOM / 2)))));
    if !said.next.is_empty() {
        body.push(block(plain(&said.next)));
    }
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "body": body,
                "actions": [{ "type": "Action.OpenUrl", "title": said.page_label, "url": said.page }],
            },
        }],
    })
}

/// The body of `POST /api/v1/statuses`. What has no room is on the page, whose address counts as 23 characters.
fn mastodon(with: &Stationery<'_>, said: &Said) -> Value {
    // An at-sign in the words would call somebody.
    let calls_nobody = |text: &str| text.replace('@', "@\u{200b}");
    let head = format!("{}: {}", said.label, calls_nobody(&said.title));
    let foot = if said.next.is_empty() { String::new() } else { format!("\n\n{}", said.next) };
    let room = TOOT.saturating_sub(head.chars().count() + foot.chars().count() + 23 + 6);
    let words = cut(&calls_nobody(&said.words), room);
    json!({
        "status": format!("{}\n\n{words}{foot}\n\n{}", cut(&head, TOOT / 2), said.page),
        "language": with.settings.default_language().split('-').next(),
        "visibility": "public",
    })
}

/// At most so many characters, cut at a word.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = kept.rfind(char::is_whitespace).filter(|end| *end > kept.len() / 2).unwrap_or(kept.len());
    format!("{}…", kept[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Told, riverside, try_told};
    use super::super::{TokenKeys, UpdateKind};
    use super::*;
    use crate::config::{ChannelUrl, HostSettings, Secret};
    use crate::theme::Theme;

    fn posted(told: &Told, kind: ChannelKind, (from, to): (u64, u64)) -> Value {
        let host = HostSettings::default();
        let (theme, keys) = (Theme::new(&[]).0, TokenKeys::new(b"k"));
        let with = Stationery {
            settings: &told.settings,
            mail: &host.mail,
            http: &host.http,
            registers: &told.registers,
            theme: &theme,
            keys: &keys,
        };
        let channel = ChannelSettings {
            name: "room".into(),
            kind,
            url: ChannelUrl::Open("https://x.example".into()),
            secret: Secret::None,
            holding_updates: true,
        };
        let claim = PostClaim {
            incident: told.timeline.incident.slug.clone(),
            channel: "room".into(),
            from_seq: from,
            seq: to,
            kind: UpdateKind::Update,
            published_at: told.timeline.now,
        };
        let news = News::between(&told.timeline, &told.numbered, from, to).unwrap();
        let made = post(&with, &news, &channel, &claim);
        assert_eq!(made, post(&with, &news, &channel, &claim), "the same numbers, the same bytes");
        assert_eq!(made.to, "room");
        serde_json::from_slice(&made.message).unwrap()
    }

    #[test]
    fn a_program_gets_the_facts_and_what_it_missed() {
        let body = posted(&riverside(), ChannelKind::Webhook, (1, 4));
        assert_eq!(body["statement"]["kind"], "correction");
        assert_eq!(body["statement"]["at"], "2026-11-21T21:20:00Z");
        assert_eq!(body["earlier"][0]["status"], "identified");
        assert_eq!(body["earlier"].as_array().unwrap().len(), 1);
        assert_eq!(body["delivery"], format!("{}/room/4", body["incident"]["slug"].as_str().unwrap()));
        assert!(body["statement"]["text"].as_str().unwrap().contains("We left out the homes"));
    }

    #[test]
    fn a_room_reads_it_like_a_person() {
        let text = posted(&riverside(), ChannelKind::Slack, (0, 2))["text"].as_str().unwrap().to_owned();
        assert!(
            text.starts_with(
                "*Identified: Burst water main on Riverside Drive*\nThe break is at 4th Street."
            ),
            "{text}"
        );
        assert!(text.contains("\n_Next update by: 3:10pm"), "{text}");
        let card = posted(&riverside(), ChannelKind::Teams, (0, 2));
        let body = &card["attachments"][0]["content"]["body"];
        assert_eq!(body[0]["text"], "Identified: Burst water main on Riverside Drive");
        assert!(
            card["attachments"][0]["content"]["actions"][0]["url"].as_str().unwrap().starts_with("https://")
        );
    }

    #[test]
    fn nothing_that_was_written_calls_or_formats() {
        let text = "+++\ntitle = \"Burst *x* <!channel> & @all\"\nseverity = \"major\"\nservices = [\"water-supply\"]\nowner = \"dana-osei\"\nstarted = 2026-11-21T13:55:00\n+++\n\nOut.\n\n## 2026-11-21 14:10 Investigating\n\nWe are digging &lt;!channel&gt; \\*bold\\* for mayor@city.example.\n";
        let told = try_told(text, &["20:10"]).unwrap();
        let slack = posted(&told, ChannelKind::Slack, (0, 1))["text"].as_str().unwrap().to_owned();
        assert!(!slack.contains("<!") && slack.contains("&lt;!channel&gt;"), "{slack}");
        let card = posted(&told, ChannelKind::Teams, (0, 1)).to_string();
        assert!(card.contains("\\\\*x\\\\*"), "{card}");
        let toot = posted(&told, ChannelKind::Mastodon, (0, 1))["status"].as_str().unwrap().to_owned();
        assert!(!toot.contains("r@city") && !toot.contains("@all"), "{toot}");
    }

    #[test]
    fn a_public_message_fits_and_leads_to_the_page() {
        let long = "The crew is digging at the corner of 4th. ".repeat(100);
        let text = format!(
            "+++\ntitle = \"{}\"\nseverity = \"major\"\nservices = [\"water-supply\"]\nowner = \"dana-osei\"\nstarted = 2026-11-21T13:55:00\n+++\n\nOut.\n\n## 2026-11-21 14:10 Investigating\n\n{long}\n",
            "Burst main ".repeat(12)
        );
        let told = try_told(&text, &["20:10"]).unwrap();
        let body = posted(&told, ChannelKind::Mastodon, (0, 1));
        let status = body["status"].as_str().unwrap();
        let (words, url) = status.rsplit_once('\n').unwrap();
        assert!(words.chars().count() + 1 + 23 <= TOOT, "{}", words.chars().count());
        assert!(url.starts_with("https://") && words.contains("…") && words.contains("Next update by"));
        assert_eq!(body["language"], "en");
    }
}
