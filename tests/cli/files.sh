#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Broken recordings end with status 1 and FILE:LINE, as all failures with
# files do. No byte of a recording or a file name comes out as a control.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 99
start='"time":"2026-01-31T13:00:01.204Z","interval_ns":1000000000'

# broken NAME TEXT: that file is no recording, TEXT says why.
broken()
{
	for how in '--format=json' '--format=table' '--size=24x80'; do
		run "$MPTOP" --replay="$1" "$how"
		says "$2, $how" 1 "mptop: $2"
	done
}

# line NAME TEXT KEYS: the same of a file of one line with these keys, too.
line()
{
	echo "{\"schema\":\"mptop/1\",$3}" >"$1"
	broken "$1" "$2"
}

: >empty
broken empty "'empty' is empty: not a recording of mptop"
printf '\n\n' >blank
broken blank "'blank' is empty: not a recording of mptop"
echo garbage >text
broken text 'text:1: column 1: not a JSON object'
echo '[1,2]' >array
broken array 'array:1: column 1: not a JSON object'
printf '\0\0\0' >zeros
broken zeros 'zeros:1: column 1: not a JSON object'
head -c 500 "$four" >torn
broken torn 'torn:1: column 501: premature end'
echo '{}' >object
broken object 'object:1: no "schema": not a recording of mptop'
echo '{"schema":"mptop/2"}' >later
broken later "later:1: schema 'mptop/2' is not mptop/1"
printf '{"schema":"mptop/1\\u001b[31m"}\n' >quoted
broken quoted "quoted:1: schema 'mptop/1?[31m' is not mptop/1"
line no-seq 'no-seq:1: seq: expected a whole number from 0 to 2^53' "$start"
line time 'time:1: time: expected a time like 2026-' \
	'"seq":1,"time":"noon","interval_ns":1'
for value in -1 1.5 '"1"' null 9007199254740994; do
	line "seq=$value" "seq=$value:1: seq: expected" \
		"\"seq\":$value,$start"
done
line big 'big:1: column 47: too big integer' \
	"\"seq\":99999999999999999999,$start"
line node 'node:1: nodes[0].id: expected a node id' \
	"\"seq\":1,$start,\"nodes\":[{\"id\":-5}]"
line flows 'flows:1: flows: expected an array' "\"seq\":1,$start,\"flows\":3"
line twice 'twice:1: column 34: duplicate object key' \
	"\"seq\":1,\"seq\":1,$start"
line bytes 'bytes:1: column 29: unable to decode byte 0xff' \
	"\"host\":\"$(printf '\377')\""
line raw 'raw:1: column 29: control character 0x1b' "\"host\":\"${red}\""
awk 'BEGIN { printf "{\"schema\":\"mptop/1\",\"a\":"
	for (i = 0; i < 5000; i++) printf "[" }' </dev/null >deep
broken deep 'deep:1: '

# The lines before a broken one are shown.
{ head -1 "$four" && echo garbage; } >second
broken second 'second:2: column 1: not a JSON object'
run "$MPTOP" --replay=second --format=json
check 'the line before it was written' [ "$(wc -l <"$out")" -eq 1 ]
cp second "name${red}"
broken "name${red}" 'name?[31m:2: column 1: not a JSON object'

mkdir directory
run "$MPTOP" --replay=directory
says 'a directory' 1 "cannot replay 'directory': Is a directory"
run "$MPTOP" --replay=missing
says 'a missing file' 1 "cannot replay 'missing': No such file"
run "$MPTOP" --replay="mis${red}sing"
says 'a missing file with a hostile name' 1 "cannot replay 'mis?[31msing'"
run "$MPTOP" --replay=-
says 'empty standard input' 1 "'standard input' is empty"
run "$MPTOP" --replay="$four" --size=24x80 --keys="mis${red}"
says 'a missing key script' 1 "cannot open 'mis?[31m': No such file"
printf '<NoSuchKey>' >keys
run "$MPTOP" --replay="$four" --size=24x80 --keys=keys
says 'a wrong key script' 1 "'keys' has no key at byte"
run "$MPTOP" --replay="$four" --output="no$red/such"
says 'an output that cannot be made' 1 \
	"cannot open 'no?[31m/such': No such file"
run "$MPTOP" --replay="$four" --format=json --record=no/such
says 'a record that cannot be made' 1 "cannot open 'no/such': No such file"
ln -s elsewhere link
run "$MPTOP" --replay="$four" --format=json --output=link
says 'an output that is a link' 1 "cannot open 'link': "
check 'and it was not followed' [ ! -e elsewhere ]
end
