# SPDX-License-Identifier: GPL-2.0-or-later
"""Resizing, hostile names and odd keys while anything at all is open."""
import json
import os
import random

from reach import COLS, ROWS, CODES, outline, quits, reached, screens, started
from terminal import FOUR, SCREENS, batch, equal, replay, run, with_directory

SIZES = (50, 200), (10, 40), (6, 30), (5, 20), (2, 7), (1, 1)
# Kept by the schema: what a line is, and words that the reader knows.
PLAIN = {'schema', 'mptop', 'time', 'owner', 'scope', 'call', 'phase', 'abi',
         'boot_id', 'calls', 'folios', 'reason'}
PAYLOAD = 'A\x1b[31mB\x1b]0;C\x07D\x9b31mE\u202eF\x85G\u200bH\x7f'
BAD = (b'\x1b]', b'\x07', b'\xc2\x9b', b'\xe2\x80\xae', b'\xc2\x85',
       b'\xe2\x80\x8b', b'\x7f', b'\x1b[31mB')


def sizes_everywhere():
    """to 1x1, 0x0, 50x200 and back while anything is open: it stays open"""
    for keys in reached():
        with started() as term:
            term.press(keys)
            before = term.settled()
            for rows, cols in SIZES:
                term.repainted(rows, cols)
            term.resize(0, 0)
            term.repainted(50, 200)
            term.repainted(ROWS, COLS)
            after = term.settled()
            assert outline(after) == outline(before), \
                'after %r:\n%s\ninstead of\n%s' % (keys, after, before)
            quits(term)


def hostile_value(value, name=''):
    if isinstance(value, dict):
        return {key: hostile_value(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [hostile_value(item, name) for item in value]
    if isinstance(value, str) and name not in PLAIN:
        return PAYLOAD + value
    return value


def hostile_recording(directory):
    """four.json with the payload before each of its texts."""
    path = os.path.join(directory, 'hostile.json')
    with open(FOUR, encoding='utf-8') as source, \
            open(path, 'w', encoding='ascii') as sink:
        for line in source:
            data = json.loads(line)
            probe = data['probe']
            data = hostile_value(data)
            data['probe'] = probe
            sink.write(json.dumps(data) + '\n')
    return path


def no_payload(raw):
    for bad in BAD:
        assert bad not in raw, '%r in %r' % (bad, raw[:200])


@with_directory
def hostile_everywhere(directory):
    """no payload of a recording reaches the terminal, whatever is open"""
    path = hostile_recording(directory)
    for keys, text in screens(path):
        no_payload(text.encode())
        assert '\x1b' not in text, keys
    for keys in reached():
        with started(path) as term:
            term.press(keys)
            term.settled()
            term.repainted(50, 200)
            no_payload(term.raw)
            quits(term)


@with_directory
def hostile_batch(directory):
    """nor a pipe, as table or as JSON"""
    path = hostile_recording(directory)
    for options in [], ['--format=json']:
        done = batch(replay('--batch', *options, recording=path))
        equal(done.returncode, 0, done.stderr)
        no_payload(done.stdout)
        assert b'\x1b' not in done.stdout
        no_payload(done.stderr)


@with_directory
def crowd(directory):
    """twenty thousand processes, each on the way to another node"""
    with open(FOUR, encoding='utf-8') as source:
        data = json.loads(source.readlines()[-1])
    proc, flow = data['procs'][0], data['flows'][0]
    data['procs'] = [dict(proc, pid=pid, start_us=pid, comm='c%d' % pid)
                     for pid in range(1000, 21000)]
    data['flows'] = [dict(flow, owner='process', pid=pid, start_us=pid,
                          mover_pid=pid, mover_start_us=pid, pages=pid,
                          folios=pid, src=pid % 4, dst=(pid + 1) % 4)
                     for pid in range(1000, 21000)]
    data['events'] = data['failures'] = []
    path = os.path.join(directory, 'crowd.json')
    with open(path, 'w', encoding='ascii') as sink:
        json.dump(data, sink)
    with started(path) as term:
        term.shows('1 of 20000', 'c20999')
        term.press(['End'])
        term.shows('20000 of 20000', 'c1000')
        term.press(['N'])
        term.keys('/comm=c12345\r')
        term.shows('12345', '1 of 1')
        quits(term)


def random_keys():
    """two thousand random keys and sizes: it lives, and quits"""
    chance = random.Random(4711)
    # Without what quits, writes, stops or sends a signal.
    typed = list(CODES.values()) + [
        chr(c) for c in range(1, 127)
        if chr(c) not in 'QqwW\x03\x12\x13\x1a\x1c'] + \
        ['\x1b[', '\x1bO', '\xe9', '\u4e2d', '\x1b[5;3R', '\x1b[?1;2c']
    typed.remove(CODES['F10'])
    for name in 'four.json', 'eight.json', 'hostile.json':
        with started(os.path.join(SCREENS, name)) as term:
            for _ in range(70):
                term.keys(''.join(chance.choice(typed) for _ in range(10)))
                term.repainted(chance.randint(1, 60), chance.randint(1, 200))
                equal(term.status, None, 'status')
            term.keys('\x1b')
            term.settled()
            quits(term)


run(sizes_everywhere, hostile_everywhere, hostile_batch, crowd,
    random_keys)
