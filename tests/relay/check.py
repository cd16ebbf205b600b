"""A town tells its readers through the relay; then their mailboxes are looked into: one thread each, valid signatures over
both List-Unsubscribe headers, no spam score, and a report about the address that nobody has."""

import base64
import email
import email.policy
import imaplib
import os
import re
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import dkim

CANDOR, FOLDER, PORT = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
READERS = ["r0", "r1", "r2"]

HEAD = """+++
title = "No water in Mill Lane"
severity = "major"
services = ["water-supply"]
areas = ["old-town"]
owner = "duty-manager"
deputy = "duty-manager"
started = {start:%Y-%m-%dT%H:%M:00Z}
+++

The pump at Mill Lane stopped.
"""
UPDATES = [
    "Investigating\n\nAffected: 212 homes, counted from meters\nExpected fix: not known because the pump is still hot\n\n"
    "We are sorry that you have no water. We are cooling the pump to look inside.\n\n### What you can do\n\n"
    "Bottled water is at the school, open until 8pm.",
    "Identified\n\nAffected: 212 homes, counted from meters\nExpected fix: not known because the new bearing has not arrived\n\n"
    "A bearing in the pump broke. The new one is on its way by van.",
    "Resolved\n\nAffected: nobody any more\n\nThe pump runs again with a new bearing. We are sorry for the dry taps.",
]


def site():
    root = FOLDER / "town"
    subprocess.run([CANDOR, "init", root, "--name", "Town"], check=True, capture_output=True)
    settings = (root / "candor.toml").read_text()
    (root / "candor.toml").write_text('publish = "save"\n' + settings)
    (root / "candor.host.toml").write_text(
        f'[mail]\nrelay = "smtp://127.0.0.1:{PORT}"\nfrom = "Town status <status@town.example>"\n'
        'bounce_domain = "bounces.town.example"\n\n[http]\npublic_url = "https://signup.town.example"\n'
    )
    people = READERS + ["gone"]
    rows = "".join(f"Reader {name},{name}@mail.example,water-supply,,en,all\n" for name in people)
    (root / "list.csv").write_text("name,email,services,areas,language,pace\n" + rows)
    candor(root, "subscribers", "import", "list.csv")
    return root


def candor(root, *words):
    run = subprocess.run([CANDOR, *words], cwd=root, capture_output=True, text=True)
    # 1: there are findings; they are not what this is about.
    if run.returncode > 1:
        sys.exit(f"candor {' '.join(words)}: {run.returncode}\n{run.stdout}{run.stderr}")
    return run.stdout


def tell(root):
    """Three statements, a run each."""
    start = datetime.now(timezone.utc) - timedelta(minutes=12)
    text = HEAD.format(start=start)
    for number, update in enumerate(UPDATES):
        text += f"\n## {start + timedelta(minutes=3 + 3 * number):%Y-%m-%d %H:%MZ} {update}\n"
        path = root / "content/incidents/mill-lane.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        old = time.time() - 3600
        os.utime(path, (old, old))
        candor(root, "run", "--once")


def mailbox(user, count):
    """A session, and the user's mails once there are so many."""
    deadline = time.monotonic() + 60
    while True:
        session = imaplib.IMAP4("127.0.0.1", PORT + 2)
        session.login(user, "secret")
        session.select()
        numbers = session.search(None, "ALL")[1][0].split()
        if len(numbers) >= count:
            return session, [session.fetch(number, "(RFC822)")[1][0][1] for number in numbers]
        session.logout()
        if time.monotonic() > deadline:
            sys.exit(f"{user} has {len(numbers)} mails, not {count}\n{(FOLDER / 'postfix.log').read_text()[-3000:]}")
        time.sleep(0.2)


def key(name, timeout=5):
    """DNS of our own: the relay's public key."""
    assert name.startswith(b"s1._domainkey.town.example"), name
    der = subprocess.run(
        ["openssl", "rsa", "-in", FOLDER / "dkim.pem", "-pubout", "-outform", "DER"], check=True, capture_output=True
    ).stdout
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(der)


def signed(raw):
    assert dkim.verify(raw, dnsfunc=key), "the signature does not hold"
    head = email.message_from_bytes(raw, policy=email.policy.SMTP)
    covered = re.sub(r"\s", "", re.search(r"\bh=([^;]*)", head["DKIM-Signature"]).group(1)).lower().split(":")
    for header in ["from", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post"]:
        assert header in covered, f"{header} is not signed: {covered}"
    broken = raw.replace(b"List-Unsubscribe-Post: List-Unsubscribe=One-Click", b"List-Unsubscribe-Post: no")
    assert broken != raw and not dkim.verify(broken, dnsfunc=key), "the signature does not cover One-Click"


def spam(raw):
    """Local rules alone; marks that only the open net can give stay out."""
    score = subprocess.run(["spamassassin", "-L", "-t"], input=raw, capture_output=True).stdout.decode(errors="replace")
    points = float(re.search(r"X-Spam-Status: .*?score=(-?[\d.]+)", score, re.S).group(1))
    assert points <= 0.5, score[-3000:]
    return points


def matched(root, reports):
    """What the real Postfix sent back belongs to the one whose address nobody has, and to nobody else."""
    for report in reports:
        run = subprocess.run([CANDOR, "bounces"], cwd=root, input=report, capture_output=True)
        assert run.returncode == 0, run.stderr.decode()
    suppressed = candor(root, "delivery", "suppressed")
    assert "gone@mail.example" in suppressed and "r0@" not in suppressed, suppressed
    returned = candor(root, "delivery", "returned")
    assert "gone@mail.example" in returned and "5.1.1" in returned, returned


def main():
    root = site()
    tell(root)
    worst = -100.0
    for user in READERS:
        session, mails = mailbox(user, len(UPDATES))
        assert len(mails) == len(UPDATES), f"{user} was told {len(mails)} times"
        for algorithm in ["REFERENCES", "REFS"]:
            threads = session.thread(algorithm, "UTF-8", "ALL")[1][0].decode()
            outside = re.sub(r"\((?:[^()]|\([^()]*\))*\)", "T", threads)
            assert outside == "T", f"{user}: {algorithm} makes {threads}"
        for raw in mails:
            signed(raw)
        worst = max(worst, spam(mails[-1]))
    _, reports = mailbox("b", 1)
    report = email.message_from_bytes(reports[0], policy=email.policy.SMTP)
    assert report.get_content_type() == "multipart/report", report.get_content_type()
    said = [dict(block) for part in report.walk() if part.get_content_type() == "message/delivery-status" for block in part.get_payload()]
    about = next(block for block in said if "Final-Recipient" in block)
    assert "gone@mail.example" in about["Final-Recipient"] and about["Status"].startswith("5.1.1"), about
    assert re.match(r"b\+[\w-]+@bounces\.town\.example", report["To"]), report["To"]
    matched(root, reports)
    print(f"{len(READERS)} readers, {len(UPDATES)} mails each: one thread, signed, spam score {worst}; {len(reports)} reports came back and were matched")


main()
