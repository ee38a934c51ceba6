#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check.py [--cannot] OUTDIR: is what mptop recorded what happened?

OUTDIR is what the guest script `exact` leaves. mptop's flows and events are
held against three witnesses that know nothing of mptop: the load's own
account, the kernel's counters, and strace. With --cannot a scenario may say
that this kernel has no such reason to move pages, else that is a failure.
Prints TAP; exit 1 on a failure.
"""

import collections
import glob
import json
import os
import re
import sys

import check_nodes
import check_stacks

SCHEMA = "mptop/1"
# What is read of a line; the whole schema is the business of other tests.
NEEDED = {"seq", "sum", "vmstat", "lost", "procs", "flows", "events"}
# Differences shown for a failed check; more say nothing new.
SHOWN = 12
# Their own pages may all stay: what they are about is others'.
MAY_STATE_NONE = {"zram", "still"}
# The load cannot know which of them moves: it states the name alone. Those of
# a kernel thread are "kworker/1:2-events", "kdamond.0".
KTHREADS = re.compile(r"(kworker)/|(kdamond)\.\d+$")
# What mptop may take at most, whatever comes and goes: its own peak, in KiB.
MEMORY_KIB = 32 * 1024
MPOL_MODES = ["MPOL_DEFAULT", "MPOL_PREFERRED", "MPOL_BIND",
              "MPOL_INTERLEAVE", "MPOL_LOCAL", "MPOL_PREFERRED_MANY"]


class Tap:
    """Numbered results."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, name, differences):
        """A check holds if it has no differences to tell."""
        self.count += 1
        differences = list(differences)
        word = "not ok" if differences else "ok"
        print(f"{word} {self.count} - {name}")
        for text in differences[:SHOWN]:
            print(f"#   {text}")
        if len(differences) > SHOWN:
            print(f"#   and {len(differences) - SHOWN} more")
        self.failed += bool(differences)

    def done(self):
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def compare(expected, got, what):
    """Differences of two counters of the same kind of key."""
    for key in sorted(set(expected) | set(got), key=str):
        if expected.get(key, 0) != got.get(key, 0):
            yield (f"{what} {key}: expected {expected.get(key, 0)}, "
                   f"mptop has {got.get(key, 0)}")


def json_lines(path):
    """(objects, complaints)"""
    objects, complaints = [], []
    with open(path, encoding="utf-8", errors="strict") as file:
        for number, text in enumerate(file, 1):
            try:
                objects.append(json.loads(text))
            except ValueError as error:
                complaints.append(f"{path}:{number}: {error}")
    return objects, complaints


def node_list(mask):
    """0x5 -> "0,2"; 0x7 -> "0-2": as the schema writes nodes."""
    nodes = [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
    parts = []
    while nodes:
        run = 1
        while run < len(nodes) and nodes[run] == nodes[0] + run:
            run += 1
        last = nodes[run - 1]
        parts.append(f"{nodes[0]}-{last}" if run > 1 else f"{last}")
        nodes = nodes[run:]
    return ",".join(parts)


# --- the load's account -------------------------------------------------

class Load:
    """What one scenario says it did."""

    def __init__(self, path):
        self.name = os.path.basename(path).split(".", 1)[1]
        lines, self.complaints = json_lines(path)
        self.comms = {line["process"]: line["comm"]
                      for line in lines if "process" in line}
        self.flows = [line for line in lines if "flow" in line]
        self.calls = [line for line in lines if "call" in line]
        # Why this kernel cannot do what the scenario is about.
        self.cannot = [line for line in lines if "cannot" in line]

    def stated(self):
        """Both counts by (kind, owner, mover, src, dst, reason)."""
        pages, folios = collections.Counter(), collections.Counter()
        for flow in self.flows:
            key = (flow["flow"], flow["owner"], flow["mover"], flow["src"],
                   flow["dst"], flow["reason"])
            pages[key] += flow["pages"]
            folios[key] += flow["folios"]
        return pages, folios


def movers(line):
    """What the load would call a mover, by pid: a thread of the kernel, which
    nobody else can pass for."""
    found = {}
    for proc in line["procs"]:
        match = KTHREADS.match(proc["comm"])
        if match and proc["uid"] == 0 and proc["cmdline"] is None:
            found[proc["pid"]] = match[1] or match[2]
    return found


def flows_of(lines, pids):
    """The same from mptop, of owners among pids."""
    pages, folios = collections.Counter(), collections.Counter()
    for line in lines:
        names = movers(line)
        for flow in line["flows"]:
            if flow["pid"] in pids:
                mover = flow["mover_pid"]
                key = (flow["owner"], flow["pid"], names.get(mover, mover),
                       flow["src"], flow["dst"], flow["reason"])
                pages[key] += flow["pages"]
                folios[key] += flow["folios"]
    return pages, folios


def check_moves(tap, load, may_not=False):
    """It moved something or, where that is allowed, says why not."""
    for line in load.cannot:
        tap.check(f"{load.name}: not on this kernel: {line['why']}",
                  [] if may_not else ["this test needs it"])
    if load.name not in MAY_STATE_NONE and not load.cannot:
        tap.check(f"{load.name}: it moved something",
                  [] if load.stated()[0].total() else
                  ["the load states no pages"])


def check_flows(tap, lines, load):
    """(a): stated and seen are equal, and nothing else has these owners."""
    pages, folios = load.stated()
    seen_pages, seen_folios = flows_of(lines, set(load.comms))
    total = sum(pages.values())
    tap.check(f"{load.name}: {total} pages in {len(pages)} flows",
              compare(pages, seen_pages, "pages of"))
    tap.check(f"{load.name}: {sum(folios.values())} folios",
              compare(folios, seen_folios, "folios of"))


def check_comms(tap, lines, load):
    """Owners and movers of flows are described, under their names."""
    names = collections.defaultdict(set)
    for line in lines:
        for proc in line["procs"]:
            names[proc["pid"]].add(proc["comm"])
    named = {flow[role] for flow in load.flows for role in ("owner", "mover")
             if isinstance(flow[role], int)}
    tap.check(f"{load.name}: names of {len(named)} processes",
              [f"{pid} is {load.comms[pid]}, mptop has {names.get(pid)}"
               for pid in sorted(named)
               if load.comms[pid] not in names.get(pid, ())])


def check_stated_calls(tap, lines, load):
    """The calls the load counted itself: who, whom, result."""
    expected = collections.Counter(
        (call["call"], call["pid"], call["tid"],
         None if call["call"] == "mbind" else call["target"],
         call["ret"]) for call in load.calls)
    seen = collections.Counter(
        (event["call"], event["pid"], event["tid"],
         None if event["call"] == "mbind" else event["target_pid"],
         event["ret"]) for event in events_of(lines, load)
        if "query" not in event["marks"]
        and not (event["call"] == "mbind" and
                 event["args"]["flags"] in ("0", None)))
    tap.check(f"{load.name}: {sum(expected.values())} calls it counted",
              compare(expected, seen, "call"))


# --- strace ---------------------------------------------------------------

RESUMED = re.compile(r"<\.\.\. \w+ resumed>")
CALL = re.compile(r"(migrate_pages|move_pages|mbind)\((.*)\)\s+= (.*)$")


def strace_lines(path):
    """(tid, text) with interrupted lines joined."""
    open_calls = {}
    with open(path, encoding="utf-8") as file:
        for text in file:
            tid, rest = text.rstrip("\n").split(None, 1)
            if rest.endswith("<unfinished ...>"):
                open_calls[tid] = rest[:-len("<unfinished ...>")].rstrip()
                continue
            if RESUMED.match(rest):
                rest = open_calls.pop(tid) + RESUMED.sub("", rest)
            yield int(tid), rest


def arguments(text):
    """Split at commas outside brackets."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "[{(") - (char in "]})")
        if char == "," and not depth:
            parts.append(text[start:at].strip())
            start = at + 1
    return parts + [text[start:].strip()]


def mask(text):
    """strace's [0x…, 0x…], lowest word first, as a node list."""
    if text == "NULL":
        return ""
    words = [int(word, 16) for word in re.findall(r"0x[0-9a-f]+", text)]
    return node_list(sum(word << 64 * i for i, word in enumerate(words)))


def mode(text):
    """strace names a mode and its flags; a bare number it leaves as is."""
    try:
        return MPOL_MODES[int(text, 0)]
    except (ValueError, IndexError):
        return text


def strace_args(call, args):
    if call == "migrate_pages":
        pid, maxnode, old, new = args
        return {"pid": int(pid), "maxnode": int(maxnode),
                "old_nodes": mask(old), "new_nodes": mask(new)}
    if call == "move_pages":
        pid, count, _, nodes, _, flags = args
        return {"pid": int(pid), "count": int(count), "flags": flags,
                "query": nodes == "NULL"}
    start, length, mode_text, nodes, maxnode, flags = args
    return {"start": start, "len": int(length), "mode": mode(mode_text),
            "nodes": mask(nodes), "maxnode": int(maxnode), "flags": flags}


def strace_key(tid, call, args, result):
    ret = result.split()
    error = ret[1] if ret[0] == "-1" else None
    return (tid, call, "failed" if error else int(ret[0]), error,
            tuple(sorted(strace_args(call, args).items())))


def strace_calls(path):
    """(counter of calls, complaints)"""
    calls, complaints = collections.Counter(), []
    for tid, text in strace_lines(path):
        match = CALL.match(text)
        if match:
            calls[strace_key(tid, match[1], arguments(match[2]),
                             match[3])] += 1
        elif not text.startswith(("+++", "---")):
            complaints.append(f"{path}: not understood: {text[:200]}")
    return calls, complaints


def events_of(lines, load):
    return [event for line in lines for event in line["events"]
            if event["pid"] in load.comms and event["phase"] == "done"
            and event["call"] in ("migrate_pages", "move_pages", "mbind")]


def event_key(event):
    """The same key from a logged call."""
    args = dict(event["args"] or {})
    if event["call"] == "move_pages":
        args.pop("nodes", None)
        args["query"] = "query" in event["marks"]
    error = event["errno"] or None
    return (event["tid"], event["call"], "failed" if error else event["ret"],
            error, tuple(sorted(args.items())))


def check_strace(tap, lines, load, path):
    """(d): each call is logged once, as strace decodes it."""
    calls, complaints = strace_calls(path)
    seen = collections.Counter(map(event_key, events_of(lines, load)))
    tap.check(f"{load.name}: {sum(calls.values())} calls as strace saw them",
              complaints + list(compare(calls, seen, "call")))


# --- the kernel's counters -------------------------------------------------

def vmstat(path):
    with open(path, encoding="ascii") as file:
        return {name: int(value) for name, value in map(str.split, file)}


def total(lines, *path):
    """Sum of a field, None if a line does not know it."""
    values = []
    for line in lines:
        for name in path:
            line = line[name]
        values.append(line)
    return None if None in values else sum(values)


def kernel_moved(outdir):
    """Pages from when mptop was ready until it was told to end, and from
    before it was started until it had ended: its own window is between."""
    count = {name: vmstat(os.path.join(outdir, "vmstat." + name))
             ["pgmigrate_success"]
             for name in ("start", "before", "after", "end")}
    return (count["after"] - count["before"], count["end"] - count["start"])


def check_counters(tap, lines, outdir):
    """(b): flows, in flight and non-LRU make the kernel's number."""
    least, kernel = kernel_moved(outdir)
    flows = sum(flow["pages"] for line in lines for flow in line["flows"])
    flight = lines[-1]["sum"]["in_flight_pages"]
    nonlru = total(lines, "sum", "nonlru_pages")
    hugetlb = total(lines, "sum", "hugetlb_uncounted_pages")
    own = total(lines, "vmstat", "pgmigrate_success")
    tap.check(f"the kernel moved {kernel} pages, mptop's vmstat too",
              [] if least <= own <= kernel else
              [f"mptop has {own}, and {least} moved while it was ready"])
    if None in (flight, nonlru, hugetlb):
        why = [f"unknown: in flight {flight}, non-LRU {nonlru}, "
               f"hugetlb {hugetlb}"]
    else:
        sums = flows - flight + nonlru - hugetlb
        why = [] if sums == own else [
            f"{flows} in flows - {flight} in flight + {nonlru} non-LRU - "
            f"{hugetlb} hugetlb = {sums}, which is {sums - own:+d}"]
    tap.check("flows - in flight + non-LRU - hugetlb = vmstat", why)
    tap.check("sum.pages is the sum of the flows",
              [f"seq {line['seq']}" for line in lines if line["sum"]["pages"]
               != sum(flow["pages"] for flow in line["flows"])])
    return nonlru


def check_lines(tap, lines):
    """(b) again, in every single interval, whatever is in flight."""
    def open_lines():
        flight = 0
        for line in lines:
            sums = line["sum"]
            now = sums["in_flight_pages"]
            ours = (sums["pages"] - now + flight + sums["nonlru_pages"] -
                    sums["hugetlb_uncounted_pages"])
            kernel = line["vmstat"]["pgmigrate_success"]
            if ours != kernel:
                yield f"seq {line['seq']}: {ours} of the kernel's {kernel}"
            flight = now
    tap.check("every interval adds up", open_lines())


def check_lost(tap, lines):
    """(c)"""
    tap.check("nothing lost",
              [f"seq {line['seq']}: lost.{name} is {value}"
               for line in lines for name, value in line["lost"].items()
               if value != 0])


def check_memory(tap, outdir):
    """mptop's own peak is bounded, and does not follow what it has seen."""
    with open(os.path.join(outdir, "status"), encoding="utf-8") as file:
        status = dict(line.split(":", 1) for line in file)
    peak = int(status["VmHWM"].split()[0])
    tap.check(f"mptop's peak memory, {peak} KiB, is within {MEMORY_KIB}",
              [] if 0 < peak <= MEMORY_KIB else [f"{peak}"])


def check_scenarios(tap, lines, outdir, nonlru):
    paths = sorted(glob.glob(os.path.join(outdir, "load.*")))
    tap.check("the load ran", [] if paths else ["no load.* in " + outdir])
    for path in paths:
        load = Load(path)
        tap.check(f"{load.name}: the load's account is readable",
                  load.complaints or ([] if load.comms else ["empty"]))
        check_moves(tap, load, "--cannot" in sys.argv)
        check_flows(tap, lines, load)
        check_comms(tap, lines, load)
        check_stated_calls(tap, lines, load)
        trace = os.path.join(outdir, f"strace.{load.name}")
        if os.path.exists(trace):
            check_strace(tap, lines, load, trace)
        if load.name == "stacks":
            tap.check("stacks: the calls' frames have their names",
                      check_stacks.stacks(lines, load.comms))
            tap.check("stacks: mptop had no rights to find them",
                      check_stacks.rights(outdir))
        if load.name == "zram":
            tap.check("zram: non-LRU pages are seen",
                      [] if nonlru else [f"nonlru_pages is {nonlru}"])
    # Else a folio that the hook missed would pass for one.
    if not any(path.endswith(".zram") for path in paths):
        tap.check("without zram there are no non-LRU pages",
                  [] if nonlru == 0 else [f"nonlru_pages is {nonlru}"])


def main():
    if len(sys.argv) < 2 or sys.argv[1:-1] not in ([], ["--cannot"]):
        print("usage: check.py [--cannot] OUTDIR", file=sys.stderr)
        return 2
    outdir = sys.argv[-1]
    tap = Tap()
    lines, complaints = json_lines(os.path.join(outdir, "mptop.json"))
    tap.check(f"{len(lines)} lines of JSON",
              complaints or ([] if lines else ["none"]))
    tap.check("every line is " + SCHEMA,
              [f"line {number}: {line.get('schema')}"
               for number, line in enumerate(lines, 1)
               if line.get("schema") != SCHEMA] +
              [f"line {number} has no {', '.join(NEEDED - set(line))}"
               for number, line in enumerate(lines, 1)
               if not NEEDED <= set(line)])
    if tap.failed:
        return tap.done()
    check_lost(tap, lines)
    nonlru = check_counters(tap, lines, outdir)
    check_lines(tap, lines)
    tap.check("NUMA balancing is numa_pages_migrated",
              check_nodes.balancing(lines, outdir))
    tap.check("promotion into a node is its pgpromote_success",
              check_nodes.promotion(lines, outdir))
    tap.check("demotion out of a node is its pgdemote_*",
              check_nodes.demotion(lines, outdir))
    check_memory(tap, outdir)
    check_scenarios(tap, lines, outdir, nonlru)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
