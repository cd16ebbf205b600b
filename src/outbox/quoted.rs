//! Quoted-printable (RFC 2045 section 6.7) that can be cut: a text is encoded once, with holes in it, and what goes
//! into a hole is encoded for each reader by itself.
//!
//! That works because a soft line end may stand anywhere: each hole begins a line of its own and ends with one.
//! Every line is at most 76 characters, nothing but ASCII, and no line begins with a dot or with `From `.

/// The longest line, its `=` at the end included.
const LONGEST: usize = 76;

/// Appends `text` encoded, beginning and ending at the start of a line. `\n` becomes CRLF; other controls but tab go.
pub(super) fn encode(text: &str, out: &mut Vec<u8>) {
    let mut column = 0;
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        if byte == b'\n' {
            out.extend_from_slice(b"\r\n");
            column = 0;
            continue;
        }
        let ends_line = matches!(bytes.get(at + 1), None | Some(b'\n'));
        let plain = match byte {
            b'=' => false,
            b' ' | b'\t' => !ends_line,
            // Dots at the start of a line are doubled on the wire, and `From ` is quoted by old mailboxes.
            b'.' | b'F' => column > 0,
            b'!'..=b'~' => true,
            0..=0x1f | 0x7f => continue,
            _ => false,
        };
        let width = if plain { 1 } else { 3 };
        if column + width > LONGEST - 1 {
            out.extend_from_slice(b"=\r\n");
            column = 0;
            if plain && matches!(byte, b'.' | b'F') {
                push_escaped(byte, out);
                column = 3;
                continue;
            }
        }
        if plain {
            out.push(byte);
        } else {
            push_escaped(byte, out);
        }
        column += width;
    }
    if column > 0 {
        out.extend_from_slice(b"=\r\n");
    }
}

fn push_escaped(byte: u8, out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.extend_from_slice(&[b'=', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A decoder by the letter of the RFC.
    fn decode(encoded: &[u8]) -> String {
        let mut out = Vec::new();
        for line in std::str::from_utf8(encoded).unwrap().split_terminator("\r\n") {
            let (line, soft) = line.strip_suffix('=').map_or((line, false), |line| (line, true));
            let mut bytes = line.bytes();
            while let Some(byte) = bytes.next() {
                out.push(if byte == b'=' {
                    let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
                    u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
                } else {
                    byte
                });
            }
            if !soft {
                out.push(b'\n');
            }
        }
        String::from_utf8(out).unwrap()
    }

    fn encoded(text: &str) -> Vec<u8> {
        let mut out = Vec::new();
        encode(text, &mut out);
        out
    }

    #[test]
    fn a_text_with_a_hole_reads_as_one() {
        let mut out = Vec::new();
        for part in ["This mail is for ", "zoë=1@example.org", ".\nFrom us. \n"] {
            encode(part, &mut out);
        }
        assert_eq!(decode(&out), "This mail is for zoë=1@example.org.\nFrom us. \n");
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "This mail is for=20=\r\nzo=C3=AB=3D1@example.org=\r\n=2E\r\n=46rom us.=20\r\n"
        );
    }

    proptest! {
        #[test]
        fn every_text_comes_back_and_every_line_is_short(text in "(\\PC|[\n =.F\t\u{e9}😀]){0,300}") {
            let bytes = encoded(&text);
            prop_assert_eq!(decode(&bytes), text);
            for line in bytes.split(|&b| b == b'\n') {
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                prop_assert!(line.len() <= LONGEST && line.is_ascii());
                prop_assert!(!line.starts_with(b".") && !line.starts_with(b"F"));
                prop_assert!(!line.ends_with(b" ") && !line.ends_with(b"\t"));
            }
        }
    }
}
