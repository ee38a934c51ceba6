#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_callers.py OUTDIR: are programs that people use shown as they are?

OUTDIR is what `callers` leaves. Each program's calls are held against strace,
what it moved against the kernel's counters, and what happened to a bystander
against the bystander's own account. Prints TAP; exit 1 on a failure.
"""

import collections
import errno
import os
import sys

import check
import check_calls

# The names of the processes that move pages or ask for it, by program.
COMMS = {
    "migratepages": {"migratepages"},
    "migspeed": {"migspeed"},
    "numactl": {"numactl"},
    "stress-ng": {"stress-ng-numa", "stress-ng"},
    "perf": {"numa-mem", "process 0", "process 1"},
}
# These have to move something; what numactl does is policy for later pages.
MOVERS = ("migratepages", "migspeed", "stress-ng", "perf")
FLAGS = {"MPOL_MF_STRICT": 1, "MPOL_MF_MOVE": 2, "MPOL_MF_MOVE_ALL": 4,
         "MPOL_MF_LAZY": 8}
MASKS = ("nodes", "old_nodes", "new_nodes")
TRACED = set(check_calls.NAMES) - {"get_mempolicy"}
CALLERS = ("migratepages", "migspeed", "numactl", "stress-ng", "perf")


def path_of(outdir, *words):
    return os.path.join(outdir, ".".join(words))


def threads(outdir, name):
    """Every thread of a program that strace saw."""
    with open(path_of(outdir, "strace", name), encoding="utf-8") as file:
        return {int(line.split(None, 1)[0]) for line in file}


def moved(outdir, name, counter="pgmigrate_success"):
    """What the kernel says moved while the program ran."""
    return (check.vmstat(path_of(outdir, "vmstat", name, "after"))[counter] -
            check.vmstat(path_of(outdir, "vmstat", name, "before"))[counter])


def pages(lines, wanted):
    return sum(flow["pages"] for line in lines for flow in line["flows"]
               if wanted(flow))


def comms(lines):
    """Every name that a process of these lines has, by pid."""
    names = collections.defaultdict(set)
    for line in lines:
        for proc in line["procs"]:
            names[proc["pid"]].add(proc["comm"])
    return names


def number(value):
    """Numbers of 2^53 and above are strings in JSON."""
    return int(value) if isinstance(value, str) else value


def flags(text):
    """Versions of strace differ in which flags they know."""
    return sum(FLAGS[word] if word in FLAGS else int(word, 0)
               for word in text.split("|"))


def strace_sequence(path):
    """(lists of (call, args, errno or result) by thread, complaints): an
    argument that strace could only show as an address is left out."""
    calls, bad = collections.defaultdict(list), []
    for tid, text in check.strace_lines(path):
        match = check_calls.CALL.match(text)
        if not match or match[1] not in TRACED:
            if not text.startswith(("+++", "---")):
                bad.append(f"{path}: not understood: {text[:200]}")
            continue
        call, words = match[1], check.arguments(match[2])
        if call == "set_mempolicy_home_node" and "ENOSYS" in match[3]:
            continue
        args = {name: value for name, value
                in check_calls.strace_args(call, words).items()
                if value is not None}
        if call == "move_pages":
            args["query"] = words[3] == "NULL"
        ret = match[3].split()
        calls[tid].append((call, args,
                           ret[1] if ret[0] == "-1" else int(ret[0])))
    return calls, bad


def result(event):
    """A result, or an error by its name."""
    error = event["errno"]
    return (event["ret"] if not error else
            errno.errorcode[error] if isinstance(error, int) else error)


def event_sequence(lines, pids):
    calls = collections.defaultdict(list)
    for line in lines:
        for event in line["events"]:
            if event["pid"] in pids and event["phase"] == "done" and \
                    event["call"] in TRACED:
                args = dict(event["args"] or {})
                if event["call"] == "move_pages":
                    args["query"] = "query" in event["marks"]
                calls[event["tid"]].append(
                    (event["call"], args, result(event)))
    return calls


def shown(args, wanted, failed):
    """Of ours what strace has. A call that failed may have failed before the
    kernel had copied a mask: then there is none to show."""
    for name in wanted:
        value = args.get(name)
        if name == "flags":
            yield name, flags(value), flags(wanted[name])
        elif name == "mode":
            # A mode that there is none of comes last in strace.
            yield (name, sorted(value.split("|")),
                   sorted(wanted[name].split("|")))
        elif name in ("len", "maxnode"):
            yield name, number(value), wanted[name]
        elif name not in MASKS or value is not None or not failed:
            yield name, value, wanted[name]


def differences(ours, theirs):
    """Of one thread's calls, in their order."""
    if len(ours) != len(theirs):
        yield f"{len(ours)} calls, strace has {len(theirs)}"
    for at, ((mine, args, ret), (its, wanted, end)) in enumerate(
            zip(ours, theirs)):
        if mine != its or ret != end:
            yield f"call {at}: {mine} = {ret} is {its} = {end}"
        else:
            yield from (f"call {at}: {mine}: {name} {value} is {want}"
                        for name, value, want
                        in shown(args, wanted, isinstance(end, str))
                        if value != want)


def check_sequence(tap, lines, outdir, name):
    theirs, bad = strace_sequence(path_of(outdir, "strace", name))
    ours = event_sequence(lines, threads(outdir, name))
    total = sum(map(len, theirs.values()))
    tap.check(f"{name}: {total} calls as strace saw them",
              bad + [f"{tid}: {text}" for tid in sorted({*ours, *theirs})
                     for text in differences(ours[tid], theirs[tid])])
    names = comms(lines)
    pids = {event["pid"] for line in lines for event in line["events"]
            if event["tid"] in theirs}
    tap.check(f"{name}: {len(pids)} processes call, by their names",
              [f"{pid} is {names.get(pid)}" for pid in pids
               if not names[pid] & COMMS[name]] +
              ([] if pids or not total else ["none"]))


def check_moves(tap, lines, outdir, name):
    """All that moved meanwhile was moved by the program."""
    pids = threads(outdir, name)
    seen = pages(lines, lambda flow: flow["mover_pid"] in pids)
    kernel = moved(outdir, name)
    tap.check(f"{name}: it moved the {kernel} pages that the kernel counts",
              ([] if seen == kernel else [f"mptop has {seen}"]) +
              ([] if kernel or name not in MOVERS else ["nothing moved"]))


def check_perf(tap, lines, outdir):
    """Balancing moves pages of others as well, and at any time after."""
    pids = threads(outdir, "perf")
    names = comms(lines)
    seen = pages(lines, lambda flow: flow["reason"] == "numa_misplaced")
    kernel = check.total(lines, "vmstat", "numa_pages_migrated")
    since, after, end = (check.vmstat(path_of(outdir, "vmstat", name))
                         ["numa_pages_migrated"]
                         for name in ("balance", "after", "end"))
    tap.check(f"perf: balancing moved the {kernel} pages the kernel counts",
              ([] if seen == kernel else [f"mptop has {seen}"]) +
              ([] if after - since <= kernel <= end - since else
               [f"{after - since} to {end - since} moved"]))
    own = [flow for line in lines for flow in line["flows"]
           if flow["mover_pid"] in pids and
           flow["reason"] == "numa_misplaced"]
    tap.check("perf: its threads pulled pages over",
              [] if sum(flow["pages"] for flow in own) else ["none"])
    tap.check("perf: its pages are its own, under its name",
              [f"{flow}: {names.get(flow['mover_pid'])}" for flow in own
               if flow["owner"] == "process" and
               (flow["pid"] != flow["mover_pid"] or
                not names[flow["pid"]] & COMMS["perf"])])


def kernel_threads(outdir):
    with open(os.path.join(outdir, "kworkers"), encoding="utf-8") as file:
        return {int(line.split()[0]) for line in file
                if line.split()[1].startswith("kworker/")}


def check_sit(tap, lines, outdir):
    """The bystander knows all but which worker it was that moved it, and
    for that it says 0."""
    load = check.Load(os.path.join(outdir, "load.sit"))
    tap.check("sit: its account is readable", load.complaints)
    sit = next(pid for pid, comm in load.comms.items() if comm == "load-sit")
    workers = kernel_threads(outdir)

    def known(key):
        kind, owner, mover, *rest = key
        return (kind, owner, mover or "kworker", *rest)

    stated, _ = load.stated()
    stated = {known(key): count for key, count in stated.items()}
    got, _ = check.flows_of(lines, {sit})
    tap.check(f"sit: {sum(stated.values())} of its pages in {len(stated)} "
              "flows", check.compare(stated, got, "pages of"))
    check_workers(tap, lines, outdir, workers)
    check_target(tap, lines, sit)


def check_workers(tap, lines, outdir, workers):
    names = comms(lines)
    used = {flow["mover_pid"] for line in lines for flow in line["flows"]
            if flow["mover_pid"] in workers}
    tap.check("cpuset: a worker of the kernel moved it, by its name",
              ([] if used else ["none did"]) +
              [f"{pid} is {names.get(pid)}" for pid in used
               if not any(name.startswith("kworker/")
                          for name in names[pid])])
    kernel = moved(outdir, "cpuset")
    seen = pages(lines, lambda flow: flow["mover_pid"] in workers)
    tap.check(f"cpuset: workers moved the {kernel} pages the kernel counts",
              ([] if seen == kernel else [f"mptop has {seen}"]) +
              ([] if kernel else ["nothing moved"]))


def check_target(tap, lines, sit):
    events = [event for line in lines for event in line["events"]
              if event["target_pid"] == sit and
              event["call"] == "migrate_pages" and
              event["phase"] == "done"]
    names = comms(lines)
    tap.check("migratepages: one call names the bystander and both nodes",
              [] if [(names[event["pid"]] & COMMS["migratepages"] != set(),
                      event["args"]["old_nodes"], event["args"]["new_nodes"],
                      event["ret"]) for event in events] ==
              [(True, "0", "1", 0)] else [str(events)])


def main():
    outdir = sys.argv[1]
    tap = check.Tap()
    lines, bad = check.json_lines(os.path.join(outdir, "mptop.json"))
    tap.check("every line is JSON", bad or ([] if lines else ["none"]))
    check.check_lost(tap, lines)
    check.check_counters(tap, lines, outdir)
    check.check_lines(tap, lines)
    check_sit(tap, lines, outdir)
    with open(path_of(outdir, "unfit"), encoding="ascii") as file:
        unfit = file.read().split()
    for name in CALLERS:
        if name in unfit:
            tap.check(f"{name} # SKIP it does not work on this kernel", ())
            continue
        check_sequence(tap, lines, outdir, name)
        if name != "perf":
            check_moves(tap, lines, outdir, name)
    check_perf(tap, lines, outdir)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
