import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import {
  type CimKeyValue,
  InstancePath,
  normalizeNamespace,
  sameNamespace,
} from '../../../src/cim/model/instance-path.js';

/** Few letters and every separator there is, so that different paths often look alike. */
const adversarial = fc.string({ unit: fc.constantFrom('a', 'B', '1', '0', ':', '.', ',', '=', '"', '\\', '/', '@') });

const { path } = fc.letrec<{ path: InstancePath; key: CimKeyValue }>((tie) => ({
  path: fc
    .record({
      namespace: fc.option(adversarial, { nil: undefined }),
      className: adversarial,
      keys: fc.uniqueArray(fc.tuple(adversarial, tie('key')), {
        selector: ([name]) => name.toLowerCase(),
        maxLength: 3,
      }),
    })
    .map((parts) => new InstancePath(parts)),
  key: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    adversarial,
    fc.integer(),
    fc.bigInt(),
    fc.boolean(),
    tie('path'),
  ),
}));

/** Equality as the class documents it, said another way: sorted lists of lower-case names and texts. */
function meaning(value: CimKeyValue): unknown {
  if (!(value instanceof InstancePath)) return String(value).toLowerCase();
  const keys = [...value.keys].map(([name, key]) => [name.toLowerCase(), meaning(key)]);
  keys.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return { namespace: value.namespace?.toLowerCase() ?? '', className: value.className.toLowerCase(), keys };
}

function swapCase(text: string): string {
  return text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();
}

/** The same path, written in other words: case swapped, keys the other way round. */
function rewritten(original: InstancePath): InstancePath {
  const keys = [...original.keys].map(([name, value]): [string, CimKeyValue] => {
    if (value instanceof InstancePath) return [swapCase(name), rewritten(value)];
    return [swapCase(name), typeof value === 'string' ? swapCase(value) : value];
  });
  const namespace = original.namespace === undefined ? undefined : swapCase(original.namespace);
  return new InstancePath({ namespace, className: swapCase(original.className), keys: keys.reverse() });
}

describe('two paths are equal', () => {
  test('exactly when namespace, class and keys are, whatever characters these hold', () => {
    fc.assert(
      fc.property(path, path, (a, b) => {
        expect(a.equals(b)).toBe(JSON.stringify(meaning(a)) === JSON.stringify(meaning(b)));
      }),
      { numRuns: 2000 },
    );
  });

  test('in any case and any order of keys', () => {
    fc.assert(
      fc.property(path, (original) => {
        const other = rewritten(original);
        expect(other.canonical).toBe(original.canonical);
        expect(other.canonicalKeys).toBe(original.canonicalKeys);
      }),
    );
  });

  test('on different hosts', () => {
    const parts = { namespace: 'root', className: 'C', keys: { K: 'a' } };
    expect(new InstancePath({ ...parts, host: 'one' }).equals(new InstancePath({ ...parts, host: 'two' }))).toBe(true);
  });

  test('when a key is a number here and its text there', () => {
    const of = (key: CimKeyValue) => new InstancePath({ className: 'C', keys: { K: key } });
    expect(of(5).equals(of('5'))).toBe(true);
    expect(of(5n).equals(of(5))).toBe(true);
    expect(of(true).equals(of('TRUE'))).toBe(true);
    expect(of(5).equals(of('05'))).toBe(false);
  });
});

describe('two paths differ', () => {
  const of = (keys: Readonly<Record<string, CimKeyValue>>) => new InstancePath({ className: 'C', keys });

  test('when one key holds what the other has as two', () => {
    expect(of({ 'a=1:x,b': 'y' }).equals(of({ a: 'x', b: 'y' }))).toBe(false);
    expect(of({ 'a1:x1:b': 'y' }).equals(of({ a: 'x', b: 'y' }))).toBe(false);
  });

  test('when a key is a reference here and a text like its canonical form there', () => {
    const reference = of({ a: 'x' });
    expect(of({ k: reference }).equals(of({ k: reference.canonical }))).toBe(false);
    expect(of({ k: reference }).equals(of({ k: `@${reference.canonical.length}:${reference.canonical}` }))).toBe(false);
  });

  test('when the class of one reaches into the namespace of the other', () => {
    const a = new InstancePath({ namespace: 'root:x', className: 'y' });
    const b = new InstancePath({ namespace: 'root', className: 'x:y' });
    expect(a.equals(b)).toBe(false);
  });
});

describe('a namespace', () => {
  test.each([
    ['root/cimv2', 'root/cimv2'],
    ['root\\cimv2', 'root/cimv2'],
    ['/root/cimv2/', 'root/cimv2'],
    ['\\root//cimv2\\', 'root/cimv2'],
    [' root / cimv2 ', 'root/cimv2'],
    ['\\ \\root', 'root'],
    ['', ''],
    [' / ', ''],
    ['/', ''],
  ])('%j is kept as %j', (written, kept) => {
    expect(normalizeNamespace(written)).toBe(kept);
    expect(normalizeNamespace(kept)).toBe(kept);
    expect(new InstancePath({ namespace: written, className: 'C' }).namespace).toBe(kept);
  });

  test('is the same with other slashes and in other case', () => {
    expect(sameNamespace('root/cimv2/Storage', '\\ROOT\\CIMV2\\storage\\')).toBe(true);
    expect(sameNamespace('root/cimv2', 'root/cimv')).toBe(false);
    expect(sameNamespace('root/ab', 'roota/b')).toBe(false);
  });
});

describe('the text of a path', () => {
  test('names host, namespace, class and keys', () => {
    const path = new InstancePath({
      host: 'srv:5985',
      namespace: 'root\\test',
      className: 'C',
      keys: { A: 'a "b" \\c', N: 5, B: true, D: CimDateTime.parse('00000001000000.000000:000') },
    });
    expect(path.toString()).toBe('//srv:5985/root/test:C.A="a \\"b\\" \\\\c",N=5,B=true,D="00000001000000.000000:000"');
  });

  test('quotes a reference inside', () => {
    const inner = new InstancePath({ namespace: 'root', className: 'I', keys: { K: 'x' } });
    expect(new InstancePath({ className: 'C', keys: { R: inner } }).toString()).toBe('C.R="root:I.K=\\"x\\""');
  });
});

test('a path moves to another namespace with all the rest', () => {
  const moved = new InstancePath({ host: 'h', namespace: 'a', className: 'C', keys: { K: 1 } }).inNamespace('/b/');
  expect([moved.host, moved.namespace, moved.className, moved.keys.get('k')]).toEqual(['h', 'b', 'C', 1]);
});
