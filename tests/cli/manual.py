# SPDX-License-Identifier: GPL-2.0-or-later
"""
Footer, help, --help, the manual and the contract say the same of each key,
option and column, and say something of each.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

MPTOP = os.environ['MPTOP']
SOURCE = os.environ['top_srcdir']
RECORDING = os.path.join(SOURCE, 'tests', 'screens', 'four.json')
MANUAL = os.path.join(os.environ['top_builddir'], 'man', 'mptop.8')
ESCAPES = {'\\e': '\\', '\\-': '-', '\\(ha': '^', '\\(ti': '~', '\\(ga': '`',
           '\\(aq': "'", '\\(dq': '"', '\\&': '', '\\fB': '', '\\fR': '',
           '\\fI': ''}


def output(*argv, **more):
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, check=True,
                          capture_output=True, timeout=60, **more)
    return done.stdout.decode()


def drawn(size, keys):
    with tempfile.NamedTemporaryFile('w') as script:
        script.write(keys)
        script.flush()
        return output(MPTOP, '--replay=' + RECORDING, '--size=' + size,
                      '--keys=' + script.name).splitlines()


def plain(roff):
    return re.sub(r'\\(?:\(..|f.|.)', lambda m: ESCAPES[m.group()], roff)


def manual():
    """Section by section: the names of its items, and the text of each."""
    sections, name = {}, None
    with open(MANUAL, encoding='utf-8') as file:
        lines = iter(file.read().splitlines())
    for line in lines:
        if line.startswith('.SH '):
            name = line[4:].strip('"')
            sections[name] = {}
        elif line == '.TP':
            item = next(lines)
            if item.startswith('\\fB'):
                sections[name][plain(item)] = plain(next(lines))
    return sections


def overlay():
    """The same of the help overlay."""
    sections, name = {}, None
    lines = drawn('400x120', '?')
    top = [i for i, line in enumerate(lines) if '┌─ Help' in line][0]
    start = lines[top].index('┌─ Help')
    end = lines[top].index('┐', start)
    for line in lines[top + 1:]:
        text = line[start + 1:end].rstrip()
        if line[start] != '│':
            break
        if text and not text.startswith('  '):
            name = text.strip()
            sections[name] = {}
        elif text:
            sections[name][text[2:21].strip()] = text[21:].strip()
    return sections


def options():
    """The options of --help, with their text."""
    found, name = {}, None
    wide = {**os.environ, 'ARGP_HELP_FMT': 'rmargin=1000'}
    for line in output(MPTOP, '--help', env=wide).splitlines():
        match = re.match(r' +(?:(-\w), )?(--[\w-]+(?:=\S+)?)(.*)', line)
        if match:
            letter, name, text = match.groups()
            name = (letter + ', ' if letter else '') + name
            found[name] = text.strip()
        elif name and line.startswith(' ' * 20) and not found[name]:
            found[name] = line.strip()
    return found


def is_clean():
    """what groff or mandoc says of the manual; None if neither is here"""
    said = None
    if shutil.which('groff'):
        done = subprocess.run(
            ['groff', '-man', '-Tutf8', '-ww', '-k', '-z', MANUAL],
            capture_output=True, check=False, timeout=60)
        said = done.stderr.decode()
    if shutil.which('mandoc'):
        done = subprocess.run(['mandoc', '-Tlint', '-Wwarning', MANUAL],
                              capture_output=True, check=False, timeout=60)
        said = (said or '') + done.stdout.decode() + done.stderr.decode()
    return said


def words_of_footer(width):
    """Pairs of a key and its label, in the last line."""
    last = drawn('24x%d' % width, '')[-1]
    items = re.split(r' {2,}', last.strip(' └┘─'))
    return [item.split(' ', 1) for item in items]


class Checks:
    """Counts the tests and prints them as TAP."""

    def __init__(self):
        self.number = 0
        self.failed = 0

    def report(self, name, wrong, skip=''):
        self.number += 1
        self.failed += bool(wrong)
        print('%sok %d - %s%s' % ('not ' if wrong else '', self.number, name,
                                  skip))
        for line in wrong:
            print('# ' + str(line))


def different(one, other):
    return sorted(set(one.items()) ^ set(other.items()))


def check_options(checks, pages):
    listed = options()
    checks.report('--help lists options', [] if len(listed) > 20 else listed)
    checks.report('--help and the manual have the same options',
                  different(listed, pages['OPTIONS']))
    checks.report('every option says what it does',
                  [name for name, text in listed.items() if len(text) < 5])
    with open(os.path.join(SOURCE, 'docs', 'interface.md'),
              encoding='utf-8') as file:
        contract = file.read()
    names = [re.search(r'--[\w-]+', name).group() for name in listed]
    checks.report('the contract has every option',
                  [name for name in names if name not in contract and
                   name not in ('--version', '--help', '--verbose')])


def check_help(checks, pages):
    shown = overlay()
    for heading, items in shown.items():
        section = heading.split(':')[0].upper()
        checks.report('overlay and manual: ' + section.lower(),
                      different(items, pages.get(section, {})))
    checks.report('every line of the help says something',
                  [(heading, name) for heading, items in shown.items()
                   for name, text in items.items() if len(text) < 3])
    return shown


def check_footer(checks, shown):
    first = {}
    for names, text in shown['Keys'].items():
        first[names.split()[0]] = text
    for width in 80, 300:
        items = words_of_footer(width)
        checks.report('the help has every key of the footer, %d columns' %
                      width, [item for item in items if item[0] not in first])
    letters = [names for names in shown['Keys']
               if re.match(r'F\d+$', names.split()[0])]
    checks.report('every function key has another key', letters)


def check_columns(checks, shown):
    for key, panel in ('4', 'processes'), ('2', 'nodes'):
        lines = drawn('24x300', key)
        title = [i for i, line in enumerate(lines) if line[0] == '┌'][0]
        head = lines[title + 1].strip('│ ')
        known = shown['Columns of the ' + panel]
        names = [name.rstrip('↓↑') for name in re.split(r' +', head)]
        checks.report('the help has every column of the ' + panel,
                      [name for name in names if name not in known and
                       name.replace('/S', '') not in known] +
                      ([] if len(names) > 4 else ['too few: ' + head]))


def main():
    checks = Checks()
    pages = manual()
    check_options(checks, pages)
    shown = check_help(checks, pages)
    check_footer(checks, shown)
    check_columns(checks, shown)
    said = is_clean()
    checks.report('groff and mandoc find nothing in the manual',
                  (said or '').splitlines(),
                  '' if said is not None else ' # SKIP neither is here')
    print('1..%d' % checks.number)
    sys.exit(checks.failed > 0)


main()
