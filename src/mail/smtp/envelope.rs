//! An envelope in SMTP's words: who it is from and for, and the message with its dots doubled.

use std::borrow::Cow;

use lettre::Address;
use memchr::memmem;

use super::session::Offers;
use crate::outbox::Envelope;

/// The reply when an address cannot be one; ours, in the relay's language (RFC 3463).
const NO_ADDRESS: (u16, &str) = (501, "5.1.3 this is not a mail address");
/// RFC 6531 section 3.5.
const NO_SMTPUTF8: (u16, &str) =
    (553, "5.6.7 the part before the @ has letters that our relay cannot carry (it offers no SMTPUTF8)");

/// The envelope's two commands.
pub(super) struct Commands {
    pub(super) mail: String,
    pub(super) rcpt: String,
}

impl Commands {
    /// Refuses what is no address: nothing but an address ever comes between the brackets.
    pub(super) fn of(envelope: &Envelope, offers: Offers) -> Result<Self, (u16, &'static str)> {
        let address = |text: &str| -> Result<Address, (u16, &'static str)> {
            let address: Address = text.parse().map_err(|_| NO_ADDRESS)?;
            if address.domain().is_ascii() {
                return Ok(address);
            }
            let domain = idna::domain_to_ascii(address.domain()).map_err(|_| NO_ADDRESS)?;
            Address::new(address.user(), domain).map_err(|_| NO_ADDRESS)
        };
        let (from, to) = (address(&envelope.from)?, address(&envelope.to)?);
        let eight_bit = !envelope.message.is_ascii();
        let utf8 = !from.user().is_ascii() || !to.user().is_ascii() || eight_bit;
        if utf8 && !offers.smtputf8 {
            return Err(NO_SMTPUTF8);
        }
        let parameters = match (utf8, eight_bit) {
            (true, true) => " BODY=8BITMIME SMTPUTF8",
            (true, false) => " SMTPUTF8",
            _ => "",
        };
        let (mut mail, mut rcpt) = (format!("MAIL FROM:<{from}>{parameters}"), format!("RCPT TO:<{to}>"));
        if offers.dsn {
            mail += " RET=HDRS";
            if let Some(id) = envelope.id() {
                mail += &format!(" ENVID={}", xtext(id));
            }
            rcpt += " NOTIFY=FAILURE,DELAY";
            // Other letters would need an address type of their own (RFC 6533), which few relays know.
            if to.user().is_ascii() {
                rcpt += &format!(" ORCPT=rfc822;{}", xtext(to.as_ref()));
            }
        }
        Ok(Self { mail: mail + "\r\n", rcpt: rcpt + "\r\n" })
    }
}

/// RFC 3461 section 4: what is no letter, digit or plain sign becomes `+` and two hex digits. At most 100 bytes, as an
/// ENVID may have.
fn xtext(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'!'..=b'~' if !matches!(byte, b'+' | b'=') => out.push(char::from(byte)),
            other => out.push_str(&format!("+{other:02X}")),
        }
    }
    out.truncate(100);
    out
}

/// The body with its dots doubled (RFC 5321 section 4.5.2), ending with a line end.
pub(super) fn stuffed(message: &[u8]) -> Cow<'_, [u8]> {
    let first = message.starts_with(b".").then_some(0);
    let mut dots = first.into_iter().chain(memmem::find_iter(message, b"\n.").map(|end| end + 1)).peekable();
    let ended = message.ends_with(b"\r\n");
    if dots.peek().is_none() && ended {
        return Cow::Borrowed(message);
    }
    let mut body = Vec::with_capacity(message.len() + 64);
    let mut from = 0;
    for at in dots {
        body.extend_from_slice(&message[from..at]);
        body.push(b'.');
        from = at;
    }
    body.extend_from_slice(&message[from..]);
    if !ended {
        body.extend_from_slice(b"\r\n");
    }
    Cow::Owned(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_at_the_start_of_a_line_are_doubled() {
        assert_eq!(&*stuffed(b"a\r\n.\r\n..b\r\nc.d\r\n"), b"a\r\n..\r\n...b\r\nc.d\r\n");
        assert_eq!(&*stuffed(b".a"), b"..a\r\n");
        assert!(matches!(stuffed(b"a.b\r\n"), Cow::Borrowed(_)));
    }

    fn commands(to: &str, smtputf8: bool) -> Result<String, u16> {
        let mail = Envelope { from: "b+T@example.org".into(), to: to.into(), message: b"x\r\n".to_vec() };
        Commands::of(&mail, Offers { pipelining: true, smtputf8, dsn: false })
            .map(|commands| commands.mail + &commands.rcpt)
            .map_err(|(code, _)| code)
    }

    #[test]
    fn domains_become_a_labels_and_local_parts_need_smtputf8() {
        assert_eq!(
            commands("ann@müller.example", false).unwrap(),
            "MAIL FROM:<b+T@example.org>\r\nRCPT TO:<ann@xn--mller-kva.example>\r\n"
        );
        assert_eq!(commands("änn@example.org", false), Err(553));
        assert!(
            commands("änn@example.org", true).unwrap().contains(" SMTPUTF8\r\nRCPT TO:<änn@example.org>")
        );
    }

    #[test]
    fn a_relay_that_can_is_told_which_report_is_wanted() {
        let mail = Envelope {
            from: "b+T@example.org".into(),
            to: "ann+x@example.org".into(),
            message: b"Subject: x\r\nMessage-ID: <a=b.c@town.example>\r\n\r\nx\r\n".to_vec(),
        };
        let offers = Offers { pipelining: true, smtputf8: true, dsn: true };
        let Ok(commands) = Commands::of(&mail, offers) else { panic!("both are addresses") };
        assert_eq!(
            commands.mail + &commands.rcpt,
            "MAIL FROM:<b+T@example.org> RET=HDRS ENVID=a+3Db.c@town.example\r\n\
             RCPT TO:<ann+x@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;ann+2Bx@example.org\r\n"
        );
        let umlaut = Envelope { to: "änn@example.org".into(), ..mail };
        let Ok(commands) = Commands::of(&umlaut, offers) else { panic!("SMTPUTF8 is offered") };
        assert_eq!(commands.rcpt, "RCPT TO:<änn@example.org> NOTIFY=FAILURE,DELAY\r\n");
    }

    #[test]
    fn nothing_but_an_address_goes_between_the_brackets() {
        for address in
            ["", "ann", "a@b\r\nRCPT TO:<c@d>", "a>@example.org", "a b@example.org", "a\0@example.org"]
        {
            assert_eq!(commands(address, true), Err(501), "{address:?}");
        }
    }
}
