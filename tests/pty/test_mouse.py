# SPDX-License-Identifier: GPL-2.0-or-later
"""The mouse: off unless asked for, and off again however mptop ends."""
import signal

from terminal import Terminal, equal, replay, run

ON = b'\x1b[?1006;1000h'
OFF = b'\x1b[?1006;1000l'


def press(button, row, col):
    """A press and a release, as xterm reports them in mode 1006."""
    place = '\x1b[<%d;%d;%d' % (button, col, row)
    return place + 'M' + (place + 'm' if button == 0 else '')


def is_off(term):
    assert term.raw.rfind(OFF) > term.raw.rfind(ON) >= 0, 'mouse left on'
    return True


def not_asked():
    """without --mouse the terminal keeps the mouse"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        term.keys('q')
        equal(term.ends(), 0, 'status')
        assert b'1000h' not in term.raw


def used():
    """a click selects and sorts, a second one is a double click, the
    wheel moves"""
    with Terminal(replay('--mouse')) as term:
        term.shows(' END ', '1 of 14')
        term.keys(press(0, 7, 20))
        term.shows('2 of 14')
        term.keys(press(65, 7, 20))
        term.shows('5 of 14')
        term.keys(press(64, 7, 20))
        term.shows('2 of 14')
        term.keys(press(0, 5, 9))
        term.shows('PID↑')
        term.keys('s')
        term.shows('Sort by')
        # Two in one go are within any time for a double click.
        term.keys(press(0, 12, 30) * 2)
        term.hides('Sort by')
        term.keys('q')
        equal(term.ends(), 0, 'status')
        assert is_off(term)
        assert term.is_restored()


def ends_by(number):
    def test():
        with Terminal(replay('--mouse')) as term:
            term.shows(' END ')
            assert ON in term.raw
            term.kill(number)
            equal(term.ends(), 0 if number == signal.SIGINT else -number,
                  'status')
            assert is_off(term)
    test.__doc__ = 'off after %s' % number.name
    return test


def suspended():
    """off while suspended, on again after"""
    with Terminal(['sh', '-mc', '"$@"; fg >/dev/null', 'sh',
                   *replay('--mouse')]) as term:
        term.shows(' END ')
        term.keys('\x1a')
        term.until(lambda: term.raw.count(ON) == 2, 'on again')
        assert term.raw.rfind(OFF) < term.raw.rfind(ON), 'not off'
        assert OFF in term.raw
        term.keys('q')
        equal(term.ends(), 0, 'status')
        assert is_off(term)


run(not_asked, used, suspended, *(ends_by(number) for number in (
    signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT,
    signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS)))
