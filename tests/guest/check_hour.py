#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_hour.py OUTDIR: is mptop after an hour what it was at first?

OUTDIR is what `hour` leaves. Every interval has to add up, nothing may be
lost, and what mptop takes may not grow once it has seen all there is to see.
Prints TAP; exit 1 on a failure.
"""

import json
import os
import sys

import check

# Of each line; an hour's worth of the rest is too much to keep.
KEPT = ("seq", "sum", "vmstat", "lost")
# Seconds after which nothing grows, and what malloc may do without a leak:
# one more piece of its heap.
SETTLED = 600
PIECE_KIB = 132


def slim_lines(path):
    """(lines, complaints), as check.json_lines, of what is kept."""
    lines, complaints = [], []
    with open(path, encoding="utf-8", errors="strict") as file:
        for number, text in enumerate(file, 1):
            try:
                line = json.loads(text)
                lines.append({key: line[key] for key in KEPT})
            except (ValueError, KeyError) as error:
                complaints.append(f"{path}:{number}: {error!r}")
    return lines, complaints


def check_memory(tap, path):
    """Peak, since what is resident comes and goes with the load."""
    with open(path, encoding="ascii") as file:
        rounds = [[int(word) for word in line.split()] for line in file]
    seconds = rounds[-1][0]
    settled = min(SETTLED, seconds // 6)
    first = [row for row in rounds if row[0] <= settled] or rounds[:1]
    peak, end = first[-1][2], rounds[-1][2]
    tap.check(f"peak memory is {peak} KiB after {settled} s and {end} KiB "
              f"after {seconds} s",
              [] if end <= peak + PIECE_KIB else [f"it grew by {end - peak}"])
    # A reading may find one open for a moment; a leak is in all of them.
    half = (len(rounds) + 1) // 2
    least = [min(row[3] for row in part)
             for part in (rounds[:half], rounds[half:])]
    tap.check(f"it has {least[0]} open files, and at the end still",
              [] if least[0] == least[1] else [f"{least[1]}"])


def main():
    outdir = sys.argv[1]
    tap = check.Tap()
    lines, bad = slim_lines(os.path.join(outdir, "mptop.json"))
    pages = sum(line["sum"]["pages"] for line in lines)
    tap.check(f"{len(lines)} lines of JSON",
              bad or ([] if lines else ["none"]))
    tap.check(f"{pages} pages moved", [] if pages else ["none"])
    tap.check("no line is missing",
              [f"{b['seq']} after {a['seq']}" for a, b
               in zip(lines, lines[1:]) if b["seq"] != a["seq"] + 1])
    check.check_lost(tap, lines)
    check.check_lines(tap, lines)
    check_memory(tap, os.path.join(outdir, "memory"))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
