# SPDX-License-Identifier: GPL-2.0-or-later
"""Configuration files: read at start, written by W alone."""
import os
import re
import stat

from terminal import (FOUR, MPTOP, Terminal, batch, equal, replay, run,
                      with_directory)


def write(directory, text):
    path = os.path.join(directory, 'mptop', 'mptop.conf')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


@with_directory
def applied(directory):
    """the user's file sets sort, columns, zoom, theme and colours"""
    write(directory, 'sort = pid\ncolumns = pid,comm,rate\n'
                     'zoom = processes\ntheme = light\n'
                     '[color]\nfocus = 201 plain\n')
    with Terminal(replay(), env={'XDG_CONFIG_HOME': directory}) as term:
        term.shows(' END ', 'PID↑')
        assert 'MOVER' not in term.text() and '5 Rate' not in term.text()
        assert b'38;5;201' in term.raw


@with_directory
def panels(directory):
    """panels that are hidden are saved, and shown again by a number alone"""
    path = write(directory, 'panels = nodes, processes,\n\tlog\n')
    with Terminal(replay(), env={'XDG_CONFIG_HOME': directory}) as term:
        term.shows(' END ', '2 Nodes', '7 Log')
        assert 'Rate' not in term.text() and 'Flow' not in term.text()
        term.keys('5')
        term.shows('5 Rate')
        term.keys('5p W')
        term.until(lambda: read(path) == 'panels = processes,log\n',
                   'the choice')
        # A hidden panel keeps the focus for nobody.
        term.keys('p77pG pW')
        term.until(lambda: read(path) == 'panels = processes\n',
                   'the choice without what had the focus')
        term.keys('pG p7pG pW')
        term.until(lambda: read(path) == 'panels = processes\nzoom = log\n',
                   'nor while it is zoomed')


@with_directory
def command_line(directory):
    """the command line wins, --no-config reads nothing"""
    write(directory, 'sort = pid\ntheme = mono\n')
    env = {'XDG_CONFIG_HOME': directory}
    with Terminal(replay('--sort=total'), env=env) as term:
        term.shows(' END ')
        assert 'PID↑' not in term.text()
        assert b'38;5;' not in term.raw
    with Terminal(replay('--no-config'), env=env) as term:
        term.shows(' END ', 'PAGES/S↓')
        term.keys('W')
        term.shows('not saved: mptop runs with --no-config')


@with_directory
def saved(directory):
    """W saves what differs, keeps what it does not know, and says where"""
    path = write(directory, '# mine\nfuture = 1\nsort = rate ; slow\n')
    env = {'XDG_CONFIG_HOME': directory}
    with Terminal(replay('--theme=contrast'), env=env) as term:
        term.shows(' END ')
        term.keys('N4W')
        term.shows('settings saved to ' + path)
        equal(read(path), '# mine\nfuture = 1\nsort = +pid ; slow\n'
                          'focus = processes\nzoom = processes\n'
                          'theme = contrast\n'.replace(
                              'focus = processes\n', ''))
        equal(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        term.keys('4W')
        term.until(lambda: 'zoom = none' in read(path), 'the other zoom')
    with Terminal(replay(), env=env) as term:
        term.shows(' END ', 'PID↑')
        before = read(path)
        term.keys('PTq')
        equal(term.ends(), 0, 'status')
        equal(read(path), before, 'only W writes')


@with_directory
def made(directory):
    """W makes a directory that is missing, and says what is in the way"""
    home = os.path.join(directory, 'new')
    env = {'XDG_CONFIG_HOME': home}
    with Terminal(replay('--no-config'), env=env):
        pass
    with Terminal(replay(), 24, 120, env=env) as term:
        term.shows(' END ')
        assert not os.path.exists(home)
        term.keys('NW')
        term.shows('settings saved to')
        equal(stat.S_IMODE(os.stat(home + '/mptop').st_mode), 0o700)
        os.rename(home + '/mptop', home + '/real')
        os.symlink('real', home + '/mptop')
        term.keys('W')
        term.shows('its directory is a link or none')


@with_directory
def wrong(directory):
    """what is wrong is said on the status line, and has no effect"""
    path = write(directory, 'delay = soon\ncolor.heat9 = red\nx = 1\n')
    with Terminal(replay(), 24, 200,
                  env={'XDG_CONFIG_HOME': directory}) as term:
        term.shows(path + ' line 1: delay takes seconds from 0.1 to 3600, '
                          "not 'soon' (and 2 more)", '4 Processes')
        term.keys('q')
        equal(term.ends(), 0, 'status')
    done = batch(replay('-b'), env={**os.environ,
                                    'XDG_CONFIG_HOME': directory})
    equal(done.returncode, 0, 'status')
    lines = done.stderr.decode().splitlines()
    equal(len(lines), 3, 'warnings')
    assert 'color.heat9 is no style; there are normal, dim' in lines[1]
    assert lines[2].endswith('unknown keys ignored: x (line 3)')


@with_directory
def sample(directory):
    """the sample says what is built in, and nothing that is unknown"""
    path = os.path.join(directory, 'sample.conf')
    text = read(os.path.join(os.environ['top_srcdir'], 'docs', 'mptop.conf'))
    text = re.sub('^#(?=[a-z0-9-]+ = )', '', text, flags=re.M)
    text = re.sub('^(filter|node) = .*$', '', text, flags=re.M)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    draw = [MPTOP, '--replay=' + FOUR, '--size=34x120']
    done = batch(draw + ['--config=' + path])
    equal(done.stderr, b'', 'warnings')
    equal(done.stdout, batch(draw).stdout, 'picture')


@with_directory
def named(directory):
    """--config: the file must be there and right, else status 2"""
    path = os.path.join(directory, 'x.conf')
    for text, why in ((None, 'No such file'), ('sort=size\n', 'line 1: sort'),
                      ('\0', 'line 1: not text'),
                      ('zoom=header\n', 'zoom takes none'),
                      ('panels=log,trust\n', "log, not 'trust'"),
                      ('panels=nodes log\n', "not 'nodes log'"),
                      ('columns=pid,nosuch\n', 'line 1: columns')):
        if text:
            with open(path, 'w', encoding='ascii') as file:
                file.write(text)
        done = batch([MPTOP, '--replay=' + FOUR, '--size=24x80',
                      '--config=' + path])
        equal(done.returncode, 2, 'status')
        assert why in done.stderr.decode(), done.stderr
        equal(done.stdout, b'', 'a picture')
    with open(path, 'w', encoding='ascii') as file:
        file.write('zoom=log\n')
    done = batch([MPTOP, '--replay=' + FOUR, '--size=24x80',
                  '--config=' + path])
    equal((done.returncode, done.stderr), (0, b''), 'status')
    assert '4 Processes' not in done.stdout.decode()


run(applied, panels, command_line, saved, made, wrong, sample, named)
