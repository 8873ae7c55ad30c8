import { describe, expect, it } from 'vitest';
import { plainType } from '../../src/cim/model/cim-type.js';
import { CimJsonError } from '../../src/cimjson/cim-json-error.js';
import { decodeElement, decodeElements, decodeInstance, decodePath } from '../../src/cimjson/decode.js';

/** What a wrong text is refused with, and the place that is named. */
function refusal(decode: () => unknown): string {
  try {
    decode();
  } catch (error) {
    if (error instanceof CimJsonError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('a value that is none of its type', () => {
  it.each<readonly [unknown, string]>([
    [{ type: 'uint8', value: 256 }, 'value: 256 where a uint8 is wanted'],
    [{ type: 'uint8', value: -1 }, 'value: -1 where a uint8 is wanted'],
    [{ type: 'sint32', value: 1.5 }, 'value: 1.5 where a sint32 is wanted'],
    [{ type: 'sint32', value: '1' }, "value: '1' where a sint32 is wanted"],
    [{ type: 'uint64', value: 1 }, 'value: 1 where a uint64 is wanted'],
    [{ type: 'uint64', value: '-1' }, "value: '-1' where a uint64 is wanted"],
    [{ type: 'uint64', value: '18446744073709551616' }, "value: '18446744073709551616' where a uint64 is wanted"],
    [{ type: 'sint64', value: '0x10' }, "value: '0x10' where a sint64 is wanted"],
    [{ type: 'boolean', value: 'true' }, "value: 'true' where a boolean is wanted"],
    [{ type: 'real64', value: 'Infinity' }, "value: 'Infinity' where a real64 is wanted"],
    [{ type: 'real32', value: 1e39 }, 'value: 1e+39 where a real32 is wanted'],
    [{ type: 'string', value: 5 }, 'value: 5 where a string is wanted'],
    [{ type: 'char16', value: 'ab' }, "value: 'ab' where a char16 is wanted"],
    [{ type: 'datetime', value: '2026-11-29' }, "value: '2026-11-29' where a datetime is wanted"],
    [
      { type: 'datetime', value: '20261329200000.000000+000' },
      "value: '20261329200000.000000+000' where a datetime is wanted",
    ],
    [{ type: 'string', array: true, value: 'x' }, "value: 'x' where an array is wanted"],
    [{ type: 'string', value: ['x'] }, 'value: an array where a string is wanted'],
    [{ type: 'uint8', array: true, value: [1, null, 'x'] }, "value[2]: 'x' where a uint8 is wanted"],
    [{ type: 'reference', value: 'CIM_Fan' }, "value: 'CIM_Fan' where an object is wanted"],
    [{ type: 'reference', value: { kind: 'instance', class: 'C' } }, "value.kind: 'instance' where 'path' is wanted"],
    [{ type: 'instance', value: { kind: 'class', name: 'C' } }, "value.kind: 'class' where 'instance' is wanted"],
    [{ type: 'uint128', value: 1 }, "type: 'uint128' where the name of a type in lower case or 'instance' is wanted"],
    [{ type: 'String', value: 'x' }, "type: 'String' where the name of a type in lower case or 'instance' is wanted"],
    [{ type: 'string', class: 'C', value: 'x' }, "class: 'C' where nothing beside string is wanted"],
    [{ type: 'string', array: 1, value: 'x' }, 'array: 1 where true or false is wanted'],
    [{ type: 'string' }, 'value: nothing where a value or null is wanted'],
    [{ value: 'x' }, 'type: nothing where a text is wanted'],
    [{ type: 'string', value: 'x', size: 1 }, 'size: no such member: type, array, class, value'],
    [null, 'null where an object is wanted'],
    [[], 'an array where an object is wanted'],
  ])('%j is refused, and its place named', (json, message) => {
    expect(refusal(() => decodeElement(json))).toBe(message);
  });
});

describe('an instance that is none', () => {
  const withProperty = (element: unknown) => ({ kind: 'instance', class: 'C', properties: { P: element } });

  it('has the place of the member named, however deep it lies', () => {
    const inner = { kind: 'instance', class: 'D', properties: { Q: { type: 'uint8', array: true, value: [0, 300] } } };
    expect(refusal(() => decodeInstance(withProperty({ type: 'instance', array: true, value: [null, inner] })))).toBe(
      'properties.P.value[1].properties.Q.value[1]: 300 where a uint8 is wanted',
    );
    const key = {
      type: 'reference',
      value: { kind: 'path', class: 'K', keys: { Id: { type: 'string', value: null } } },
    };
    expect(refusal(() => decodePath({ kind: 'path', class: 'A', keys: { R: key } }, 'path'))).toBe(
      'path.keys.R.value.keys.Id: NULL, an array or an instance is no value of a key',
    );
  });

  it.each<readonly [string, unknown, string]>([
    ['another kind', { kind: 'path', class: 'C' }, "kind: 'path' where 'instance' is wanted"],
    ['no class', { kind: 'instance' }, 'class: nothing where a text is wanted'],
    ['an empty class', { kind: 'instance', class: '' }, 'class: it is empty'],
    [
      'a member too many',
      { kind: 'instance', class: 'C', keys: {} },
      'keys: no such member: kind, namespace, class, path, properties',
    ],
    [
      'two names that are one',
      {
        kind: 'instance',
        class: 'C',
        properties: { A: { type: 'string', value: '' }, a: { type: 'string', value: '' } },
      },
      'properties.a: A stands there already',
    ],
    [
      'a property without a type',
      { kind: 'instance', class: 'C', properties: { A: 'x' } },
      "properties.A: 'x' where an object is wanted",
    ],
  ])('is refused for %s', (_what, json, message) => {
    expect(refusal(() => decodeInstance(json))).toBe(message);
  });
});

describe('values whose class tells their types', () => {
  const typeOf = (name: string) => (name === 'Size' ? plainType('uint64') : undefined);

  it('may come without', () => {
    expect(decodeElements({ Size: { value: '5' } }, '', typeOf).get('Size')?.value).toBe(5n);
  });

  it('mind the type that comes with a value', () => {
    expect(decodeElements({ Size: { type: 'uint8', value: 5 } }, '', typeOf).get('Size')?.value).toBe(5);
  });

  it('are refused where the class does not tell', () => {
    expect(refusal(() => decodeElements({ Sise: { value: '5' } }, 'parameters', typeOf))).toBe(
      'parameters.Sise.type: nothing where a text is wanted',
    );
  });
});
