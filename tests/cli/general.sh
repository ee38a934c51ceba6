#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What mptop says about itself, and without privileges.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

for option in --version -V; do
	run "$MPTOP" $option
	is "$option" 0
	check "$option, first line" [ "$(head -1 "$out")" = 'mptop 0.1.0' ]
	check "$option, nothing on standard error" [ ! -s "$err" ]
done
for option in --help -h --usage; do
	run "$MPTOP" $option
	is "$option" 0
	check "$option, first line" grep -q '^Usage: mptop \[' "$out"
	check "$option, nothing on standard error" [ ! -s "$err" ]
done
run "$MPTOP" --help
check '--help names the exit status' grep -q '^Exit status:' "$out"
run "$MPTOP" --list-fields
is '--list-fields' 0
sed -n '/--sort/,/^$/s/^  \([a-z]*\) .*/\1/p' "$out" >"$work/fields"
check 'there are fields' [ -s "$work/fields" ]
while read -r field; do
	run "$MPTOP" --replay="$four" --once "--sort=$field"
	is "--sort=$field" 0
done <"$work/fields"
run "$MPTOP" --list-fields
for field in pid mover node src dst reason user cgroup comm call pages rate \
	fail; do
	check "--list-fields has $field" grep -q "^  $field " "$out"
done

if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	set -- setpriv --reuid=65534 --regid=65534 --clear-groups
else
	set --
fi
cp "$MPTOP" "$work/mptop" && chmod 755 "$work" "$work/mptop"
run "$@" "$work/mptop" --batch
if grep -q disable-bpf "$err"; then
	is 'built without live tracing' 4
else
	says 'without privilege, what is missing' 3 CAP_BPF
	says 'without privilege, what to do' 3 sudo
	says 'without privilege, what goes without' 3 --probe=vmstat
	run "$@" "$work/mptop" --check
	is '--check without privilege' 3
	check '--check, what is missing' has "$out" \
		'need  missing  CAP_BPF: this process does not have it; try: sudo'
	check '--check, the last rung' grep -q '^rung .* by vmstat$' "$out"
	run "$@" "$work/mptop" --probe=vmstat --once --delay=0.1
	is '--probe=vmstat needs no privilege' 0
	check '--probe=vmstat, the header names it' has "$out" 'vmstat only'
	run "$@" "$work/mptop" --probe=vmstat --once --delay=0.1 --format=json
	is '--probe=vmstat, JSON' 0
	check '--probe=vmstat knows the kernel counts' \
		grep -q '"vmstat":{"pgmigrate_success":[0-9]' "$out"
	check '--probe=vmstat, the rest is unknown' has "$out" \
		'"sum":{"pages":null,"folios":null,"intra_pages":null'
fi
cp "$four" "$work/four.json" && chmod 644 "$work/four.json"
run "$@" "$work/mptop" --replay="$work/four.json" --once
is 'a replay needs none' 0
end
