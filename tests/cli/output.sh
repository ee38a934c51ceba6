#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Batch: what is written where, when it stops, and what a write error does.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 99

lines()
{
	wc -l <"$1"
}

# piped COMMAND...: its reader leaves after a line; prints its status.
piped()
{
	{
		"$@"
		echo $? >piped
	} | head -1 >first
	cat piped
}

run "$MPTOP" --replay="$four" --format=json
is 'all of a recording' 0
check 'a line an interval' [ "$(lines "$out")" -eq 8 ]
cp "$out" all
run "$MPTOP" --replay=all --format=json
check 'a replay of it writes the same' cmp -s all "$out"
status=0
"$MPTOP" --replay=- --format=json <all >"$out" 2>"$err" || status=$?
is 'from standard input' 0
check 'the same again' cmp -s all "$out"
run "$MPTOP" --replay="$four" --format=json --once
check '--once is one' [ "$(lines "$out")" -eq 1 ]
for option in -n3 '-n 3' --iterations=3; do
	# shellcheck disable=SC2086 # two words
	run "$MPTOP" --replay="$four" --format=json $option
	check "$option is three" [ "$(lines "$out")" -eq 3 ]
done
run "$MPTOP" --replay="$four" -n2
is 'a table' 0
check 'two of them' [ "$(grep -c 'Processes' "$out")" -eq 2 ]
check 'without an escape sequence' is_clean "$out"
LC_ALL=C run "$MPTOP" --replay="$four" --once
LC_ALL=C tr -d ' -~\n' <"$out" >beyond
check 'a table in the C locale is ASCII' [ ! -s beyond ]

run "$MPTOP" --replay="$four" --format=json --output=file
is 'to a file' 0
check 'the same as to standard output' cmp -s all file
check 'and nothing there' [ ! -s "$out" ]
run "$MPTOP" --replay="$four" --format=json --output=file
cat all all >both
check 'a second time is appended' cmp -s both file
check 'only the owner can read it' \
	[ "$(stat -c %a file)" = 600 ]
run "$MPTOP" --replay="$four" --format=json --once --record=record \
	--filter=comm=mysqld
is 'records as well' 0
head -1 all >one
check 'the record is whole' cmp -s one record
check 'the output is filtered' differ one "$out"

run "$MPTOP" --replay="$four" --format=json --once --pid=201
check '--pid leaves its flows' has "$out" '"pid":201,'
check '--pid leaves no others' lacks "$out" '"pid":205,'
run "$MPTOP" --replay="$four" --once --sort=pid --filter='reason=syscall'
check '--filter is in the header of a table' \
	has "$out" 'filter: reason=syscall'
check '--sort is in its title' has "$out" 'PID↑'
run "$MPTOP" --replay="$four" --once --sort=-pid
check '--sort=- is falling' has "$out" 'PID↓'
run "$MPTOP" --replay="$four" --once --sort=+rate
check '--sort=+ is rising' has "$out" 'PAGES/S↑'
run "$MPTOP" --replay="$four" --once --filter=comm=nobody
is 'a filter that nothing matches' 0

check 'a reader that leaves ends it by SIGPIPE' \
	[ "$(piped "$MPTOP" --replay="$top_srcdir/data/demo.json" \
		--format=json 2>piped.err)" -eq 141 ]
check 'without a word' [ ! -s piped.err ]
check 'after a whole line' [ "$(lines first)" -eq 1 ]
for option in --format=json --format=table --size=24x80 --list-fields \
	--version --help --usage; do
	status=0
	"$MPTOP" --replay="$four" "$option" >/dev/full 2>"$err" || status=$?
	says "$option on a full disk" 1 \
		'cannot write to standard output: No space left on device'
done
for option in --output --record; do
	run "$MPTOP" --replay="$four" --format=json $option=/dev/full
	says "$option on a full disk" 1 \
		"cannot write to '/dev/full': No space left on device"
done
run "$MPTOP" --replay="$four" --format=json --once --ready-fd=3 3>ready
check '--ready-fd is told' [ "$(lines ready)" -eq 1 ]
end
