#!/usr/bin/env bash
# The demo's mails, judged by programs that nobody here wrote: a strict parser, HTML, what mail programs know, a browser.
# usage: tests/mails/check.sh CANDOR TOOLS    (the program; a folder for what npm gives)
set -euo pipefail
candor=$(realpath "$1")
mkdir -p "$2/mails"
tools=$(realpath "$2/mails")
here=$(realpath "$(dirname "$0")")

cp "$here"/*.json "$here"/*.mjs "$tools/"
npm install --prefix "$tools" --silent --no-audit --no-fund --ignore-scripts
rm -rf "$tools/city" "$tools/html"
"$candor" demo "$tools/city" --until resolved >"$tools/demo.log" 2>&1 || { cat "$tools/demo.log"; exit 1; }

echo "Mails: strict parser"
python3 "$here/parts.py" "$tools/city/.candor/mail" "$tools/html"
echo "Mails: vnu"
java -jar "$tools/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only "$tools"/html/*.html
echo "Mails: caniemail"
node "$tools/support.mjs" "$tools/html"
echo "Mails in Chromium, 360 and 640 px, light and dark"
node "$tools/look.mjs" "$tools/html"
