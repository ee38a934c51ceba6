# SPDX-License-Identifier: GPL-2.0-or-later
"""Signals end mptop as they should, and the terminal is restored first."""
import signal

from terminal import Terminal, equal, replay, run


def ends_by(number):
    def test():
        with Terminal(replay()) as term:
            term.shows(' END ')
            term.kill(number)
            equal(term.ends(), -number, 'status')
            assert term.is_restored()
    test.__doc__ = 'ends by %s, the terminal restored' % number.name
    return test


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
    interrupt, quit_key, hang_up, hang_up_ignored)
