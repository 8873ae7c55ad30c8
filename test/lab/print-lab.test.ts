import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { printLab } from '../../src/lab/print-lab.js';
import { encodeInstance } from '../../src/mof/cache/value-codec.js';
import { plainTypes, valuesOf } from '../mof/arbitraries.js';
import { compileText, qualifierTypes } from '../mof/compile-text.js';

const [HERE, THERE] = ['root/here', 'root/there/below'];

/** What a lab is compiled on, and the class of a name in one of its namespaces. */
function model(mof: string) {
  const base = compileText(mof);
  const classOf = (name: string, namespace: string) => base.namespaces.get(namespace)?.schema.findClass(name);
  const reread = (text: string) =>
    [...compileText(text, {}, base).namespaces.values()].flatMap(({ instances }) => instances);
  return { classOf, reread };
}

const at = (className: string, id: string, values: Record<string, CimValue> = {}, namespace = HERE) =>
  new CimInstance(
    className,
    Object.entries({ Id: id, ...values }),
    new InstancePath({ namespace, className, keys: { Id: id } }),
  );

/** As clients see it: what an instance does not have is NULL, as what is. */
const seen = (instances: readonly CimInstance[], names: readonly string[]) =>
  instances.map((one) => {
    const whole = new CimInstance(
      one.className,
      names.map((name) => [name, one.get(name)] as const),
      one.path,
    );
    return encodeInstance(whole);
  });

const texts = fc.string({
  unit: fc.constantFrom('a', 'Z', '"', "'", '\\', '%', '\n', '\t', ',', '=', ':', '.', 'ß', '\u{1f600}'),
});

describe('a lab that is printed', () => {
  it('starts the same state: values of all types', () => {
    const typed = plainTypes.chain((type) => fc.tuple(fc.constant(type), valuesOf(type), valuesOf(type), fc.boolean()));
    fc.assert(
      fc.property(typed, ([type, value, fallback, isThere]) => {
        const shape = `${type.array ? `[${type.array.size ?? ''}]` : ''}`;
        const text = (given: CimValue) =>
          printLab([at('P', 'x', { V: given })], () => undefined).match(/ {2}V = (.*);\n\};/s)?.[1] ?? 'NULL';
        const printable = type.name !== 'char16' && type.name !== 'real32' && type.name !== 'real64';
        const initial = printable ? ` = ${text(fallback)}` : '';
        const { classOf, reread } = model(`#pragma namespace("${HERE}") ${qualifierTypes}
          class T { [Key] string Id; ${type.name} V${shape}${initial}; };`);
        const instance = at('T', 'i', isThere ? { V: value } : {});
        expect(seen(reread(printLab([instance], classOf)), ['Id', 'V'])).toEqual(seen([instance], ['Id', 'V']));
      }),
      { numRuns: 400 },
    );
  });

  it('starts the same state: references, also into other namespaces, and embedded instances', () => {
    const { classOf, reread } = model(`
      #pragma namespace("${HERE}") ${qualifierTypes}
      class A { [Key] string Id; [EmbeddedInstance("E")] string One; [EmbeddedInstance("E")] string Many[]; };
      class E { string Text = "given"; uint64 Count; datetime Since; };
      [Association] class L { [Key] A REF From; [Key] A REF To; sint8 Weight = -1; };
      #pragma namespace("${THERE}") ${qualifierTypes}
      class A { [Key] string Id; };`);
    const embedded = fc
      .record({ Text: fc.option(texts), Count: fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })) })
      .map((values) => new CimInstance('E', Object.entries(values)));
    const anyLab = fc.record({
      ids: fc.uniqueArray(texts, { minLength: 1, maxLength: 4 }),
      one: fc.option(embedded),
      many: fc.array(embedded, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(anyLab, ({ ids, one, many }) => {
        const nodes = ids.flatMap((id) => [at('A', id, { One: one, Many: many }), at('A', id, {}, THERE)]);
        const links = nodes.map((node) => {
          const keys = { From: node.path as InstancePath, To: nodes[0]?.path as InstancePath };
          return new CimInstance(
            'L',
            Object.entries(keys),
            new InstancePath({ namespace: HERE, className: 'L', keys }),
          );
        });
        const found = reread(printLab([...nodes, ...links], classOf));
        const inOrder = (list: readonly CimInstance[]) =>
          [HERE, THERE].flatMap((name) => list.filter(({ path }) => path?.namespace === name));
        const names = ['Id', 'One', 'Many', 'From', 'To', 'Weight'];
        expect(seen(found, names)).toEqual(seen(inOrder([...nodes, ...links]), names));
      }),
      { numRuns: 150 },
    );
  });

  it('leaves out what comes with the namespaces', () => {
    expect(printLab([at('__NAMESPACE', 'x')], () => undefined)).toBe('');
  });

  it.each<[string, CimValue, RegExp]>([
    ['a number that is none', Number.NaN, /root\/here:T\.Id="i": V: MOF has no form for NaN/],
    ['a character that XML cannot carry', ['a', 'b\u0000'], /V: MOF has no form for the character U\+0000/],
    ['one within an embedded instance', new CimInstance('T', [['W', '\u0001']]), /V: W: .*U\+0001/],
  ])('is refused where MOF has no form for it: %s', (_, value, message) => {
    expect(() => printLab([at('T', 'i', { V: value })], () => undefined)).toThrow(message);
  });
});
