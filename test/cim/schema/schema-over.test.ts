import { describe, expect, it, vi } from 'vitest';
import { plainType } from '../../../src/cim/model/cim-type.js';
import type { ClassDeclaration } from '../../../src/cim/schema/class-declaration.js';
import { Schema } from '../../../src/cim/schema/schema.js';
import { schemaOver } from '../../../src/cim/schema/schema-over.js';

function declare(name: string, superclassName?: string, ...properties: string[]): ClassDeclaration {
  return {
    ...{ name, superclassName, qualifiers: [], methods: [] },
    properties: properties.map((one) => ({
      name: one,
      type: plainType('string'),
      defaultValue: undefined,
      qualifiers: [],
    })),
  };
}

function layers() {
  const beneath = new Schema();
  for (const one of [declare('Base', undefined, 'A'), declare('Middle', 'Base', 'B'), declare('Leaf', 'Middle', 'C')])
    beneath.addClass(one);
  const schema = vi.fn(() => beneath);
  return { beneath, schema, over: new Schema({ digest: undefined, schema }) };
}

const namesOf = (schema: Schema) => [...schema.classNames];

describe('a schema over another one', () => {
  it('has the classes of both, its own first', () => {
    const { over, beneath } = layers();
    over.addClass(declare('Mine', 'Leaf', 'D'));
    expect(namesOf(over)).toEqual(['Mine', 'Base', 'Middle', 'Leaf']);
    expect(over.getClass('Mine').properties.has('A')).toBe(true);
    expect(over.childrenOf('Leaf').map(({ name }) => name)).toEqual(['Mine']);
    expect([...over.withSubclasses('Base')].map(({ name }) => name)).toEqual(['Base', 'Middle', 'Leaf', 'Mine']);
    expect(namesOf(beneath)).not.toContain('Mine');
  });

  it('does not look beneath for what it declares itself', () => {
    const { over, schema } = layers();
    over.addClass(declare('Mine', undefined, 'D'));
    over.getClass('Mine');
    expect(schema).not.toHaveBeenCalled();
    expect(over.getOwnDeclaration('Base')).toBeUndefined();
    expect(schema).not.toHaveBeenCalled();
  });

  it('shares the classes beneath as they are', () => {
    const { over, beneath } = layers();
    expect(over.getClass('Leaf')).toBe(beneath.getClass('Leaf'));
  });

  it('builds those beneath on a class that takes the place of theirs, also when they had been asked for', () => {
    const { over, beneath } = layers();
    expect(over.getClass('Leaf').properties.has('Z')).toBe(false);
    over.addClass(declare('Base', undefined, 'Z'));
    expect([...over.getClass('Leaf').properties.keys()]).toEqual(['Z', 'B', 'C']);
    expect([...beneath.getClass('Leaf').properties.keys()]).toEqual(['A', 'B', 'C']);
    expect(namesOf(over)).toEqual(['Base', 'Middle', 'Leaf']);
  });

  it('has no longer what was taken out, with its subclasses', () => {
    const { over, beneath } = layers();
    expect(over.removeClass('Middle')).toEqual(['Middle', 'Leaf']);
    expect(namesOf(over)).toEqual(['Base']);
    expect(over.findClass('Leaf')).toBeUndefined();
    expect(over.childrenOf('Base')).toEqual([]);
    expect(namesOf(beneath)).toHaveLength(3);
  });

  it('is the same one each time that it is laid over', () => {
    const schema = new Schema();
    const base = { digest: undefined, schema: () => new Schema() };
    expect(schemaOver(schema, base)).toBe(schemaOver(schema, base));
    expect(schemaOver(schemaOver(schema, base), base)).toBe(schemaOver(schema, base));
  });
});
