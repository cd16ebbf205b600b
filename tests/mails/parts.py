"""Takes the mails of a maildir apart with a strict parser, and writes their HTML into a folder.

usage: parts.py MAILDIR FOLDER
"""
import email
import email.policy
import pathlib
import sys

maildir, folder = map(pathlib.Path, sys.argv[1:])
folder.mkdir(parents=True, exist_ok=True)
policy = email.policy.SMTP.clone(raise_on_defect=True)
seen, largest = 0, 0
for number, path in enumerate(sorted(maildir.glob("new/*"))):
    raw = path.read_bytes()
    assert max(map(len, raw.split(b"\r\n"))) <= 998, f"{path}: a line is longer than 998 bytes"
    mail = email.message_from_bytes(raw, policy=policy)
    assert not any(part.defects for part in mail.walk()), path
    if mail.get_content_type() != "multipart/alternative":
        continue  # to one of our own people: plain text
    kinds = [part.get_content_type() for part in mail.iter_parts()]
    assert kinds == ["text/plain", "text/html"], f"{path}: {kinds}"
    text, html = (part.get_content() for part in mail.iter_parts())
    assert text.strip() and "<p" not in text, path
    size = len(html.encode())
    assert size <= 30_000, f"{path}: {size} bytes of HTML"
    (folder / f"{number:03}.html").write_text(html, newline="")
    seen, largest = seen + 1, max(largest, size)
assert seen >= 10, f"{seen} mails to readers"
print(f"  {seen} mails to readers, the largest HTML has {largest} bytes")
