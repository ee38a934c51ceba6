#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_cycles.py OUTDIR: does mptop come and go without a trace?

OUTDIR is what `cycles` leaves: mptop was started and ended over and over
while pages moved, some of them by SIGKILL. Each has to end as told, what it
wrote has to add up, and nothing of it may be left in the kernel. Prints TAP;
exit 1 on a failure.
"""

import os
import sys

import check

# How they end, as a shell says it: 128 and the signal.
STATUS = {"iterations": 0, "once": 0, "term": 143, "kill": 137, "early": 137}
LINES = {"iterations": 1, "once": 1}


def words(path):
    with open(path, encoding="ascii") as file:
        return [line.split() for line in file]


def check_statuses(tap, cycles):
    wrong = [f"cycle {number}, {way}: exit status {status}"
             for number, way, status in cycles if int(status) != STATUS[way]]
    tap.check(f"{len(cycles)} cycles in {len(STATUS)} ways end as told",
              wrong + [f"none by {way}" for way in STATUS
                       if way not in {cycle[1] for cycle in cycles}])


def check_objects(tap, samples):
    """The first and the last are of a kernel without mptop."""
    tap.check("the kernel is looked at before and after",
              [] if [samples[0][0], samples[-1][0]] == ["before", "after"]
              else [str(samples)])
    tap.check("it tells programs, maps, kprobes and functions",
              [f"{text}" for text in samples[0][1:] if text.endswith("=-")
               and not text.startswith("links")])
    tap.check("no program, map, link, probe or trampoline is left",
              [f"before {before}, after {after}" for before, after
               in zip(samples[0][1:], samples[-1][1:]) if before != after])


def single(line):
    """Each line is the first of its mptop: nothing was in flight before."""
    sums = line["sum"]
    return sums["pages"] - sums["in_flight_pages"] + sums["nonlru_pages"]


def check_output(tap, outdir, cycles):
    lines, bad = check.json_lines(os.path.join(outdir, "mptop.json"))
    least = sum(LINES.get(way, 0) for _, way, _ in cycles)
    tap.check(f"at least {least} lines of JSON",
              bad or ([] if len(lines) >= least else [str(len(lines))]))
    firsts = [line for line in lines if line["seq"] == 1]
    tap.check(f"the first interval of {len(firsts)} adds up",
              [f"line {number}: {single(line)} of the kernel's "
               f"{line['vmstat']['pgmigrate_success']}"
               for number, line in enumerate(firsts)
               if single(line) != line["vmstat"]["pgmigrate_success"]])
    tap.check("pages moved while they ran",
              [] if any(line["sum"]["pages"] for line in firsts)
              else ["none"])
    check.check_lost(tap, lines)


def main():
    outdir = sys.argv[1]
    tap = check.Tap()
    cycles = words(os.path.join(outdir, "cycles"))
    check_statuses(tap, cycles)
    check_output(tap, outdir, cycles)
    check_objects(tap, words(os.path.join(outdir, "objects")))
    left = words(os.path.join(outdir, "left"))
    tap.check("no process is left", [str(pids) for pids in left])
    with open(os.path.join(outdir, "mptop.err"), encoding="utf-8") as file:
        tap.check("nothing is on standard error",
                  [line.rstrip() for line in file])
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
