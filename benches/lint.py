#!/usr/bin/env python3
"""What `candor check` costs. Prints, never asserts.

    python3 benches/lint.py [FOLDER OF A SITE ...]

Builds in release, makes a site of 1,000 files (about 1.1 MB, 190,000 words) and one of a single file under target/bench-lint. The figures are
of the whole command: reading, timelines and all rules. It runs on one core (taskset, one thread); the figures are the least
of nine runs; memory is the peak of the process. Beside each stands `benches/parse.rs`, which reads the same files and what they
say and does nothing else, and how many times its processor time the check takes. Needs a system with wait4. A folder given as an argument is measured in
the same way, from a copy: real updates, for one.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CANDOR = ROOT / "target/release/candor"
WORK = ROOT / "target/bench-lint"
AT = "2026-06-01T00:00:00Z"

SETTINGS = """name = "Town"
base_url = "https://status.example.org"
time_zone = "UTC"
languages = ["en"]
publish = "save"
contact = { phone = "+44 1632 960000" }
"""
SERVICES = '[[service]]\nid = "water"\nname = "Water"\ngroup = "Utilities"\n'
PEOPLE = '[[person]]\nid = "ann"\nname = "Ann Bell"\nrole = "Head of water"\nphone = "+44 1632 960001"\n'

# As people write: plain sentences, some with words that rules look at closely, few that are faults.
SENTENCES = """
The pump at Mill Lane stopped at 08:50 and the crew is cooling it to look inside.
We are sorry that you have no water in the kitchen this morning.
About 212 homes between 3rd and 5th Street have no water, counted from the meters.
Bottled water is at the school, open until 20:00, and at Norwood Hall from 15:00.
The crew closed the valve shortly after 09:10 and the street is open to buses again.
If your water is brown, let the cold tap run for ten minutes before you drink it.
The spare part came from the depot at 11:40 and is being fitted now.
We told the school and both clinics by phone at 09:15, and they have water of their own.
Route 14 goes by Weir Road until the street is repaired; the stop at the library is closed.
We first thought that the meter was wrong, because it had been replaced the day before.
Some of our engineers stay on the street overnight so that the road can open at 06:00.
The next test is at 13:30, and it takes 40 minutes to show whether the water is safe.
People who use a machine at home for their health can ring us at any hour on the number below.
The contractor told us at 09:40 that the lorry with the pipe is on the ring road.
We do not know yet why the alarm did not sound in the night.
""".split("\n")[1:-1]


def update(rng, clock, status, header):
    words = [rng.choice(SENTENCES) for _ in range(rng.choice((1, 1, 2, 2, 2)))]
    return f"## {clock} {status}\n\n{header}\n{' '.join(words)}\n\n"


def incident(rng, number):
    day = f"2026-{number % 5 + 1:02}-{number % 28 + 1:02}"
    text = (
        f'+++\ntitle = "No water in street {number}"\nseverity = "major"\nservices = ["water"]\nowner = "ann"\n'
        f"started = {day}T08:50:00Z\n+++\n\n{rng.choice(SENTENCES)}\n\n"
    )
    why = "because the last repair of this pump took 50 minutes"
    text += update(rng, f"{day} 09:00", "Investigating", "Affected: 212 homes, counted from meters\n")
    text += "### What you can do\n\nBottled water is at the school, open until 20:00.\n\n"
    text += update(rng, f"{day} 09:30", "Identified", f"Expected fix: 10:30 {why}\n")
    text += update(rng, f"{day} 10:00", "Monitoring", f"Expected fix: 10:30 {why}\n")
    return text + update(rng, f"{day} 10:20", "Resolved", "")


def site(folder, files):
    shutil.rmtree(folder, ignore_errors=True)
    incidents = folder / "content/incidents"
    incidents.mkdir(parents=True)
    (folder / "candor.toml").write_text(SETTINGS)
    (folder / "content/services.toml").write_text(SERVICES)
    (folder / "content/people.toml").write_text(PEOPLE)
    rng = random.Random(7)
    for number in range(files):
        (incidents / f"street-{number}.md").write_text(incident(rng, number))
    return folder


def run(command):
    """Processor seconds, seconds by the clock, MiB at the peak: the least of nine runs."""
    best = None
    for _ in range(9):
        begun = time.monotonic()
        child = subprocess.Popen(
            ["taskset", "-c", "0", *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "RAYON_NUM_THREADS": "1"},
        )
        _, _, used = os.wait4(child.pid, 0)
        took = (used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss / 1024)
        best = took if best is None else tuple(map(min, best, took))
    return best


def size(folder):
    texts = [path.read_text(errors="replace") for path in (folder / "content").rglob("*.md")]
    return len(texts), sum(map(len, texts)) / 1e6, sum(len(text.split()) for text in texts)


def parser():
    """Builds the program that only parses; its path."""
    built = ["cargo", "bench", "--quiet", "--no-run", "--bench", "parse", "--message-format", "json"]
    lines = subprocess.run(built, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    made = [json.loads(line) for line in lines]
    return next(it["executable"] for it in made if it.get("executable") and it["target"]["name"] == "parse")


def main():
    subprocess.run(["cargo", "build", "--quiet", "--release"], cwd=ROOT, check=True)
    parse = parser()
    WORK.mkdir(parents=True, exist_ok=True)
    folders = [site(WORK / "thousand", 1000), site(WORK / "one", 1)]
    for given in map(Path, sys.argv[1:]):
        copy = WORK / given.resolve().name
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(given, copy, ignore=shutil.ignore_patterns(".git", "public", ".candor"))
        folders.append(copy)
    print(f"{'site':<12}{'files':>6}{'MB':>6}{'words':>8}{'CPU s':>8}{'clock s':>9}{'MiB':>6}"
          f"{'parse CPU s':>13}{'clock s':>9}{'MiB':>6}{'ratio':>7}")
    for folder in folders:
        files, megabytes, words = size(folder)
        cpu, clock, memory = run([CANDOR, "-C", folder, "check", "--at", AT, "--format", "jsonl", "--history"])
        parsed, parsed_clock, parsed_memory = run([parse, folder])
        print(f"{folder.name:<12}{files:>6}{megabytes:>6.2f}{words:>8}{cpu:>8.3f}{clock:>9.4f}{memory:>6.0f}"
              f"{parsed:>13.3f}{parsed_clock:>9.4f}{parsed_memory:>6.0f}{cpu / parsed:>7.1f}")


main()
