#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Bad options end with status 2 and name what is taken; nothing is printed.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# bad TEXT OPTION...: refused, TEXT says why, and where help is.
bad()
{
	text=$1
	shift
	run "$MPTOP" "$@"
	says "refused: $(echo "$*" | cat -v)" 2 "$text"
	[ ! -s "$out" ] || result 1 'something on standard output'
	has "$err" "Try \`mptop --help'" || result 1 'no hint at --help'
}

bad "unrecognized option '--nosuch'" --nosuch
bad "invalid option -- 'Z'" -Z
bad "invalid option -- 'Z'" -bZ
bad "option '--delay' requires an argument" --delay
bad "option requires an argument -- 'n'" -n
bad "doesn't allow an argument" --batch=yes
bad "ambiguous" --de
bad "unexpected argument 'word'; mptop takes options only" word
for value in 0 0.09 3601 -1 x '' 1x nan inf 1e9; do
	bad "--delay takes seconds from 0.1 to 3600, not '$value'" \
		"--delay=$value"
done
for value in 0 x 31536001 ''; do
	bad "--duration takes seconds from 0.1 to 31536000, not '$value'" \
		"--duration=$value"
done
for value in 0 -1 x '' 1.5 99999999999999999999; do
	bad "--iterations takes a number from 1, not '$value'" \
		"--iterations=$value"
done
bad "--format takes table or json, not 'xml'" --format=xml
bad "--sort does not know the field 'nope'; see --list-fields" --sort=nope
bad "--sort does not know the field ''" --sort=
bad "--sort does not know the field ''" --sort=+
bad "--sort does not know the field '-pid'" --sort=--pid
bad "--color takes auto, always or never, not 'blue'" --color=blue
bad "--probe takes auto, kprobe, fentry, tracepoint or vmstat, not 'x'" \
	--probe=x
for value in 0 1001 -1 x ''; do
	bad "--speed takes 0.01 to 1000, not '$value'" --demo "--speed=$value"
done
for value in 24 x80 24x 0x80 24x0 -1x80 1001x80 24x1001 24x80x 24X80 ''; do
	bad "--size takes ROWSxCOLS such as 24x80, not '$value'" --demo \
		"--size=$value"
done
calls="migrate_pages, move_pages, mbind, set_mempolicy, \
set_mempolicy_home_node, get_mempolicy or cpuset"
for value in x '' mbind2 "mbind "; do
	bad "--calls does not know '$value'; it takes all, none, $calls" \
		"--calls=migrate_pages,$value"
done
for value in -1 x ''; do
	bad "--ready-fd takes a number from 0, not '$value'" \
		"--ready-fd=$value"
done
bad "'pid=x' is wrong at column 5: 'pid' takes a number" --pid=x
bad "is wrong at column 8: 'node' takes a node list such as 0-3,6" --node=3-
bad "is wrong at column 5: a value is expected after '>'" --filter='pid>'
bad "field 'nod' is not known; expected one of" --filter='nod=3'
bad "'pid=1 pages>x' is wrong at column 13" --pid=1 --filter='pages>x'
bad "--replay and --demo exclude each other" --replay=x --demo
bad "--ascii and --unicode exclude each other" --ascii --unicode
bad "--check and --replay or --demo exclude each other" --check --demo
bad "--keys needs --size=ROWSxCOLS" --keys=x
bad "--size needs --replay=FILE or --demo" --size=24x80

# No escape sequence of an argument comes out as one.
bad "unrecognized option '--no?[31m'" "--no${red}"
bad "unrecognized option '--nosuch=?[31m'" "--nosuch=${red}"
bad "invalid option -- '?'" "-${red}"
bad "unexpected argument '?[31m'" "$red"
bad "not '?[31m'" "--delay=${red}"
bad "not '?[31m'" "-n${red}"
bad "not '?[31m'" -F "$red"
bad "field '?[31m'" -s "$red"
bad "not '?]0;x'" "--size=${title}" --demo
bad "the filter 'pid=?[31m'" "--pid=${red}"
end
