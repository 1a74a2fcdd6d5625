# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by ./packaging/run and ./packaging/test: what is missing is installed, then built.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
doing="starting"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
fail() { trap - EXIT; printf '\n%s\n' "$*" >&2; exit 1; }
trap 'status=$?; [ "$status" -eq 0 ] || printf "\nStopped while %s (status %s); the lines above say why.\n" "$doing" "$status" >&2' EXIT

# What of packages.txt is for one of the purposes given, and not installed.
missing_packages() {
    local purpose package
    while read -r purpose package; do
        case " $* " in *" $purpose "*) ;; *) continue ;; esac
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
    done < <(grep -v '^#' packaging/packages.txt)
    # The Python grammar comes with npm unless the system has it or it was fetched before.
    if ! command -v npm >/dev/null && ! ls build/downloads/tree-sitter-python-*.tgz >/dev/null 2>&1 &&
        ! ldconfig -p 2>/dev/null | grep -q libtree-sitter-python; then
        echo npm
    fi
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo -- "$@"
    else fail "These packages are missing and neither root nor sudo is at hand: ${missing[*]}. Install them and run this again."
    fi
}

install_packages() {
    doing="looking for missing packages"
    command -v dpkg-query >/dev/null || fail "This script knows Debian's packages only; packaging/packages.txt lists what has to be installed."
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    say "Installing ${#missing[@]} missing packages: ${missing[*]}"
    doing="installing packages"
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# build PRESET [TARGET …]
build() {
    local preset=$1
    shift
    say "Configuring ($preset)"
    doing="configuring the build"
    cmake --preset "$preset"
    say "Building ($preset)"
    doing="building"
    cmake --build --preset "$preset" --parallel "$(nproc)" ${1:+--target "$@"}
}
