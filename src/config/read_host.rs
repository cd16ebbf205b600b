//! `candor.host.toml` as written to [`HostSettings`] as meant.

use core::net::IpAddr;
use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;

use super::channel::read_channels;
use super::faults::Faults;
use super::read_settings::bom;
use super::rules::{HOST_SETTING, WRONG_TYPE};
use super::table::{self, Table};
use super::{
    Dns, HostSettings, HttpSettings, MailSettings, PublishSettings, Secret, SourceSettings, StoreSettings,
    Tls,
};
use crate::diag::Finding;
use crate::text::{Source, Spanned};

/// Providers of mailboxes for the public: they refuse, or throw away, mail from elsewhere in their name.
const PUBLIC_PROVIDERS: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "ymail.com",
    "aol.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "msn.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "mail.com",
    "mail.ru",
    "yandex.ru",
    "yandex.com",
    "proton.me",
    "protonmail.com",
    "zoho.com",
    "qq.com",
    "163.com",
    "orange.fr",
    "free.fr",
    "laposte.net",
    "t-online.de",
    "comcast.net",
    "verizon.net",
    "btinternet.com",
    "libero.it",
];

/// Reads `candor.host.toml`. A bad key keeps its default and never loses the rest.
pub fn read_host(source: &Source) -> (HostSettings, Vec<Finding>) {
    let mut faults = Faults::new(source);
    let start = bom(&source.text);
    let (document, _) = table::parse(&source.text[start..], start, &mut faults);
    let mut top = Table::new("candor.host.toml", &document, start);
    let defaults = HostSettings::default();
    let mail = top.table("mail", &mut faults).map_or(defaults.mail, |table| mail(table, &mut faults));
    let confirmations = match top.table("confirmations", &mut faults) {
        Some(table) => confirmations(table, &mail, &mut faults),
        None => mail.clone(),
    };
    let host = HostSettings {
        store: top.table("store", &mut faults).map_or(defaults.store, |table| store(table, &mut faults)),
        source: top.table("source", &mut faults).map_or(defaults.source, |table| git(table, &mut faults)),
        mail,
        confirmations,
        channels: read_channels(&mut top, &mut faults),
        http: top.table("http", &mut faults).map_or(defaults.http, |table| http(table, &mut faults)),
        publish: top
            .table("publish", &mut faults)
            .map_or(defaults.publish, |table| publish(table, &mut faults)),
    };
    top.finish(&mut faults);
    (host, faults.without_withholding())
}

fn store(mut table: Table<'_>, faults: &mut Faults<'_>) -> StoreSettings {
    let mut settings = HostSettings::default().store;
    if let Some(url) = table.string("url", faults) {
        store_url(&url, &mut settings, faults);
    }
    settings.password = secret(&mut table, ["password", "password_file", "password_env"], faults);
    let durability = table.take("durability");
    settings.survive_power_loss = match durability.map(|value| (value, value.value.as_str())) {
        None | Some((_, Some("process"))) => false,
        Some((_, Some("power-loss"))) => true,
        Some((value, _)) => {
            value.wrong(faults, "\"process\" (the default) or \"power-loss\"", "durability = \"power-loss\"");
            false
        }
    };
    table.finish(faults);
    settings
}

fn store_url(url: &Spanned<String>, settings: &mut StoreSettings, faults: &mut Faults<'_>) {
    let server = ["postgres://", "postgresql://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    if let Some(path) = url.strip_prefix("sqlite:").filter(|path| !path.is_empty()) {
        settings.path = PathBuf::from(path);
    } else if server.is_some_and(holds_password) {
        faults.error(
            HOST_SETTING,
            url.span,
            "The store's address must not hold a password.",
            "Write `url = \"postgres://user@host/database\"` and `password_file = \"…\"`.",
        );
    } else if server.is_some() {
        settings.server.clone_from(&url.value);
    } else {
        let message = format!("`{}` is not a store that Candor knows.", url.value);
        let help = "Write `url = \"sqlite:.candor/candor.db\"` or `url = \"postgres://user@host/database\"`.";
        faults.error(WRONG_TYPE, url.span, message, help);
    }
}

/// Whether `user:password@host/database?password=…` holds one.
fn holds_password(rest: &str) -> bool {
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
        || rest.split(['?', '&']).skip(1).any(|pair| pair.starts_with("password="))
}

fn git(mut table: Table<'_>, faults: &mut Faults<'_>) -> SourceSettings {
    let defaults = HostSettings::default().source;
    let settings = SourceSettings {
        branch: filled(&mut table, "branch", faults).map_or(defaults.branch, |branch| branch.value),
        git_pull: table.duration("git_pull", faults).unwrap_or(defaults.git_pull),
    };
    table.finish(faults);
    settings
}

/// A text; an empty one is a finding.
fn filled(table: &mut Table<'_>, key: &'static str, faults: &mut Faults<'_>) -> Option<Spanned<String>> {
    let value = table.take(key)?;
    let text = value.string(faults)?;
    if text.is_empty() {
        value.wrong(faults, "a text that is not empty", format!("{key} = \"…\""));
    }
    (!text.is_empty()).then_some(text)
}

/// A relay of its own for mail to one person; what is not set is as in `[mail]`.
fn confirmations(mut table: Table<'_>, mail: &MailSettings, faults: &mut Faults<'_>) -> MailSettings {
    let relay = table.string("relay", faults).and_then(|url| relay(&url, faults));
    let own = relay.is_some();
    let (relay, port, tls) = relay.unwrap_or((mail.relay.clone(), mail.port, mail.tls));
    let from = table.string("from", faults);
    if let Some(from) = &from {
        sender(from, faults);
    }
    let username = table.string("username", faults).map(|name| name.value);
    let password = secret(&mut table, ["password", "password_file", "password_env"], faults);
    let settings = MailSettings {
        relay,
        port,
        tls,
        // One relay's name and password are not shown to another.
        username: username.unwrap_or_else(|| if own { String::new() } else { mail.username.clone() }),
        password: if own || password != Secret::None { password } else { mail.password.clone() },
        from: from.map_or_else(|| mail.from.clone(), |from| from.value),
        ..mail.clone()
    };
    table.finish(faults);
    settings
}

/// Mails a second by domain.
fn domains(mut table: Table<'_>, faults: &mut Faults<'_>) -> BTreeMap<String, u32> {
    let mut rates = BTreeMap::new();
    for (domain, value) in table.take_rest() {
        let name = domain.to_lowercase();
        let rate = value.integer(1..=100_000).and_then(|rate| u32::try_from(rate).ok());
        match (idna::domain_to_ascii_strict(&name), rate) {
            (Ok(name), Some(rate)) if name.contains('.') => {
                rates.insert(name, rate);
            }
            // Without quotation marks a dot makes a table of a table.
            _ => value.wrong(
                faults,
                "mails a second, and its key is a domain in quotation marks",
                "\"gmail.com\" = 20",
            ),
        }
    }
    table.finish(faults);
    rates
}

fn dns(mut table: Table<'_>, faults: &mut Faults<'_>) -> Dns {
    let dns = Dns {
        spf: table.text("spf", faults),
        dkim: table.text("dkim", faults),
        dmarc: table.text("dmarc", faults),
    };
    table.finish(faults);
    dns
}

fn date(table: &mut Table<'_>, key: &'static str, faults: &mut Faults<'_>) -> Option<Date> {
    let text = table.string(key, faults)?;
    let date = text.value.parse().ok();
    if date.is_none() {
        faults.error(
            WRONG_TYPE,
            text.span,
            format!("`{}` is no date.", text.value),
            format!("Write `{key} = \"2026-11-21\"`."),
        );
    }
    date
}

fn mail(mut table: Table<'_>, faults: &mut Faults<'_>) -> MailSettings {
    let defaults = HostSettings::default().mail;
    let relay = table.string("relay", faults).and_then(|url| relay(&url, faults));
    let (relay, port, tls) = relay.unwrap_or((defaults.relay, defaults.port, defaults.tls));
    let from = table.string("from", faults);
    if let Some(from) = &from {
        sender(from, faults);
    }
    let settings = MailSettings {
        relay,
        port,
        tls,
        username: table.text("username", faults),
        password: secret(&mut table, ["password", "password_file", "password_env"], faults),
        from: from.map(|from| from.value).unwrap_or_default(),
        reply_to: address(&mut table, "reply_to", faults),
        replies: address(&mut table, "replies", faults),
        bounce_domain: table.text("bounce_domain", faults),
        connections: table
            .integer("connections", 1..=100, faults)
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(defaults.connections),
        rate: table
            .integer("rate", 1..=100_000, faults)
            .and_then(|rate| u32::try_from(rate).ok())
            .unwrap_or(defaults.rate),
        domains: table.table("domains", faults).map(|table| domains(table, faults)).unwrap_or_default(),
        warm_up: date(&mut table, "warm_up", faults),
        returned: PathBuf::from(table.text("returned", faults)),
        dns: table.table("dns", faults).map(|table| dns(table, faults)).unwrap_or_default(),
        token_key: secret(&mut table, ["token_key", "token_key_file", "token_key_env"], faults),
        subject_status: table.boolean("subject_status", faults).unwrap_or_default(),
        postal: table.text("postal", faults),
    };
    if settings.warm_up.is_some() && settings.rate == 0 {
        table.missing("rate", "20", faults);
    }
    if !settings.relay.is_empty() && settings.from.is_empty() {
        table.missing("from", "\"Riverton City status <status@riverton.example>\"", faults);
    }
    table.finish(faults);
    settings
}

/// Host, port and protection of the relay.
fn relay(url: &Spanned<String>, faults: &mut Faults<'_>) -> Option<(String, u16, Tls)> {
    let schemes = [
        ("smtps://", Tls::Implicit, 465),
        ("smtp+starttls://", Tls::StartTls, 587),
        ("smtp://", Tls::None, 25),
    ];
    let read = schemes.into_iter().find_map(|(scheme, tls, default_port)| {
        let rest = url.strip_prefix(scheme)?.trim_end_matches('/');
        let (host, port) = match rest.rsplit_once(':') {
            // An IPv6 address holds colons of its own: `[::1]:25`.
            Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
            _ => (rest, default_port),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let fits = !host.is_empty() && !host.contains(['/', '@', '?', ' ']) && port != 0;
        fits.then(|| (host.to_owned(), port, tls))
    });
    if read.is_none() {
        let (rule, message) = if url.contains('@') {
            (HOST_SETTING, "A relay's address must not hold a name or a password.".to_owned())
        } else {
            (WRONG_TYPE, format!("`{}` is not the address of a mail relay.", url.value))
        };
        faults.error(
            rule,
            url.span,
            message,
            "Write `relay = \"smtps://HOST:465\"` (or `smtp+starttls://HOST:587`, or `smtp://` for a relay on this machine), \
             `username = \"…\"` and `password_file = \"…\"`.",
        );
    }
    read
}

/// The domain of `Name <local@domain>`; empty where there is none.
pub fn domain_of(address: &str) -> String {
    let address = address.rsplit_once('<').map_or(address, |(_, rest)| rest.trim_end().trim_end_matches('>'));
    match address.trim().rsplit_once('@') {
        Some((local, domain)) if !local.is_empty() && !domain.contains(char::is_whitespace) => {
            domain.to_lowercase()
        }
        _ => String::new(),
    }
}

fn sender(from: &Spanned<String>, faults: &mut Faults<'_>) {
    let domain = domain_of(from);
    if domain.is_empty() {
        not_an_address("from", from, faults);
    } else if PUBLIC_PROVIDERS.contains(&domain.as_str())
        || domain.starts_with("yahoo.")
        || domain.starts_with("hotmail.")
    {
        faults.error(
            WRONG_TYPE,
            from.span,
            format!("Mail in the name of {domain} that {domain} did not send is refused nearly everywhere."),
            "Send from a domain of your own, such as `from = \"City status <status@city.example>\"`.",
        );
    }
}

fn not_an_address(key: &str, value: &Spanned<String>, faults: &mut Faults<'_>) {
    faults.error(
        WRONG_TYPE,
        value.span,
        format!("`{}` is not a mail address.", value.value),
        format!("Write `{key} = \"Name <name@city.example>\"`."),
    );
}

fn address(table: &mut Table<'_>, key: &'static str, faults: &mut Faults<'_>) -> String {
    let Some(address) = table.string(key, faults) else { return String::new() };
    if !address.is_empty() && domain_of(&address).is_empty() {
        not_an_address(key, &address, faults);
        return String::new();
    }
    address.value
}

/// Where a secret comes from. The secret itself in the file is an error.
pub(super) fn secret(
    table: &mut Table<'_>,
    [literal, file, environment]: [&'static str; 3],
    faults: &mut Faults<'_>,
) -> Secret {
    if table.take(literal).is_some() {
        // Findings are printed with the line that they are about, and logged: so this one is about the table's line.
        faults.error(
            HOST_SETTING,
            table.span(),
            format!("`{literal}` stands in the file itself, where everyone who reads the file reads it."),
            format!("Put it into a file of its own, `{file} = \"/run/secrets/…\"`, or into the environment, `{environment} = \"NAME\"`."),
        );
    }
    let file = filled(table, file, faults).map(|path| Secret::File(PathBuf::from(path.value)));
    let environment = filled(table, environment, faults).map(|name| Secret::Environment(name.value));
    file.or(environment).unwrap_or_default()
}

fn http(mut table: Table<'_>, faults: &mut Faults<'_>) -> HttpSettings {
    let defaults = HostSettings::default().http;
    let listen = filled(&mut table, "listen", faults).filter(|listen| {
        let fits = listen
            .rsplit_once(':')
            .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
        if !fits {
            faults.error(
                WRONG_TYPE,
                listen.span,
                format!("`{}` is not an address with a port.", listen.value),
                "Write `listen = \"127.0.0.1:8484\"`.",
            );
        }
        fits
    });
    let settings = HttpSettings {
        listen: listen.map_or(defaults.listen, |listen| listen.value),
        public_url: table.text("public_url", faults).trim_end_matches('/').to_owned(),
        proxies: proxies(&mut table, faults),
        per_network: count(&mut table, "per_network", defaults.per_network, faults),
        per_hour: count(&mut table, "per_hour", defaults.per_hour, faults),
    };
    table.finish(faults);
    settings
}

/// Addresses of proxies.
fn proxies(table: &mut Table<'_>, faults: &mut Faults<'_>) -> Vec<IpAddr> {
    let mut proxies = Vec::new();
    for text in table.strings("proxies", faults).unwrap_or_default() {
        match text.parse() {
            Ok(address) => proxies.push(address),
            Err(_) => {
                faults.error(
                    WRONG_TYPE,
                    text.span,
                    format!("`{}` is not the address of a machine.", text.value),
                    "Write numbers, not names: `proxies = [\"10.0.0.5\"]`.",
                );
            }
        }
    }
    proxies
}

fn count(table: &mut Table<'_>, key: &'static str, default: u32, faults: &mut Faults<'_>) -> u32 {
    let count = table.integer(key, 1..=10_000_000, faults);
    count.and_then(|count| u32::try_from(count).ok()).unwrap_or(default)
}

fn publish(mut table: Table<'_>, faults: &mut Faults<'_>) -> PublishSettings {
    let defaults = HostSettings::default().publish;
    let command = table.strings("command", faults).unwrap_or_default();
    let settings = PublishSettings {
        command: command.into_iter().map(|word| word.value).collect(),
        out: filled(&mut table, "out", faults).map_or(defaults.out, |out| PathBuf::from(out.value)),
    };
    table.finish(faults);
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (HostSettings, Vec<String>) {
        let (host, findings) = read_host(&Source::new("candor.host.toml", text));
        let told =
            findings.iter().map(|f| format!("{} {:?}: {}", f.rule, f.span.of(text), f.message)).collect();
        (host, told)
    }

    #[test]
    fn a_domain_has_a_rate_of_its_own_and_needs_quotation_marks() {
        let (host, told) = read("[mail.domains]\n\"GMail.com\" = 20\n\"bücher.example\" = 1\n");
        let (gmail, idn) = (("gmail.com".to_owned(), 20), ("xn--bcher-kva.example".to_owned(), 1));
        assert_eq!((host.mail.domains, told), (BTreeMap::from([gmail, idn]), Vec::new()));
        for wrong in ["gmail.com = 20", "\"gmail.com\" = 0", "\"gmail.com\" = \"20/s\"", "gmail = 20"] {
            let (host, told) = read(&format!("[mail.domains]\n{wrong}\n"));
            assert!(
                host.mail.domains.is_empty() && told.len() == 1 && told[0].starts_with("wrong-type"),
                "{told:?}"
            );
        }
    }

    #[test]
    fn a_relay_says_how_it_is_protected() {
        let relay = |url: &str| {
            let (host, told) = read(&format!("[mail]\nfrom = \"a@b.example\"\nrelay = \"{url}\"\n"));
            assert_eq!(told, [""; 0], "{url}");
            (host.mail.relay, host.mail.port, host.mail.tls)
        };
        assert_eq!(relay("smtps://mx.example:465"), ("mx.example".to_owned(), 465, Tls::Implicit));
        assert_eq!(relay("smtp+starttls://mx.example"), ("mx.example".to_owned(), 587, Tls::StartTls));
        assert_eq!(relay("smtp://[::1]:2526"), ("::1".to_owned(), 2526, Tls::None));
        let (host, told) = read("[mail]\nfrom = \"a@b.example\"\nrelay = \"smtp://me:pw@mx.example\"\n");
        assert_eq!(host.mail.relay, "");
        assert!(told[0].starts_with("host-setting"), "{told:?}");
    }

    #[test]
    fn a_relay_of_confirmations_is_not_shown_the_login_of_another() {
        let login = |own: &str| {
            let broadcast = "[mail]\nfrom = \"a@b.example\"\nrelay = \"smtps://mx.example\"\nusername = \"all\"\npassword_env = \"ALL\"\n";
            let (host, told) = read(&format!("{broadcast}[confirmations]\n{own}"));
            assert_eq!(told, [""; 0], "{own}");
            (host.confirmations.username, host.confirmations.password)
        };
        let environment = |name: &str| Secret::Environment(name.to_owned());
        assert_eq!(login(""), ("all".to_owned(), environment("ALL")));
        assert_eq!(
            login("username = \"one\"\npassword_env = \"ONE\"\n"),
            ("one".to_owned(), environment("ONE"))
        );
        assert_eq!(login("relay = \"smtps://other.example\"\n"), (String::new(), Secret::None));
    }

    #[test]
    fn a_password_in_the_file_is_an_error_that_does_not_print_it() {
        let (host, told) = read("[mail]\npassword = \"hunter2\"\nusername = \"status\"\n");
        assert_eq!(host.mail.username, "status");
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("host-setting \"[mail]\""), "{told:?}");
        assert!(!told[0].contains("hunter2"), "{told:?}");
        let (host, _) = read("[mail]\npassword_file = \"/run/secrets/relay\"\ntoken_key_env = \"KEY\"\n");
        assert_eq!(host.mail.password, Secret::File(PathBuf::from("/run/secrets/relay")));
        assert_eq!(host.mail.token_key, Secret::Environment("KEY".to_owned()));
    }

    #[test]
    fn mail_in_the_name_of_a_public_provider_is_refused() {
        let (_, told) = read("[mail]\nfrom = \"Riverton <riverton.status@GMail.com>\"\n");
        assert!(told[0].contains("gmail.com"), "{told:?}");
        assert_eq!(read("[mail]\nfrom = \"Riverton <status@riverton.example>\"\n").1, [""; 0]);
    }

    #[test]
    fn a_store_is_a_file_or_a_server_whose_password_stands_elsewhere() {
        let (host, told) = read(
            "[store]\nurl = \"postgres://candor@db/candor\"\npassword_env = \"PW\"\ndurability = \"power-loss\"\n",
        );
        assert_eq!(told, [""; 0]);
        assert!(host.store.survive_power_loss);
        assert_eq!(host.store.server, "postgres://candor@db/candor");
        assert_eq!(host.store.password, Secret::Environment("PW".to_owned()));
        assert_eq!(read("[store]\nurl = \"sqlite:books.db\"\n").0.store.path, PathBuf::from("books.db"));
        for url in ["postgres://candor:hunter2@db/candor", "postgres://candor@db/candor?password=hunter2"] {
            let (host, told) = read(&format!("[store]\nurl = \"{url}\"\n"));
            assert!(told[0].ends_with("The store's address must not hold a password."), "{told:?}");
            assert_eq!(host.store.server, "");
        }
        assert!(read("[store]\nurl = \"mysql://db\"\n").1[0].contains("is not a store"));
    }
}
