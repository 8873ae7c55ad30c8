import { describe, expect, it } from 'vitest';
import { CimStatus } from '../../../src/cim/model/cim-status.js';
import { Schema } from '../../../src/cim/schema/schema.js';
import {
  declareClass,
  declareMethod,
  declareParameter,
  declareProperty,
  declareReference,
  qualifier,
  qualifierType,
  schemaWith,
} from '../declare.js';

const tree = [
  declareClass('A'),
  declareClass('A1', { superclassName: 'a' }),
  declareClass('A2', { superclassName: 'A' }),
  declareClass('A11', { superclassName: 'A1' }),
  declareClass('B'),
];
const names = (classes: Iterable<{ readonly name: string }>) => [...classes].map(({ name }) => name);

/** The same classes, added as a cache adds them. */
function checkedSchema(): Schema {
  const schema = new Schema();
  for (const declaration of tree) schema.addCheckedClass(declaration);
  return schema;
}

describe.each([
  ['a schema', () => schemaWith(...tree)],
  ['a schema of checked classes', checkedSchema],
])('%s', (_what, create) => {
  const schema = create();

  it('finds classes in any case', () => {
    expect(schema.findClass('a11')?.name).toBe('A11');
    expect(schema.getClass('a11').superclass?.superclass?.name).toBe('A');
  });

  it('gives the same object each time', () => {
    expect(schema.getClass('A1')).toBe(schema.findClass('a1'));
  });

  it('knows what it has not', () => {
    expect(schema.findClass('C')).toBeUndefined();
    expect(() => schema.getClass('C')).toThrow(expect.objectContaining({ status: CimStatus.InvalidClass }));
  });

  it('lists classes and declarations in the order they came', () => {
    expect(names(schema.classes)).toEqual(['A', 'A1', 'A2', 'A11', 'B']);
    expect(names(schema.declarations)).toEqual(['A', 'A1', 'A2', 'A11', 'B']);
    expect(schema.getDeclaration('a2')).toBe(tree[2]);
  });

  it('knows subclasses, near and far', () => {
    expect(names(schema.childrenOf('a'))).toEqual(['A1', 'A2']);
    expect(names(schema.withSubclasses('A'))).toEqual(['A', 'A1', 'A11', 'A2']);
    expect(names(schema.childrenOf('B'))).toEqual([]);
  });

  it.each([
    ['A11', 'a', true],
    ['a', 'A', true],
    ['A', 'A1', false],
    ['B', 'A', false],
    ['C', 'C', false],
    ['A', 'C', false],
  ])('tells whether %s is a %s: %s', (name, ancestor, answer) => {
    expect(schema.isA(name, ancestor)).toBe(answer);
  });
});

describe('addClass', () => {
  it('refuses a second class of the name', () => {
    expect(() => schemaWith(declareClass('A'), declareClass('a'))).toThrow('class a is declared twice');
  });

  it('leaves no trace of a class it refused', () => {
    const schema = schemaWith(declareClass('A'));
    const wrong = declareClass('B', { superclassName: 'A', qualifiers: [qualifier('Nope')] });
    expect(() => schema.addClass(wrong)).toThrow('qualifier Nope is not declared');
    expect(schema.findClass('B')).toBeUndefined();
    expect(names(schema.childrenOf('A'))).toEqual([]);
    expect(schema.addClass(declareClass('B', { superclassName: 'A' })).name).toBe('B');
  });
});

describe('qualifier types', () => {
  it('are found in any case, the last one of a name', () => {
    const schema = new Schema();
    schema.addQualifierType(qualifierType('Q'));
    schema.addQualifierType(qualifierType('q', 'string'));
    expect(schema.getQualifierType('Q')?.type.name).toBe('string');
    expect([...schema.qualifierTypes]).toHaveLength(1);
  });
});

describe('findDanglingReferences', () => {
  const link = declareClass('Link', {
    qualifiers: [qualifier('Association')],
    properties: [declareReference('One', 'A', 'Key'), declareReference('Two', 'Gone', 'Key')],
  });
  const caller = declareClass('Caller', {
    properties: [declareProperty('held', { qualifiers: [qualifier('EmbeddedInstance', 'Lost')] })],
    methods: [
      declareMethod('m', {
        parameters: [declareParameter('p', { qualifiers: [qualifier('EmbeddedInstance', 'Missing')] })],
      }),
    ],
  });

  it('names each class that nothing declares, and where', () => {
    const errors = schemaWith(declareClass('A'), link, caller).findDanglingReferences();
    expect(errors.map(({ message, place }) => [message, place])).toEqual([
      ['class Gone does not exist', { className: 'Link', property: 'Two' }],
      ['class Lost does not exist', { className: 'Caller', property: 'held' }],
      ['class Missing does not exist', { className: 'Caller', method: 'm', parameter: 'p' }],
    ]);
  });

  it('finds nothing when all are there', () => {
    const all = ['A', 'Gone', 'Lost', 'Missing'].map((name) => declareClass(name));
    expect(schemaWith(link, caller, ...all).findDanglingReferences()).toEqual([]);
  });
});
