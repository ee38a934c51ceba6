#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""live.py [-k KERNEL] [-a KERNEL_ARGS] MPTOP LOAD

The live dashboard, used: boots a guest with this process as its terminal,
lets the load migrate another process's pages, and reads from the screen the
pid, from -> to and number of pages that the load printed; then sorts,
filters, zooms, takes a snapshot and quits by keys. TAP on standard output.
"""

import argparse
import codecs
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time

import pyte

ROWS, COLS = 40, 120
HERE = os.path.dirname(os.path.abspath(__file__))


class Terminal:
    """A guest's console on a screen of our own."""

    def __init__(self, command):
        self.screen = pyte.Screen(COLS, ROWS)
        self.stream = pyte.Stream(self.screen)
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ,
                    struct.pack("HHHH", ROWS, COLS, 0, 0))
        # pyte does not know all that xterm's description promises (REP).
        env = dict(os.environ, TERM="screen-256color")
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave,
                                        stderr=slave, env=env,
                                        start_new_session=True)
        os.close(slave)

    def read(self, deadline):
        """Takes in what comes until the deadline; False at the end."""
        left = deadline - time.monotonic()
        if left <= 0:
            return False
        ready, _, _ = select.select([self.master], [], [], left)
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.stream.feed(self.decoder.decode(data))
        return bool(data)

    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    def wait(self, condition, seconds):
        """Reads until condition(lines); its value, or None when late."""
        deadline = time.monotonic() + seconds
        while True:
            value = condition(self.lines())
            if value:
                return value
            if not self.read(deadline):
                return condition(self.lines()) or None

    def type(self, keys):
        os.write(self.master, keys.encode())

    def end(self, seconds):
        deadline = time.monotonic() + seconds
        while self.read(deadline):
            pass
        try:
            return self.process.wait(max(1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, ok, name, lines=()):
        self.count += 1
        self.failed += not ok
        print(f"{'ok' if ok else 'not ok'} {self.count} - {name}")
        if not ok:
            for line in lines:
                print(f"#   {line}")
        sys.stdout.flush()

    def end(self):
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def count_text(pages):
    """A count as units_count() shows it below 10,000."""
    if pages < 1000:
        return str(pages)
    return f"{pages / 1000:.2f}k"


def has(*words):
    return lambda lines: next(
        (line for line in lines if all(word in line for word in words)), None)


def use(terminal, tap):
    """What an operator does, without knowing what the load will print."""
    owner = has("load-owner", "load-mover", "0→1", "syscall")
    tap.check(terminal.wait(owner, 90),
              "the owner's row: mover, flow and reason", terminal.lines())
    log = terminal.wait(has("load-mover", "migrate_pages(", "0 → 1", "= 0"),
                        20)
    tap.check(log, "the call is in the log", terminal.lines())
    screen = terminal.lines()
    tap.check(has("lost 0")(screen), "nothing is lost", screen)
    tap.check(terminal.wait(has("= vmstat"), 10),
              "pages seen are the kernel's", terminal.lines())

    terminal.type("T")
    tap.check(terminal.wait(has("TOTAL↓"), 10), "T sorts by total",
              terminal.lines())
    # The call has ended, so that is all of it, in however many intervals.
    row = terminal.wait(owner, 10)
    terminal.type("/comm=load-owner\r")
    tap.check(terminal.wait(has("filter", "comm=load-owner"), 10),
              "/ filters", terminal.lines())
    terminal.type("w")
    path = terminal.wait(has("mptop-guest-", ".txt"), 20)
    tap.check(path, "w names the snapshot", terminal.lines())
    terminal.type("=")
    terminal.type("h")
    tap.check(terminal.wait(has("Help"), 10), "h helps", terminal.lines())
    terminal.type("qq")
    return row, log


def compare(tap, out, row, log):
    said = {}
    with open(os.path.join(out, "load.migrate"), encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if "owner" in record:
                said = record
    tap.check(said, "the load said what it moved")
    if not said:
        return
    words = (row or "").split()
    tap.check(str(said["owner"]) in words,
              f"the row has pid {said['owner']}", [row])
    tap.check(f"{said['src']}→{said['dst']}" in words,
              f"the row has {said['src']}→{said['dst']}", [row])
    tap.check(count_text(said["pages"]) in words,
              f"the row has {said['pages']} pages", [row])
    tap.check(f"[{said['mover']}]" in (log or "") and
              f"pid={said['owner']} " in (log or ""),
              "the log has mover and target", [log])
    names = sorted(name for name in os.listdir(out)
                   if name.startswith("mptop-guest-"))
    tap.check([os.path.splitext(name)[1] for name in names] ==
              [".json", ".txt"], "the snapshot is a pair", names)
    for name in names:
        with open(os.path.join(out, name), encoding="utf-8") as file:
            text = file.read()
        tap.check("load-owner" in text, f"{name[-5:]} has the owner")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-k", default="6.12")
    parser.add_argument("-a", default="")
    parser.add_argument("mptop")
    parser.add_argument("load")
    args = parser.parse_args()
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="mptop-live.") as out:
        command = [os.path.join(HERE, "boot"), "-i", "-k", args.k,
                   "-a", args.a, "-o", out,
                   "-f", f"{args.load}:/guest/load",
                   "-f", f"{HERE}/setup:/guest/setup",
                   "-f", f"{args.mptop}:/guest/mptop",
                   os.path.join(HERE, "live"), "migrate"]
        terminal = Terminal(command)
        row, log = use(terminal, tap)
        status = terminal.end(30)
        tap.check(status == 0, "q ends it with status 0",
                  [f"status {status}"] + terminal.lines())
        compare(tap, out, row, log)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
