# SPDX-License-Identifier: GPL-2.0-or-later
"""
What stacks have to show of the scenario `stacks`, for check.py: the three
functions that lead to its call by their names, the system call's function in
the kernel, and both although mptop has no right any more when it looks.
"""

import os

CHAIN = ["stacks_c", "stacks_b", "stacks_a", "run_stacks", "main"]
# Bits of capabilities: CAP_BPF may stay.
CAP_BPF = 1 << 39


def rights(outdir):
    """What mptop still had at its end and should not."""
    with open(os.path.join(outdir, "status"), encoding="utf-8") as file:
        status = dict(line.split(":", 1) for line in file)
    for name in ("CapPrm", "CapEff", "CapInh"):
        if int(status[name], 16) & ~CAP_BPF:
            yield f"{name} is {status[name].strip()}"


def in_order(wanted, names, what):
    """Are @wanted among @names, in that order?"""
    rest = iter(names)
    for name in wanted:
        if name not in rest:
            yield f"{what}: no {name} where it should be in {names}"
            return


def functions(frames):
    return [frame.rsplit("+0x", 1)[0] if frame else frame
            for frame in frames]


def stack(event):
    """Differences of one event's stack."""
    if not event["stack"]:
        yield "no stack"
        return
    user = event["stack"]["user"] or []
    kernel = event["stack"]["kernel"] or []
    yield from in_order(CHAIN[:3], functions([frame["symbol"]
                                              for frame in user]), "user")
    for frame in user[:3]:
        if not frame["build_id"] or len(frame["build_id"]) != 40:
            yield f"user: no build id in {frame}"
        if not (frame["file"] or "").startswith("/"):
            yield f"user: no file in {frame}"
    names = functions(kernel)
    if not any(name.endswith("_sys_migrate_pages") for name in names):
        yield f"kernel: no system call in {names}"
    # From where it moves them, not just where it came in.
    if not any(name == "migrate_pages" for name in names):
        yield f"kernel: no batch in {names}"


def stacks(lines, pids):
    """Differences of all stacks of the processes' calls."""
    events = [event for line in lines for event in line["events"]
              if event["pid"] in pids and event["call"] == "migrate_pages"]
    if not events:
        yield "no such call"
    for event in events:
        yield from stack(event)
