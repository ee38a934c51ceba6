# SPDX-License-Identifier: GPL-2.0-or-later
"""
A terminal for the tests: runs a program in a pty of its own session and keeps
the screen that it drew. Every wait is for something to be seen, with a
deadline; nothing sleeps. run() prints the tests of a file as TAP.
"""
import fcntl
import os
import pty
import resource
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import traceback

import pyte

DEADLINE_S = 30
MPTOP = os.environ['MPTOP']
SCREENS = os.path.join(os.environ['top_srcdir'], 'tests', 'screens')
FOUR = os.path.join(SCREENS, 'four.json')
FOOTER = 'q Quit'
MOUSE_MODES = b'\x1b[?1000', b'\x1b[?1002', b'\x1b[?1003', b'\x1b[?1006'


def replay(*more, recording=FOUR):
    """The command line of a replay that is at its end at once."""
    return [MPTOP, '--replay=' + recording, '--speed=1000', *more]


class Terminal:
    """
    Starts @argv. @env is on top of the environment of the tests, None takes a
    variable away. @stdin and @stdout replace the terminal there.
    """

    def __init__(self, argv, rows=24, cols=80, env=None, stdin=None,
                 stdout=None):
        self.master, self.slave = pty.openpty()
        self.raw = b''
        self.status = None
        self.screen = pyte.Screen(cols, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.resize(rows, cols)
        self.modes = termios.tcgetattr(self.slave)
        full = dict(os.environ)
        for name, value in (env or {}).items():
            full.pop(name, None)
            if value is not None:
                full[name] = value
        self.pid = os.fork()
        if not self.pid:
            self._become(argv, full, stdin, stdout)

    def _become(self, argv, env, stdin, stdout):
        try:
            os.setsid()
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.dup2(self.slave if stdin is None else stdin, 0)
            os.dup2(self.slave if stdout is None else stdout, 1)
            os.dup2(self.slave, 2)
            os.closerange(3, 256)
            os.execvpe(argv[0], argv, env)
        finally:
            os._exit(127)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        for fd in (self.master, self.slave):
            if fd is not None:
                os.close(fd)

    def resize(self, rows, cols):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ,
                    struct.pack('HHHH', rows, cols, 0, 0))
        if rows and cols:
            self.screen.resize(rows, cols)

    def keys(self, text):
        os.write(self.master, text.encode())

    def kill(self, number):
        os.kill(self.pid, number)

    def hang_up(self):
        """The terminal is gone, for good."""
        os.close(self.slave)
        os.close(self.master)
        self.master = self.slave = None

    def text(self):
        return '\n'.join(line.rstrip() for line in self.screen.display)

    def read(self, seconds):
        """Takes what comes within @seconds; false if nothing did."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        data = os.read(self.master, 65536)
        self.raw += data
        self.stream.feed(data)
        return True

    def until(self, condition, what):
        end = time.monotonic() + DEADLINE_S
        while not condition():
            left = end - time.monotonic()
            assert left > 0, 'never came: %s\n%s' % (what, self.text())
            self.read(min(left, 0.1))

    def shows(self, *texts):
        for text in texts:
            self.until(lambda text=text: text in self.text(), repr(text))

    def hides(self, text):
        self.until(lambda: text not in self.text(), 'without %r' % text)

    def ends(self):
        """Waits for the end; the exit status, or minus the signal."""
        def is_over():
            if self.status is None:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    self.status = os.waitstatus_to_exitcode(status)
            return self.status is not None

        if self.master is None:
            end = time.monotonic() + DEADLINE_S
            while not is_over():
                assert time.monotonic() < end, 'never ended'
                select.select([], [], [], 0.01)
            return self.status
        self.until(is_over, 'the end')
        while self.read(0):
            pass
        return self.status

    def is_restored(self):
        """As it was before: modes, screen, cursor, attributes, key pad."""
        assert termios.tcgetattr(self.slave) == self.modes, 'modes differ'
        for on, off, what in (
                (b'\x1b[?1049h', b'\x1b[?1049l', 'alternate screen'),
                (b'\x1b[?25l', b'\x1b[?25h', 'cursor'),
                (b'\x1b[?1h', b'\x1b[?1l', 'key pad')):
            assert self.raw.rfind(off) > self.raw.rfind(on) >= 0, what
        for mouse in MOUSE_MODES:
            assert self.raw.rfind(mouse + b'l') >= self.raw.rfind(
                mouse + b'h'), 'mouse'
        assert not self.screen.cursor.hidden
        return True


def batch(argv, **more):
    """Runs @argv without a terminal."""
    return subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=DEADLINE_S, check=False, **more)


def equal(got, wanted, what=''):
    assert got == wanted, '%s: %r instead of %r' % (what, got, wanted)


def with_directory(test):
    """Gives @test a directory, and takes it away afterwards."""
    def tested():
        directory = tempfile.mkdtemp(prefix='mptop-pty.')
        try:
            test(directory)
        finally:
            shutil.rmtree(directory)

    tested.__doc__ = test.__doc__
    return tested


class Skip(Exception):
    """This cannot be tested here, for the reason given."""


def run(*tests):
    """Prints each test and its result; its name is its docstring."""
    print('1..%d' % len(tests))
    failed = 0
    for number, test in enumerate(tests, 1):
        name = '%d - %s' % (number, ' '.join(test.__doc__.split()))
        try:
            test()
            print('ok', name)
        except Skip as reason:
            print('ok', name, '# SKIP', reason)
        except Exception:  # also what a broken test raises
            failed += 1
            print('not ok', name)
            for line in traceback.format_exc().splitlines():
                print('#', line)
        sys.stdout.flush()
    sys.exit(failed > 0)
