# SPDX-License-Identifier: GPL-2.0-or-later
"""Kinds of terminals and locales, and streams that are no terminal."""
import os
import re
import shutil
import subprocess
import time

from terminal import (FOOTER, FOUR, MPTOP, SCREENS, Terminal, batch, equal,
                      replay, run, with_directory)


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


def sequences(term):
    """The parameters of all SGR sequences, as texts."""
    return set(re.findall(rb'\x1b\[([0-9;:]*)m', term.raw))


def direct_entry(directory):
    """An xterm with the capability RGB, as ncurses-term's; false: no tic."""
    source = os.path.join(directory, 'source')
    with open(source, 'w', encoding='ascii') as file:
        file.write(
            'mptop-direct|test,\n\tRGB, colors#0x1000000, pairs#0x7ffff, '
            'setab=\\E[%?%p1%{8}%<%t4%p1%d%e48:2::%p1%{65536}%/%d'
            ':%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m, '
            'setaf=\\E[%?%p1%{8}%<%t3%p1%d%e38:2::%p1%{65536}%/%d'
            ':%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m, use=xterm-256color,\n')
    return shutil.which('tic') and not subprocess.run(
        ['tic', '-x', '-o', directory, source], check=False,
        capture_output=True).returncode


@with_directory
def true_colour(directory):
    """colours are exact where terminfo has RGB"""
    assert direct_entry(directory), 'no tic'
    with Terminal(replay(), env={'TERM': 'mptop-direct',
                                 'TERMINFO': directory}) as term:
        term.shows(' END ', FOOTER)
        # pyte knows nothing of colons: what is sent counts
        assert b'38:2::86:180:233' in b';'.join(sequences(term)), 'no focus'
        assert not any(b'38;5' in one for one in sequences(term))


def depths():
    """8 colours and 256, each theme in its own"""
    for kind, theme, wanted, never in (
            ('xterm', 'default', rb'(^|;)36(;|$)', rb'38;5|(^|;)[34]4(;|$)'),
            ('linux', 'default', rb'(^|;)36(;|$)', rb'38;5|(^|;)[34]4(;|$)'),
            ('xterm', 'light', rb'(^|;)34(;|$)', rb'38;5|(^|;)[34]3(;|$)'),
            ('xterm-256color', 'default', rb'38;5;74', rb'(^|;)4[0-8]'),
            ('tmux-256color', 'light', rb'38;5;25', rb'(^|;)4[0-8]'),
            ('xterm-256color', 'contrast', rb'38;5;117', rb'(^|;)4[0-8]')):
        with Terminal(replay('--theme=' + theme), env={'TERM': kind}) as term:
            term.shows(' END ', FOOTER)
            found = sequences(term)
            assert any(re.search(wanted, one) for one in found), (kind, found)
            assert not any(re.search(never, one) for one in found), (kind,
                                                                     found)


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
    """vt100, linux, screen, tmux and xterm terminals"""
    for kind in 'vt100', 'linux', 'screen', 'tmux-256color', 'xterm':
        with Terminal(replay(), env={'TERM': kind}) as term:
            term.shows(' END ', '4 Processes', FOOTER)
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
    """an interval in which nothing happened sends less than 1 kB"""
    argv = [MPTOP, '--replay=' + os.path.join(SCREENS, 'idle.json'),
            '--speed=0.01']
    with Terminal(argv) as term:
        term.shows('1/3')
        while term.read(0.2):
            pass
        before = len(term.raw)
        term.keys(' ')
        term.shows('2/3')
        sent = len(term.raw) - before
        assert sent < 1024, '%d bytes' % sent


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
    without_colour({}, '--color=never'), without_colour({}, '--theme=mono'),
    without_colour({'TERM': 'vt100'}), without_colour({'TERM': 'vt100'},
                                                      '--color=always'),
    colour_always, depths, true_colour, dumb, unknown, others, plain({'LC_ALL': 'C'}),
    plain({}, '--ascii'), plain({'LC_ALL': 'POSIX'}, '--ascii'),
    unicode_anywhere, hostile, idle, quiet, no_terminal, no_input, pipe,
    broken_pipe)
