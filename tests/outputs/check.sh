#!/usr/bin/env bash
# What a site says to programs, judged by checkers that nobody here wrote: schemas, the record's chain, alerts, linked
# data, policies, dead links, and two real web servers. What cannot be installed is skipped loudly.
# usage: tests/outputs/check.sh CANDOR TOOLS    (the program; a folder for what npm and PyPI give)
set -euo pipefail
candor=$(realpath "$1")
mkdir -p "$2"
tools=$(realpath "$2")
here=$(realpath "$(dirname "$0")")
. "$here/tools.sh"
city=$tools/city
site=$city/public

# The sample city as an alerting authority, and published as it is saved: so that alerts are there, and git is not needed.
rm -rf "$city"
mkdir -p "$city"
cp -r "$here/../../content" "$here/../../candor.toml" "$city"
{
    printf 'publish = "save"\n'
    cat "$city/candor.toml"
    printf '\n[cap]\nsender = "alerts@portavery.example"\nactual = true\nfrom = "minor"\n'
} >"$city/new.toml"
mv "$city/new.toml" "$city/candor.toml"
find "$city" -type f -exec touch -d '1 hour ago' {} +
build() {
    "$candor" -C "$city" build --at "$1" >"$tools/build.log" 2>&1 || [ $? = 1 ] || { cat "$tools/build.log"; exit 1; }
}
build "2026-11-12 14:00"

must_fail() { if "$@" >/dev/null 2>&1; then echo "FAIL: took what is wrong: $*"; exit 1; fi; }
schema() { xargs -0 "$python/check-jsonschema" --schemafile "$1" >"$tools/schema.log" || { cat "$tools/schema.log"; exit 1; }; }

echo "Our own interface against its published schema"
v1=$site/api/candor/v1
"$python/check-jsonschema" --check-metaschema "$v1/schema.json" >/dev/null
find "$v1" -name '*.json' ! -name schema.json -print0 | schema "$v1/schema.json"
"$python/python3" -c 'import json,sys; d=json.load(open(sys.argv[1])); del d["record"]; json.dump(d,open(sys.argv[2],"w"))' "$v1/site.json" "$tools/spoilt.json"
must_fail "$python/check-jsonschema" --schemafile "$v1/schema.json" "$tools/spoilt.json"

echo "Statuspage v2, JSON Feed, security.txt"
find "$site/api/v2" -name '*.json' -print0 | schema "$here/statuspage-v2.schema.json"
find "$site" -name 'feed.json' -print0 | schema "$here/jsonfeed-1.1.schema.json"
"$python/python3" - "$site/.well-known/security.txt" <<'END'
import sys
from sectxt import Parser
text = Parser(open(sys.argv[1], "rb").read())
# Whether it is signed, and where it was found, is the host's affair; it was built for a day that is past.
errors = [error for error in text.errors if error["code"] not in ("no_uri", "expired")]
sys.exit(f"security.txt: {errors}" if errors else 0)
END

echo "The record's chain, by its description alone"
kept=$("$python/python3" -c 'import json,sys; r=json.load(open(sys.argv[1]))["record"]; print(r["lines"],r["head"],sep=":")' "$v1/site.json")
"$python/python3" "$here/record.py" "$site"
cp -r "$site" "$tools/rewritten"
record=$tools/rewritten/api/candor/v1/record.jsonl
for spoil in '5s/"text":"\(.\)/"text":"\1\1/' '5d' '5s/"published_at":"2/"published_at":"3/' '$d'; do
    sed "$spoil" "$v1/record.jsonl" >"$record"
    must_fail "$python/python3" "$here/record.py" "$tools/rewritten"
done
rm -rf "$tools/rewritten"
build "2026-11-14 14:00"
"$python/python3" "$here/record.py" "$site" --kept "$kept"
must_fail "$python/python3" "$here/record.py" "$site" --kept "${kept%:*}:0000"

echo "Alerts, sitemap, linked data"
"$python/python3" "$here/documents.py" "$site" "$node/sitemap/schema/sitemap.xsd"

echo "Policies"
node "$tools/outputs/policy.mjs" "$site"

echo "Dead links"
if [ -x "$python/lychee" ]; then
    (cd "$site" && "$python/lychee" --offline --include-fragments --index-files index.html --root-dir "$site" --no-progress --format compact '**/*.html') || { echo "FAIL: dead links"; exit 1; }
    printf '<a href="nowhere/">x</a>' >"$tools/dead.html"
    must_fail "$python/lychee" --offline --no-progress "$tools/dead.html"
else
    skipped lychee
fi

# A host that serves it as `_nginx.conf` or `_caddy` says is what `candor verify` asks for.
verify() { "$candor" -C "$city" verify "http://127.0.0.1:$port" --at "2026-11-14 14:00" "$@"; }
judge() {
    verify
    cp "$site/index.html" "$tools/index.html"
    printf ' ' >>"$site/index.html"
    must_fail verify
    cp "$tools/index.html" "$site/index.html"
    "$python/python3" -c 'import micawber,sys; r = micawber.Provider(sys.argv[1] + "/oembed.json").request(sys.argv[1]); assert r["type"] == "rich", r' "http://127.0.0.1:$port"
}
for server in nginx caddy; do
    echo "Served by $server"
    if serve_with "$server" "$site"; then judge; stop_serving; else skipped "$server"; fi
done
