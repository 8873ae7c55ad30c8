import { describe, expect, it } from 'vitest';
import { lineage } from '../../../src/cim/model/cim-class.js';
import { plainType } from '../../../src/cim/model/cim-type.js';
import type { ClassDeclaration } from '../../../src/cim/schema/class-declaration.js';
import { SchemaError } from '../../../src/cim/schema/schema-error.js';
import {
  declareClass,
  declareMethod,
  declareParameter,
  declareProperty,
  declareReference,
  qualifier,
  schemaWith,
} from '../declare.js';

const key = declareProperty('Name', { qualifiers: [qualifier('Key')] });
const base = declareClass('Base', {
  qualifiers: [qualifier('Abstract'), qualifier('Version', '1.0'), qualifier('Description', 'the base')],
  properties: [key, declareProperty('Size', { type: plainType('uint8'), defaultValue: 3 })],
  methods: [
    declareMethod('Go', {
      qualifiers: [qualifier('Static'), qualifier('Description', 'goes')],
      parameters: [declareParameter('How', { qualifiers: [qualifier('Required')] })],
    }),
  ],
});
const bag = (name: 'string' | 'uint8') => plainType(name, { kind: 'Bag', size: undefined });

function failure(...classes: readonly ClassDeclaration[]): SchemaError {
  try {
    schemaWith(...classes);
  } catch (error) {
    if (error instanceof SchemaError) return error;
    throw error;
  }
  throw new Error('the classes were taken');
}

describe('a subclass', () => {
  const schema = schemaWith(
    base,
    declareClass('Sub', { superclassName: 'BASE', properties: [declareProperty('Own')] }),
    declareClass('SubSub', { superclassName: 'Sub' }),
  );
  const sub = schema.getClass('sub');

  it('has the properties of its superclass, then its own', () => {
    expect([...sub.properties.keys()]).toEqual(['Name', 'Size', 'Own']);
  });

  it('inherits keys', () => {
    expect(sub.keys.map(({ name }) => name)).toEqual(['Name']);
  });

  it('tells what it inherits from what is its own', () => {
    expect([...sub.properties.values()].map(({ propagated, classOrigin }) => [propagated, classOrigin])).toEqual([
      ...[
        [true, 'Base'],
        [true, 'Base'],
        [false, 'Sub'],
      ],
    ]);
    expect(sub.methods.get('go')).toMatchObject({ propagated: true, classOrigin: 'Base', isStatic: true });
  });

  it('is not abstract because its superclass is, and has no version from it', () => {
    expect([sub.isAbstract, sub.version]).toEqual([false, undefined]);
  });

  it('inherits qualifiers of flavor ToSubclass', () => {
    expect(sub.qualifiers.get('description')).toMatchObject({ value: 'the base', propagated: true });
  });

  it('knows its line of superclasses', () => {
    expect([...lineage(schema.getClass('SubSub'))].map(({ name }) => name)).toEqual(['SubSub', 'Sub', 'Base']);
  });
});

describe('an override', () => {
  it('keeps the origin, the spelling, the key and the default of what it overrides', () => {
    const schema = schemaWith(
      base,
      declareClass('Sub', {
        superclassName: 'Base',
        properties: [
          declareProperty('NAME', { qualifiers: [qualifier('Description', 'own')] }),
          declareProperty('size', { type: plainType('uint8') }),
        ],
      }),
    );
    const { properties } = schema.getClass('Sub');
    expect(properties.get('Name')).toMatchObject({ name: 'Name', isKey: true, classOrigin: 'Base', propagated: false });
    expect(properties.get('Size')?.defaultValue).toBe(3);
  });

  it('may name another default, NULL too', () => {
    const size = (defaultValue: number | null) => declareProperty('Size', { type: plainType('uint8'), defaultValue });
    const schema = schemaWith(
      base,
      declareClass('Five', { superclassName: 'Base', properties: [size(5)] }),
      declareClass('Null', { superclassName: 'Base', properties: [size(null)] }),
    );
    expect(schema.getClass('Five').properties.get('Size')?.defaultValue).toBe(5);
    expect(schema.getClass('Null').properties.get('Size')?.defaultValue).toBeNull();
  });

  it('of a method has its parameters in its own spelling, with the qualifiers of those it overrides', () => {
    const parameters = [declareParameter('HOW')];
    const schema = schemaWith(
      base,
      declareClass('Sub', { superclassName: 'Base', methods: [declareMethod('go', { parameters })] }),
    );
    const go = schema.getClass('Sub').methods.get('Go');
    expect([...(go?.parameters.keys() ?? [])]).toEqual(['HOW']);
    expect(go?.parameters.get('How')?.isRequired).toBe(true);
    expect(go).toMatchObject({ name: 'Go', isStatic: true, classOrigin: 'Base', propagated: false });
  });

  it.each([
    ['the type', declareProperty('Size', { type: plainType('uint16') }), 'type uint16 does not override uint8'],
    ['the shape', declareProperty('Size', { type: bag('uint8') }), 'type uint8[] does not override uint8'],
  ])('may not change %s', (_what, property, message) => {
    const error = failure(base, declareClass('Sub', { superclassName: 'Base', properties: [property] }));
    expect([error.message, error.place]).toEqual([message, { className: 'Sub', property: 'Size' }]);
  });

  describe('of a method', () => {
    const how = declareParameter('how');
    const number = declareParameter('How', { type: plainType('uint8') });
    const overriding = (...parameters: ReturnType<typeof declareParameter>[]) =>
      declareClass('Sub', { superclassName: 'Base', methods: [declareMethod('Go', { parameters })] });

    it.each([
      ['a parameter of another type', [number], 'type uint8 does not override string', 'How'],
      ['a parameter more', [how, declareParameter('Where')], 'the overridden Go has no parameter Where', 'Where'],
      ['a parameter less', [], 'parameter How of the overridden Go is missing', undefined],
    ])('is refused with %s', (_, parameters, message, parameter) => {
      const error = failure(base, overriding(...parameters));
      expect([error.message, error.place]).toEqual([message, { className: 'Sub', method: 'Go', parameter }]);
    });

    it('may narrow a reference to a subclass', () => {
      const to = (name: string) =>
        declareMethod('Go', {
          parameters: [declareParameter('To', { type: { ...plainType('reference'), referenceClass: name } })],
        });
      const first = declareClass('A', { methods: [to('A')] });
      const sub = declareClass('B', { superclassName: 'A' });
      const narrowed = declareClass('C', { superclassName: 'B', methods: [to('B')] });
      const parameter = schemaWith(first, sub, narrowed).getClass('C').methods.get('Go')?.parameters.get('To');
      expect(parameter?.type.referenceClass).toBe('B');
      const other = declareClass('D', { superclassName: 'C', methods: [to('Other')] });
      expect(failure(first, sub, narrowed, declareClass('Other'), other).message).toBe(
        'type Other REF does not override B REF',
      );
    });
  });

  it('of a reference may narrow to a subclass and to nothing else', () => {
    const association = declareClass('Link', {
      qualifiers: [qualifier('Association')],
      properties: [declareReference('One', 'Base', 'Key'), declareReference('Two', 'Base', 'Key')],
    });
    const sub = declareClass('Sub', { superclassName: 'Base' });
    const narrowed = (target: string) =>
      declareClass('SubLink', {
        superclassName: 'Link',
        qualifiers: [qualifier('Association')],
        properties: [declareReference('One', target)],
      });
    const schema = schemaWith(base, sub, association, narrowed('Sub'));
    expect(schema.getClass('SubLink').properties.get('One')?.type.referenceClass).toBe('Sub');
    expect(failure(base, declareClass('Other'), association, narrowed('Other')).message).toBe(
      'type Other REF does not override Base REF',
    );
  });
});

describe('the type of an element', () => {
  const typeOf = (name: string, value: string | boolean, type = plainType('string')) =>
    schemaWith(
      declareClass('A', { properties: [declareProperty('p', { type, qualifiers: [qualifier(name, value)] })] }),
    )
      .getClass('A')
      .properties.get('p')?.type;

  it('takes the kind of an array from ArrayType, in any case', () => {
    expect(typeOf('ArrayType', 'indexed', bag('string'))?.array?.kind).toBe('Indexed');
    expect(typeOf('Description', 'x', bag('string'))?.array?.kind).toBe('Bag');
  });

  it('takes embedded instances and objects from their qualifiers', () => {
    expect(typeOf('EmbeddedInstance', 'B')?.embedded).toEqual({ kind: 'instance', className: 'B' });
    expect(typeOf('EmbeddedObject', true, bag('string'))?.embedded).toEqual({ kind: 'object' });
    expect(typeOf('EmbeddedObject', false)?.embedded).toBeUndefined();
  });

  it.each([
    ['ArrayType', 'Heap', bag('string'), 'ArrayType Heap is not Bag, Ordered or Indexed'],
    [
      'EmbeddedInstance',
      'B',
      plainType('uint8'),
      'EmbeddedInstance and EmbeddedObject are for elements of type string',
    ],
  ])('may not have %s %s', (name, value, type, message) => {
    expect(() => typeOf(name, value, type)).toThrow(message);
  });
});

describe('parameters', () => {
  it('are in unless told otherwise, and out or required when told', () => {
    const parameters = [
      declareParameter('a'),
      declareParameter('b', { qualifiers: [qualifier('In', false), qualifier('Out')] }),
      declareParameter('c', { qualifiers: [qualifier('Required')] }),
    ];
    const schema = schemaWith(declareClass('A', { methods: [declareMethod('m', { parameters })] }));
    const found = [...(schema.getClass('A').methods.get('m')?.parameters.values() ?? [])];
    expect(found.map(({ isIn, isOut, isRequired }) => [isIn, isOut, isRequired])).toEqual([
      ...[
        [true, false, false],
        [false, true, false],
        [true, false, true],
      ],
    ]);
  });
});

describe('a class is refused when', () => {
  const references = [declareReference('One', 'Base', 'Key'), declareReference('Two', 'Base', 'Key')];

  it.each([
    [
      'its superclass is unknown',
      declareClass('A', { superclassName: 'No' }),
      'superclass No of A does not exist',
      { className: 'A', superclass: true },
    ],
    [
      'a property is there twice',
      declareClass('A', { properties: [key, declareProperty('NAME')] }),
      'property NAME is declared twice',
      { className: 'A', property: 'NAME' },
    ],
    [
      'a method is there twice',
      declareClass('A', { methods: [declareMethod('m'), declareMethod('M')] }),
      'method M is declared twice',
      { className: 'A', method: 'M' },
    ],
    [
      'a parameter is there twice',
      declareClass('A', {
        methods: [declareMethod('m', { parameters: [declareParameter('p'), declareParameter('P')] })],
      }),
      'parameter P is declared twice',
      { className: 'A', method: 'm', parameter: 'P' },
    ],
    [
      'a default does not fit',
      declareClass('A', { properties: [declareProperty('p', { type: plainType('uint8'), defaultValue: 256 })] }),
      'default of p: 256 is not a value of type uint8',
      { className: 'A', property: 'p' },
    ],
    [
      'it has a reference and is no association',
      declareClass('A', { properties: [references[0] ?? key] }),
      'A has reference One but is no association',
      { className: 'A', property: 'One' },
    ],
    [
      'it is an association with one reference',
      declareClass('A', { qualifiers: [qualifier('Association')], properties: references.slice(1) }),
      'association A has fewer than two references',
      { className: 'A' },
    ],
  ])('%s', (_what, declaration, message, place) => {
    const error = failure(base, declaration);
    expect([error.message, error.place]).toEqual([message, place]);
  });
});
