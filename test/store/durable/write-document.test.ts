import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { plainType } from '../../../src/cim/model/cim-type.js';
import type { CimScalar, CimValue } from '../../../src/cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../../src/cim/model/instance-path.js';
import { readDocument } from '../../../src/store/durable/read-document.js';
import { writeDocument } from '../../../src/store/durable/write-document.js';
import {
  declareClass,
  declareMethod,
  declareParameter,
  declareProperty,
  qualifier,
  schemaWith,
} from '../../cim/declare.js';
import { instance } from '../instance-builders.js';

/** Any code units, halves of surrogate pairs and U+0000 among them. */
const anyText = fc.array(fc.nat(0xff_ff), { maxLength: 8 }).map((units) => String.fromCharCode(...units));
const anyName = fc.oneof(fc.constantFrom('__proto__', '1', 'Name', 'NAME', ''), anyText);
const anyDateTime = fc.oneof(
  fc.bigInt(0n, 10n ** 18n).map((length) => CimDateTime.interval(length)),
  fc
    .constantFrom('20240229******.******+000', '00000001******.******:000', '**************.**********')
    .map((text) => CimDateTime.parse(text)),
);
const anyPlain = fc.oneof(fc.boolean(), fc.double(), fc.integer(), fc.constant(-0), fc.bigInt(), anyText, anyDateTime);

const { path: anyPath } = fc.letrec<{ path: InstancePath }>((tie) => ({
  path: fc
    .record({
      host: fc.option(anyText, { nil: undefined }),
      namespace: fc.option(anyText, { nil: undefined }),
      className: anyName,
      isSingleton: fc.boolean(),
      keys: fc.array(fc.tuple(anyName, fc.oneof({ maxDepth: 2 }, anyPlain as fc.Arbitrary<CimKeyValue>, tie('path'))), {
        maxLength: 4,
      }),
    })
    .map((parts) => new InstancePath(parts)),
}));

const { instance: anyInstance } = fc.letrec<{ instance: CimInstance; scalar: CimScalar; value: CimValue }>((tie) => ({
  scalar: fc.oneof({ maxDepth: 2 }, anyPlain, anyPath, tie('instance')),
  value: fc.oneof(fc.constant(null), tie('scalar'), fc.array(fc.option(tie('scalar')), { maxLength: 4 })),
  instance: fc
    .record({
      className: anyName,
      properties: fc.array(fc.tuple(anyName, tie('value')), { maxLength: 5 }),
      path: fc.option(anyPath, { nil: undefined }),
    })
    .map(({ className, properties, path }) => new CimInstance(className, properties, path)),
}));

/** All there is to see of an instance, with the order of names. */
function facts(value: unknown): unknown {
  if (value instanceof CimInstance)
    return { class: value.className, path: facts(value.path), properties: entries(value.properties) };
  if (value instanceof InstancePath) {
    const { host, namespace, className, isSingleton, canonical } = value;
    return { host, namespace, className, isSingleton, canonical, keys: entries(value.keys) };
  }
  if (value instanceof CimDateTime) return { dateTime: value.toString() };
  return Array.isArray(value) ? value.map(facts) : value;
}

function entries(map: Iterable<readonly [string, unknown]>): unknown[] {
  return Array.from(map, ([name, value]) => [name, facts(value)]);
}

describe('the document of an instance', () => {
  it('gives back all there is of it, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(anyInstance, { minLength: 1, maxLength: 3 }), (instances) => {
        for (const one of instances) expect(facts(readDocument(writeDocument(one)))).toStrictEqual(facts(one));
      }),
      { numRuns: 60 },
    );
  });

  it('has no character that a database cannot keep', () => {
    fc.assert(
      fc.property(anyInstance, (one) => {
        const document = writeDocument(one);
        expect(document).not.toContain('\0');
        expect(Buffer.from(document).toString()).toBe(document);
      }),
    );
  });

  it('keeps a property that is NULL apart from one that is absent', () => {
    const read = readDocument(writeDocument(instance('Disk', 'a', { Size: null })));
    expect([...read.properties.keys()]).toEqual(['Id', 'Size']);
  });

  it('gives back a class as a value with all that it inherits', () => {
    const base = declareClass('Base', {
      properties: [declareProperty('Id', { qualifiers: [qualifier('Key')] })],
      methods: [declareMethod('Count', { parameters: [declareParameter('Deep')] })],
    });
    const derived = declareClass('Derived', {
      superclassName: 'Base',
      qualifiers: [qualifier('Description', 'low')],
      properties: [declareProperty('Low', { type: plainType('uint8'), defaultValue: 7 })],
    });
    const cimClass = schemaWith(base, derived).findClass('Derived');
    if (!cimClass) throw new Error('the schema lacks its class');
    const read = readDocument(writeDocument(instance('Holder', 'a', { What: cimClass, All: [cimClass, null] })));
    expect(read.get('What')).toEqual(cimClass);
    expect(read.get('All')).toEqual([cimClass, null]);
  });

  it.each(['{', '3', '[]', '["Disk",null,"Id",{"x":1}]', '["Disk",null,"Id",{"d":"late"}]'])('is not %s', (text) => {
    expect(() => readDocument(text)).toThrow();
  });
});
