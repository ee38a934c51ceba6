#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_late.py OUTDIR: does every line add up on a machine at work?

OUTDIR is what `late` leaves. Pages move before mptop starts, while it starts,
and on past its end; flows - in flight + non-LRU has to be the kernel's count
in every single interval, the first one included. Prints TAP; exit 1 on a
failure.
"""

import os
import sys

import check


def main():
    tap = check.Tap()
    lines, bad = check.json_lines(os.path.join(sys.argv[1], "mptop.json"))
    tap.check("every line is JSON", bad)
    tap.check("there are 12 lines",
              [] if len(lines) == 12 else [str(len(lines))])
    tap.check("pages moved in every interval",
              [f"seq {line['seq']}: none" for line in lines
               if not line["vmstat"]["pgmigrate_success"] and
               not line["sum"]["in_flight_pages"]])
    tap.check("batches were caught in flight",
              [] if any(line["sum"]["in_flight_pages"] for line in lines)
              else ["none"])
    check.check_lines(tap, lines)
    tap.check("a call that began before is logged, its duration unknown",
              [] if any(event["duration_ns"] is None and
                        event["ret"] is not None
                        for line in lines for event in line["events"])
              else ["none"])
    check.check_lost(tap, lines)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
