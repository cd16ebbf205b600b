#!/usr/bin/env bash
# The sample city's site, judged by checkers that nobody here wrote: HTML, and pages in a real browser.
# usage: tests/pages/check.sh CANDOR TOOLS    (the program; a folder for what npm and PyPI give)
set -euo pipefail
candor=$(realpath "$1")
mkdir -p "$2"
tools=$(realpath "$2")
here=$(realpath "$(dirname "$0")")
site=$tools/site

mkdir -p "$tools/node"
cp "$here/package.json" "$here"/*.mjs "$tools/node/"
npm install --prefix "$tools/node" --silent --no-audit --no-fund --ignore-scripts

# As of a moment at which something is open, planned and over, so that every kind of page is there.
rm -rf "$site"
: >"$tools/nothing.jsonl"
"$candor" -C "$here/../.." build --out "$site" --record "$tools/nothing.jsonl" --at "2026-11-12 14:00" >"$tools/build.log" 2>&1 ||
    [ $? = 1 ] || { cat "$tools/build.log"; exit 1; } # 1: what was written after that moment is dated ahead

# The same city in all six languages, one of them from right to left, with a translation that is whole, one that lags and one
# that is missing.
tongues=$tools/tongues
rm -rf "$tongues"
mkdir -p "$tongues"
cp -r "$here/../../content" "$tongues/content"
cp "$here"/tongues/*.md "$tongues/content/incidents/"
sed 's/^languages = .*/languages = ["en", "fr", "es", "de", "cy", "ar"]\npublish = "save"/' "$here/../../candor.toml" >"$tongues/candor.toml"
find "$tongues" -exec touch -d '1 hour ago' {} +
"$candor" -C "$tongues" build --out "$tongues/site" --record "$tools/nothing.jsonl" --at "2026-11-12 14:00" >"$tools/tongues.log" 2>&1 ||
    [ $? = 1 ] || { cat "$tools/tongues.log"; exit 1; }

echo "HTML: vnu"
java -jar "$tools/node/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only --skip-non-html "$site" "$tongues/site"
find "$site" -name '*.svg' -print0 | xargs -0 java -jar "$tools/node/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only --svg
echo "HTML: html-validate"
for built in "$site" "$tongues/site"; do
    (cd "$built" && "$tools/node/node_modules/.bin/html-validate" --config "$here/html-validate.json" "**/*.html")
done
echo "Pages in Chromium, light and dark, wide and narrow, without script"
node "$tools/node/look.mjs" "$site"
echo "The same in six languages"
node "$tools/node/look.mjs" "$tongues/site"
echo "Lighthouse: 99 or more in every category, but for one known false alarm"
timeout 600 node "$tools/node/lighthouse.mjs" "$site"
echo "A reader's way through the sign-up pages in Chromium, without script"
timeout 180 node "$tools/node/journey.mjs" "$candor"
