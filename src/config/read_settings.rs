//! `candor.toml` as written to [`Settings`] as meant.

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::faults::Faults;
use super::plan_file::read_plans;
use super::read_cap::cap;
use super::read_lint::{lint, phrase, term};
use super::read_theme::theme;
use super::rules::{BASE_URL, HOST_SETTING, UNKNOWN_NAME, WRONG_TYPE};
use super::table::{self, Table, Value};
use super::{Contact, PublishMode, Settings};
use crate::diag::Finding;
use crate::text::{Source, Spanned, nearest};

/// Keys of `candor.host.toml` that must not be in git.
const HOST_KEYS: [&str; 4] = ["store", "source", "mail", "http"];

/// Reads `candor.toml`. A bad key keeps its default and never loses the rest.
pub fn read_settings(source: &Source) -> (Settings, Vec<Finding>) {
    let mut faults = Faults::new(source);
    let start = bom(&source.text);
    let (document, _) = table::parse(&source.text[start..], start, &mut faults);
    let mut top = Table::new("candor.toml", &document, start);
    let settings = settings(&mut top, &mut faults);
    top.finish(&mut faults);
    (settings, faults.without_withholding())
}

/// Bytes of a byte order mark at the beginning.
pub(crate) fn bom(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

fn settings(top: &mut Table<'_>, faults: &mut Faults<'_>) -> Settings {
    let defaults = Settings::default();
    for key in HOST_KEYS {
        if let Some(span) = top.key_span(key) {
            host_setting(&format!("[{key}]"), span, faults);
            top.take(key);
        }
    }
    let name = required(top, "name", "\"Riverton City\"", faults);
    let base_url = required(top, "base_url", "\"https://status.example.org\"", faults)
        .and_then(|url| address(&url, faults));
    let id_domain = top.string("id_domain", faults).map(|domain| checked_domain(domain, faults));
    let zone =
        required(top, "time_zone", "\"Europe/London\"", faults).and_then(|zone| time_zone(&zone, faults));
    let languages = languages(top, faults).unwrap_or(defaults.languages);
    let id_domain = id_domain.or_else(|| base_url.as_deref().map(host_of));
    Settings {
        name: name.map_or(defaults.name, |name| name.value),
        base_url: base_url.unwrap_or(defaults.base_url),
        id_domain: id_domain.unwrap_or(defaults.id_domain),
        zone: zone.unwrap_or(defaults.zone),
        wait_for_translation: top
            .take("wait_for_translation")
            .and_then(|value| wait_for_translation(value, faults))
            .unwrap_or_default(),
        sign_up: top.string("sign_up", faults).and_then(|url| web(&url, faults)).unwrap_or_default(),
        contact: top
            .table("contact", faults)
            .map(|table| contact(table, &languages, faults))
            .unwrap_or_default(),
        plans: read_plans(top, faults),
        lint: top.table("lint", faults).map(|table| lint(table, faults)).unwrap_or_default(),
        phrases: top.tables("phrase", faults).into_iter().filter_map(|table| phrase(table, faults)).collect(),
        terms: top.tables("term", faults).into_iter().filter_map(|table| term(table, faults)).collect(),
        theme: top.table("theme", faults).map_or(defaults.theme, |table| theme(table, &languages, faults)),
        cap: top.table("cap", faults).and_then(|table| cap(table, faults)),
        publish: top.take("publish").and_then(|value| publish(value, faults)).unwrap_or_default(),
        backdate_limit: top.duration("backdate_limit", faults).unwrap_or(defaults.backdate_limit),
        undo: top.duration("undo", faults).unwrap_or(SignedDuration::ZERO),
        languages,
    }
}

fn host_setting(what: &str, span: crate::text::Span, faults: &mut Faults<'_>) {
    faults.error(
        HOST_SETTING,
        span,
        format!(
            "`{what}` touches the host, and everyone who can push to this repository can change this file."
        ),
        format!("Move `{what}` to `candor.host.toml`, which is not in git."),
    );
}

fn required(
    top: &mut Table<'_>,
    key: &'static str,
    example: &str,
    faults: &mut Faults<'_>,
) -> Option<Spanned<String>> {
    let Some(value) = top.take(key) else {
        top.missing(key, example, faults);
        return None;
    };
    value.string(faults).filter(|text| {
        if text.is_empty() {
            value.wrong(faults, "a text that is not empty", format!("{key} = {example}"));
        }
        !text.is_empty()
    })
}

/// An absolute web address, without a slash at the end.
fn address(url: &Spanned<String>, faults: &mut Faults<'_>) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let fits = rest.is_some_and(|rest| !host_of(url).is_empty() && !rest.contains(char::is_whitespace));
    if !fits {
        faults.error(
            WRONG_TYPE,
            url.span,
            format!("`{}` is not the address of a site.", url.value),
            "Write the whole address, such as `base_url = \"https://status.example.org\"`.",
        );
        return None;
    }
    let address = url.trim_end_matches('/');
    if address.split_once("://").is_some_and(|(_, rest)| rest.contains('/')) {
        faults.warning(
            BASE_URL,
            url.span,
            format!("`{address}` is not the root of its host."),
            "Pages work there. Programs that read `/api/v2/`, `/.well-known/` and `robots.txt` look at the root of the host: \
             give the site a name of its own, such as `https://status.example.org`, if you want them.",
        );
    }
    Some(address.to_owned())
}

/// The address of a page elsewhere.
fn web(url: &Spanned<String>, faults: &mut Faults<'_>) -> Option<String> {
    let fits = url.starts_with("https://") || url.starts_with("http://");
    if !fits || host_of(url).is_empty() || url.contains(char::is_whitespace) {
        faults.error(
            WRONG_TYPE,
            url.span,
            format!("`{}` is not the address of a page.", url.value),
            "Write the whole address of the sign-up page, such as `sign_up = \"https://tell.example.org/\"`.",
        );
        return None;
    }
    Some(url.value.clone())
}

/// The host name of an absolute address, without port.
fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':', '?', '#']).next().unwrap_or_default().to_owned()
}

fn time_zone(name: &Spanned<String>, faults: &mut Faults<'_>) -> Option<TimeZone> {
    // A name that is no path and no offset: "Europe/London", not "+01:00" and not "../etc/passwd".
    if let Ok(zone) = TimeZone::get(name)
        && zone.iana_name().is_some()
    {
        return Some(zone);
    }
    let known: Vec<String> = jiff::tz::db().available().map(|known| known.to_string()).collect();
    let near = nearest(name, known.iter().map(String::as_str)).or_else(|| {
        // "London" for "Europe/London".
        let city =
            |known: &&String| known.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(name));
        known.iter().find(city).map(String::as_str)
    });
    let help = match near {
        Some(near) => format!("Did you mean `time_zone = \"{near}\"`?"),
        None => {
            "Write a place of the time zone database, such as `time_zone = \"America/Winnipeg\"`.".to_owned()
        }
    };
    faults.error(UNKNOWN_NAME, name.span, format!("`{}` is not a time zone.", name.value), help);
    None
}

fn languages(top: &mut Table<'_>, faults: &mut Faults<'_>) -> Option<Vec<String>> {
    let tags = top.strings("languages", faults)?;
    let mut languages: Vec<String> = Vec::new();
    for tag in tags {
        if !is_language_tag(&tag) {
            faults.error(
                WRONG_TYPE,
                tag.span,
                format!("`{}` is not a language tag.", tag.value),
                "Write tags such as `en`, `fr` or `pt-BR`; the first one is the default.",
            );
        } else if !languages.contains(&tag.value) {
            languages.push(tag.value);
        }
    }
    (!languages.is_empty()).then_some(languages)
}

/// Readers of one language must not wait longer for those of another.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(30);

fn wait_for_translation(value: Value<'_>, faults: &mut Faults<'_>) -> Option<SignedDuration> {
    let wait = value.duration(faults)?;
    if wait.value > LONGEST_WAIT {
        faults.error(
            WRONG_TYPE,
            wait.span,
            "Nobody may wait longer than 30 minutes for a translation.",
            "Write `wait_for_translation = \"30m\"` or less; after it the update is published with a note.",
        );
    }
    Some(wait.value.min(LONGEST_WAIT))
}

/// Whether a text has the shape of a BCP 47 tag: `en`, `pt-BR`, `zh-Hant`.
pub(crate) fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn contact(mut table: Table<'_>, languages: &[String], faults: &mut Faults<'_>) -> Contact {
    let contact = Contact {
        phone: table.text("phone", faults),
        mail: table.text("mail", faults),
        hours: table.label("hours", languages, faults),
        place: table.label("place", languages, faults),
        callback: table.boolean("callback", faults).unwrap_or_default(),
    };
    table.finish(faults);
    contact
}

fn publish(value: Value<'_>, faults: &mut Faults<'_>) -> Option<PublishMode> {
    match value.value.as_str() {
        Some("save") => Some(PublishMode::Save),
        Some("commit") => Some(PublishMode::Commit),
        None if value.value.is_table() => {
            host_setting("[publish]", value.span, faults);
            None
        }
        _ => {
            value.wrong(faults, "\"commit\" (the default) or \"save\"", "publish = \"save\"");
            None
        }
    }
}

/// Ids must stay what they are, so a strange domain is told of and kept.
fn checked_domain(domain: Spanned<String>, faults: &mut Faults<'_>) -> String {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    if domain.is_empty() || !domain.chars().all(fits) {
        faults.error(
            WRONG_TYPE,
            domain.span,
            format!("“{}” is no domain.", domain.value),
            "Write one without blanks, such as `id_domain = \"status.example.org\"`.",
        );
    }
    domain.value
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::Hours;
    use crate::diag::Level;

    const START: &str =
        "name = \"R\"\nbase_url = \"https://status.r.example/\"\ntime_zone = \"Europe/London\"\n";

    fn read(rest: &str) -> (Settings, Vec<String>) {
        let text = format!("{START}{rest}");
        let (settings, findings) = read_settings(&Source::new("candor.toml", text.as_str()));
        let told =
            findings.iter().map(|f| format!("{} {:?}: {} {}", f.rule, f.span.of(&text), f.message, f.help));
        (settings, told.collect())
    }

    #[test]
    fn defaults_are_meant() {
        let (settings, told) = read("");
        assert_eq!(told, [""; 0]);
        assert_eq!(settings.base_url, "https://status.r.example");
        assert_eq!(settings.id_domain, "status.r.example");
        assert_eq!(settings.zone.iana_name(), Some("Europe/London"));
        assert_eq!(settings.plans.critical.every, SignedDuration::from_mins(15));
    }

    #[test]
    fn an_address_with_a_path_is_warned_of_and_taken() {
        let text = START.replace("https://status.r.example/", "https://r.example/status/");
        let (settings, findings) = read_settings(&Source::new("candor.toml", text.as_str()));
        assert_eq!(settings.base_url, "https://r.example/status");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].level, Level::Warning);
        assert_eq!(findings[0].message, "`https://r.example/status` is not the root of its host.");
    }

    #[test]
    fn a_domain_that_ids_are_made_from_is_checked_and_kept() {
        let (settings, told) = read("id_domain = \"status r.example\"\n");
        assert_eq!(settings.id_domain, "status r.example");
        assert!(told[0].contains("“status r.example” is no domain"), "{told:?}");
        assert_eq!(read("id_domain = \"status.r.example\"\n").1, [""; 0]);
    }

    #[test]
    fn one_bad_key_never_loses_the_rest() {
        let (settings, told) = read(
            "[plan.major]\nevry = \"20m\"\nhours = \"7 to 22\"\nremind = [\"3m\", \"x\", \"10m\"]\nquiet_limit = 4\n\
             [theme]\naccent = \"blue\"\nfooter = \"f\"\n",
        );
        assert_eq!(settings.plans.major.every, SignedDuration::from_mins(30));
        assert_eq!(settings.plans.major.hours, Hours::Always);
        assert_eq!(
            settings.plans.major.remind,
            [SignedDuration::from_mins(10), SignedDuration::from_mins(3)]
        );
        assert_eq!(settings.plans.major.quiet_limit, 4);
        assert_eq!(
            (settings.theme.colours.accent.to_string().as_str(), &*settings.theme.footer),
            ("#0b5fa5", "f")
        );
        let starts: Vec<_> = told.iter().map(|line| line.split(':').next().unwrap()).collect();
        assert_eq!(
            starts,
            [
                "bad-time \"\\\"7 to 22\\\"\"",
                "wrong-type \"x\"",
                "unknown-key \"evry\"",
                "wrong-type \"blue\""
            ]
        );
        assert!(told[2].contains("Did you mean `every`?"), "{told:?}");
    }

    #[test]
    fn settings_that_touch_the_host_are_sent_to_the_host_file() {
        for text in [
            "[mail]\nrelay = \"smtps://x\"\n",
            "[store]\n",
            "[source]\n",
            "[http]\n",
            "[publish]\ncommand = []\n",
        ] {
            let (_, told) = read(text);
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].starts_with("host-setting"), "{told:?}");
            assert!(told[0].contains("candor.host.toml"), "{told:?}");
        }
        assert_eq!(read("publish = \"save\"\n").0.publish, PublishMode::Save);
    }

    #[test]
    fn a_time_zone_that_is_none_names_the_nearest() {
        for (wrong, right) in [("Europe/Londn", "Europe/London"), ("Winnipeg", "America/Winnipeg")] {
            let text = format!("time_zone = \"{wrong}\"");
            let (_, findings) = read_settings(&Source::new("candor.toml", text.as_str()));
            assert!(
                findings.iter().any(|f| f.rule == "unknown-name" && f.help.contains(right)),
                "{findings:?}"
            );
        }
    }

    #[test]
    fn levels_are_read_for_rules_and_paths() {
        let (settings, told) = read(
            "[lint]\njargon = \"off\"\nvague-eta = \"warn\"\n[[lint.path]]\npath = \"a/**\"\njargon = \"error\"\n",
        );
        assert_eq!(settings.lint.levels, BTreeMap::from([("jargon".to_owned(), Level::Off)]));
        assert_eq!(settings.lint.paths[0].levels, BTreeMap::from([("jargon".to_owned(), Level::Error)]));
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("wrong-type"), "{told:?}");
    }

    #[test]
    fn the_address_of_rules_has_a_place_for_their_name() {
        let url = |url: &str| {
            let (settings, findings) = read(&format!("[lint]\nrules_url = \"{url}\"\n"));
            (settings.lint.rules_url, findings.len())
        };
        let good = "https://docs.example.org/{rule}.html";
        assert_eq!(url(good), (Some(good.to_owned()), 0));
        assert_eq!(url("https://docs.example.org/"), (None, 1));
        assert_eq!(url("/rules/{rule}"), (None, 1));
    }

    #[test]
    fn a_syntax_error_keeps_what_can_be_read() {
        let text = format!("\u{feff}{START}undo = 60s\nbackdate_limit = \"20m\"\n");
        let (settings, findings) = read_settings(&Source::new("candor.toml", text.as_str()));
        assert_eq!(settings.name, "R");
        assert_eq!(settings.backdate_limit, SignedDuration::from_mins(20));
        assert_eq!(
            findings.iter().map(|f| (&*f.rule, f.span.of(&text))).collect::<Vec<_>>(),
            [("unreadable", "60s")]
        );
    }
}
