# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# What the tests of the command line share. Sourced; prints TAP.
#
# run COMMAND...		runs it without a terminal: $out, $err, $status
# is NAME STATUS		the last run ended so, its messages are clean
# says NAME STATUS TEXT		the same, and TEXT is on standard error
# check NAME COMMAND...		COMMAND succeeds
# end				prints the plan; the last line of a test

set -u
: "${MPTOP:?path of mptop}" "${top_srcdir:?}"
work=$(mktemp -d "${TMPDIR:-/tmp}/mptop-cli.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
out=$work/out
err=$work/err
status=0
count=0
failed=0
# shellcheck disable=SC2034 # these are for those who source this
{
	four=$top_srcdir/tests/screens/four.json
	red=$(printf '\033[31m')
	title=$(printf '\033]0;x')
}

# result STATUS NAME: one line of TAP, and why it failed.
result()
{
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
		return
	fi
	failed=1
	echo "not ok $count - $2"
	{
		echo "status $status"
		head -c 1000 "$err"
	} | cat -v | sed 's/^/# /'
}

run()
{
	status=0
	"$@" </dev/null >"$out" 2>"$err" || status=$?
}

# is_clean FILE: it holds no control character but newlines.
is_clean()
{
	! LC_ALL=C tr -d '\n' <"$1" | LC_ALL=C grep -q '[[:cntrl:]]'
}

is()
{
	[ "$status" -eq "$2" ] && is_clean "$err"
	result $? "$1"
}

says()
{
	[ "$status" -eq "$2" ] && is_clean "$err" && grep -qF -e "$3" "$err"
	result $? "$1"
}

# has FILE TEXT, lacks FILE TEXT, differ FILE FILE: for check.
has()
{
	grep -qF -e "$2" "$1"
}

lacks()
{
	! has "$@"
}

differ()
{
	! cmp -s "$1" "$2"
}

check()
{
	name=$1
	shift
	"$@"
	result $? "$name"
}

end()
{
	echo "1..$count"
	exit "$failed"
}
