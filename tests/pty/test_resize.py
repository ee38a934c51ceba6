# SPDX-License-Identifier: GPL-2.0-or-later
"""The dashboard follows the size of its terminal."""
from terminal import FOOTER, Terminal, equal, replay, run


def bottom(term):
    return term.screen.display[-1].rstrip()


def follow(term, rows, cols):
    term.resize(rows, cols)
    term.until(lambda: FOOTER in bottom(term) and
               len(bottom(term)) == cols and bottom(term)[-1] == '┘',
               'footer at %dx%d' % (rows, cols))


def grows():
    """24x80 to 60x200 and back"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        assert '2 Nodes' not in term.text()
        follow(term, 60, 200)
        term.shows('2 Nodes', '3 Flow', 'TREND')
        follow(term, 24, 80)
        term.shows('4 Processes')
        assert '2 Nodes' not in term.text()


def shrinks():
    """to 6x30, too small, 1x1 and 0x0, and back"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        follow(term, 6, 30)
        term.resize(5, 40)
        term.shows('too small (6x30)')
        term.resize(1, 1)
        term.until(lambda: term.text() == '6', 'one character')
        term.resize(0, 0)
        follow(term, 24, 80)
        term.keys('?')
        term.shows('choose the sort column')
        term.keys('qq')
        equal(term.ends(), 0, 'status')
        assert term.is_restored()


def paused():
    """while it is paused the picture stays as it is, the last line follows"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        term.keys('z')
        term.shows('PAUSED')
        term.resize(34, 120)
        term.until(lambda: FOOTER in bottom(term), 'footer')
        term.shows('PAUSED', '4 Processes')
        equal(term.text().count('PAUSED'), 1, 'how often')
        term.resize(10, 60)
        term.until(lambda: FOOTER in bottom(term), 'footer')
        term.keys('z')
        follow(term, 34, 120)
        term.shows('2 Nodes')
        term.hides('PAUSED')


def prompting():
    """while a prompt is open, and nothing that was typed is lost"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        term.keys('/mys')
        term.shows('Filter: mys')
        term.resize(34, 120)
        term.until(lambda: bottom(term) == 'Filter: mys', 'prompt')
        term.keys('ql\r')
        term.shows('filter: mysql')


def starts():
    """starts at sizes that are no screen"""
    for rows, cols in (1, 1), (2, 500), (200, 3):
        with Terminal(replay(), rows, cols) as term:
            term.until(lambda: term.raw.count(b'\x1b[?25l'), 'start')
            follow(term, 24, 80)
            term.keys('q')
            equal(term.ends(), 0, 'status')


run(grows, shrinks, paused, prompting, starts)
