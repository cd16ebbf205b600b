#!/usr/bin/env python3
"""Checks a Candor site's record by docs/outputs.md alone: nothing here is Candor's own code.

usage: record.py SITE [--kept LINES:HEAD]    SITE is a folder or an address; exit code 1 and a sentence where it does not hold
"""
import argparse, hashlib, json, pathlib, sys, urllib.request

V1 = "api/candor/v1/"


def reader(site):
    if site.startswith(("http://", "https://")):
        return lambda path: urllib.request.urlopen(f"{site.rstrip('/')}/{path}").read().decode()
    return lambda path: (pathlib.Path(site) / path).read_text()


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def sealed(line):
    """What `hash` must be."""
    values = [line["id"], line["incident"], line["kind"], line["at"], line["published_at"], line.get("due", ""),
              " ".join(line.get("missed", [])), "archived" if line.get("archived") else "", line["text_hash"], line["prev"]]
    values += [f"{lang} {other['text_hash']}" for lang, other in sorted(line.get("translated", {}).items())]
    return sha256("".join(f"{value}\n" for value in values))


def faults(read, kept):
    lines, before = [json.loads(text) for text in read(V1 + "record.jsonl").splitlines()], ""
    for number, line in enumerate(lines, 1):
        if line["text"] is not None and sha256(line["text"]) != line["text_hash"]:
            yield f"line {number}: the text of {line['id']} is not what was published"
        for lang, other in line.get("translated", {}).items():
            if other["text"] is not None and sha256(other["text"]) != other["text_hash"]:
                yield f"line {number}: the text of {line['id']} in {lang} is not what was published"
        if line["prev"] != before:
            yield f"line {number}: it does not follow the line before it"
        if line["hash"] != sealed(line):
            yield f"line {number}: the values of {line['id']} were changed"
        before = line["hash"]
    site, info = json.loads(read(V1 + "site.json")), json.loads(read("build-info.json"))
    for name, head in (("site.json", site["record"]), ("build-info.json", info["record"])):
        if (head["lines"], head["head"]) != (len(lines), before):
            yield f"{name} names another head"
    if kept:
        count, head = kept.split(":")
        if int(count) > len(lines) or not lines[int(count) - 1]["hash"].startswith(head):
            yield f"line {count} no longer has the hash that was kept"
    said = {line["id"]: line for line in lines if line["kind"] != "incident"}
    shown = set()
    for month in site["months"]:
        listed = json.loads(read(month["api"].split(site["url"] + "/")[1]))
        for incident in listed["incidents"]:
            document = json.loads(read(incident["api"].split(site["url"] + "/")[1]))
            for statement in document["statements"]:
                line = said.get(statement["id"])
                shown.add(statement["id"])
                if line is None:
                    yield f"{statement['id']} is shown and was never recorded"
                elif (statement["hash"], statement["text_hash"]) != (line["hash"], line["text_hash"]):
                    yield f"{statement['id']} is shown with other hashes than it was recorded with"
    for gone in said.keys() - shown:
        yield f"{gone} was recorded and is shown nowhere"
    print(f"{len(lines)} lines, {len(shown)} statements shown, head {before[:12]}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("site")
    arguments.add_argument("--kept", metavar="LINES:HEAD", help="a head that was kept earlier")
    given = arguments.parse_args()
    found = list(faults(reader(given.site), given.kept))
    sys.exit("\n".join(found) if found else 0)
