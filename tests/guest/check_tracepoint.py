#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_tracepoint.py OUTDIR: is the rung without kprobes honest?

OUTDIR is what `exact` leaves of an mptop run with --probe=tracepoint. What
that rung can give, pages by mover and reason, has to be exact; all else has
to be unknown, not zero. Prints TAP; exit 1 on a failure.
"""

import collections
import glob
import os
import sys

import check


def moved(lines):
    """Pages by (mover, reason)."""
    pages = collections.Counter()
    for line in lines:
        for flow in line["flows"]:
            pages[flow["mover_pid"], flow["reason"]] += flow["pages"]
    return pages


def stated(outdir):
    pages = collections.Counter()
    for path in glob.glob(os.path.join(outdir, "load.*")):
        for flow in check.Load(path).flows:
            pages[flow["mover"], flow["reason"]] += flow["pages"]
    return pages


def known(lines):
    """What this rung cannot know, and yet says."""
    for line in lines:
        for datum in ("calls", "folios", "owner", "latency"):
            if line["probe"][datum] is not None:
                yield f"seq {line['seq']}: a probe for {datum}"
        for key in ("folios", "intra_pages", "nonlru_pages",
                    "in_flight_pages", "stall_ns"):
            if line["sum"][key] is not None:
                yield f"seq {line['seq']}: sum.{key} is {line['sum'][key]}"
        for flow in line["flows"]:
            for key in ("src", "dst", "folios"):
                if flow[key] is not None:
                    yield f"seq {line['seq']}: a flow's {key}: {flow[key]}"
            own = flow["reason"] == "numa_misplaced"
            if (flow["owner"] == "process") != own:
                yield f"seq {line['seq']}: {flow['owner']} {flow['reason']}"
        for node in line["nodes"]:
            if node["in_pages"] is not None:
                yield f"seq {line['seq']}: node {node['id']} has in_pages"
        for key in ("events", "calls"):
            if line["lost"][key] is not None:
                yield f"seq {line['seq']}: lost.{key} is {line['lost'][key]}"
        if line["events"]:
            yield f"seq {line['seq']}: events"


def main():
    outdir = sys.argv[1]
    tap = check.Tap()
    lines, bad = check.json_lines(os.path.join(outdir, "mptop.json"))
    tap.check("every line is JSON", bad)
    if bad or not lines:
        tap.check("there are lines", [] if lines else ["none"])
        return tap.done()
    least, most = check.kernel_moved(outdir)
    seen = sum(line["sum"]["pages"] for line in lines)
    own = check.total(lines, "vmstat", "pgmigrate_success")
    tap.check(f"sum.pages is the {own} that the kernel moved",
              [] if seen == own and least <= own <= most else
              [f"sum.pages is {seen}, vmstat from {least} to {most}"])
    expected = stated(outdir)
    tap.check("the load moved something",
              [] if sum(expected.values()) else ["it states no pages"])
    got = moved(lines)
    got = collections.Counter({key: got[key] for key in expected})
    tap.check(f"pages of {len(expected)} movers and reasons",
              check.compare(expected, got, "pages of"))
    tap.check("the rest is unknown", known(lines))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
