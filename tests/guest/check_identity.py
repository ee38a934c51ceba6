#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_identity.py OUTDIR: does mptop call everybody by the right name?

OUTDIR is what `identity` leaves: in each session of mptop, processes whose
names the script chose, and what they moved by their own account. Prints TAP;
exit 1 on a failure.
"""

import os
import re
import sys

import check

ID = "4f1a0c8d9e7b6a5f4f1a0c8d9e7b6a5f4f1a0c8d9e7b6a5f4f1a0c8d9e7b6a5f"
TICK_US = 10000
# What is kept of a command line; MPTOP_ARGS of bpf/mptop.h.
KEPT = 256
LONG = "/home/plain " + "0" * 399 + "7"


def names(comm, cmdline, **more):
    return {"comm": comm, "cmdline": cmdline, "uid": 0, "user": "root",
            "cgroup": "/", "container": None, "vm": None, **more}


MYSQL = {"uid": 27, "user": "mysql"}
CASES = {
    "plain": names("plain", "/home/plain --name=x a b", cgroup="/before"),
    "cgroup": names("plain", "/home/plain -c", cgroup="/after/?[31m"),
    "vanished": names("plain", "/home/plain -v", cgroup=None),
    "container": names("plain", "/home/plain -d", cgroup="/docker/" + ID,
                       container=ID[:12]),
    "exec": names("second", "/home/second new line"),
    # Still there when mptop looks, and more than its calls say.
    "renamed": names("new", "/home/second later"),
    "uid": names("plain", "/home/plain -u", **MYSQL),
    "hostile": names("?[31m??", "/home/plain ?[31m ?"),
    "long": names("plain", LONG[:KEPT] + "..."),
    "qemu": names("qemu-system-x86", "/home/qemu-system-x86_64 -m 64 -name "
                  "guest=db7,debug-threads=on", vm="db7"),
    "firecracker": names("firecracker", "/home/firecracker --id vm-3",
                         vm="vm-3"),
    "editor": names("editor", "/home/editor qemu.conf -name guest=no"),
    "reuse-first": names("first", "/home/first one"),
    "reuse-second": names("second", "/home/second two"),
    "held": names("plain", "/home/plain -k", cgroup="/set"),
    "nested": names("plain", "/home/plain -n"),
    "inside": names("plain", "/home/plain -i", **MYSQL),
    "outside": names("plain", "/home/plain -o"),
}
ALIVE = {
    "start": names("first", "/home/first"),
    "comm": names("new", "/home/first"),
    "exec": names("second", "/home/second again"),
    "cgroup": names("second", "/home/second again", cgroup="/moved"),
    "uid": names("second", "/home/second again", cgroup="/moved", **MYSQL),
}


def ids_of(session, who):
    """(pid, nspid) as mptop has to show them in its session."""
    ids = who["ids"]
    if session == "main":
        return ids[0], ids[1] if len(ids) > 1 else None
    if who["who"] == "outside":
        return None, ids[0]
    if session == "initial":
        ids = ids[1:]
    return ids[0], ids[1] if len(ids) > 1 else None


class Session:
    def __init__(self, outdir, name):
        self.name = name
        self.lines, self.bad = check.json_lines(
            os.path.join(outdir, f"mptop.{name}.json"))
        self.who, bad = check.json_lines(os.path.join(outdir, "who." + name))
        self.bad += bad
        self.phases = []
        path = os.path.join(outdir, "phase." + name)
        if os.path.exists(path):
            self.phases, bad = check.json_lines(path)
            self.bad += bad

    def is_of(self, who, proc, prefix=""):
        """Is @proc, or the pair of keys with that prefix, that process?"""
        pid, nspid = ids_of(self.name, who)
        start = proc[prefix + "start_us"]
        return (proc[prefix + "pid"] == pid and start is not None and
                start // TICK_US == who["start_ticks"] and
                proc.get("nspid", nspid) == nspid)

    def procs(self, who, lines=None):
        return [proc for line in lines or self.lines
                for proc in line["procs"] if self.is_of(who, proc)]


def differences(expected, proc):
    for key, value in expected.items():
        if proc[key] != value:
            yield f"{key} is {proc[key]!r}, not {value!r}"


def check_names(tap, session, who, expected):
    procs = session.procs(who)
    wrong = [] if procs else [f"not in procs: {who}"]
    for proc in procs[-1:]:
        wrong += differences(expected, proc)
    tap.check(f"{session.name}: {who['who']}: its names", wrong)


def check_flows(tap, session, who, pages):
    """Its pages are its own, and it moved them."""
    owned = sum(flow["pages"] for line in session.lines
                for flow in line["flows"] if flow["owner"] == "process" and
                session.is_of(who, flow) and
                session.is_of(who, flow, "mover_"))
    tap.check(f"{session.name}: {who['who']}: its {pages} pages",
              [] if owned == pages else [f"mptop has {owned}"])


def check_calls(tap, session, who):
    """Caller, thread and target of its calls are itself."""
    events = [event for line in session.lines for event in line["events"]
              if session.is_of(who, event) and event["call"] == "move_pages"]
    pid, _ = ids_of(session.name, who)
    tap.check(f"{session.name}: {who['who']}: its calls are about itself",
              [f"{event}" for event in events
               if event["tid"] != pid or
               not session.is_of(who, event, "target_")]
              or ([] if events else ["none"]))


def check_gone(tap, session):
    total = {}
    for who in session.who:
        key = re.sub(r"\d*$", "", who["who"])
        same = (who["who"], who["pid"], who["start_ticks"])
        total[same] = total.get(same, 0) + who["pages"]
        if key in CASES and who["pages"]:
            check_names(tap, session, who, CASES[key])
            check_calls(tap, session, who)
    for who in session.who:
        same = (who["who"], who["pid"], who["start_ticks"])
        if total.get(same) and who["who"] != "alive":
            check_flows(tap, session, who, total.pop(same))


def check_reuse(tap, session):
    pids = {who["who"]: who["pid"] for who in session.who}
    tries = [name[-1] for name in pids if name.startswith("reuse-first")]
    last = max(tries)
    tap.check("one pid was given twice",
              [] if pids["reuse-first" + last] == pids["reuse-second" + last]
              else ["it was not"])


def check_alive(tap, session):
    """At the end of each phase the line has what it had become."""
    who = [who for who in session.who if who["who"] == "alive"]
    tap.check("alive: it had all phases",
              [] if [phase["phase"] for phase in session.phases] ==
              list(ALIVE) and len(who) == len(ALIVE) else ["it had not"])
    for phase in session.phases:
        procs = session.procs(who[0], session.lines[:phase["lines"]])
        wrong = [] if procs else ["not in procs"]
        for proc in procs[-1:]:
            wrong += differences(ALIVE[phase["phase"]], proc)
        tap.check(f"alive: its names after {phase['phase']}", wrong)
    check_flows(tap, session, who[0], sum(one["pages"] for one in who))


def held_moved(outdir):
    """What the kernel says moved around the write to cpuset.mems."""
    before, after = (check.vmstat(os.path.join(outdir, "held." + name))
                     ["pgmigrate_success"] for name in ("before", "after"))
    return after - before


def check_kworker(tap, session, outdir):
    held = [who for who in session.who if who["who"] == "held"]
    tap.check("held: it had a cpuset", [] if held else ["it had none"])
    if not held:
        return
    moved = held_moved(outdir)
    tap.check("held: the kernel moved pages of its set",
              [] if moved else ["it moved none"])
    flows = [flow for line in session.lines for flow in line["flows"]
             if session.is_of(held[0], flow) and flow["dst"] == 1]
    # Those of the shell around it, which is in the set, too, as well.
    seen = sum(flow["pages"] for line in session.lines
               for flow in line["flows"]
               if check.movers(line).get(flow["mover_pid"]) == "kworker")
    tap.check(f"held: kworkers moved the {moved} pages the kernel counts",
              [] if seen == moved else [f"mptop has {seen}"])
    name = "held: pages of it, moved by a kworker"
    check_names(tap, session, held[0], CASES["held"])
    movers = {(flow["mover_pid"], flow["mover_start_us"]) for flow in flows}
    procs = [proc for line in session.lines for proc in line["procs"]
             if (proc["pid"], proc["start_us"]) in movers]
    tap.check(name, [f"{proc}" for proc in procs
                     if not proc["comm"].startswith("kworker/") or
                     proc["uid"] != 0 or proc["cmdline"] is not None]
              or ([] if procs else ["nobody"]))


def check_owners(tap, session):
    """Kernel threads have no command line, and no pages either."""
    def faults():
        for line in session.lines:
            owners = {(flow["pid"], flow["start_us"])
                      for flow in line["flows"]}
            for proc in line["procs"]:
                if (proc["pid"], proc["start_us"]) in owners and \
                        re.match("kworker|kswapd|kcompactd|khugepaged",
                                 proc["comm"]):
                    yield f"{proc}"
    tap.check(f"{session.name}: no owner is a kernel thread", faults())


def main():
    if len(sys.argv) != 2:
        print("usage: check_identity.py OUTDIR", file=sys.stderr)
        return 2
    tap = check.Tap()
    for name in ("main", "own", "initial"):
        session = Session(sys.argv[1], name)
        tap.check(f"{name}: {len(session.lines)} lines, "
                  f"{len(session.who)} accounts",
                  session.bad or
                  ([] if session.lines and session.who else ["none"]))
        tap.check(f"{name}: in a pid namespace of its own",
                  [f"seq {line['seq']}" for line in session.lines
                   if line["self"]["pidns"] is not (name != "main")])
        check.check_lines(tap, session.lines)
        check.check_lost(tap, session.lines)
        check_owners(tap, session)
        check_gone(tap, session)
        if name == "main":
            check_reuse(tap, session)
            check_alive(tap, session)
            check_kworker(tap, session, sys.argv[1])
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
