#!/usr/bin/env bash
# Runs a command with a PostgreSQL server of its own, on loopback, gone afterwards; its address is in CANDOR_TEST_POSTGRES.
#     tests/with_postgres.sh cargo test --test ledger
# PGPORT chooses the port; CANDOR_TEST_SYNC=on makes commits wait for the disk, for measuring. Needs Debian's package postgresql.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "there is no PostgreSQL: apt-get install postgresql" >&2; exit 1; }
port=${PGPORT:-$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')}
folder=$(mktemp -d)
# The server refuses to run as root.
as_user() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown nobody:nogroup "$folder"
cd "$folder"
as_user "$bin/initdb" -D "$folder/data" -A trust -U candor --no-sync >/dev/null
cat >>"$folder/data/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
fsync = ${CANDOR_TEST_SYNC:-off}
max_connections = 200
END
as_user "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start >/dev/null || { cat "$folder/log" >&2; exit 1; }
stop() {
    as_user "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
cd "$OLDPWD"
export CANDOR_TEST_POSTGRES="postgres://candor@127.0.0.1:$port/postgres"
"$@"
