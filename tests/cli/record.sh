#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A recording that begins anew when it is large: no line is lost or torn, and
# what cannot be done ends it with a reason.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 99
# All eight lines, as they are written.
run "$MPTOP" --replay="$four" --format=json --output=whole
is 'the lines' 0
lines=$(wc -l <whole)

# record OPTION...: all of them, into "file".
record()
{
	rm -f file file.*
	run "$MPTOP" --replay="$four" --format=json --output=/dev/null \
		--record=file "$@"
}

# holds FILE FIRST LAST: those lines, whole.
# shellcheck disable=SC2317 # check calls it
holds()
{
	sed -n "$2,$3p" whole | cmp -s - "$1"
}

record
is 'without an end' 0
check 'there is one file' [ "$(echo file*)" = file ]

record --record-max=1 --record-keep=999
is 'a line a file' 0
check 'the newest line is in the file' holds file "$lines" "$lines"
check 'the one before is in file.1' holds file.1 7 7
check 'the first is in the last' holds "file.$((lines - 1))" 1 1
check 'there are no more' [ ! -e "file.$lines" ]
for file in file*; do
	cp "$file" copy
	run "$MPTOP" --replay=copy --format=json --output=/dev/null
	is "$file is a recording" 0
	check "$file is for its owner" [ "$(stat -c %a "$file")" = 600 ]
done

record --record-max=1
check 'one older file is kept' [ "$(echo file*)" = 'file file.1' ]
check 'it is the newest of them' holds file.1 7 7
record --record-max=1 --record-keep=2
check 'or two' [ "$(echo file*)" = 'file file.1 file.2' ]
check 'the older one behind it' holds file.2 6 6
record --record-max=1 --record-keep=0
check 'or none' [ "$(echo file*)" = file ]
check 'but the newest line' holds file "$lines" "$lines"

# It is large from its second line on: 3 + 3 + 2.
size=$(($(head -2 whole | wc -c) + 1))
record --record-max="$size" --record-keep=9
check 'as many lines as reach the size' holds file.2 1 3
check 'and as many again' holds file.1 4 6
check 'and the rest' holds file 7 8

rm -f file.*
run "$MPTOP" --replay="$four" --format=json --output=/dev/null --once \
	--record=file --record-max=1
check 'what was in the file is older' holds file.1 7 8
check 'it goes on in a new one' holds file 1 1

record --record-max=1
ln -sf whole file.1
check 'a link is in the way' [ -L file.1 ]
run "$MPTOP" --replay="$four" --format=json --output=/dev/null --once \
	--record=file --record-max=1
check 'a link in the way is replaced' holds file.1 8 8
check 'and not followed' [ "$(wc -l <whole)" -eq "$lines" ]

rm -rf file.1 && mkdir file.1
run "$MPTOP" --replay="$four" --format=json --output=/dev/null \
	--record=file --record-max=1
says 'a directory in the way' 1 "cannot rename 'file' to 'file.1': "
check 'nothing is lost by it' holds file 1 1

# between LINES COMMAND...: runs COMMAND when "file" has that line, then lets
# the next one come.
between()
{
	line=$1 until=$(($(date +%s) + 30))
	shift
	{
		sed -n "1,${line}p" whole
		while ! holds file "$line" "$line"; do
			[ "$(date +%s)" -lt "$until" ] || exit 1
		done
		"$@"
		sed -n "$((line + 1)),\$p" whole
	} | run_piped
}

run_piped()
{
	timeout 60 "$MPTOP" --replay=- --format=json --output=/dev/null --record=file \
		--record-max=1 --record-keep="$keep" >"$out" 2>"$err"
	echo $? >status
}

# shellcheck disable=SC2317 # between calls it
stranger()
{
	mv file mine
	echo stranger >file
}

keep=20
rm -rf file file.*
between 2 stranger
check 'a file that took its place is moved on' \
	[ "$(cat status) $(cat "file.$((lines - 2))")" = '0 stranger' ]
check 'the line before is where it was moved' holds mine 2 2
check 'the line after is in a new file' holds "file.$((lines - 3))" 3 3
rm -rf file file.*
mkfifo pipe
between 2 mv -f pipe file
check 'a FIFO is not waited for' [ "$(cat status)" = 0 ]
check 'but moved on' [ -p "file.$((lines - 2))" ]
rm -rf file file.*
keep=1
between 2 ln -f file file.1
check 'another name of the file is in no way' [ "$(cat status)" = 0 ]
check 'of the last line' holds file "$lines" "$lines"
check 'and of the one before' holds file.1 7 7
keep=20
rm -rf file file.*
between 2 rm file
check 'nor is one that was removed' [ "$(cat status)" = 0 ]
for line in $(seq 3 $((lines - 1))); do
	check "line $line is there" holds "file.$((lines - line))" \
		"$line" "$line"
done

for name in /dev/null fifo; do
	[ "$name" != fifo ] || mkfifo fifo
	record --record-max=1 --record="$name"
	says "$name" 1 "cannot begin a new '$name' when it is large: it is no"
done
record --record-max=1 --record=/proc/self/none
says 'a directory that takes no file' 1 \
	"cannot begin a new '/proc/self/none' when it is large: '/proc/self'"

cp whole copy
run "$MPTOP" --replay=copy --format=json --record=copy
says 'a recording of itself' 1 "cannot record to 'copy': it is the file of --r"
run "$MPTOP" --replay="$four" --format=json --output=copy --record=copy
says 'two outputs in one' 1 "cannot record to 'copy': it is the file of --o"
check 'it stays as it is' cmp -s copy whole
for value in 0 -1 1.5 12x '' 99999999999999999999; do
	record --record-max="$value"
	says "--record-max=$value" 2 '--record-max takes bytes such as 500k'
done
for value in -1 1000 x ''; do
	record --record-max=1 --record-keep="$value"
	says "--record-keep=$value" 2 \
		'--record-keep takes a number from 0 to 999'
done
run "$MPTOP" --replay="$four" --record-max=1
says 'a size of no recording' 2 '--record-max needs --record=FILE'
record --record-keep=1
says 'older files of one that has no end' 2 \
	'--record-keep needs --record-max=SIZE'
end
