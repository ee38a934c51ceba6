# SPDX-License-Identifier: GPL-2.0-or-later
"""Pausing, stepping and seeking in a replay, and recording from a key."""
import json
import os
import signal
import stat

from terminal import (FOUR, MPTOP, Terminal, equal, replay, run,
                      with_directory)


def seeks():
    """[ ] { } @ and Space go through a recording, z goes on"""
    with Terminal(replay()) as term:
        term.shows(' END ')
        term.keys('[')
        term.shows('16:38:27 four.json 7/8', 'PAUSED')
        term.hides(' END ')
        term.keys('{')
        term.shows('1/8', 'this is the start of the recording')
        term.keys(' ')
        term.shows('16:38:22 four.json 2/8')
        term.keys(']')
        term.shows('3/8')
        term.keys('@16:38:26\r')
        term.shows('6/8')
        term.keys('@-2s\r')
        term.shows('4/8')
        term.keys('@noon')
        term.shows('expected 13:04:12')
        term.keys('\x1b')
        term.hides('expected')
        term.keys('}')
        term.shows('8/8', 'this is the end of the recording')
        term.keys('@0%\r')
        term.shows('1/8')
        term.keys('z')
        term.shows(' END ')
        term.hides('PAUSED')


def pause_waits():
    """a paused recording waits, and keys work on what is seen"""
    with Terminal([MPTOP, '--replay=' + FOUR, '--seek=16:38:23']) as term:
        term.keys('z')
        term.shows('PAUSED')
        term.keys('N')
        term.shows('PID↑')
        term.resize(34, 120)
        term.shows('2 Nodes', 'PAUSED')
        term.keys('[')
        term.shows('PAUSED', '/8')


def from_the_start():
    """--seek begins there"""
    with Terminal(replay('--seek=16:38:99')) as term:
        term.shows('--seek takes 13:04:12')
        equal(term.ends(), 2, 'status')
    with Terminal([MPTOP, '--replay=' + FOUR, '--speed=0.01',
                   '--seek=50%']) as term:
        term.shows('four.json 4/8')


def stream():
    """standard input cannot go back, and what comes in a pause waits"""
    source, sink = os.pipe()
    with open(FOUR, 'rb') as file:
        lines = file.readlines()
    with Terminal(replay(recording='-'), stdin=source) as term:
        os.close(source)
        os.write(sink, lines[0])
        term.shows('standard input 1')
        term.keys('[')
        term.shows('standard input cannot go back')
        term.keys('z')
        term.shows('PAUSED', 'standard input 1')
        for line in lines[1:]:
            os.write(sink, line)
        os.close(sink)
        term.shows(' END ')
        assert 'input 1' in term.text(), term.text()
        term.keys('N')
        term.shows('PID↑')
        assert 'input 1' in term.text(), term.text()
        term.keys(' ')
        term.hides('input 1')
        term.keys('z')
        term.shows('standard input 8')
        term.hides('PAUSED')


@with_directory
def holds_so_much(directory):
    """of more than 64 MiB in a pause the picture stays, and keys wait"""
    with open(FOUR, encoding='utf-8') as file:
        lines = [json.loads(line) for line in file]
    large = lines[1]
    large['procs'] = [dict(large['procs'][0], pid=1000 + i, cmdline='x' * 65000)
                      for i in range(60)]
    source, sink = os.pipe()
    with Terminal(replay('--snapshot-dir=' + directory, recording='-'),
                  stdin=source) as term, open(sink, 'w') as to:
        os.close(source)

        def write(line):
            to.write(json.dumps(line) + '\n')
            to.flush()

        write(lines[0])
        term.shows('standard input 1')
        term.keys('z')
        term.shows('PAUSED')
        for i in range(20):
            write(dict(large, seq=100 + i))
        term.keys('N')
        term.shows('paused; z resumes')
        assert 'input 2' not in term.text(), term.text()
        term.kill(signal.SIGUSR1)
        term.shows('cannot write snapshot: ')
        equal(os.listdir(directory), [], 'snapshots')
        term.keys('z')
        term.shows('standard input 21')
        term.hides('PAUSED')
        term.keys('w')
        term.shows('mptop-db7-')


@with_directory
def records(directory):
    """^R records to a new file of its own, and stops"""
    with Terminal(replay('--snapshot-dir=' + directory)) as term:
        term.shows(' END ')
        term.keys('@0%\r')
        term.shows('1/8')
        term.keys('\x12')
        term.shows('recording to', 'REC 0 lines')
        term.keys('   ')
        term.shows('REC 3 lines')
        term.keys('\x12')
        term.shows('recorded 3 lines to')
        term.hides('REC 3')
        term.keys('\x12')
        term.shows('recording to')
    names = sorted(os.listdir(directory))
    equal(len(names), 2, names)
    path = os.path.join(directory, max(
        names, key=lambda n: os.stat(os.path.join(directory, n)).st_size))
    equal(stat.S_IMODE(os.stat(path).st_mode), 0o600, path)
    with open(path, encoding='utf-8') as file:
        lines = [json.loads(line) for line in file]
    with open(FOUR, encoding='utf-8') as file:
        wanted = [json.loads(line) for line in file][1:4]
    equal([line['seq'] for line in lines],
          [line['seq'] for line in wanted], 'recorded')


@with_directory
def quits_recording(directory):
    """what ^R records is complete when mptop quits meanwhile"""
    with Terminal(replay('--snapshot-dir=' + directory)) as term:
        term.shows(' END ')
        term.keys('@0%\r\x12')
        term.shows('REC 0 lines')
        term.keys(' ')
        term.shows('REC 1 line')
        term.keys('q')
        equal(term.ends(), 0, 'status')  # not with a leak, if sanitized
    path = os.path.join(directory, *os.listdir(directory))
    with open(path, encoding='utf-8') as file:
        equal([json.loads(line)['seq'] for line in file],
              [66], 'recorded')


def cannot_record():
    """a directory that takes no file is an error on the status line"""
    with Terminal(replay('--snapshot-dir=/proc')) as term:
        term.shows(' END ')
        term.keys('\x12')
        term.shows('cannot record in /proc: ')
        term.keys('q')
        equal(term.ends(), 0, 'status')


@with_directory
def blank_at_end(directory):
    """a blank line at the end of a recording is no interval"""
    path = os.path.join(directory, 'blank.json')
    with open(FOUR, 'rb') as file, open(path, 'wb') as copy:
        copy.write(file.read() + b'\n')
    with Terminal(replay('--seek=16:38:24', recording=path)) as term:
        term.shows(' END ')
        term.keys('[')
        term.shows('blank.json 7/8')
        term.keys('@16:38:23\r')
        term.shows('blank.json 3/8')
        term.keys('@100%\r')
        term.shows('blank.json 8/8')


@with_directory
def seek_fails(directory):
    """a seek that ends at a bad line shows what came before that"""
    path = os.path.join(directory, 'bad.json')
    with open(FOUR, 'rb') as file:
        lines = file.readlines()
    with open(path, 'wb') as copy:
        copy.writelines(lines[:4] + [b'{}\n'] + lines[4:])
    with Terminal([MPTOP, '--replay=' + path, '--speed=0.01']) as term:
        term.shows('bad.json 1/9', 'mysqld')
        term.keys('}')
        term.shows('bad.json 4/9', 'bad.json:5: ')
        term.hides('nothing has moved')


run(seeks, pause_waits, from_the_start, stream, holds_so_much, records,
    quits_recording, cannot_record, blank_at_end, seek_fails)
