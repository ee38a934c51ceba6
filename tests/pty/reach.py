# SPDX-License-Identifier: GPL-2.0-or-later
"""
Finds what keys can open, without a list of it: the help has every key, and
each is tried on the whole screen and on each panel that a number zooms. Also
a terminal that tells when all that was typed is on the screen.
"""
import os
import re
import subprocess
import tempfile

from terminal import DEADLINE_S, FOUR, MPTOP, Terminal, equal, replay

ROWS, COLS = 24, 80
# What an xterm sends.
CODES = {
    'Up': '\x1bOA', 'Down': '\x1bOB', 'Right': '\x1bOC', 'Left': '\x1bOD',
    'Home': '\x1bOH', 'End': '\x1bOF', 'PgUp': '\x1b[5~', 'PgDn': '\x1b[6~',
    'Del': '\x1b[3~', 'BS': '\x7f', 'Tab': '\t', 'S-Tab': '\x1b[Z',
    'Enter': '\r', 'Esc': '\x1b', 'Space': ' ', 'F1': '\x1bOP',
    'F2': '\x1bOQ', 'F3': '\x1bOR', 'F4': '\x1bOS', 'F5': '\x1b[15~',
    'F6': '\x1b[17~', 'F7': '\x1b[18~', 'F8': '\x1b[19~', 'F9': '\x1b[20~',
    'F10': '\x1b[21~',
}


def code(name):
    """What a terminal sends for the key that the help calls @name."""
    if len(name) == 2 and name[0] == '^':
        return chr(ord(name[1]) & 31)
    assert name in CODES or len(name) == 1, name
    return CODES.get(name, name)


def scripted(name):
    """The same in a key script."""
    if len(name) == 2 and name[0] == '^':
        return '<C-%s>' % name[1].lower()
    if name == '<':
        return '<lt>'
    return name if len(name) == 1 else '<%s>' % name


def drawn(names, size='%dx%d' % (ROWS, COLS), recording=FOUR):
    """The screen after these keys, without a terminal."""
    with tempfile.NamedTemporaryFile('w') as script:
        script.write(''.join(scripted(name) for name in names))
        script.flush()
        done = subprocess.run(
            [MPTOP, '--replay=' + recording, '--size=' + size,
             '--keys=' + script.name], check=True, capture_output=True,
            timeout=DEADLINE_S)
    return done.stdout.decode()


def expand(word):
    """1-6 are six keys."""
    match = re.fullmatch(r'(\d)-(\d)', word)
    if not match:
        return [word]
    first, last = (int(part) for part in match.groups())
    return [str(digit) for digit in range(first, last + 1)]


def keys_of_help():
    """The first key of each command, and all the numbers."""
    found = []
    lines = drawn(['?'], '200x78').splitlines()
    for line in lines[lines.index([x for x in lines if ' Keys ' in x][0]) + 1:]:
        inside = line[1:-1]
        if not inside.strip():
            break
        if '--mouse' in inside:
            continue
        names = [key for word in inside[2:21].split() for key in expand(word)]
        found += names if names[0].isdigit() else names[:1]
    assert len(found) > 25, found
    return found


def ends(names):
    """Do these keys end mptop, or stop it?"""
    return names[-1] in ('Q', '^Z') or names == ['q']


def outline(text):
    """Frames, titles and the last line, without the line numbers."""
    lines = re.sub(r'\d+', 'N', text).rstrip('\n').split('\n')
    return '\n'.join([line for line in lines if '──' in line] + lines[-1:])


def screens(recording=FOUR):
    """The screens after each key, on the dashboard and in each panel."""
    keys = keys_of_help()
    bases = [[]] + [[key] for key in keys if key.isdigit()]
    for base in bases:
        yield base, drawn(base, recording=recording)
    for base in bases:
        for key in keys:
            if not ends(base + [key]):
                yield base + [key], drawn(base + [key], recording=recording)


def reached():
    """Key sequences that open what differs from one another."""
    found = {}
    for keys, text in screens():
        found.setdefault(outline(text), keys)
    return list(found.values())


class Watched(Terminal):
    """One that knows when mptop has drawn all that was asked for."""

    CLEAR = b'\x1b[H\x1b[2J'

    def repainted(self, rows, cols):
        """A new size; waits for the repaint. Keys before it are drawn."""
        start = len(self.raw)
        self.resize(rows, cols)

        def is_drawn():
            at = self.raw.rfind(self.CLEAR, start)
            cursor = self.screen.cursor
            if rows * cols < 100:
                return at >= 0
            return 0 <= at < len(self.raw) - len(self.CLEAR) and \
                (cursor.x, cursor.y) == (0, 0)
        self.until(is_drawn, 'a repaint at %dx%d' % (rows, cols))

    def settled(self):
        """The screen at its usual size, once all keys have been taken in."""
        self.repainted(ROWS + 1, COLS)
        self.repainted(ROWS, COLS)
        return without_clock(self.text())

    def press(self, names):
        for name in names:
            self.keys(code(name))

    def back(self):
        """Out of whatever is open."""
        for _ in range(3):
            self.keys('\x1b')
            self.settled()


def without_clock(text):
    """How long it has been paused goes on."""
    return re.sub(r'PAUSED +\S+', 'PAUSED', text)


def started(recording=FOUR, *options):
    """A replay in a terminal, at its end."""
    term = Watched(replay(*options, recording=recording), ROWS, COLS)
    term.shows(' END ')
    return term


def quits(term):
    term.keys('\x03')
    equal(term.ends(), 0, 'status')
    assert term.is_restored()
