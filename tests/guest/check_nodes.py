# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel counts of balancing and tiers, per node where it does so,
against mptop's flows. For check.py; OUTDIR is what `exact` leaves."""

import glob
import os
import re


def counters(path):
    with open(path, encoding="ascii") as file:
        return {name: int(value) for name, value in map(str.split, file)}


def change(outdir, node=None):
    """How much the counters of a node, or all, grew; (least, most): while
    the load ran, and while mptop did. Per node they are the same."""
    part = "" if node is None else f"{node}."
    where = os.path.join(outdir, "vmstat." + part)
    at = {name: counters(where + name)
          for name in ("start", "before", "after", "end")}
    return {name: (at["after"][name] - at["before"][name],
                   at["end"][name] - at["start"][name])
            for name in at["start"]}


def node_ids(outdir):
    names = (re.fullmatch(r"vmstat[.](\d+)[.]start", os.path.basename(path))
             for path in glob.glob(os.path.join(outdir, "vmstat.*.start")))
    return sorted(int(name[1]) for name in names if name)


def node_set(text):
    nodes = set()
    for part in filter(None, text.strip().split(",")):
        first, _, last = part.partition("-")
        nodes |= set(range(int(first), int(last or first) + 1))
    return nodes


def tiers(outdir):
    """The tier of each node; a greater number is slower memory."""
    tier = {}
    for path in glob.glob(os.path.join(outdir, "tier.*")):
        with open(path, encoding="ascii") as file:
            for node in node_set(file.read()):
                tier[node] = int(path.rsplit(".", 1)[1])
    return tier


def pages(lines, reason, wanted):
    return sum(flow["pages"] for line in lines for flow in line["flows"]
               if flow["reason"] == reason and
               wanted(flow["src"], flow["dst"]))


def differ(what, ours, span):
    least, most = span
    if not least <= ours <= most:
        yield f"{what}: the kernel has {least} to {most}, mptop {ours}"


def balancing(lines, outdir):
    span = change(outdir)["numa_pages_migrated"]
    yield from differ("numa_pages_migrated", pages(
        lines, "numa_misplaced", lambda src, dst: True), span)


def promotion(lines, outdir):
    """What came to a node from slower memory is its pgpromote_success."""
    tier = tiers(outdir)
    for node in node_ids(outdir):
        span = change(outdir, node).get("pgpromote_success")
        if span:
            yield from differ(f"pgpromote_success of node {node}", pages(
                lines, "numa_misplaced", lambda src, dst, node=node:
                dst == node and tier[src] > tier[dst]), span)


def demoted(change_of):
    spans = [span for name, span in change_of.items()
             if name.startswith("pgdemote_")]
    return spans and tuple(map(sum, zip(*spans)))


def demotion(lines, outdir):
    """What left a node for slower memory is its pgdemote_*; before 6.8 they
    are of all nodes together."""
    parts = [(f"of node {node}", demoted(change(outdir, node)),
              lambda src, dst, node=node: src == node)
             for node in node_ids(outdir)]
    if not any(span for _, span, _ in parts):
        parts = [("of all nodes", demoted(change(outdir)),
                  lambda src, dst: True)]
    for what, span, wanted in parts:
        if span:
            yield from differ(f"pgdemote_* {what}",
                              pages(lines, "demotion", wanted), span)
