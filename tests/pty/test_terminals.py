# SPDX-License-Identifier: GPL-2.0-or-later
"""Kinds of terminals and locales, and streams that are no terminal."""
import os
import re
import shlex
import shutil
import time

from terminal import (FOOTER, FOUR, MPTOP, SCREENS, Skip, Terminal, batch,
                      equal, replay, run, with_directory)


# A colour by its red, green and blue.
DIRECT = re.compile(rb'\x1b\[[0-9;:]*38[;:]2[;:]')


def colours(raw):
    """The colour parameters of all SGR sequences."""
    found = set()
    for match in re.finditer(rb'\x1b\[([0-9;]*)m', raw):
        parts = [int(part or 0) for part in match.group(1).split(b';')]
        found |= {part for part in parts if 30 <= part <= 49 or part >= 90}
    return found


def coloured():
    """xterm-256color is coloured"""
    with Terminal(replay()) as term:
        term.shows(' END ', FOOTER)
        assert colours(term.raw)


def without_colour(env, *options):
    def test():
        with Terminal(replay(*options), env=env) as term:
            term.shows(' END ', FOOTER)
            equal(colours(term.raw), set(), 'colours')
    test.__doc__ = 'no colour with %s' % ' '.join(
        ['%s=%s' % item for item in env.items()] + list(options))
    return test


def colour_always():
    """--color=always wins over NO_COLOR, an empty NO_COLOR is none"""
    with Terminal(replay('--color=always'), env={'NO_COLOR': '1'}) as term:
        term.shows(' END ')
        assert colours(term.raw)
    with Terminal(replay(), env={'NO_COLOR': ''}) as term:
        term.shows(' END ')
        assert colours(term.raw)


def dumb():
    """TERM=dumb: status 2, and what to do"""
    with Terminal(replay(), env={'TERM': 'dumb'}) as term:
        equal(term.ends(), 2, 'status')
        text = ' '.join(term.text().split())
        assert "terminal 'dumb' cannot move its cursor; use --batch" in text
        assert b'\x1b' not in term.raw


def unknown():
    """an unknown or empty TERM is taken for an xterm, and said so"""
    for kind in 'no-such-terminal', '', None:
        with Terminal(replay(), env={'TERM': kind}) as term:
            term.shows('TERM=%s is unknown, using xterm-256color' %
                       (kind or ''), '4 Processes')
            term.keys('q')
            equal(term.ends(), 0, 'status')
            assert term.is_restored()


def others():
    """every kind of terminal; more than 256 colours where it has them"""
    for kind in ('vt100', 'vt102', 'vt220', 'vt52', 'ansi', 'linux', 'rxvt',
                 'screen', 'screen-256color', 'tmux', 'tmux-256color',
                 'xterm', 'xterm-color', 'xterm-mono', 'xterm-direct'):
        with Terminal(replay(), env={'TERM': kind}) as term:
            # Which the tests' own terminal is not.
            if kind not in ('vt52', 'xterm-direct'):
                term.shows(' END ', '4 Processes')
            term.until(lambda term=term: b' END ' in term.raw, 'the end')
            assert b'is unknown' not in term.raw, kind
            if kind.startswith('vt'):
                equal(colours(term.raw), set(), 'colours')
            equal(DIRECT.search(term.raw) is not None,
                  kind == 'xterm-direct', 'direct colours of ' + kind)
            term.keys('q')
            equal(term.ends(), 0, kind)


def plain(env, *options):
    def test():
        with Terminal(replay(*options), env=env) as term:
            term.shows(' END ', FOOTER, '+- 4 Processes')
            assert max(term.raw) < 0x80, 'beyond ASCII'
    test.__doc__ = 'ASCII only with %s' % ' '.join(
        ['%s=%s' % item for item in env.items()] + list(options))
    return test


@with_directory
def latin1(directory):
    """ASCII in an ISO-8859-1 locale"""
    done = batch(['localedef', '-i', 'en_US', '-f', 'ISO-8859-1',
                  os.path.join(directory, 'en_US.ISO-8859-1')]) \
        if shutil.which('localedef') else None
    if not done or not os.listdir(directory):
        raise Skip('localedef cannot make one')
    env = {'LC_ALL': 'en_US.ISO-8859-1', 'LOCPATH': directory}
    recording = os.path.join(SCREENS, 'hostile.json')
    with Terminal(replay(recording=recording), env=env) as term:
        term.shows(' END ', FOOTER, '+- 4 Processes')
        assert max(term.raw) < 0x80, 'beyond ASCII'


def size_from_environment():
    """COLUMNS and LINES do not freeze the size"""
    env = {'COLUMNS': '40', 'LINES': '10'}
    with Terminal(replay(), env=env) as term:
        term.shows(' END ', FOOTER)
        equal(term.screen.display[23][-1], '┘', 'lower right corner')
        term.resize(30, 100)
        term.until(lambda: term.screen.display[29][-1] == '┘', 'the corner')


@with_directory
def reattached(directory):
    """tmux: detached, and attached again in another size"""
    if not shutil.which('tmux'):
        raise Skip('tmux not found')
    tmux = ['tmux', '-f', '/dev/null', '-S', os.path.join(directory, 'tmux')]
    command = ' '.join(shlex.quote(word) for word in replay())
    try:
        with Terminal([*tmux, 'new-session', command]) as term:
            term.shows(' END ', '4 Processes', FOOTER)
            term.keys('N')
            term.shows('PID↑')
            term.keys('\x02d')
            term.shows('[detached')
            term.ends()
        for rows, cols in (40, 140), (24, 60):
            with Terminal([*tmux, 'attach'], rows, cols) as term:
                # The last line is tmux's.
                term.until(lambda: term.screen.display[rows - 2][-1] == '┘' and
                           'PID↑' in term.text(), 'all of %dx%d' % (rows, cols))
                term.keys('\x02d')
                term.ends()
    finally:
        batch([*tmux, 'kill-server'])


def unicode_anywhere():
    """--unicode in any locale"""
    with Terminal(replay('--unicode'), env={'LC_ALL': 'C'}) as term:
        term.shows(' END ', '┌─ 4 Processes')


def hostile():
    """no sequence of a recording reaches the terminal"""
    recording = os.path.join(SCREENS, 'hostile.json')
    with Terminal(replay(recording=recording), 34, 120) as term:
        term.shows(' END ', '?[31mred')
        for bad in b'\x1b[31mred', b'\x1b]0;', b'\x07', b'\x1b[7mreason', \
                b'\xe2\x80\xae', b'\xc2\x9b':
            assert bad not in term.raw, bad


def idle():
    """an interval in which nothing happened sends less than 300 bytes"""
    argv = [MPTOP, '--replay=' + os.path.join(SCREENS, 'idle.json'),
            '--speed=0.01']
    with Terminal(argv) as term:
        term.shows('1/3')
        # The first one pauses, too, and what then changes is no interval's.
        term.keys(' ')
        term.shows('2/3')
        while term.read(0.2):
            pass
        before = len(term.raw)
        term.keys(' ')
        term.shows('3/3')
        sent = len(term.raw) - before
        assert sent < 300, '%d bytes' % sent


def quiet():
    """a recording at its end sends nothing and takes no CPU time"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        while term.read(0.2):
            pass
        clock = time.clock_getcpuclockid(term.pid) \
            if hasattr(time, 'clock_getcpuclockid') else None
        before = time.clock_gettime(clock) if clock else 0
        assert not term.read(1), 'sent something'
        after = time.clock_gettime(clock) if clock else 0
        assert after - before < 0.05


def no_terminal():
    """stdout is no terminal: batch, and no escape sequence"""
    done = batch(replay())
    equal(done.returncode, 0, 'status')
    assert b'4 Processes' in done.stdout
    assert b'\x1b' not in done.stdout
    equal(done.stderr, b'', 'standard error')


def no_input():
    """stdout is a terminal, stdin is none: status 2"""
    with open('/dev/null', 'rb') as null:
        with Terminal(replay(), stdin=null.fileno()) as term:
            equal(term.ends(), 2, 'status')
            assert b'must be a terminal; use --batch' in \
                term.raw.replace(b'\r\n', b' ')


def pipe():
    """--replay - from a pipe, keys from the terminal"""
    with open(FOUR, 'rb') as recording:
        lines = recording.readlines()
    source, sink = os.pipe()
    try:
        with Terminal([MPTOP, '--replay=-'], stdin=source) as term:
            os.write(sink, lines[0])
            term.shows('mysqld', 'standard input 1')
            term.keys('N')
            term.shows('PID↑')
            os.write(sink, lines[1][:100])
            os.write(sink, lines[1][100:] + lines[2])
            term.shows('standard input 3')
            os.close(sink)
            sink = None
            term.shows(' END ')
            term.keys('P')
            term.shows('PAGES/S↓')
            term.keys('q')
            equal(term.ends(), 0, 'status')
            assert term.is_restored()
    finally:
        os.close(source)
        if sink is not None:
            os.close(sink)


def broken_pipe():
    """a stream that breaks off says so and keeps the last picture"""
    with open(FOUR, 'rb') as recording:
        line = recording.readline()
    source, sink = os.pipe()
    with Terminal([MPTOP, '--replay=-'], stdin=source) as term:
        os.write(sink, line + line[:50])
        term.shows('mysqld')
        os.close(sink)
        term.shows('standard input:2: ', ' END ', 'mysqld')
        term.keys('q')
        equal(term.ends(), 0, 'status')
    os.close(source)


run(coloured, without_colour({'NO_COLOR': '1'}),
    without_colour({}, '--color=never'), without_colour({'TERM': 'vt100'}),
    colour_always, dumb, unknown, others, plain({'LC_ALL': 'C'}),
    plain({}, '--ascii'), plain({'LC_ALL': 'POSIX'}, '--ascii'),
    latin1, size_from_environment, reattached, unicode_anywhere, hostile, idle, quiet, no_terminal, no_input, pipe,
    broken_pipe)
