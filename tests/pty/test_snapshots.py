# SPDX-License-Identifier: GPL-2.0-or-later
"""Snapshots: a pair of files that shows the same screen again."""
import json
import os
import re
import signal
import stat

from terminal import (MPTOP, Terminal, batch, equal, replay, run,
                      with_directory)

NAME = re.compile(r'mptop-db7-[0-9]{8}T[0-9]{6}Z-1\.(json|txt)$')


def snapshot_of(term, directory, ask):
    """The texts of the pair that @ask makes mptop write."""
    term.shows(' END ')
    ask()
    term.shows('mptop-db7-')
    names = sorted(os.listdir(directory))
    equal(len(names), 2, names)
    texts = []
    for name in names:
        path = os.path.join(directory, name)
        assert NAME.match(name), name
        equal(stat.S_IMODE(os.stat(path).st_mode), 0o600, name)
        with open(path, encoding='utf-8') as file:
            texts.append(file.read())
    return texts


def drawn(directory, size):
    """What the pair's data shows."""
    name = [n for n in os.listdir(directory) if n.endswith('.json')][0]
    done = batch([MPTOP, '--replay=' + name, '--size=' + size], cwd=directory)
    equal(done.returncode, 0, done.stderr)
    return done.stdout.decode()


def same_screen(term, directory, ask, size):
    data, text = snapshot_of(term, directory, ask)
    for line in data.splitlines():
        equal(json.loads(line)['schema'], 'mptop/1', 'schema')
    again = drawn(directory, size).splitlines()
    first = text.splitlines()
    equal(len(again), len(first), 'lines')
    for number, (old, new) in enumerate(zip(first, again)):
        # The header names the recording, its items make room for that.
        if number >= 3:
            equal(new, old, 'line %d' % number)


@with_directory
def by_key(directory):
    """w writes a pair that replays to the same screen"""
    with Terminal(replay('--snapshot-dir=' + directory)) as term:
        same_screen(term, directory, lambda: term.keys('w'), '24x80')


@with_directory
def by_signal(directory):
    """SIGUSR1 writes one, too"""
    with Terminal(replay('--snapshot-dir=' + directory), 34, 120) as term:
        same_screen(term, directory, lambda: term.kill(signal.SIGUSR1),
                    '34x120')


@with_directory
def of_view(directory):
    """sort, filter, node, selection and scrolling come back"""
    with Terminal(replay('--snapshot-dir=' + directory,
                         '--pid=200,201,205,206'), 34, 120) as term:
        term.shows(' END ')
        term.keys('NR/reason=syscall\rn3\r')
        term.shows('filter: pid=200,201,205,206 reason=', 'node 3', 'PID↓')
        term.keys('j\x1bOC')
        term.shows('2 of ')
        same_screen(term, directory, lambda: term.keys('w'), '34x120')


@with_directory
def of_zoom(directory):
    """a zoomed log that was scrolled back comes back"""
    with Terminal(replay('--snapshot-dir=' + directory)) as term:
        term.shows(' END ')
        term.keys('7\x1bOA\x1bOA')
        term.shows('G follows')
        same_screen(term, directory, lambda: term.keys('w'), '24x80')


@with_directory
def here(directory):
    """the directory at start is where it goes"""
    with Terminal(['sh', '-c', 'cd "$0" && exec "$@"', directory,
                   *replay()]) as term:
        snapshot_of(term, directory, lambda: term.keys('w'))


@with_directory
def twice(directory):
    """a second one has a name of its own"""
    with Terminal(replay('--snapshot-dir=' + directory)) as term:
        snapshot_of(term, directory, lambda: term.keys('w'))
        term.keys('N')
        term.hides('mptop-db7-')
        term.keys('w')
        term.shows('mptop-db7-')
        equal(len(os.listdir(directory)), 4, 'files')


def refused():
    """a directory that takes no file is an error on the status line"""
    for where, why in (('/proc', 'cannot write snapshot in /proc: '),
                       ('/no/such', "'/no/such' could not be opened")):
        with Terminal(replay('--snapshot-dir=' + where)) as term:
            term.shows(' END ')
            term.keys('w')
            term.shows(why)
            term.keys('q')
            equal(term.ends(), 0, 'status')


run(by_key, by_signal, of_view, of_zoom, here, twice, refused)
