#!/usr/bin/env bash
# Install the Debian packages of requirements/debian.txt that are not there, where apt and the right to it
# are. Nothing is said when all are there; when one cannot be had, what is missing is, and the end is 1.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

missing=()
while read -r package _; do
    [[ -z $package || $package == \#* ]] && continue
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) || status=
    [[ $status == installed ]] || missing+=("$package")
done < requirements/debian.txt
((${#missing[@]})) || exit 0

cannot() {
    echo "Not installed: ${missing[*]} ($1). Install by hand, with their names of this system;" >&2
    echo "tests that need them say what they miss." >&2
    exit 1
}
command -v apt-get >/dev/null || cannot "no apt-get here"
as_root=()
if [[ $(id -u) -ne 0 ]]; then
    sudo -n true 2>/dev/null || cannot "neither root nor sudo without a password"
    as_root=(sudo -n)
fi
echo "Installing ${missing[*]} ..." >&2
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" >/dev/null; }
apt update || cannot "apt-get update failed"
apt install --yes --no-install-recommends "${missing[@]}" || cannot "apt-get install failed"
