# SPDX-License-Identifier: GPL-2.0-or-later
"""
What stacks have to show of the scenario `stacks`, for check.py: the functions
that lead to its call by their names, from main() on and none left out, the
system call's function in the kernel, and both although mptop has no right any
more when it looks.
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
    names = functions([frame["symbol"] for frame in user])
    # What called main() may have no frame pointer: its frames are anything's.
    if names[:len(CHAIN)] != CHAIN:
        yield f"user: {names} do not begin with {CHAIN}"
    for frame in user[:len(CHAIN)]:
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
