import { describe, expect, it } from 'vitest';
import { MAX_DOCUMENT_LENGTH, parseDocument } from '../../../src/options/document/parse-document.js';

const TEXT = '# settings\nversion: 1\nlab:\n  - one\n  - { name: two }\nport: off\n';

describe('a file of YAML', () => {
  it('is plain data: off is a word', async () => {
    const { value } = await parseDocument(TEXT, 'a.yaml');
    expect(value).toEqual({ version: 1, lab: ['one', { name: 'two' }], port: 'off' });
  });

  it.each([
    [['version'], 'value', [2, 10]],
    [['version'], 'name', [2, 1]],
    [['lab', 1, 'name'], 'value', [5, 13]],
    [['lab', 1, 'name'], 'name', [5, 7]],
    [['lab', 7], 'value', [4, 3]],
    [['nothing'], 'value', [2, 1]],
    [[], 'value', [2, 1]],
  ] as const)('knows where %j stands: its %s', async (path, part, [line, column]) => {
    const { placeOf } = await parseDocument(TEXT, 'a.yaml');
    expect(placeOf(path, part)).toEqual({ file: 'a.yaml', line, column });
  });

  it.each([
    ['the same name twice', 'a.yaml', 'port: 1\nport: 2\n', 'a.yaml:2:1: Map keys must be unique'],
    ['a second document', 'a.yaml', 'a: 1\n---\nb: 2\n', 'a.yaml:2:1: a second document begins here: only one is read'],
    ['an unknown tag', 'a.yaml', 'a: !!js/function x\n', 'a.yaml:1:4: Unresolved tag: tag:yaml.org,2002:js/function'],
    ['a tab that indents', 'a.yaml', 'a:\n\tb: 1\n', 'a.yaml:2:1: Tabs are not allowed as indentation'],
    ['a comment in JSON', 'a.json', '{\n  // no\n  "a": 1\n}', /^a\.json:\d+:\d+: /],
    ['text without quotes in JSON', 'a.json', '{ "a": b }', /^a\.json:1:\d+: /],
    ['too much', 'a.yaml', ' '.repeat(MAX_DOCUMENT_LENGTH + 1), 'a.yaml:1:1: more than 1048576 characters'],
  ])('may not have %s', async (_, file, text, message) => {
    await expect(parseDocument(text, file)).rejects.toThrow(message);
  });

  it('may not grow out of little text', async () => {
    const levels = Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(', ')}]`);
    await expect(parseDocument(`l0: &l0 [x]\n${levels.join('\n')}\n`, 'a.yaml')).rejects.toThrow(
      /^a\.yaml:1:1: Excessive alias count/,
    );
  });

  it('takes a byte order mark, and nothing at all', async () => {
    expect((await parseDocument('\uFEFF{"a": 1}', 'a.json')).value).toEqual({ a: 1 });
    expect((await parseDocument('', 'a.yaml')).value).toBeNull();
  });
});
