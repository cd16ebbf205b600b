#!/usr/bin/env python3
"""How Candor bears a large site: synthetic incidents of six updates each, written as `check` asks for them, beside a floor that only parses the same
markdown, fills one template a page and writes the same bytes, in the same run.

    python3 benches/scale.py [INCIDENTS]

Builds in release, works in a temporary folder, prints wall time, CPU time, peak memory and ratios."""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CANDOR = ROOT / "target/release/candor"
WORDS = """the crew found a crack near the valve and is cutting out six metres of pipe water stays off in the upper streets
bottled water is at the school hall until eight we counted the homes from meters the new pump runs and we are filling
the main slowly so pressure is low buses turn at the market and serve the stops on the way back""".split()


def sentence(rng):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(8, 18))).capitalize() + "."


def incident(rng, number):
    day, month, year = 1 + number % 28, 1 + number // 28 % 12, 2000 + number // 336 % 25
    date = f"{year}-{month:02}-{day:02}"
    severity = ("minor", "major", "critical")[number % 3]
    lines = ["+++", f'title = "Incident {number} on the main at street {number % 97}"', f'severity = "{severity}"',
             f'services = ["service-{number % 20}"]', f'areas = ["area-{number % 12}"]', 'owner = "ann"',
             f"started = {date}T08:00:00", f'cause = "pipe-{number}"',
             'apology = "not needed because a storm broke the main"', 'review = "none because it is part of the report on the storm"', "+++", "", sentence(rng), ""]
    for step, word in enumerate(["Investigating", "Identified", "Identified", "Identified", "Monitoring", "Resolved"]):
        lines += [f"## {date} 08:{5 + step * 8:02} {word}", ""]
        if step == 0:
            lines += [f"Affected: {rng.randint(10, 900)} homes, counted from meters",
                      "Expected fix: not known because the crew is still digging", ""]
        lines += [" ".join(sentence(rng) for _ in range(4)), "", " ".join(sentence(rng) for _ in range(3)), ""]
        if step == 0:
            lines += ["### What you can do", "", "- " + sentence(rng), "- " + sentence(rng), ""]
    return f"{date}-incident-{number}", "\n".join(lines)


def site(folder, count):
    rng = random.Random(count)
    (folder / "content/incidents").mkdir(parents=True)
    (folder / "candor.toml").write_text(
        'name = "Scale"\nbase_url = "https://status.example.org"\nid_domain = "status.example.org"\n'
        'time_zone = "Europe/London"\nlanguages = ["en"]\npublish = "save"\ncontact = { phone = "+44 1632 960000" }\n')
    (folder / "content/services.toml").write_text("".join(
        f'[[service]]\nid = "service-{n}"\nname = "Service {n}"\ngroup = "Group {n % 4}"\n\n' for n in range(20)))
    (folder / "content/areas.toml").write_text("".join(
        f'[[area]]\nid = "area-{n}"\nname = "Area {n}"\n\n' for n in range(12)))
    (folder / "content/people.toml").write_text('[[person]]\nid = "ann"\nname = "Ann Bell"\nrole = "Head of water"\nphone = "+44 1632 960001"\n')
    for number in range(count):
        slug, text = incident(rng, number)
        (folder / f"content/incidents/{slug}.md").write_text(text)
    hour_ago = time.time() - 3600
    for path in folder.rglob("*"):
        os.utime(path, (hour_ago, hour_ago))


def measured(command, **how):
    """Wall seconds, CPU seconds, peak MiB, exit code."""
    started = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **how)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - started
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def say(what, run):
    print(f"{what:34} {run[0]:7.2f} s wall {run[1]:7.2f} s CPU {run[2]:6.0f} MiB   exit {run[3]}", flush=True)
    return run


def watched(folder):
    """Seconds from a save to the new page in the preview of a running daemon, several times: of the latest incident,
    which stands in every feed, and of the oldest, which stands in none."""
    daemon = subprocess.Popen([CANDOR, "run", "--no-serve"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        sources = sorted((folder / "content/incidents").glob("*.md"))
        preview = folder / ".candor/preview"
        for _ in range(600):
            if (preview / "index.html").exists() and (folder / "public/index.html").exists():
                break
            time.sleep(0.2)
        time.sleep(4)
        return [saved(source, preview / "incidents" / source.stem / "index.html") for source in (sources[-1], sources[0])]
    finally:
        daemon.send_signal(signal.SIGINT)
        daemon.wait()


def saved(source, page):
    """Seconds from each of several saves to the page; None: it did not follow."""
    times = []
    for number in range(7):
        mark = f"Mark {number} of the watch."
        text = source.read_text().replace("\n## ", f"\n{mark}\n\n## ", 1)
        started = time.monotonic()
        source.write_text(text)
        while mark not in page.read_text():
            time.sleep(0.001)
            if time.monotonic() - started > 20:
                return None
        times.append(time.monotonic() - started)
        time.sleep(1.2)
    return times


def run(temporary, count, floor):
    folder = pathlib.Path(temporary) / f"site-{count}"
    folder.mkdir()
    site(folder, count)
    size = sum(path.stat().st_size for path in (folder / "content/incidents").iterdir())
    print(f"\n{count} incidents, {count * 6} updates, {size / 1e6:.1f} MB of markdown")
    check = say("candor check", measured([CANDOR, "check", "--at", "2026-11-21 12:00"], cwd=folder))
    build = say("candor build (first)", measured([CANDOR, "build", "--at", "2026-11-21 12:00"], cwd=folder))
    out = [path for path in (folder / "public").rglob("*") if path.is_file()]
    print(f"{len(out)} files, {sum(path.stat().st_size for path in out) / 1e6:.1f} MB")
    say("candor build (nothing new)", measured([CANDOR, "build", "--at", "2026-11-21 12:00"], cwd=folder))
    if floor:
        least = say("floor", measured([floor, folder / "content/incidents", folder / "public", pathlib.Path(temporary) / "floor"]))
        print(f"first build / floor: {build[0] / least[0]:.2f} wall, {build[1] / least[1]:.2f} CPU")
        for which, times in zip(("latest", "oldest"), watched(folder)):
            if times:
                print(f"save to page, {which} incident: " + ", ".join(f"{t * 1000:.0f} ms" for t in times) + f"; median {sorted(times)[len(times) // 2] * 1000:.0f} ms")
            else:
                print(f"save to page, {which} incident: the page did not follow")
    return check, build


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    lines = subprocess.run(["cargo", "bench", "--no-run", "--bench", "floor", "--message-format=json"], cwd=ROOT,
                           check=True, capture_output=True, text=True).stdout
    import json
    programs = [json.loads(line).get("executable") for line in lines.splitlines() if '"name":"floor"' in line]
    floor = next(program for program in programs if program)
    starts = [measured([CANDOR, "--version"])[0] for _ in range(20)]
    print(f"start: median {sorted(starts)[10] * 1000:.1f} ms")
    # Both in one folder: a file system is slow to make files where it has just removed some.
    with tempfile.TemporaryDirectory() as temporary:
        small = run(temporary, max(count // 10, 1), None)
        large = run(temporary, count, floor)
    print(f"\nCPU({count}) / CPU({max(count // 10, 1)}): check {large[0][1] / small[0][1]:.1f}, build {large[1][1] / small[1][1]:.1f}")


if __name__ == "__main__":
    if not shutil.which("cargo"):
        sys.exit("cargo is not on the PATH")
    main()
