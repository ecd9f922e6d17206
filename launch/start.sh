#!/bin/sh
# Finds a usable Python and hands over to the package launch; everything else happens there.
set -eu

root=$(cd -- "$(dirname -- "$0")/.." && pwd -P)

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

usable() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c '
import sys
sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

python=
without_venv=
for name in python3 python3.13 python3.12 python3.11; do
    usable "$name" || continue
    if "$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        python=$name
        break
    fi
    without_venv=$name
done

if [ -z "$python" ] && [ -n "$without_venv" ]; then
    stop "Modul venv untuk Python belum terpasang (Python's venv is missing): apt install python3-venv"
fi
if [ -z "$python" ]; then
    stop "Python 3.11-3.13 tidak ditemukan (not found): apt install python3 python3-venv"
fi
command -v git >/dev/null 2>&1 || stop "git tidak ditemukan (not found): apt install git"

# A file named on the command line is meant from the caller's folder, so that is remembered.
BERDAYA_CALLER=$PWD
export BERDAYA_CALLER
cd -- "$root"
exec "$python" -m launch "$@"
