# SPDX-License-Identifier: GPL-2.0-or-later
"""The screen appears, keys change it, and quitting gives it back."""
from terminal import FOOTER, MPTOP, Terminal, equal, replay, run


def appears():
    """the screen appears, and ends with the recording"""
    with Terminal(replay()) as term:
        term.shows('mptop', '4 Processes', FOOTER, 'mysqld', ' END ')
        equal(term.screen.display[23][-1], '┘', 'lower right corner')
        assert term.screen.cursor.hidden


def changes():
    """keys change the screen"""
    with Terminal(replay()) as term:
        term.shows(' END ', 'PAGES/S↓')
        term.keys('N')
        term.shows('PID↑')
        term.keys('?')
        term.shows('choose the sort column')
        term.keys('q')
        term.shows('4 Processes')
        term.keys('3')
        term.shows('distance')
        term.keys('\x1b')
        term.shows('7 Log')
        term.keys('/java\r')
        term.shows('filter: java', '13 hidden')
        term.keys('z')
        term.shows('PAUSED')


def cursor_keys():
    """cursor and function keys of the terminal"""
    with Terminal(replay()) as term:
        term.shows(' END ', '1 of 14')
        term.keys('\x1bOB\x1bOB')
        term.shows('3 of 14')
        term.keys('\x1bOA')
        term.shows('2 of 14')
        term.keys('\x1bOF')
        term.shows('14 of 14')
        term.keys('\x1bOP')
        term.shows('choose the sort column')
        term.keys('\x1b')
        term.hides('choose the sort column')


def quits(keys):
    def test():
        with Terminal(replay()) as term:
            term.shows(' END ')
            term.keys(keys)
            equal(term.ends(), 0, 'status')
            assert term.is_restored()
    test.__doc__ = 'quits with %r' % keys
    return test


def nothing_open():
    """escape with nothing open does nothing"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        term.keys('\x1bN')
        term.shows('PID')
        term.keys('\x1b')
        term.keys('N')
        term.shows('PID↑')


def suspends():
    """^Z gives the terminal back, fg takes it again"""
    script = 'set -m; "$@"; echo is stopped; read word; fg >/dev/null; ' \
             'echo status $?'
    with Terminal(['sh', '-c', script, 'sh', *replay()]) as term:
        term.shows(' END ')
        term.keys('\x1a')
        term.shows('is stopped')
        assert term.is_restored()
        term.keys('go\n')
        term.hides('is stopped')
        term.shows('4 Processes', FOOTER)
        term.keys('N')
        term.shows('PID↑')
        term.keys('q')
        term.shows('status 0')
        equal(term.ends(), 0, 'status of the shell')
        assert term.is_restored()


def iterations():
    """-n and --duration end the dashboard"""
    for option in '-n2', '--duration=0.1':
        with Terminal([MPTOP, option, *replay()[1:]]) as term:
            equal(term.ends(), 0, option)
            assert term.is_restored()


run(appears, changes, cursor_keys, quits('q'), quits('Q'), quits('\x03'),
    quits('\x1b[21~'), nothing_open, suspends, iterations)
