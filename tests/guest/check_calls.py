#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_calls.py OUTDIR: is each call logged as what it was?

OUTDIR is what the guest script `calls` leaves. Events are held against what
the load stated of its calls, one by one, and against strace. Prints TAP; exit
1 on a failure.
"""

import json
import os
import re
import sys

import check

CALL = re.compile(r"(\w+)\((.*)\)\s+= (.*)$")
# Bits beyond have to be 0, and mptop does not read them.
MAX_NUMNODES = 1024
NAMES = {
    "migrate_pages": ["pid", "maxnode", "old_nodes", "new_nodes"],
    "move_pages": ["pid", "count", None, None, None, "flags"],
    "mbind": ["start", "len", "mode", "nodes", "maxnode", "flags"],
    "set_mempolicy": ["mode", "nodes", "maxnode"],
    "set_mempolicy_home_node": ["start", "len", "home_node", "flags"],
    "get_mempolicy": ["mode", "nodes", "maxnode", "addr", "flags"],
}


def of(lines, name):
    return [line for line in lines if name in line]


def events_of(lines, tid):
    return [event for line in lines for event in line["events"]
            if event["tid"] == tid and event["phase"] == "done"]


def value_of(event, name):
    """What the event says of a stated key."""
    if name in ("nodes", "mode", "node"):
        return (event["args"] or {}).get(name)
    if name == "effective":
        used = event["effective"] or {}
        return used.get("nodes", used.get("new_nodes"))
    if name == "errno":
        return event["errno"] or 0
    return event[name]


def differences(events, stated):
    """The last events of a thread are those stated, one by one."""
    if len(events) < len(stated):
        yield f"{len(events)} events of {len(stated)} calls"
    for number, (event, call) in enumerate(
            zip(events[-len(stated):], stated), 1):
        wanted = dict(call, call=call["event"])
        for name in ("event", "scenario", "tid"):
            wanted.pop(name)
        for name, value in wanted.items():
            if value_of(event, name) != value:
                yield (f"call {number}, {call['event']}: {name} is "
                       f"{value_of(event, name)}, not {value}: "
                       f"{json.dumps(event)}")


def check_stated(tap, lines, path, name):
    stated = of(path, "event")
    events = events_of(lines, stated[0]["tid"]) if stated else []
    tap.check(f"{name}: {len(stated)} calls, each as it was",
              differences(events, stated))
    return events


def mask(text, maxnode):
    """strace's [0x..] as a list of nodes; None for an address, and where it
    did not read on."""
    if "..." in text or text != "NULL" and not text.startswith("["):
        return None
    bits = min(max(maxnode - 1, 0), MAX_NUMNODES)
    words = [int(word, 16) for word in re.findall(r"\b(?:0x)?[0-9a-f]+\b",
                                                  text)]
    value = sum(word << 64 * i for i, word in enumerate(words))
    return check.node_list(value & (1 << bits) - 1)


def mode(text):
    """[MPOL_BIND], or 0x4d /* MPOL_??? */, or MPOL_BIND|0x8000 by name."""
    return re.sub(r" /\*.*?\*/", "", text).strip("[]")


def strace_arg(name, text, maxnode):
    if name.endswith("nodes"):
        return mask(text, maxnode)
    if name == "mode":
        return mode(text)
    if name in ("start", "addr"):
        return "0x0" if text == "NULL" else text
    if name == "flags":
        return mode(text)
    return int(text, 0)


def strace_args(call, texts):
    names = NAMES[call]
    maxnode = 0
    if "maxnode" in names:
        maxnode = int(texts[names.index("maxnode")])
    return {name: strace_arg(name, text, maxnode)
            for name, text in zip(names, texts) if name}


def strace_differences(events, calls):
    """Of what is known of an argument: copied, else at entry."""
    for event, (call, texts, result) in zip(events, calls):
        known = dict(event["at_entry"] or {}, **(event["args"] or {}))
        if call == "get_mempolicy" and "MPOL_F_NODE" in texts[4]:
            known.pop("mode", None)
        if event["call"] != call:
            yield f"strace has {call}: {json.dumps(event)}"
            continue
        for name, value in strace_args(call, texts).items():
            if None not in (value, known.get(name)) and \
                    known[name] != value:
                yield (f"{call}: {name} is {known[name]}, strace has "
                       f"{value}: {json.dumps(event)}")
        ret = result.split()
        error = f"errno {event['errno']}" if event["errno"] else \
            str(event["ret"])
        if (ret[0] == "-1") != bool(event["errno"]) or \
                (ret[0] != "-1" and ret[0] != error):
            yield f"{call}: returned {error}, strace has {result}"


def strace_calls(path, tid):
    for thread, text in check.strace_lines(path):
        match = CALL.match(text)
        if thread == tid and match and match[1] in NAMES:
            if match[1] == "set_mempolicy_home_node" and \
                    "ENOSYS" in match[3]:
                continue
            yield match[1], check.arguments(match[2]), match[3]


def check_strace(tap, events, outdir):
    calls = list(strace_calls(os.path.join(outdir, "strace.forms"),
                              events[-1]["tid"] if events else 0))
    count = len(calls)
    tap.check(f"forms: {count} calls as strace decodes them",
              ([] if count == len(events) else
               [f"strace has {count}, mptop {len(events)}"]) +
              list(strace_differences(events, calls)))


def check_race(tap, lines, path):
    told = of(path, "race")[0]
    events = [event for event in events_of(lines, told["tid"])
              if (event["args"] or {}).get("mode") == "MPOL_PREFERRED"]
    raced = [event for event in events if "toctou" in event["marks"]]
    tap.check(f"race: {told['race']} calls are logged",
              [] if len(events) == told["race"] else [f"{len(events)}"])
    tap.check("race: the mask is seen to change",
              [] if raced else ["no call is marked toctou"])
    tap.check("race: marked are those whose masks differ, and only they",
              [json.dumps(event) for event in events
               if ("toctou" in event["marks"]) !=
               (event["at_entry"]["nodes"] != event["args"]["nodes"])
               or {event["at_entry"]["nodes"], event["args"]["nodes"]} -
               {"0", "1"}])
    print(f"# {len(raced)} of {len(events)} calls raced")


def check_honest(tap, lines, path):
    events, calls, absent = [], 0, 0
    for told in of(path, "honest"):
        events += events_of(lines, told["tid"])[-told["honest"]:]
        calls += told["honest"]
        absent += told["absent"]
    tap.check(f"honest: {calls} calls are logged",
              [] if len(events) == calls else [f"{len(events)}"])
    count = sum(event["marks"] == ["unreadable"] for event in events)
    tap.check(f"honest: {absent} masks had no page",
              [] if count == absent else [f"{count}"])
    tap.check("honest: no other mark",
              [json.dumps(event) for event in events
               if event["marks"] not in ([], ["unreadable"])])


def check_cpuset(tap, lines, path):
    told = of(path, "cpuset")[0]
    events = [event for line in lines for event in line["events"]
              if event["call"] == "cpuset" and
              event["target_pid"] == told["cpuset"] and
              event["effective"] == {"old_nodes": told["old_nodes"],
                                     "new_nodes": told["new_nodes"]}]
    comms = {proc["pid"]: proc["comm"] for line in lines
             for proc in line["procs"]}
    tap.check("cpuset: the kworker's move is logged, once",
              [] if len(events) == 1 else [json.dumps(events)])
    tap.check(f"cpuset: {told['moved_pages']} pages, by a kworker",
              [f"{event['moved_pages']} by {comms.get(event['pid'])}"
               for event in events
               if event["moved_pages"] != told["moved_pages"] or
               not comms.get(event["pid"], "").startswith("kworker") or
               event["ret"] != 0])


def main():
    tap = check.Tap()
    outdir = sys.argv[1]
    lines, bad = check.json_lines(os.path.join(outdir, "mptop.json"))
    tap.check("every line is JSON", bad)
    check.check_lost(tap, lines)
    load = {}
    for name in ("forms", "int80", "race", "cpuset", "honest"):
        load[name], bad = check.json_lines(
            os.path.join(outdir, "load." + name))
        tap.check(f"{name}: the load's account is readable", bad)
    events = check_stated(tap, lines, load["forms"], "forms")
    check_strace(tap, events, outdir)
    check_stated(tap, lines, load["int80"], "int80")
    check_race(tap, lines, load["race"])
    check_cpuset(tap, lines, load["cpuset"])
    check_honest(tap, lines, load["honest"])
    check.check_lines(tap, lines)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
