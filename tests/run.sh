#!/usr/bin/env bash
# Everything that must hold before a change lands: format, lints, tests, real clients. Installs what it needs
# (Debian packages, PyPI, npm) and says so. Needs: the Rust toolchain, python3, node, apt with root or sudo.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1
tools=target/test-tools
mkdir -p "$tools"

step() { printf '\n== %s\n' "$*"; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
need_apt() {
    local missing=()
    for package in "$@"; do dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package"); done
    [ ${#missing[@]} = 0 ] && return
    step "installing ${missing[*]}"
    as_root apt-get update -qq
    as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
need_components() { cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 || rustup component add rustfmt clippy; }

need_components
need_apt git gcc python3-venv chromium
command -v java >/dev/null || need_apt default-jre-headless

step "a real SMTP server from PyPI"
[ -x "$tools/python/bin/python3" ] || python3 -m venv "$tools/python"
"$tools/python/bin/pip" install --quiet aiosmtpd

step "format and lints"
cargo fmt --check
cargo clippy --quiet --all-targets -- -D warnings

step "tests"
cargo test --quiet

step "the ledger on a real PostgreSQL, its senders killed again and again"
ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1 || need_apt postgresql
tests/with_postgres.sh cargo test --quiet --test ledger --test signup
tests/with_postgres.sh cargo test --quiet --test candor -- killing:: sharing::

step "mails through a real server and a strict parser"
PATH="$PWD/$tools/python/bin:$PATH" cargo test --quiet --test smtp -- --ignored

step "a real relay, real mailboxes, signatures and bounces: Postfix, Dovecot, OpenDKIM, SpamAssassin"
dpkg -s postfix >/dev/null 2>&1 || echo "postfix postfix/main_mailer_type select No configuration" | as_root debconf-set-selections
need_apt postfix dovecot-imapd dovecot-lmtpd opendkim spamassassin
"$tools/python/bin/pip" install --quiet dkimpy pynacl
as_root bash tests/relay/run.sh target/debug/candor "$tools"

step "SARIF against its schema"
tests/sarif.sh target/debug/candor "$tools"

step "pages before checkers and a browser"
bash tests/pages/check.sh target/debug/candor "$tools"

step "what the site says to programs, before checkers and real web servers"
bash tests/outputs/check.sh target/debug/candor "$tools"

step "real clients: feed readers, calendars, monitors"
bash tests/outputs/clients.sh target/debug/candor "$tools"

step "mails before checkers and a browser"
bash tests/mails/check.sh target/debug/candor "$tools"

step "a real editor: Neovim"
need_apt neovim
# Not below this folder: `candor init` would put its hook into this very repository.
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
target/debug/candor init "$site" --name Town >/dev/null
cp tests/editor/pump.md "$site/content/incidents/2026-03-02-pump.md"
SITE="$site" CANDOR="$PWD/target/debug/candor" timeout 120 nvim --headless -u NONE -c 'luafile tests/editor/neovim.lua'
