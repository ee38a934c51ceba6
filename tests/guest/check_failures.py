#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_failures.py OUTDIR: what did not move, why, and how long it took.

OUTDIR is what `exact` leaves of the scenarios pinned and full,
and of split, which makes the kernel warn.
Failures are held against the load's own account and pgmigrate_fail, splits
against thp_migration_split, and durations against those of the logged calls.
Prints TAP; exit 1 on a failure.
"""

import collections
import errno
import glob
import os
import sys

import check

MOVES = ("MPOL_MF_MOVE", "MPOL_MF_MOVE_ALL")
REASONS = {"migrate_pages": "syscall", "move_pages": "syscall",
           "mbind": "mempolicy_mbind"}
# migrate_pages() has seven arguments there, and a trampoline takes six: the
# -ENOMEM that it returns is not seen.
NO_RETURN = ("6.1.",)


def stated(paths, sees_returns):
    """Failed pages by (mover, reason, errno), and the split THPs."""
    failed, splits = collections.Counter(), 0
    for path in paths:
        for line in check.json_lines(path)[0]:
            splits += line.get("split", 0)
            if "failed" not in line:
                continue
            error = line["errno"] or None
            if error == errno.ENOMEM and not sees_returns:
                error = None
            failed[line["mover"], line["reason"], error] += line["failed"]
    return failed, splits


def seen(lines):
    failed = collections.Counter()
    for line in lines:
        for row in line["failures"]:
            failed[row["mover_pid"], row["reason"], row["errno"]] += \
                row["pages"]
    return failed


def check_failed(tap, lines, paths):
    kernel = lines[0]["kernel"]
    failed, splits = stated(paths, not kernel.startswith(NO_RETURN))
    errors = {key[2] for key in failed}
    tap.check("pages failed for several reasons",
              [] if len(errors) > 1 else [f"errno {errors}"])
    tap.check(f"{sum(failed.values())} pages failed, as the load says",
              check.compare(failed, seen(lines), "failed"))
    for name, ours, theirs in (
            ("failed pages", "failed_pages", "pgmigrate_fail"),
            ("split THPs", "thp_split", "thp_migration_split")):
        got = check.total(lines, "sum", ours)
        kernels = check.total(lines, "vmstat", theirs)
        tap.check(f"{got} {name} = {theirs}",
                  [] if got == kernels else
                  [f"{got}, and {theirs} is {kernels}"])
    got = check.total(lines, "sum", "thp_split")
    tap.check("the load's THPs were split",
              [] if got == splits else [f"{got} of its {splits}"])
    large = check.total(lines, "sum", "large_folio_split")
    tap.check("THPs are among the split large folios",
              [] if large is None or large >= got else [f"{large} of {got}"])


def check_sums(tap, lines):
    """In every interval the sums are those of their rows."""
    def of_rows(member, rows, field):
        for line in lines:
            rows_sum = sum(row[field] for row in line[rows])
            if line["sum"][member] != rows_sum:
                yield (f"seq {line['seq']}: {member} "
                       f"{line['sum'][member]}, of {rows} {rows_sum}")
    tap.check("failed pages are those of the failures",
              of_rows("failed_pages", "failures", "pages"))
    tap.check("failed pages are those of the processes",
              of_rows("failed_pages", "procs", "failed_pages"))
    tap.check("the stall is that of the processes",
              of_rows("stall_ns", "procs", "stall_ns"))
    tap.check("there was a stall",
              [] if check.total(lines, "sum", "stall_ns") else ["none"])


def wrong_histograms(lines):
    """Buckets, count, sum and maximum have to fit each other."""
    for line in lines:
        for row in line["latency"]:
            where = f"seq {line['seq']}: {row['scope']} {row['reason']}"
            buckets = row["log2_ns"]
            top = len(buckets) - 1
            least = sum(n << i for i, n in enumerate(buckets))
            if sum(buckets) != row["count"] or not row["count"]:
                yield f"{where}: {row['count']} in {buckets}"
            elif not least <= row["sum_ns"] < 2 * least + row["count"]:
                yield f"{where}: {row['sum_ns']} ns in {buckets}"
            elif row["max_ns"] is None or row["max_ns"] >> top != 1:
                yield f"{where}: at most {row['max_ns']} ns in {buckets}"
            elif row["count"] == 1 and row["max_ns"] != row["sum_ns"]:
                yield f"{where}: {row['max_ns']} of {row['sum_ns']} ns"


def moved_pages(event):
    """Is it a call that moves pages, and not one that asks or sets?"""
    if event["call"] == "mbind":
        return any(flag in MOVES for flag in
                   (event["args"]["flags"] or "").split("|"))
    return event["call"] in REASONS and "query" not in event["marks"]


def summed(durations):
    """(count, sum, maximum) by reason."""
    return {reason: (len(ns), sum(ns), max(ns))
            for reason, ns in durations.items()}


def check_durations(tap, lines):
    """The calls' histograms are those of the calls in the log."""
    logged = collections.defaultdict(list)
    counted = {}
    for line in lines:
        for event in line["events"]:
            if event["phase"] == "done" and moved_pages(event):
                logged[REASONS[event["call"]]].append(event["duration_ns"])
        for row in line["latency"]:
            if row["scope"] == "call":
                count, ns, most = counted.get(row["reason"], (0, 0, 0))
                counted[row["reason"]] = (count + row["count"],
                                          ns + row["sum_ns"],
                                          max(most, row["max_ns"] or 0))
    tap.check("histograms fit themselves", wrong_histograms(lines))
    tap.check(f"{sum(map(len, logged.values()))} calls took as long as logged",
              [] if logged and summed(logged) == counted else
              [f"logged {summed(logged)}, counted {counted}"])


def check_flows(tap, lines, paths):
    """What the load moved itself, THPs among it."""
    pages, folios = collections.Counter(), collections.Counter()
    for path in paths:
        load = check.Load(path)
        for total, part in zip((pages, folios), load.stated()):
            total.update(part)
    movers = {key[2] for key in pages}
    own = [{**line, "flows": [flow for flow in line["flows"]
                               if flow["reason"] != "compaction"]}
           for line in lines]
    seen_pages, seen_folios = check.flows_of(own, movers)
    tap.check(f"{sum(pages.values())} pages moved",
              check.compare(pages, seen_pages, "pages of"))
    tap.check(f"{sum(folios.values())} folios",
              check.compare(folios, seen_folios, "folios of"))


def main():
    tap = check.Tap()
    lines, bad = check.json_lines(os.path.join(sys.argv[1], "mptop.json"))
    paths = sorted(glob.glob(os.path.join(sys.argv[1], "load.*")))
    tap.check("every line is JSON", bad)
    tap.check("there are loads and lines",
              [] if lines and paths else [f"{len(lines)}, {len(paths)}"])
    check.check_lost(tap, lines)
    check_failed(tap, lines, paths)
    check_sums(tap, lines)
    check_durations(tap, lines)
    check_flows(tap, lines, paths)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
