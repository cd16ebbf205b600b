//! What the DNS says about the sender, held against what stands in the settings. Pure: the records are given.
//!
//! Receivers ask for all three from 5,000 mails a day on (DELIVERY section 2). What is not given is said, not guessed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Diagnosis, Health};
use crate::config::Dns;

/// SPF may ask the DNS so often (RFC 7208 section 4.6.4).
const SPF_ASKS: usize = 10;

/// Looks at the records of a sender's domain; `bounce` is the domain of the envelope sender.
pub(super) fn records(dns: &Dns, from: &str, bounce: &str) -> Vec<Diagnosis> {
    let mut found = Vec::new();
    if dns.spf.is_empty() && dns.dkim.is_empty() && dns.dmarc.is_empty() {
        return vec![diagnosis(
            Health::Poor,
            "nothing is known about SPF, DKIM and DMARC, without which large receivers refuse mail",
            format!(
                "put what `dig +short TXT {bounce}`, `dig +short TXT SELECTOR._domainkey.{from}` and `dig +short TXT _dmarc.{from}` print into [mail.dns]"
            ),
        )];
    }
    found.push(spf(&dns.spf, bounce));
    found.push(dkim(&dns.dkim, from));
    found.push(dmarc(&dns.dmarc, from));
    if !shares(from, bounce) {
        found.push(diagnosis(
            Health::Poor,
            format!("mail is from {from} and comes back to {bounce}: two organisations, so SPF does not speak for the sender"),
            format!("set bounce_domain to a name below {from}"),
        ));
    } else if tag(&dns.dmarc, "aspf").eq_ignore_ascii_case("s") && from != bounce {
        found.push(diagnosis(
            Health::Poor,
            format!("DMARC wants SPF for exactly {from} (aspf=s), and mail comes back to {bounce}"),
            "take aspf=s out of the DMARC record, or leave bounce_domain empty",
        ));
    }
    found
}

fn spf(record: &str, domain: &str) -> Diagnosis {
    let record = unquoted(record);
    let words: Vec<&str> = record.split_whitespace().collect();
    let mend = format!("publish a TXT record for {domain} such as \"v=spf1 include:RELAY -all\"");
    if !words.first().is_some_and(|first| first.eq_ignore_ascii_case("v=spf1")) {
        return diagnosis(Health::Bad, format!("there is no SPF record for {domain}"), mend);
    }
    let asks = |word: &&&str| {
        let bare = word.trim_start_matches(['+', '-', '~', '?']).to_ascii_lowercase();
        ["include:", "exists:", "redirect=", "ptr"].iter().any(|kind| bare.starts_with(kind))
            || matches!(bare.split([':', '/']).next(), Some("a" | "mx"))
    };
    let lookups = words.iter().filter(asks).count();
    let names_any = words.iter().skip(1).any(|word| {
        let bare = word.trim_start_matches('+').to_ascii_lowercase();
        bare.starts_with("ip4:") || bare.starts_with("ip6:") || asks(&word)
    });
    let end = words.iter().rev().find(|word| word.to_ascii_lowercase().ends_with("all")).copied();
    match end.map(str::to_ascii_lowercase).as_deref() {
        _ if lookups > SPF_ASKS => diagnosis(
            Health::Bad,
            format!("SPF of {domain} asks the DNS {lookups} times; more than {SPF_ASKS} count as an error"),
            "name the relay's addresses with ip4: and ip6: instead",
        ),
        Some("+all" | "all") => diagnosis(
            Health::Bad,
            format!("SPF of {domain} allows the whole world to send (+all)"),
            "end it with -all",
        ),
        _ if !names_any => diagnosis(Health::Bad, format!("SPF of {domain} allows no server at all"), mend),
        Some("-all" | "~all") => diagnosis(Health::Good, format!("SPF of {domain} names who may send"), ""),
        _ if words.iter().any(|word| word.to_ascii_lowercase().starts_with("redirect=")) => {
            diagnosis(Health::Good, format!("SPF of {domain} is that of another name (redirect)"), "")
        }
        _ => diagnosis(Health::Poor, format!("SPF of {domain} forbids nobody"), "end it with -all"),
    }
}

fn dkim(record: &str, domain: &str) -> Diagnosis {
    let key: String = tag(record, "p").chars().filter(|c| !c.is_whitespace()).collect();
    let kind = tag(record, "k");
    let what = |words: &str| format!("DKIM of {domain}: {words}");
    if key.is_empty() {
        return diagnosis(
            Health::Bad,
            what("there is no key, or it was withdrawn"),
            "let the relay sign, and publish the record that it prints",
        );
    }
    let Ok(der) = STANDARD.decode(&key) else {
        return diagnosis(
            Health::Bad,
            what("the key is cut or mistyped"),
            "publish the record anew, all of it",
        );
    };
    if kind.eq_ignore_ascii_case("ed25519") {
        return diagnosis(
            Health::Poor,
            what("an Ed25519 key, which some receivers cannot check"),
            "sign with an RSA key of 2048 bits as well",
        );
    }
    // A public key in DER is 162 bytes at 1024 bits and 294 at 2048.
    match der.len() {
        0..160 => diagnosis(Health::Bad, what("the key is shorter than 1024 bits"), "make one of 2048 bits"),
        160..280 => {
            diagnosis(Health::Poor, what("the key is shorter than 2048 bits"), "make one of 2048 bits")
        }
        _ if tag(record, "t").contains('y') => diagnosis(
            Health::Poor,
            what("it says that it is only tried out (t=y)"),
            "take t=y out of the record",
        ),
        _ => diagnosis(Health::Good, what("a key is published"), ""),
    }
}

fn dmarc(record: &str, domain: &str) -> Diagnosis {
    let mend = format!("publish a TXT record for _dmarc.{domain} such as \"v=DMARC1; p=none; rua=mailto:…\"");
    if !tag(record, "v").eq_ignore_ascii_case("DMARC1") {
        return diagnosis(Health::Bad, format!("there is no DMARC record for {domain}"), mend);
    }
    let policy = tag(record, "p").to_ascii_lowercase();
    if !matches!(policy.as_str(), "none" | "quarantine" | "reject") {
        return diagnosis(Health::Bad, format!("DMARC of {domain} has no policy that receivers know"), mend);
    }
    if tag(record, "rua").is_empty() {
        return diagnosis(
            Health::Poor,
            format!("DMARC of {domain} has no address for reports"),
            "add rua=mailto:… of a mailbox that somebody reads",
        );
    }
    diagnosis(Health::Good, format!("DMARC of {domain} says {policy}"), "")
}

/// The value of `name=` among tags parted by `;`.
fn tag(record: &str, name: &str) -> String {
    let record = unquoted(record);
    let found =
        record.split(';').filter_map(|tag| tag.split_once('=')).find(|(known, _)| known.trim() == name);
    found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

/// As `dig` prints it, a long record is several texts in quotation marks.
fn unquoted(record: &str) -> String {
    if record.trim_start().starts_with('"') {
        record.split('"').enumerate().filter(|(index, _)| index % 2 == 1).map(|(_, part)| part).collect()
    } else {
        record.trim().to_owned()
    }
}

/// Whether one domain is the other, or below it.
fn shares(a: &str, b: &str) -> bool {
    let below = |inner: &str, outer: &str| inner == outer || inner.ends_with(&format!(".{outer}"));
    below(a, b) || below(b, a)
}

fn diagnosis(health: Health, what: impl Into<String>, mend: impl Into<String>) -> Diagnosis {
    Diagnosis { health, what: what.into(), mend: mend.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(spf: &str, dkim: &str, dmarc: &str, bounce: &str) -> Vec<(Health, String)> {
        let dns = Dns { spf: spf.into(), dkim: dkim.into(), dmarc: dmarc.into() };
        records(&dns, "town.example", bounce).into_iter().map(|found| (found.health, found.what)).collect()
    }

    fn key(bytes: usize) -> String {
        format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(vec![7; bytes]))
    }

    const SPF: &str = "v=spf1 include:relay.example -all";
    const DMARC: &str = "v=DMARC1; p=none; rua=mailto:d@town.example";

    #[test]
    fn a_sender_in_order_has_nothing_to_mend() {
        for bounce in ["town.example", "bounces.town.example"] {
            let found = of(SPF, &key(294), DMARC, bounce);
            assert!(found.iter().all(|(health, _)| *health == Health::Good), "{found:?}");
        }
        // As dig prints it.
        let quoted = format!("\"v=DKIM1; k=rsa; p={}\" \"{}\"", &key(294)[18..200], &key(294)[200..]);
        assert_eq!(of(SPF, &quoted, DMARC, "town.example")[1].0, Health::Good);
    }

    #[test]
    fn each_fault_is_found() {
        let spf = |record| of(record, &key(294), DMARC, "town.example").remove(0);
        assert_eq!(spf("").0, Health::Bad);
        assert_eq!(
            spf("v=spf1 include:relay.example +all").1,
            "SPF of town.example allows the whole world to send (+all)"
        );
        assert_eq!(spf("v=spf1 -all").1, "SPF of town.example allows no server at all");
        assert_eq!(spf("v=spf1 ip4:192.0.2.1 ?all").0, Health::Poor);
        assert_eq!(spf("v=spf1 redirect=_spf.relay.example").0, Health::Good);
        let many = format!("v=spf1 {}-all", "include:a.example ".repeat(11));
        assert!(spf(&many).1.contains("asks the DNS 11 times"));
        let dkim = |record: &str| of(SPF, record, DMARC, "town.example").remove(1);
        assert_eq!(dkim("v=DKIM1; p=").0, Health::Bad);
        assert_eq!(dkim("v=DKIM1; p=MIG&").0, Health::Bad);
        assert_eq!(dkim(&key(94)).0, Health::Bad);
        assert_eq!(dkim(&key(162)).0, Health::Poor);
        assert_eq!(dkim(&format!("{}; t=y", key(294))).0, Health::Poor);
        let dmarc = |record| of(SPF, &key(294), record, "town.example").remove(2);
        assert_eq!(dmarc("v=DMARC1; p=maybe").0, Health::Bad);
        assert_eq!(dmarc("v=DMARC1; p=reject").1, "DMARC of town.example has no address for reports");
    }

    #[test]
    fn domains_that_do_not_belong_together_are_said() {
        let last = |dmarc, bounce| of(SPF, &key(294), dmarc, bounce).pop().unwrap();
        assert!(last(DMARC, "bounces.other.example").1.contains("two organisations"));
        assert!(
            last("v=DMARC1; p=none; aspf=s; rua=mailto:d@town.example", "b.town.example")
                .1
                .contains("aspf=s")
        );
        assert_eq!(of("", "", "", "town.example").len(), 1);
    }
}
