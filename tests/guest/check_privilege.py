#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_privilege.py OUTDIR: less rights, and what else is in the way.

OUTDIR is what the guest script `privilege` leaves, a directory a case. Each
has to end as the interface says and to name its cause and remedy; a case that
counts has to count exactly, with the rights that are needed then and no more.
Prints TAP; exit 1 on a failure.
"""

import os
import sys

import check

CAP_BPF = 1 << 39
# What `confine -u 65534` and sudo make of the user.
NOBODY = ["65534"] * 4

# case: (exit status, a part of what is said; "" says nothing at all)
REFUSED = {
    "none": (3, "CAP_BPF and CAP_PERFMON (this process has neither)\n"
                "  try     sudo mptop\n"
                "  or      mptop --probe=vmstat"),
    "none-vmstat": (0, ""),
    "bpf": (3, "(this process has only CAP_BPF)"),
    "perfmon": (3, "(this process has only CAP_PERFMON)"),
    "seccomp-eperm": (0, "only the kernel's counters: a seccomp filter "
                         "refuses bpf(2) (Operation not permitted); try: let "
                         "the seccomp filter of this container or service"),
    "seccomp-enosys": (0, "only the kernel's counters: a seccomp filter "
                          "refuses bpf(2) (Function not implemented)"),
    "seccomp-forced": (4, "cannot trace the kernel: a seccomp filter "
                          "refuses bpf(2)"),
    "seccomp-perf": (0, "unknown: a seccomp filter refuses "
                        "perf_event_open(2)"),
    "user-namespace": (3, "rights of a user namespace do not count"),
    "no-btf": (0, "only the kernel's counters: this kernel has no BTF "
                  "(/sys/kernel/btf/vmlinux); try: boot one built with "
                  "CONFIG_DEBUG_INFO_BTF"),
    "no-btf-forced": (4, "cannot trace the kernel: this kernel has no BTF"),
    "lockdown": (0, "only the kernel's counters: kernel lockdown "
                    "(confidentiality) forbids BPF to read the kernel; try: "
                    "boot without lockdown=confidentiality"),
    "lockdown-hidden": (0, "as under lockdown=confidentiality"),
    "lockdown-forced": (4, "lockdown=confidentiality"),
}
# Cases that are not refused, but have no BPF.
VMSTAT_ONLY = {"none-vmstat", "seccomp-eperm", "seccomp-enosys", "no-btf",
               "lockdown", "lockdown-hidden"}
# case: (exit status, lines that are in it)
CHECKED = {
    "none": (3, ["need  missing  CAP_BPF: this process does not have it; "
                 "try: sudo mptop",
                 "need  ok       BTF",
                 "need  untried  bpf(2): it takes what is missing"]),
    "no-btf": (4, ["need  missing  BTF: this kernel has no BTF "
                   "(/sys/kernel/btf/vmlinux); try: boot one built with "
                   "CONFIG_DEBUG_INFO_BTF",
                   "rung  used     pages in all by vmstat"]),
    "lockdown": (4, ["need  missing  kernel reads: kernel lockdown "
                     "(confidentiality) forbids BPF to read the kernel; "
                     "try: boot without lockdown=confidentiality"]),
    "root": (0, ["need  ok       CAP_BPF", "need  ok       kprobe",
                 "test  ok       own page",
                 "need  ok       tracefs",
                 "rung  spare    pages in all by vmstat"]),
    "stacks": (0, ["test  ok       own page", "test  ok       stacks"]),
    "stacks-hidden": (4, ["test  ok       own page",
                          "test  failed   stacks: kernel stacks are unknown: "
                          "the kernel hides its addresses "
                          "(sysctl kernel.kptr_restrict)"]),
    "bpf-perfmon": (0, ["need  ok       kprobe",
                        "need  missing  tracefs: it cannot be read "
                        "(Permission denied); try: sudo mptop, or "
                        "CAP_DAC_READ_SEARCH"]),
}
# case: (gid after the drop, whether CAP_BPF is held before it)
COUNTED = {
    "sudo": ("100", True),
    "sudo-bomb": ("65534", True),
    "drop-to": ("65534", True),
    "sys-admin": ("65534", False),
    "paranoid": ("65534", True),
    "bpf-perfmon": ("65534", True),
    "dac": ("65534", True),
    "container": ("65534", True),
    "sticky": ("65534", True),
}
# Cases under Debian's perf_event_paranoid=3 without CAP_SYS_ADMIN.
WITHOUT_PERF = {"memlock", "bpf-perfmon", "paranoid"}
UNKNOWN = {"folios": "nodes", "owner": "owners", "calls": "calls"}
# What is unknown where all three are known, but without kprobes.
FEW = "calls of 32 bits and moves of cpusets"
# What each run of the script has to leave, by what it always leaves.
RUNS = {
    "lockdown": {"lockdown", "lockdown-hidden", "lockdown-forced"},
    "sudo-bomb": {"sudo-bomb", "memlock", "sudo", "bpf-perfmon", "sticky"},
    "none": (set(REFUSED) | set(COUNTED) | set(CHECKED) | {"memlock"}) -
            {"lockdown", "lockdown-hidden", "lockdown-forced", "sudo-bomb"},
    "": {"memlock", "sudo", "bpf-perfmon", "sticky"},
}
PARANOID = ("this kernel wants CAP_SYS_ADMIN where "
            "kernel.perf_event_paranoid is above 2; try: sudo mptop")


class Case:
    """A directory of OUTDIR."""

    def __init__(self, outdir, name):
        self.name = name
        self.dir = os.path.join(outdir, name)

    def path(self, name):
        return os.path.join(self.dir, name)

    def has(self, name):
        return os.path.exists(self.path(name))

    def text(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def lines(self):
        return check.json_lines(self.path("mptop.json"))


def ended(case, status, said):
    """Differences in how it ended and what it said."""
    if case.text("exit").strip() != str(status):
        yield f"it ended with {case.text('exit').strip()}, not {status}"
    err = case.text("err")
    if said not in err or (not said and err):
        yield f"not in what it says: {said}"
        yield from err.splitlines()


def only_vmstat(line):
    """What it knows without BPF, and may not know."""
    if line["vmstat"]["pgmigrate_success"] is None:
        yield "it does not know the kernel's own count"
    if not line["nodes"]:
        yield "it knows no nodes"
    for key, value in {**line["sum"], **line["probe"],
                       **line["lost"]}.items():
        if value is not None:
            yield f"{key} is {value}"


def check_refused(tap, case):
    status, said = REFUSED[case.name]
    tap.check(f"{case.name}: exit {status} and why", ended(case, status, said))
    if case.name in VMSTAT_ONLY:
        lines, bad = case.lines()
        tap.check(f"{case.name}: counters alone, the rest unknown",
                  bad or (list(only_vmstat(lines[-1])) if lines else
                          ["no line"]))


def check_memlock(tap, case):
    """Only kernels that count maps against the limit refuse them."""
    if case.text("exit").strip() == "0":
        line = case.lines()[0][-1]
        tap.check("memlock: of no matter on this kernel",
                  ended(case, 0, said_of("memlock", line["probe"])))
        return
    tap.check("memlock: exit 3 and why", ended(
        case, 3, "this kernel counts BPF maps against the limit on locked "
        "memory, which is too low\n  try     ulimit -l unlimited"))


def check_checked(tap, case):
    status, wanted = CHECKED[case.name]
    got = case.text("check").splitlines()
    differences = [f"no line '{line}'" for line in wanted if line not in got]
    if case.text("check.exit").strip() != str(status):
        differences.append(f"exit {case.text('check.exit').strip()}")
    if case.text("check.err"):
        differences.append(case.text("check.err"))
    tap.check(f"{case.name}: --check, exit {status}", differences)


def rights(case):
    """Differences in what is left after the drop."""
    gid, held = COUNTED[case.name]
    status = dict(line.split(":", 1)
                  for line in case.text("status").splitlines())
    keeps = held and case.text("bpf").strip() == "refused"
    expected = {
        "Uid": NOBODY, "Gid": [gid] * 4, "Groups": [], "NoNewPrivs": ["1"],
        "CapInh": [f"{0:016x}"], "CapAmb": [f"{0:016x}"],
        "CapPrm": [f"{CAP_BPF if keeps else 0:016x}"],
        "CapEff": [f"{CAP_BPF if keeps else 0:016x}"],
    }
    for name, value in expected.items():
        if status[name].split() != value:
            yield f"{name} is {status[name].strip()}, not {' '.join(value)}"


def knows_lost(probe, name):
    """What the rungs that run would notice."""
    return bool(probe["calls" if name in ("calls", "events") else "folios"])


def said_of(name, probe):
    """Only what is unknown for want of kprobes is told of."""
    unknown = [what for key, what in UNKNOWN.items() if not probe[key]]
    if name not in WITHOUT_PERF:
        return ""
    return f"{', '.join(unknown) or FEW} are unknown: {PARANOID}"


def check_exact(tap, case, lines):
    """As check.py does, of what this rung can give."""
    probe = lines[-1]["probe"]
    tap.check(f"{case.name}: nothing lost",
              [f"seq {line['seq']}: lost.{name} is {value}"
               for line in lines for name, value in line["lost"].items()
               if value not in (0, None) or
               (value is None and knows_lost(line["probe"], name))])
    least, most = check.kernel_moved(case.dir)
    own = check.total(lines, "vmstat", "pgmigrate_success")
    tap.check(f"{case.name}: vmstat is the kernel's",
              [] if least <= own <= most else [f"{own}: {least} to {most}"])
    if not probe["folios"]:
        seen = sum(line["sum"]["pages"] for line in lines)
        tap.check(f"{case.name}: {own} pages, without nodes",
                  [] if seen == own else [f"sum.pages is {seen}"])
        return
    for name in os.listdir(case.dir):
        if name.startswith("load."):
            load = check.Load(case.path(name))
            check.check_lines(tap, lines)
            check.check_moves(tap, load)
            check.check_flows(tap, lines, load)
            check.check_stated_calls(tap, lines, load)


def check_counted(tap, case):
    lines, bad = case.lines()
    probe = lines[-1]["probe"] if lines else dict.fromkeys(UNKNOWN)
    # The signal that ended it, as the interface promises.
    tap.check(f"{case.name}: it runs until it is told to end",
              ended(case, 143, said_of(case.name, probe)))
    tap.check(f"{case.name}: no right is left that is not needed",
              rights(case))
    tap.check(f"{case.name}: lines of JSON",
              bad or ([] if lines else ["none"]))
    if lines and not bad:
        check_exact(tap, case, lines)


def missed(outdir):
    """Cases of this run of the script that it did not reach."""
    there = {name for name in os.listdir(outdir)
             if os.path.isdir(os.path.join(outdir, name))}
    run = next(run for run in RUNS if not run or run in there)
    for name in sorted(RUNS[run] - there):
        yield f"no case {name}"


def main():
    outdir = sys.argv[1]
    tap = check.Tap()
    cases = [Case(outdir, name) for name in sorted(os.listdir(outdir))]
    tap.check("every case was reached", missed(outdir))
    for case in cases:
        if case.name in COUNTED and case.has("status"):
            check_counted(tap, case)
        elif case.name == "memlock":
            check_memlock(tap, case)
        elif case.has("exit"):
            check_refused(tap, case)
        if case.has("check"):
            check_checked(tap, case)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
