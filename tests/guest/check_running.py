#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_running.py OUTDIR: are long calls seen while they run?

OUTDIR is what `exact` leaves of the scenario pingpong with a delay shorter
than its calls. Prints TAP; exit 1 on a failure.
"""

import os
import sys

import check

DELAY_NS = 200_000_000


def key(event):
    return (event["call"], event["tid"], event["args"]["maxnode"])


def running(lines):
    return [(line["seq"], event) for line in lines
            for event in line["events"]
            if event["phase"] == "running" and
            event["call"] == "migrate_pages"]


def unfinished(lines):
    """Running ones that no later line, or the same, has as done."""
    for seq, event in running(lines):
        if not any(done["phase"] == "done" and key(done) == key(event)
                   for line in lines if line["seq"] >= seq
                   for done in line["events"]
                   if done["call"] == event["call"]):
            yield f"seq {seq}: {key(event)} never ends"


def wrong(lines):
    """What a call in progress has to say, and what it cannot."""
    for seq, event in running(lines):
        if event["ret"] is not None or event["errno"] is not None:
            yield f"seq {seq}: a result: {event['ret']}"
        if event["duration_ns"] < DELAY_NS:
            yield f"seq {seq}: runs for {event['duration_ns']} ns only"
        nodes = event["at_entry"]
        if {nodes["old_nodes"], nodes["new_nodes"]} != {"0", "1"}:
            yield f"seq {seq}: at entry {nodes}"
        if event["target_pid"] != event["pid"]:
            yield f"seq {seq}: target {event['target_pid']}"


def uncounted(lines):
    """The time of a call is its process' stall before the call has ended."""
    for call in {key(event) for _, event in running(lines)}:
        seqs = {seq for seq, event in running(lines) if key(event) == call}
        stall = sum(proc["stall_ns"] for line in lines if line["seq"] in seqs
                    for proc in line["procs"] if proc["pid"] == call[1])
        if not stall:
            yield f"{call} has no stall while it runs"


def main():
    tap = check.Tap()
    lines, bad = check.json_lines(os.path.join(sys.argv[1], "mptop.json"))
    tap.check("every line is JSON", bad)
    tap.check("calls are seen running", [] if running(lines) else ["none"])
    tap.check("they tell what is known so far", wrong(lines))
    tap.check("they end", unfinished(lines))
    tap.check("their time counts as it goes", uncounted(lines))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
