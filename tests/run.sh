#!/usr/bin/env bash
# Everything that must hold before a change lands: format, lints, tests, real clients. Installs what it needs
# (Debian packages, PyPI, npm) and says so. Needs: the Rust toolchain, python3, node with npm, apt with root or sudo.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never PUPPETEER_SKIP_DOWNLOAD=1 DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1
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
need_apt git chromium default-jre-headless python3-venv

step "format and lints"
cargo fmt --check
cargo clippy --quiet --all-targets -- -D warnings

step "tests"
cargo test --quiet

step "the program, built as the README says"
cargo build --quiet --release
