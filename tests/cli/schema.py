# SPDX-License-Identifier: GPL-2.0-or-later
"""
What --format=json writes is what docs/mptop-1.schema.json describes, and no
key of it is missing there. Knows the part of JSON Schema that this one uses.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

TOP = os.environ['top_srcdir']
MPTOP = os.environ['MPTOP']
KNOWN = {'$ref', '$schema', '$id', '$defs', 'title', 'description', 'type',
         'const', 'enum', 'minimum', 'maximum', 'pattern', 'maxLength',
         'maxItems', 'items', 'properties', 'required',
         'additionalProperties', 'if', 'then', 'else'}
TYPES = {
    'object': lambda value: isinstance(value, dict),
    'array': lambda value: isinstance(value, list),
    'string': lambda value: isinstance(value, str),
    'boolean': lambda value: isinstance(value, bool),
    'null': lambda value: value is None,
    'integer': lambda value: isinstance(value, int) and
    not isinstance(value, bool),
}

with open(os.path.join(TOP, 'docs', 'mptop-1.schema.json'),
          encoding='utf-8') as schema_file:
    SCHEMA = json.load(schema_file)


def resolve(rule):
    while '$ref' in rule:
        assert rule['$ref'].startswith('#/')
        found = SCHEMA
        for part in rule['$ref'][2:].split('/'):
            found = found[part]
        rule = found
    return rule


def simple_faults(rule, value):
    kinds = rule.get('type', [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if kinds and not any(TYPES[kind](value) for kind in kinds):
        yield 'is no %s: %r' % (' or '.join(kinds), value)
    if 'const' in rule and value != rule['const']:
        yield 'is not %r' % rule['const']
    if 'enum' in rule and value not in rule['enum']:
        yield 'is none of %r: %r' % (rule['enum'], value)
    if TYPES['integer'](value):
        if value < rule.get('minimum', value):
            yield 'is below its minimum: %d' % value
        if value > rule.get('maximum', value):
            yield 'is above its maximum: %d' % value
    if isinstance(value, str):
        if not re.search(rule.get('pattern', ''), value):
            yield 'does not match its pattern: %r' % value
        if len(value) > rule.get('maxLength', len(value)):
            yield 'is too long'


def object_faults(rule, value, strict):
    known = rule.get('properties', {})
    others = rule.get('additionalProperties')
    for key in rule.get('required', []):
        if key not in value:
            yield '.' + key, 'is missing'
    for key, part in value.items():
        if key in known:
            yield from ((('.' + key) + path, fault) for path, fault in
                        faults(known[key], part, strict))
        elif others is not None:
            yield from ((('.' + key) + path, fault) for path, fault in
                        faults(others, part, strict))
        elif strict and known:
            yield '.' + key, 'is not described'


def faults(rule, value, strict=True):
    """Each (path, fault) of @value; @strict: all keys are to be known."""
    rule = resolve(rule)
    unknown = set(rule) - KNOWN
    assert not unknown, 'this test does not know %r' % unknown
    for fault in simple_faults(rule, value):
        yield '', fault
    if 'if' in rule:
        holds = not any(faults(rule['if'], value, False))
        yield from faults(rule.get('then' if holds else 'else', {}), value,
                          False)
    if isinstance(value, dict):
        yield from object_faults(rule, value, strict)
    if isinstance(value, list):
        if len(value) > rule.get('maxItems', len(value)):
            yield '', 'has too many items'
        for i, item in enumerate(value):
            for path, fault in faults(rule.get('items', {}), item, strict):
                yield '[%d]%s' % (i, path), fault


def described(rule, value):
    """The paths of the schema's keys that @value has."""
    rule = resolve(rule)
    if isinstance(value, dict):
        for key, part in value.items():
            if key in rule.get('properties', {}):
                yield '.' + key
                for path in described(rule['properties'][key], part):
                    yield '.' + key + path
    if isinstance(value, list):
        for item in value:
            yield from described(rule.get('items', {}), item)


def all_keys(rule, path=''):
    rule = resolve(rule)
    for key, part in rule.get('properties', {}).items():
        yield path + '.' + key
        yield from all_keys(part, path + '.' + key)
    if 'items' in rule:
        yield from all_keys(rule['items'], path)


def lines_of(name):
    done = subprocess.run([MPTOP, '--format=json', '--replay=' + name],
                          stdin=subprocess.DEVNULL, capture_output=True,
                          check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def faults_of(lines):
    found = []
    for number, line in enumerate(lines, 1):
        found += ['line %d%s %s' % (number, path, fault)
                  for path, fault in faults(SCHEMA, line)]
    return found


class Results:
    count = 0
    failed = False

    def add(self, wrong, name):
        self.count += 1
        self.failed |= bool(wrong)
        print('%s %d - %s' % ('not ok' if wrong else 'ok', self.count, name))
        for line in wrong[:20]:
            print('#', line)


def refused(results):
    """A validator that finds nothing would prove nothing."""
    good = lines_of(os.path.join(TOP, 'tests', 'screens', 'four.json'))[0]
    for name, change in (
            ('another schema', {'schema': 'mptop/2'}),
            ('a key that is not described', {'nosuch': 1}),
            ('a number that is none', {'seq': '1'}),
            ('a negative count', {'interval_ns': -1}),
            ('a time that is none', {'time': 'noon'}),
            ('a node without an id', {'nodes': [{}]}),
            ('a flag that is none', {'demo': 1})):
        wrong = list(faults(SCHEMA, {**good, **change}))
        results.add([] if len(wrong) == 1 else ['found %r' % wrong],
                    'refuses ' + name)


def main():
    results = Results()
    seen = set()
    screens = os.path.join(TOP, 'tests', 'screens')
    names = [os.path.join(TOP, 'data', 'demo.json')]
    names += sorted(os.path.join(screens, name)
                    for name in os.listdir(screens) if name.endswith('.json'))
    for name in names:
        lines = lines_of(name)
        for line in lines:
            seen.update(described(SCHEMA, line))
        results.add(faults_of(lines), os.path.relpath(name, TOP))
        with open(name, encoding='utf-8') as file:
            kept = [json.loads(line) for line in file]
        results.add(faults_of(kept), os.path.relpath(name, TOP) + ' itself')
    missing = sorted(set(all_keys(SCHEMA)) - seen -
                     {key for key in all_keys(SCHEMA)
                      if key.startswith('.view')})
    results.add(['never written: ' + key for key in missing],
                'every key of the schema is written')
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, 'again.json')
        with open(path, 'w', encoding='utf-8') as file:
            for line in lines_of(names[0]):
                file.write(json.dumps(line) + '\n')
        results.add([] if lines_of(path) == lines_of(names[0]) else
                    ['differs'], 'what is written reads as the same')
    refused(results)
    print('1..%d' % results.count)
    sys.exit(results.failed)


main()
