#!/usr/bin/env bash
# Install the Debian packages of requirements/debian.txt that are not there yet. Needs apt, and root or sudo;
# on another system it says what is missing, and the tests that need it say so too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
missing=()
while read -r package; do
    dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed \
        || missing+=("$package")
done < <(grep -v '^#' requirements/debian.txt)
[ ${#missing[@]} -eq 0 ] && exit 0
command -v apt-get >/dev/null || { echo "No apt-get here; install by hand: ${missing[*]}" >&2; exit 0; }
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
