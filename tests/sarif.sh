#!/usr/bin/env bash
# Validates the SARIF that `candor check` writes against the official schema, which the crate serde-sarif ships.
#
#   tests/sarif.sh target/debug/candor target/test-tools
set -euo pipefail
candor=$(realpath "$1")
tools=$(realpath "$2")
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
[ -x "$tools/python/bin/python3" ] || python3 -m venv "$tools/python"
"$tools/python/bin/pip" install --quiet jsonschema

# A package of its own, only to fetch the crate: nothing of it is built.
mkdir -p "$tools/sarif/src"
printf '[package]\nname = "sarif-schema"\nversion = "0.0.0"\nedition = "2024"\n[dependencies]\nserde-sarif = "=0.8.0"\n[workspace]\n' >"$tools/sarif/Cargo.toml"
touch "$tools/sarif/src/lib.rs"
schema=$(cd "$tools/sarif" && cargo metadata --quiet --format-version 1 | "$tools/python/bin/python3" -c '
import json, pathlib, sys
packages = json.load(sys.stdin)["packages"]
print(next(pathlib.Path(p["manifest_path"]).parent / "src/schema.json" for p in packages if p["name"] == "serde-sarif"))')

"$candor" init "$site/town" >/dev/null 2>&1
cat >"$site/town/content/incidents/2026-03-02-pump.md" <<'MD'
+++
title = "No water"
severity = "major"
services = ["water"]
owner = "nobody"
started = 2026-03-02T08:50:00
+++

No tap runs.

## 2026-03-02 09:00 Identified

More news soon. See [this](/nowhere).

## 2026-03-02 08:55 Investigating

We look 漢字. <b>More</b> news soon.
MD
"$candor" -C "$site/town" check --at "2026-03-02 09:00" --format sarif >"$site/log.sarif" || [ $? = 1 ]
"$tools/python/bin/python3" - "$schema" "$site/log.sarif" <<'PY'
import json, sys

import jsonschema

schema, log = (json.load(open(path)) for path in sys.argv[1:])
jsonschema.Draft7Validator(schema).validate(log)
results = log["runs"][0]["results"]
assert any("fixes" in result for result in results), "no fix was validated"

print(f"{len(results)} results are valid SARIF")
PY
