#!/usr/bin/env bash
# Programs that people really use read a site, before and after one more update. Each is skipped loudly where it cannot be
# installed.
# usage: tests/outputs/clients.sh CANDOR TOOLS
set -euo pipefail
candor=$(realpath "$1")
mkdir -p "$2"
tools=$(realpath "$2")
here=$(realpath "$(dirname "$0")")
. "$here/tools.sh"
port=$(free_port)
base=http://127.0.0.1:$port
town=$tools/town
rm -rf "$town"
mkdir -p "$town/content/incidents" "$town/content/maintenance"

cat >"$town/candor.toml" <<END
name = "Town"
base_url = "$base"
id_domain = "status.town.example"
time_zone = "Europe/London"
languages = ["en"]
publish = "save"
contact = { phone = "+44 1632 960000", hours = "24 hours" }
END
printf '[[service]]\nid = "water"\nname = "Water"\n' >"$town/content/services.toml"
printf '[[area]]\nid = "north"\nname = "North side"\n' >"$town/content/areas.toml"
printf '[[person]]\nid = "ann"\nname = "Ann Bell"\nrole = "Head of water"\nphone = "+44 1632 960001"\nmail = "ann@town.example"\n' >"$town/content/people.toml"
cat >"$town/content/incidents/2026-03-02-pump.md" <<'END'
+++
title = "No water in Mill Lane"
severity = "major"
services = ["water"]
owner = "ann"
started = 2026-03-02T08:50:00
+++

The pump stopped at 8:50am.

## 2026-03-02 09:00 Investigating

Affected: 212 homes, counted from meters
Expected fix: not known because the pump is still hot

We are sorry. We are cooling the pump to look inside.

### What you can do

Bottled water is at the school, open until 8pm.
END
cat >"$town/content/maintenance/valves.md" <<'END'
+++
title = "New valves, in two streets; at night"
services = ["water"]
owner = "ann"
start = 2026-03-10T22:00:00
end = 2026-03-11T05:00:00
+++

We replace four valves.
END
build() {
    find "$town/content" "$town/candor.toml" -exec touch -d '1 hour ago' {} +
    "$candor" -C "$town" build --at "$1" >"$tools/build.log" 2>&1 || [ $? = 1 ] || { cat "$tools/build.log"; exit 1; }
}
# The comms team posts one more update.
one_more() {
    printf '\n## 2026-03-02 09:%s Identified\n\nExpected fix: not known because the %s fuse is on its way\n\nA fuse has blown.\n' "$1" "$2" >>"$town/content/incidents/2026-03-02-pump.md"
    build "2026-03-02 09:$1"
}
fail() { echo "FAIL: $*"; exit 1; }
expect() { [ "$1" = "$2" ] || fail "$3: $1, not $2"; echo "ok: $3"; }

build "2026-03-02 09:01"
serve_with nginx "$town/public" || { skipped "nginx, and with it every client"; exit 0; }
home=$(mktemp -d)
trap 'stop_serving; rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home XDG_DATA_HOME=$home

if have newsboat; then
    echo "$base/feed.rss" >"$home/urls"
    boat() { newsboat -u "$home/urls" -c "$home/boat.db" -C /dev/null "$@"; }
    boat -x reload
    python3 -c 'import sqlite3,sys; db = sqlite3.connect(sys.argv[1]); db.execute("update rss_item set unread = 0"); db.commit()' "$home/boat.db"
    one_more 05 first
    expect "$(boat -x reload print-unread)" "1 unread articles" "newsboat has one new article after one more update"
    build "2026-03-02 09:06"
    expect "$(boat -x reload print-unread)" "1 unread articles" "newsboat has none more after a build in which nothing was said"
else
    skipped newsboat
fi

if have r2e rss2email; then
    mkdir -p "$home/mail/new" "$home/mail/cur" "$home/mail/tmp"
    r2e new reader@town.example 2>/dev/null
    sed -i "s#^email-protocol = .*#email-protocol = maildir#; s#^maildir-path = .*#maildir-path = $home/mail#; s#^maildir-mailbox = .*#maildir-mailbox = #" "$home/rss2email.cfg"
    r2e add town "$base/feed.atom" 2>/dev/null
    r2e run --no-send 2>/dev/null
    one_more 10 second
    r2e run 2>/dev/null
    expect "$(find "$home/mail" -type f | wc -l)" 1 "rss2email sends one mail after one more update"
else
    skipped rss2email
fi

if have khal; then
    # What a person reads in a terminal calendar.
    mkdir "$home/cal"
    printf '[calendars]\n[[town]]\npath = %s/cal\n[default]\ndefault_calendar = town\n[sqlite]\npath = %s/khal.db\n[locale]\nlocal_timezone = Europe/London\ndefault_timezone = Europe/London\ndateformat = %%Y-%%m-%%d\nlongdateformat = %%Y-%%m-%%d\ntimeformat = %%H:%%M\ndatetimeformat = %%Y-%%m-%%d %%H:%%M\nlongdatetimeformat = %%Y-%%m-%%d %%H:%%M\n' "$home" "$home" >"$home/khal.conf"
    khal -c "$home/khal.conf" printics "$town/public/calendar.ics" >"$home/khal.txt" 2>&1 || { cat "$home/khal.txt"; exit 1; }
    grep -q 'New valves, in two streets; at night' "$home/khal.txt" || fail "khal prints $(cat "$home/khal.txt")"
    echo "ok: khal reads the planned work"
else
    skipped khal
fi

if pip statuspage-prometheus-exporter; then
    printf '{"town":{"name":"Town","url":"%s/api/v2/summary.json"}}' "$base" >"$home/services.json"
    (cd "$home" && RUN_MODE=once SERVICES_JSON_PATH=$home/services.json METRICS_TEXTFILE_PATH=$home/town.prom "$python/statuspage-prometheus-exporter" >"$home/exporter.log" 2>&1) || { cat "$home/exporter.log"; exit 1; }
    grep -q 'No water in Mill Lane' "$home/town.prom" || fail "the exporter knows nothing of the incident: $(grep -v '^#' "$home/town.prom" | head)"
    echo "ok: statuspage-prometheus-exporter counts the incident"
else
    skipped statuspage-prometheus-exporter
fi

if [ -d "$node/statuspage.io" ]; then
    node "$tools/outputs/statuspage.cjs" "$base" major "No water in Mill Lane"
    echo "ok: npm statuspage.io reads the state and the incident"
else
    skipped "npm statuspage.io"
fi

if [ -d "$node/@statuspage/status-widget" ] && have chromium; then
    node "$tools/outputs/widget.mjs" "$base" "some areas affected"
    echo "ok: Atlassian's widget shows the state on another origin"
else
    skipped "Atlassian's status widget, or chromium"
fi
