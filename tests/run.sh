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

step "mails through a real server and a strict parser"
PATH="$PWD/$tools/python/bin:$PATH" cargo test --quiet --test smtp -- --ignored

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
