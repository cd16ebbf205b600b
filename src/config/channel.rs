//! `[channel.NAME]` of `candor.host.toml`: where statements go beside mail.
//!
//! Only the host names an address: whoever can push to the content cannot make us call one.

use core::net::IpAddr;

use super::faults::Faults;
use super::read_host::secret;
use super::rules::{HOST_SETTING, WRONG_TYPE};
use super::table::Table;
use super::{ChannelKind, ChannelSettings, ChannelUrl, Secret};
use crate::text::nearest;

/// What a plan calls mail. It always goes out; the word is there so that a plan can be read.
pub const MAIL: &str = "mail";

/// All channels, by name.
pub(super) fn read_channels(top: &mut Table<'_>, faults: &mut Faults<'_>) -> Vec<ChannelSettings> {
    let Some(mut table) = top.table("channel", faults) else { return Vec::new() };
    let named = table.take_rest();
    let channels = named.into_iter().filter_map(|(name, value)| {
        if name.value == MAIL {
            let help = "Give the channel another name; mail is set up under [mail].";
            faults.error(HOST_SETTING, name.span, "`mail` is what plans call mail itself.", help);
            return None;
        }
        let table = value.table(format!("[channel.{}]", name.value), faults)?;
        channel(name.value, table, faults)
    });
    channels.collect()
}

fn channel(name: &str, mut table: Table<'_>, faults: &mut Faults<'_>) -> Option<ChannelSettings> {
    let kind = kind(&mut table, faults);
    let url = kind.and_then(|kind| url(&mut table, kind, faults));
    let hmac = secret(&mut table, ["secret", "secret_file", "secret_env"], faults);
    let token = secret(&mut table, ["token", "token_file", "token_env"], faults);
    let holding = table.boolean("holding_updates", faults);
    let kind = kind?;
    let secret = match kind {
        ChannelKind::Webhook => hmac,
        ChannelKind::Mastodon => token,
        ChannelKind::Slack | ChannelKind::Teams => Secret::None,
    };
    if kind == ChannelKind::Webhook && secret == Secret::None {
        table.missing("secret_file", "\"/run/secrets/webhook\"", faults);
    }
    if kind == ChannelKind::Mastodon && secret == Secret::None {
        table.missing("token_file", "\"/run/secrets/mastodon\"", faults);
    }
    table.finish(faults);
    // A public account that repeats every half hour that nothing is new is soon muted.
    let holding_updates = holding.unwrap_or(kind != ChannelKind::Mastodon);
    Some(ChannelSettings { name: name.to_owned(), kind, url: url?, secret, holding_updates })
}

fn kind(table: &mut Table<'_>, faults: &mut Faults<'_>) -> Option<ChannelKind> {
    let Some(word) = table.string("kind", faults) else {
        table.missing("kind", "\"webhook\"", faults);
        return None;
    };
    let kind = ChannelKind::ALL.into_iter().find(|kind| kind.word() == word.value);
    if kind.is_none() {
        let words = ChannelKind::ALL.map(ChannelKind::word);
        let help = match nearest(&word, words) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("Write one of {}.", words.join(", ")),
        };
        faults.error(WRONG_TYPE, word.span, format!("`{}` is no kind of channel.", word.value), help);
    }
    kind
}

fn url(table: &mut Table<'_>, kind: ChannelKind, faults: &mut Faults<'_>) -> Option<ChannelUrl> {
    // The addresses of these are secrets: whoever has one can post.
    if matches!(kind, ChannelKind::Slack | ChannelKind::Teams) {
        let kept = secret(table, ["url", "url_file", "url_env"], faults);
        if kept == Secret::None && table.key_span("url").is_none() {
            table.missing("url_file", "\"/run/secrets/room\"", faults);
        }
        return (kept != Secret::None).then_some(ChannelUrl::Kept(kept));
    }
    let Some(url) = table.string("url", faults) else {
        table.missing("url", "\"https://…\"", faults);
        return None;
    };
    match channel_url(&url) {
        Ok(url) => Some(ChannelUrl::Open(url)),
        Err(why) => {
            faults.error(
                WRONG_TYPE,
                url.span,
                format!("This address {why}."),
                "Write `url = \"https://…\"`.",
            );
            None
        }
    }
}

/// An address that may be called, without a slash at its end. Only https leaves this machine. The error completes "this
/// address …".
pub fn channel_url(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let (rest, secure) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (rest, true),
        (_, Some(rest)) => (rest, false),
        _ => return Err("does not begin with https://"),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.is_empty() || authority.contains('@') || text.contains(char::is_whitespace) {
        return Err("holds no host, a user name or a blank");
    }
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => host,
        _ => authority,
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if !secure && !is_this_machine(host) {
        return Err("is not protected: only https leaves this machine");
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// Whether a host name or address is this machine.
pub fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::super::read_host;
    use super::*;
    use crate::text::Source;

    fn read(text: &str) -> (Vec<ChannelSettings>, Vec<String>) {
        let (host, findings) = read_host(&Source::new("candor.host.toml", text));
        (host.channels, findings.into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn each_kind_is_read() {
        let (channels, told) = read(
            "[channel.desk]\nkind = \"webhook\"\nurl = \"https://desk.town.example/in/\"\nsecret_file = \"s\"\n\
             [channel.room]\nkind = \"slack\"\nurl_env = \"ROOM\"\n\
             [channel.team]\nkind = \"teams\"\nurl_file = \"t\"\nholding_updates = false\n\
             [channel.toot]\nkind = \"mastodon\"\nurl = \"https://social.example\"\ntoken_env = \"TOOT\"\n",
        );
        assert_eq!(told, [""; 0]);
        let kinds: Vec<_> = channels.iter().map(|c| (c.name.as_str(), c.kind, c.holding_updates)).collect();
        assert_eq!(
            kinds,
            [
                ("desk", ChannelKind::Webhook, true),
                ("room", ChannelKind::Slack, true),
                ("team", ChannelKind::Teams, false),
                ("toot", ChannelKind::Mastodon, false),
            ]
        );
        assert_eq!(channels[0].url, ChannelUrl::Open("https://desk.town.example/in".to_owned()));
        assert_eq!(channels[3].secret, Secret::Environment("TOOT".to_owned()));
    }

    #[test]
    fn what_would_leak_or_go_astray_is_refused() {
        let (channels, told) = read(
            "[channel.room]\nkind = \"slack\"\nurl = \"https://hooks.example/T0/B0/secret\"\n\
             [channel.desk]\nkind = \"webhook\"\nurl = \"http://desk.town.example/\"\nsecret_file = \"s\"\n\
             [channel.mail]\nkind = \"webhook\"\n[channel.odd]\nkind = \"slak\"\nurl_env = \"X\"\n",
        );
        assert_eq!(channels, []);
        assert!(told.iter().all(|told| !told.contains("T0/B0")), "{told:?}");
        assert!(
            told.iter().any(|told| told == "This address is not protected: only https leaves this machine.")
        );
        assert_eq!(told.len(), 4, "{told:?}");
    }

    #[test]
    fn only_this_machine_is_called_without_tls() {
        for good in ["https://a.example", "http://127.0.0.1:8080/x", "http://[::1]/x", "http://localhost"] {
            assert!(channel_url(good).is_ok(), "{good}");
        }
        for bad in [
            "ftp://a.example",
            "http://127.0.0.1.a.example/",
            "http://10.0.0.1/",
            "https://me@a.example/",
            "https:///x",
            "http://localhost@a.example/",
            "https://a.example/ x",
        ] {
            assert!(channel_url(bad).is_err(), "{bad}");
        }
    }
}
