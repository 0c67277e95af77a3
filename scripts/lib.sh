# shellcheck shell=bash
# What the scripts share. Source it; it changes to the root of the repository.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 3; }

# What could not be done, by name; skipped_summary repeats it where it is read: just before the end.
skipped=()
skip() { skipped+=("$*"); printf '\nSKIPPED: %s\n' "$*" >&2; }
skipped_summary() {
    [ ${#skipped[@]} -eq 0 ] || printf 'SKIPPED: %s\n' "${skipped[@]}" >&2
}

# npm_ci FOLDER: installs what its lockfile pins, unless that is done. No package's own script is run.
npm_ci() {
    local folder=$1
    local done=$folder/node_modules/.package-lock.json
    if [ -e "$done" ] && ! [ "$folder/package-lock.json" -nt "$done" ]; then return; fi
    say "npm ci in $folder"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || return
    mkdir -p "${done%/*}" && touch "$done"
}

# npm_ci_fixtures: every fixture that has a lockfile.
npm_ci_fixtures() {
    local lock
    for lock in fixtures/*/package-lock.json; do
        [ ! -e "$lock" ] || npm_ci "${lock%/*}" || skip "npm ci in ${lock%/*}: no registry? tests that start it are skipped"
    done
}

# build PRESET [TARGET]: configures when needed, then builds; quiet unless it fails.
build() {
    say "build: $1"
    if ! [ -e "build/$1/build.ninja" ]; then
        mkdir -p build
        cmake --preset "$1" >"build/$1.log" 2>&1 || { cat "build/$1.log" >&2; die "cmake --preset $1 failed"; }
    fi
    cmake --build --preset "$1" ${2:+--target "$2"} -- --quiet
}
