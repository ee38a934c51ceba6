# SPDX-License-Identifier: GPL-2.0-or-later
"""Signals end mptop as they should, and the terminal is restored first."""
import os
import signal
import termios

from terminal import MPTOP, Terminal, equal, replay, run

DEMO = os.path.join(os.environ['top_srcdir'], 'data', 'demo.json')


def ends_by(number, *options):
    def test():
        with Terminal(replay(*options)) as term:
            term.shows(' END ')
            term.kill(number)
            equal(term.ends(), -number, 'status')
            assert term.is_restored()
    test.__doc__ = 'ends by %s, the terminal restored %s' % (
        number.name, ' '.join(options))
    return test


def while_drawing(number, *bytes_drawn):
    def test():
        for after in bytes_drawn:
            argv = [MPTOP, '--replay=' + DEMO, '--speed=200']
            with Terminal(argv, 50, 160) as term:
                term.until(lambda: len(term.raw) > after, 'a picture')
                term.kill(number)
                equal(term.ends(), -number, 'status')
                assert term.is_restored()
    test.__doc__ = '%s while it draws as fast as it can' % number.name
    return test


def in_prompt(number):
    def test():
        with Terminal(replay()) as term:
            term.shows(' END ')
            term.keys('/mys')
            term.shows('Filter: mys')
            term.kill(number)
            equal(term.ends(), -number, 'status')
            assert term.is_restored()
    test.__doc__ = '%s while a prompt is open' % number.name
    return test


def is_blocked(term, number):
    """Does the program still keep @number for later?"""
    with open('/proc/%d/status' % term.pid, encoding='utf-8') as status:
        mask = [line.split()[1] for line in status
                if line.startswith('SigBlk')][0]
    return int(mask, 16) >> (number - 1) & 1


def second_term():
    """a second SIGTERM ends it at once, though the terminal has stopped"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        termios.tcflow(term.slave, termios.TCOOFF)
        term.kill(signal.SIGTERM)
        term.until(lambda: not is_blocked(term, signal.SIGTERM),
                   'the first taken in')
        equal(term.status, None, 'status')
        term.kill(signal.SIGTERM)
        equal(term.ends(), 128 + signal.SIGTERM, 'status')
        equal(termios.tcgetattr(term.slave), term.modes, 'modes')
        termios.tcflow(term.slave, termios.TCOON)


def stopped():
    """SIGSTOP and SIGCONT: what others wrote meanwhile is painted over"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        term.kill(signal.SIGSTOP)
        term.until(lambda: os.waitpid(term.pid, os.WUNTRACED | os.WNOHANG)[0],
                   'the stop')
        os.write(term.slave, b'\x1b[5;5Hmessage from root')
        term.shows('message from root')
        term.kill(signal.SIGCONT)
        term.hides('message from root')
        term.shows('4 Processes')


def interrupt():
    """SIGINT ends it with status 0"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        term.kill(signal.SIGINT)
        equal(term.ends(), 0, 'status')
        assert term.is_restored()


def quit_key():
    """^\\ on the terminal is SIGQUIT"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        term.keys('\x1c')
        equal(term.ends(), -signal.SIGQUIT, 'status')
        assert term.is_restored()


def hang_up():
    """a terminal that hangs up ends it by SIGHUP"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        term.hang_up()
        equal(term.ends(), -signal.SIGHUP, 'status')


def hang_up_ignored():
    """a terminal that hangs up ends it under nohup, too"""
    with Terminal(['sh', '-c', 'trap "" HUP; exec "$@"', 'sh',
                   *replay()]) as term:
        term.shows(' END ')
        term.hang_up()
        assert term.ends() in (-signal.SIGHUP, 0)


run(*(ends_by(number) for number in (
    signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGSEGV,
    signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL)),
    ends_by(signal.SIGABRT, '--ascii'), while_drawing(signal.SIGSEGV, 1000, 3000, 7000, 20000),
    while_drawing(signal.SIGTERM, 1, 1, 1000, 20000), in_prompt(signal.SIGTERM),
    in_prompt(signal.SIGSEGV), second_term, stopped, interrupt, quit_key, hang_up, hang_up_ignored)
