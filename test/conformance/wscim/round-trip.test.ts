import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CimProperty } from '../../../src/cim/model/cim-class.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimScalar, CimValue } from '../../../src/cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../../src/cim/model/instance-path.js';
import { decodeValue } from '../../../src/wscim/decode-value.js';
import { encodeValue } from '../../../src/wscim/encode-value.js';
import type { ResourceUriFamily } from '../../../src/wscim/resource-uri.js';
import { scalarOf, xmlText } from '../../support/cim-arbitraries.js';
import { plain } from '../../support/plain-value.js';
import { createTestSchema, namespace, plainTypeNames, wscimContext } from '../../support/test-schema.js';
import { readElements } from '../../support/xml-fragment.js';

const schema = createTestSchema();

function propertyOf(className: string, name: string): CimProperty {
  const property = schema.getClass(className).properties.get(name);
  if (!property) throw new Error(`${className} has no property ${name}`);
  return property;
}

/** Writes a value as it goes into an answer, and reads it as it comes in a request. */
function roundTrip(property: CimProperty, value: CimValue, family: ResourceUriFamily, preciseArrays = true): CimValue {
  const xml = encodeValue('p:', property, value, { family, namespace, schema, preciseArrays });
  return decodeValue(readElements(xml), property, property.name, wscimContext(schema));
}

function expectSame(property: CimProperty, value: CimValue, family: ResourceUriFamily): void {
  expect(plain(roundTrip(property, value, family))).toEqual(plain(value));
}

const someOf = (element: fc.Arbitrary<CimScalar>) => fc.array(element, { minLength: 1, maxLength: 5 });

const keyProperties = schema.getClass('TEST_EveryKey').keys;

/** A blank line at an end of a key is taken for layout; a digit or a control character as a char16 key has no form. */
const keyValue = ({ type }: CimProperty): fc.Arbitrary<CimKeyValue> =>
  (type.name === 'char16' ? xmlText.filter((text) => text.length === 1 && !/\d|\s/.test(text)) : scalarOf(type.name))
    .map((value) => value as CimKeyValue)
    .filter((value) => typeof value !== 'string' || !/^\s|\s$/.test(value) || !value.includes('\n'));

const everyKeyPath = fc
  .tuple(...keyProperties.map(keyValue))
  .map((values) => keyProperties.map(({ name }, index): [string, CimKeyValue] => [name, values[index] ?? '']))
  .map((keys) => new InstancePath({ namespace, className: 'TEST_EveryKey', keys }));

const systemPath = fc
  .tuple(
    fc.constantFrom('TEST_System', 'TEST_SubSystem'),
    xmlText.map((text) => text.trim()),
  )
  .map(([className, Name]) => new InstancePath({ namespace, className, keys: { CreationClassName: className, Name } }));

const associationPath = fc.tuple(systemPath, systemPath, systemPath).map(([Antecedent, Dependent, explained]) => {
  const hosts = new InstancePath({ namespace, className: 'TEST_Hosts', keys: { Antecedent, Dependent } });
  const keys = { Antecedent: hosts, Dependent: explained };
  return new InstancePath({ namespace, className: 'TEST_Explains', keys });
});

const { setting } = fc.letrec<{ setting: CimInstance }>((tie) => ({
  setting: fc
    .record({
      className: fc.constantFrom('TEST_Setting', 'TEST_SpecialSetting'),
      InstanceID: xmlText,
      ElementName: fc.option(xmlText),
      Count: fc.option(scalarOf('uint32')),
      When: fc.option(scalarOf('datetime')),
      Names: fc.option(fc.array(xmlText, { maxLength: 3 })),
      Inner: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.constant(null), tie('setting')),
    })
    .map(({ className, ...values }) => new CimInstance(className, Object.entries<CimValue>(values))),
}));

describe.each<ResourceUriFamily>(['dmtf', 'wmi'])('in the %s family', (family) => {
  describe.each(plainTypeNames)('%s', (name) => {
    const scalar = propertyOf('TEST_EveryType', `a_${name}`);
    const array = propertyOf('TEST_EveryType', `many_${name}`);

    test('comes back as one value', () => {
      fc.assert(fc.property(scalarOf(name), (value) => expectSame(scalar, value, family)));
    });

    test('comes back in an array, of one element too', () => {
      fc.assert(fc.property(someOf(scalarOf(name)), (values) => expectSame(array, values, family)));
    });

    test('comes back as NULL, alone and for an array', () => {
      expectSame(scalar, null, family);
      expectSame(array, null, family);
      expect(roundTrip(array, null, family, false)).toBeNull();
    });

    test('leaves no trace as an empty array, which WS-CIM has no form for', () => {
      expect(encodeValue('p:', array, [], { family, namespace, schema, preciseArrays: true })).toBe('');
    });
  });

  test('a reference comes back with keys of every type', () => {
    const property = { ...propertyOf('TEST_Hosts', 'Antecedent') };
    const type = { ...property.type, referenceClass: 'TEST_EveryKey' };
    fc.assert(fc.property(everyKeyPath, (path) => expectSame({ ...property, type }, path, family)));
  });

  test('a reference comes back with references for keys, two levels deep', () => {
    const property = propertyOf('TEST_ExplainsMore', 'Antecedent');
    fc.assert(fc.property(associationPath, (path) => expectSame(property, path, family)));
  });

  test('references come back in an array', () => {
    const property = propertyOf('TEST_Hosts', 'Antecedent');
    const type = { ...property.type, array: { kind: 'Ordered', size: undefined } as const };
    fc.assert(fc.property(someOf(systemPath), (paths) => expectSame({ ...property, type }, paths, family)));
  });

  test('an instance comes back with the instances in it', () => {
    const property = propertyOf('TEST_EveryType', 'a_setting');
    fc.assert(fc.property(setting, (value) => expectSame(property, value, family)));
  });

  test('instances come back in an array', () => {
    const property = propertyOf('TEST_EveryType', 'many_setting');
    fc.assert(fc.property(someOf(setting), (values) => expectSame(property, values, family)));
  });

  test('an instance comes back from an embedded object, with its class', () => {
    const property = propertyOf('TEST_EveryType', 'an_object');
    fc.assert(fc.property(setting, (value) => expectSame(property, value, family)));
  });

  test('octets come back, with the length in front that the wire does not carry', () => {
    const property = propertyOf('TEST_EveryType', 'octets');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (content) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(content.length + 4);
        expectSame(property, [...length, ...content], family);
      }),
    );
  });

  test('octets without their length come back byte by byte', () => {
    expectSame(propertyOf('TEST_EveryType', 'octets'), [1, 2, 255], family);
  });
});

test('NULL elements of an array are not sent', () => {
  expect(roundTrip(propertyOf('TEST_EveryType', 'many_uint8'), [1, null, 2], 'dmtf')).toEqual([1, 2]);
});

test('characters that XML cannot carry become question marks', () => {
  const property = propertyOf('TEST_EveryType', 'a_string');
  expect(roundTrip(property, 'a\0b\u0007c\ud800d\ufffe', 'dmtf')).toBe('a?b?c?d?');
});
