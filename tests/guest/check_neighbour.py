#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_neighbour.py OUTDIR: is what a neighbour makes us miss told as lost?

OUTDIR is what `exact` leaves of load neighbour on a kernel that preempts:
kprobes are skipped while somebody's bpf(2) call holds their CPU. No page may
be missing in an interval without a word in it or, of a batch that was still
going on, in the one before; never more than were said to be; and some are to
be missing, or the neighbour did not disturb. Prints TAP; exit 1 on a failure.
"""

import os
import sys

import check


def missing(lines):
    """(seq, the kernel's pages that are not ours, what is called lost)"""
    flight = 0
    for line in lines:
        sums = line["sum"]
        ours = (sums["pages"] - sums["in_flight_pages"] + flight +
                sums["nonlru_pages"] - sums["hugetlb_uncounted_pages"])
        flight = sums["in_flight_pages"]
        yield (line["seq"], line["vmstat"]["pgmigrate_success"] - ours,
               line["lost"]["folios"])


def main():
    tap = check.Tap()
    lines, bad = check.json_lines(os.path.join(sys.argv[1], "mptop.json"))
    tap.check("every line is JSON", bad)
    tap.check("kprobes are what runs",
              [] if "kprobe" in lines[-1]["probe"]["folios"]
              else [lines[-1]["probe"]["folios"]])
    gone = list(missing(lines))
    told = [0] + [lost for _, _, lost in gone]
    tap.check("no more are missing in an interval than it and the one before "
              "tell",
              [f"seq {seq}: {pages} missing, lost {lost} after {before}"
               for (seq, pages, lost), before in zip(gone, told)
               if pages > lost + before])
    # Each folio of this load is a page, and skipped once or more often.
    tap.check("no more are missing than are told",
              [f"{sum(pages for _, pages, _ in gone)} missing, lost "
               f"{sum(lost for _, _, lost in gone)}"]
              if sum(pages for _, pages, _ in gone) >
              sum(lost for _, _, lost in gone) else [])
    tap.check("the neighbour disturbs",
              [] if any(lost for _, _, lost in gone) else ["not once"])
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
