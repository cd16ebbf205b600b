"""Reads every mail in a folder with Python's strict parser; any defect is an error (RFC 5322, RFC 2045)."""

import email
import email.policy
import pathlib
import sys

STRICT = email.policy.SMTP.clone(raise_on_defect=True)
ONCE = ["From", "To", "Date", "Message-ID", "Subject", "MIME-Version", "Content-Type", "Reply-To",
        "References", "In-Reply-To", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted"]


def check(raw: bytes) -> None:
    assert raw.isascii() and b"\0" not in raw, "not 7-bit clean"
    assert b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b""), "bare CR or LF"
    assert max(map(len, raw.split(b"\r\n"))) <= 998, "a line is too long"
    mail = email.message_from_bytes(raw, policy=STRICT)
    for part in mail.walk():
        assert not part.defects, part.defects
        for value in part.values():
            assert not value.defects, (value, value.defects)
    for name in ONCE:
        assert len(mail.get_all(name, [])) <= 1, f"{name} twice"
    for name in ONCE[:7]:
        assert mail[name], f"{name} is missing"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert text.strip() and len(html.encode()) <= 30_000 and "<img" not in html and "<script" not in html


mails = sorted(pathlib.Path(sys.argv[1]).glob("*.eml"))
assert mails, "no mails"
for path in mails:
    try:
        check(path.read_bytes())
    except Exception as fault:
        sys.exit(f"{path.name}: {fault!r}")
print(f"{len(mails)} mails, no defect")
