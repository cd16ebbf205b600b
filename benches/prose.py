#!/usr/bin/env python3
"""Candor's rules beside tools that match words, on the same updates.

    python3 benches/prose.py [--corpus DIR] [--candor target/release/candor]

DIR holds `development.jsonl`, `labels.jsonl` and `to_site.py`: updates that organisations published, and what a reader
marked in them. They are not in this repository. Without them only the honest updates of `tests/lint/honest` are measured.

Printed for each tool: findings per 100 labelled and per 100 honest updates (on honest ones, fewer is better), and for each
category that a tool can be mapped to, precision over its findings and recall over the marks. A finding is right where its
words share one with a mark of the category in the same update. A tool that cannot be installed is skipped, loudly.
Tools are installed from npm and PyPI into `target/baselines`."""
import argparse
import collections
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOLS = ROOT / "target/baselines"
HONEST = ROOT / "tests/lint/honest"
HONEST_NOW = "2026-11-20T18:00:00Z"
CATEGORIES = ["unbacked_soon", "hedged_impact", "empty_apology", "agentless", "blame_shift", "status_mismatch"]
CANDOR = {
    "unbacked-soon": "unbacked_soon", "vague-eta": "unbacked_soon", "stock-reassurance": "unbacked_soon",
    "unquantified-some": "hedged_impact", "minimising-word": "hedged_impact", "hedged-impact": "hedged_impact",
    "conditional-apology": "empty_apology", "agentless-action": "agentless", "agentless-fault": "agentless",
    "blame-third-party": "blame_shift", "status-text-conflict": "status_mismatch",
}
# The cues of our rules without what backs them: what a list of words alone would report.
CUES = {
    "unbacked_soon": r"\b(soon|shortly|asap|as soon as possible|as quickly as possible|as fast as possible|in due course|"
                     r"momentarily|before long|imminently|working (?:hard|tirelessly|diligently|around the clock))\b",
    "hedged_impact": r"\b(some|certain|a few|a small number|a subset|a limited number|may|might|could|minor|slight(?:ly)?|"
                     r"brief(?:ly)?|minimal|limited|potentially)\b",
    "empty_apology": r"\b((?:any|the|this) (?:inconvenience|trouble|disruption)|if you (?:were|are|have been) affected)\b",
    "agentless": r"\b((?:is|are|was|were|been|being) (?:being )?(?:investigated|identified|implemented|applied|deployed|"
                 r"taken|provided|rebooted|restarted|rolled back|replaced))\b",
    "blame_shift": r"\b((?:due to|caused by|because of) (?:[\w'-]+ ){0,6}(?:provider|supplier|vendor|contractor|third.party|"
                   r"upstream|carrier|partner)s?)\b",
}


# What a rule rightly reports and the marks do not cover: it counts as a finding and not for or against precision.
UNMARKED = {"stock-reassurance": re.compile(r"patien|understanding|cooperat|priority|serious|caution|bear with", re.I)}


def words(text):
    return set(re.findall(r"[\w%'’]+", (text or "").lower()))


def shares(span, text):
    return span is None or not words(text) or bool(words(span) & words(text))


def honest_updates():
    texts = {}
    for path in sorted(HONEST.glob("content/*/*.md")):
        for number, part in enumerate(re.split(r"(?m)^## ", path.read_text())[1:], 1):
            body = part.split("\n", 1)[1].strip()
            kept = [line for line in body.split("\n") if not re.match(r"[A-Z][a-z]+(?: [a-z]+)?: ", line)]
            texts[f"{path.stem}-{number}"] = "\n".join(kept).strip() + "\n"
    return texts


def labelled_updates(corpus):
    labels = {}
    for line in open(corpus / "labels.jsonl"):
        row = json.loads(line)
        labels[row["update_id"]] = row["labels"]
    texts = {}
    for line in open(corpus / "development.jsonl"):
        row = json.loads(line)
        if row["update_id"] in labels:
            texts[row["update_id"]] = row["body_text"].replace("\r\n", "\n") + "\n"
    return texts, labels


def run(command, **more):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)


def npm(*packages):
    if not all((TOOLS / "node_modules" / package).exists() for package in packages):
        TOOLS.mkdir(parents=True, exist_ok=True)
        done = run(["npm", "install", "--prefix", TOOLS, "--no-audit", "--no-fund", "--loglevel=error", *packages])
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip().split("\n")[-1])


def version(package):
    return json.loads((TOOLS / "node_modules" / package / "package.json").read_text())["version"]


def at(text, line, column, length):
    lines = text.split("\n")
    return lines[line - 1][column:column + length] if line <= len(lines) else ""


# Each tool: {id: text} and the files of the same names in, (id, category or None, words) out.

def write_good(texts, files):
    npm("write-good")
    name = {str(path): key for key, path in files.items()}
    for start in range(0, len(files), 100):
        batch = list(files.values())[start:start + 100]
        for line in run([TOOLS / "node_modules/.bin/write-good", "--parse", *batch]).stdout.split("\n"):
            found = re.match(r"(.+?):(\d+):(\d+):(.*)", line)
            if found:
                told = found[4]
                kind = "hedged_impact" if "weasel" in told else "agentless" if "passive" in told else None
                yield name[found[1]], kind, (re.search(r'"([^"]*)"', told) or [told, ""])[1]


def alex(texts, files):
    npm("alex")
    folder = next(iter(files.values())).parent
    name = {path.name: key for key, path in files.items()}
    told, here = run([TOOLS / "node_modules/.bin/alex", "."], cwd=folder), None
    for line in (told.stdout + told.stderr).split("\n"):
        if line and not line.startswith(" "):
            here = name.get(line.split(":")[0].strip())
        elif here and re.search(r"\d+:\d+.*\b(?:warning|error)\b", line):
            yield here, None, (re.search(r"`([^`]*)`", line) or [line, ""])[1]


def textlint(texts, files):
    npm("textlint", "textlint-rule-stop-words")
    name = {str(path): key for key, path in files.items()}
    done = run([TOOLS / "node_modules/.bin/textlint", "--rule", "stop-words", "-f", "json", *files.values()], cwd=TOOLS)
    for file in json.loads(done.stdout):
        for message in file["messages"]:
            yield name[file["filePath"]], None, message["message"]


def proselint(texts, files):
    python = TOOLS / "py/bin"
    if not (python / "proselint").exists():
        done = run([sys.executable, "-m", "venv", TOOLS / "py"])
        done = run([python / "pip", "install", "--quiet", "proselint"]) if done.returncode == 0 else done
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip().split("\n")[-1])
    name = {path.as_uri(): key for key, path in files.items()}
    for uri, file in json.loads(run([python / "proselint", "check", "-o", "json", *files.values()]).stdout)["result"].items():
        for told in file.get("diagnostics", []):
            # Its spans count from 1.
            span = texts[name[uri]][told["span"][0] - 1:told["span"][1] - 1]
            vague = told["check_path"].startswith(("hedging", "weasel_words"))
            yield name[uri], "hedged_impact" if vague else None, span


def cues(texts, files):
    for key, text in texts.items():
        for category, pattern in CUES.items():
            for found in re.finditer(pattern, text, re.I):
                yield key, category, found[0]


def candor_on(site, now, candor):
    done = run([candor, "check", "--format", "jsonl", "--history", "--at", now], cwd=site)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.strip() or "candor check failed")
    return [json.loads(line) for line in done.stdout.split("\n") if line.strip()]


def minute(value):
    moment = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    return moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%MZ")


def candor_labelled(corpus, candor, texts, work):
    site = work / "site"
    script = [sys.executable, corpus / "to_site.py", corpus / "development.jsonl", site, "--only", corpus / "labels.jsonl"]
    subprocess.run(script, check=True, capture_output=True)
    index = {}
    for line in open(site / "index.jsonl"):
        row = json.loads(line)
        index[row["file"], row["at"]] = row["update_id"]
    for finding in candor_on(site, "2026-01-01T00:00:00Z", candor):
        update = finding.get("update") and index.get((finding["path"], minute(finding["update"])))
        # Facts that the source keeps elsewhere (who, for whom, when next) are not in these texts: words alone are compared.
        if update in texts and finding["rule"] in WORD_RULES:
            unmarked = UNMARKED.get(finding["rule"])
            marked = not (unmarked and unmarked.search(finding["text"]))
            yield update, CANDOR.get(finding["rule"]) if marked else None, finding["text"]


# The rules that judge an update by its words; a rule with phrases is one.
WORD_RULES = {path.stem for path in (ROOT / "src/lint/phrases/en").glob("*.toml")} - {
    "lexicon", "missing-contact", "missing-owner", "missing-what-you-can-do", "missed-next-update", "broken-eta"}


def score(found, labels, categories):
    """By category that a tool can report: precision over findings, recall over marks, and how many there were."""
    lines = []
    for category in categories if labels else []:
        own = [(key, text) for key, kind, text in found if kind == category]
        marks = [(key, mark["span"]) for key, all in labels.items() for mark in all if mark["category"] == category]
        by_update = collections.defaultdict(list)
        for key, span in marks:
            by_update[key].append(span)
        right = sum(any(shares(span, text) for span in by_update[key]) for key, text in own)
        texts = collections.defaultdict(list)
        for key, text in own:
            texts[key].append(text)
        hit = sum(any(shares(span, text) for text in texts[key]) for key, span in marks)
        precision = f"{right / len(own):.2f}" if own else "-"
        recall = f"{hit / len(marks):.2f}" if marks else "-"
        lines.append(f"{category} {precision}/{recall} ({right} of {len(own)}, {hit} of {len(marks)})")
    return lines


def write(texts, folder):
    folder.mkdir(parents=True)
    files = {}
    for number, (key, text) in enumerate(texts.items()):
        files[key] = folder / f"u{number:04}.md"
        files[key].write_text(text)
    return files


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=pathlib.Path)
    parser.add_argument("--candor", type=pathlib.Path, default=ROOT / "target/release/candor")
    options = parser.parse_args()
    candor = options.candor.resolve()
    corpus = options.corpus and options.corpus.resolve()
    honest = honest_updates()
    labelled, labels = labelled_updates(corpus) if corpus else ({}, {})
    print(f"{len(labelled)} labelled updates, {len(honest)} honest ones")
    print("\n| tool | per 100 labelled | per 100 honest | precision/recall by category |\n| --- | ---: | ---: | --- |")

    def line(name, categories, on_labelled, on_honest):
        rate = lambda found, texts: f"{100 * len(found) / len(texts):.1f}" if texts else "-"
        print(f"| {name} | {rate(on_labelled, labelled)} | {rate(on_honest, honest)} | "
              f"{'; '.join(score(on_labelled, labels, categories)) or 'none fits'} |", flush=True)

    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        if candor.exists():
            on_honest = [f for f in candor_on(HONEST, HONEST_NOW, candor) if f["level"] != "info"]
            on_labelled = list(candor_labelled(corpus, candor, labelled, work)) if corpus else []
            line("Candor", CATEGORIES, on_labelled, on_honest)
        else:
            print(f"SKIPPED Candor: {candor} is not built (`cargo build --release`)", file=sys.stderr)
        sets = [(texts, write(texts, work / part)) for part, texts in [("labelled", labelled), ("honest", honest)]]
        tools = [("cue list without backing", cues, None, list(CUES)),
                 ("write-good", write_good, "write-good", ["hedged_impact", "agentless"]),
                 ("alex", alex, "alex", []), ("textlint stop-words", textlint, "textlint", []),
                 ("proselint", proselint, None, ["hedged_impact"])]
        for name, tool, package, categories in tools:
            try:
                found = [list(tool(texts, files)) if texts else [] for texts, files in sets]
            except (OSError, RuntimeError, ValueError, KeyError) as error:
                print(f"SKIPPED {name}: {error}", file=sys.stderr)
                continue
            line(f"{name} {version(package)}" if package else name, categories, *found)


main()
