import { describe, expect, it } from 'vitest';
import { NameMap } from '../../src/cim/model/name-map.js';
import { CimJsonError } from '../../src/cimjson/cim-json-error.js';
import { type ClassData, classDataOf } from '../../src/cimjson/class-data.js';
import { decodeClass } from '../../src/cimjson/decode-class.js';
import { encodeClass, encodeElement } from '../../src/cimjson/encode.js';
import { compileMof } from '../../src/mof/compile-mof.js';

const MOF = `
Qualifier Key : boolean = false, Scope(property, reference), Flavor(DisableOverride);
Qualifier Write : boolean = false, Scope(property);
Qualifier MaxLen : uint32 = NULL, Scope(property, method, parameter);
Qualifier Description : string = NULL, Scope(any), Flavor(Translatable);
Qualifier Version : string = NULL, Scope(class), Flavor(Restricted, Translatable);
Qualifier Values : string[], Scope(property, method, parameter), Flavor(Translatable);
Qualifier EmbeddedInstance : string = NULL, Scope(property, method, parameter);
Qualifier EmbeddedObject : boolean = false, Scope(property, method, parameter);
Qualifier In : boolean = true, Scope(parameter);
Qualifier Out : boolean = false, Scope(parameter);
Qualifier Override : string = NULL, Scope(property, method), Flavor(Restricted);
Qualifier Association : boolean = false, Scope(association), Flavor(DisableOverride);

class Note { string Text; };
[Description("what turns")] class Part { [Key, MaxLen(8)] string Id; uint32 Stop([In] boolean Now); };
[Version("1.2.3")] class Fan : Part {
  uint64 Turns = 18446744073709551615;
  real64 Load = 0.5;
  datetime Made = "20261129200000.000000+000";
  char16 Mark = 'x';
  uint8 Codes[4] = { 1, 2, 3, 4 };
  [Values { "off", "on" }] uint16 State;
  string Nothing = NULL;
  [EmbeddedInstance("Note")] string Remarks[];
  [EmbeddedObject] string Anything;
  sint64 Spin([In] Part REF On, [In(false), Out] string Names[], [In, EmbeddedInstance("Note")] string With);
};
[Association] class Drives { [Key] Part REF Driver; [Key] Fan REF Driven; };
`;

const { namespaces } = compileMof([{ file: 'fans.mof', text: MOF }], {
  defaultNamespace: 'root/fans',
  readInclude: (file) => {
    throw new Error(`${file} is not there`);
  },
});

function classOf(name: string) {
  const found = namespaces.get('root/fans')?.schema.getClass(name);
  if (!found) throw new Error(`${name} is not declared`);
  return found;
}

const throughJson = (data: ClassData, namespace?: string) =>
  decodeClass(JSON.parse(JSON.stringify(encodeClass(data, namespace))));

/** Declarations as data that vitest compares in full. */
function plainClass(data: ClassData): unknown {
  return JSON.parse(
    JSON.stringify(data, (_, value: unknown) =>
      value instanceof NameMap ? [...value] : typeof value === 'bigint' ? `${value}n` : value,
    ),
  );
}

describe('a class in JSON', () => {
  it.each(['Note', 'Part', 'Fan', 'Drives'])('comes back as it went: %s', (name) => {
    const { namespace, ...decoded } = throughJson(classDataOf(classOf(name)), 'root/fans');
    expect(namespace).toBe('root/fans');
    expect(plainClass(decoded)).toEqual(plainClass(classDataOf(classOf(name))));
  });

  it('has superclasses, origins, qualifiers with their flavors, and what is fixed in length', () => {
    const { superclass, derivation, qualifiers, properties, methods } = encodeClass(classDataOf(classOf('Fan')));
    expect({ superclass, derivation }).toEqual({ superclass: 'Part', derivation: ['Part'] });
    expect(qualifiers?.Version).toEqual({ type: 'string', value: '1.2.3', flavors: ['Restricted', 'Translatable'] });
    expect(properties?.Id).toEqual({
      type: 'string',
      qualifiers: {
        Key: { type: 'boolean', value: true, flavors: ['DisableOverride'] },
        MaxLen: { type: 'uint32', value: 8 },
      },
      origin: 'Part',
      propagated: true,
    });
    expect(properties?.Codes).toMatchObject({ type: 'uint8', array: true, arraySize: 4, value: [1, 2, 3, 4] });
    expect(properties?.Turns).toMatchObject({ type: 'uint64', value: '18446744073709551615' });
    expect(properties?.Remarks).toMatchObject({ type: 'instance', array: true, class: 'Note' });
    expect(methods?.Spin?.parameters?.On).toMatchObject({ type: 'reference', class: 'Part' });
  });

  it('tells a default of NULL from none', () => {
    const properties = encodeClass(classDataOf(classOf('Fan'))).properties;
    expect(properties?.Nothing).toHaveProperty('value', null);
    expect(properties?.State).not.toHaveProperty('value');
  });

  it('may be the value of an embedded object, but is not read as one', () => {
    const element = encodeElement(classOf('Note'));
    expect(element).toMatchObject({ type: 'instance', value: { kind: 'class', name: 'Note' } });
  });

  it.each<readonly [unknown, string]>([
    [{ kind: 'class' }, 'name: nothing where a text is wanted'],
    [{ kind: 'class', name: 'C', keys: [] }, /^keys: no such member/.source],
    [{ kind: 'class', name: 'C', derivation: [1] }, 'derivation[0]: 1 where the name of a class is wanted'],
    [
      { kind: 'class', name: 'C', properties: { P: { type: 'uint8', value: 256 } } },
      'properties.P.value: 256 where a uint8 is wanted',
    ],
    [
      { kind: 'class', name: 'C', properties: { P: { type: 'uint8', arraySize: 2 } } },
      'properties.P.arraySize: 2 where the length of an array is wanted',
    ],
    [
      { kind: 'class', name: 'C', methods: { M: { type: 'uint32', parameters: { A: { type: 'x' } } } } },
      "methods.M.parameters.A.type: 'x' where",
    ],
    [
      { kind: 'class', name: 'C', qualifiers: { Q: { type: 'string', value: '', flavors: ['Toinstance'] } } },
      "qualifiers.Q.flavors[0]: 'Toinstance' where",
    ],
  ])('%j is refused, and the place named', (json, message) => {
    expect(() => decodeClass(json)).toThrow(CimJsonError);
    expect(() => decodeClass(json)).toThrow(message.replace('^', ''));
  });
});
