# shellcheck shell=bash
# What the end-to-end scripts share. A script is called with the executable as its argument:
#
#     . "$(dirname "$0")/lib.sh"
#     run 2 scan no-such-folder              # must end with 2; leaves $out and $err (files)
#     has "$err" "no-such-folder"            # fixed text
#     lacks "$out" "Traceback"
#
# A failed claim prints what was seen and the script goes on; its status is 1 at the end. `needs` skips (77).
set -u
faultline=${1:?usage: $0 FAULTLINE}
faultline=$(cd "$(dirname "$faultline")" && pwd)/$(basename "$faultline")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
export NO_COLOR=1 LC_ALL=C.UTF-8

scratch=$(mktemp -d) || exit 2
out=$scratch/out err=$scratch/err
failures=0 has_skipped=
finish() {
    local code=$?
    trap - EXIT
    [ -z "${at_end-}" ] || kill "$at_end" 2>/dev/null # a process that may be gone by now
    rm -rf "$scratch"
    [ $code -ne 0 ] || [ -z "$has_skipped" ] || code=77
    [ $code -ne 0 ] && [ $code -ne 77 ] || [ "$failures" -eq 0 ] || code=1
    exit $code
}
trap finish EXIT
trap 'exit 130' INT TERM

fail() {
    failures=$((failures + 1))
    echo "FAILED ${BASH_SOURCE[-1]##*/}:${BASH_LINENO[-2]}: $*"
}

# needs COMMAND-OR-PATH...: skips the whole script when one is not there.
needs() {
    local what
    for what in "$@"; do
        if ! command -v "$what" >/dev/null && ! [ -e "$what" ]; then
            echo "SKIPPED: '$what' is not there"
            exit 77
        fi
    done
}

# each FUNCTION ITEM...: calls FUNCTION with every item, as many at a time as there are processors: most of what is waited for
# are services. Each call has its own $out and $err; its failures and skips count here, and what it prints comes in one piece.
each() {
    local work=$1 item at=0
    shift
    for item in "$@"; do
        at=$((at + 1))
        while [ "$(jobs -pr | wc -l)" -ge "$(nproc)" ]; do wait -n; done
        (
            out=$scratch/each.$at.out err=$scratch/each.$at.err failures=0
            "$work" "$item"
            [ "$failures" -eq 0 ] || exit 1
        ) >"$scratch/each.$at.said" 2>&1 && : >"$scratch/each.$at.0" || : >"$scratch/each.$at.$?" &
    done
    wait
    for ((at = 1; at <= $#; at++)); do
        cat "$scratch/each.$at.said"
        [ ! -e "$scratch/each.$at.77" ] || has_skipped=yes
        [ -e "$scratch/each.$at.0" ] || [ -e "$scratch/each.$at.77" ] || fail "$work ${!at}"
    done
    rm -f "$scratch"/each.*
}

# run CODE ARGUMENT...: the executable must end with CODE. Its output is in $out and $err.
run() {
    local want=$1 code=0
    shift
    "$faultline" "$@" >"$out" 2>"$err" </dev/null || code=$?
    if [ "$code" -ne "$want" ]; then
        fail "'faultline $*' ended with $code, not $want"
        head -n 20 "$out" "$err"
    fi
}

has() { grep -qF -- "$2" "$1" || { fail "no '$2' in:"; head -n 40 "$1"; }; }
lacks() { ! grep -qF -- "$2" "$1" || { fail "'$2' in:"; grep -nF -- "$2" "$1" | head; }; }
is_empty() { [ ! -s "$1" ] || { fail "not empty:"; head -n 20 "$1"; }; }
same() { cmp -s "$1" "$2" || { fail "differ:"; diff -u "$1" "$2" | head -n 40; }; }
# json FILE EXPRESSION: prints a JavaScript expression over the parsed file, `r`.
json() { node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")); const v = eval(process.argv[2]); console.log(typeof v === "string" ? v : JSON.stringify(v))' "$1" "$2"; }
# equal GOT WANT WHAT
equal() { [ "$1" = "$2" ] || fail "$3 is '$1', not '$2'"; }
