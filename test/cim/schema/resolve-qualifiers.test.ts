import { describe, expect, it } from 'vitest';
import { NameMap } from '../../../src/cim/model/name-map.js';
import type { QualifierDeclaration, QualifierScope } from '../../../src/cim/schema/class-declaration.js';
import { resolveQualifiers } from '../../../src/cim/schema/resolve-qualifiers.js';
import { SchemaError } from '../../../src/cim/schema/schema-error.js';
import { qualifier, schemaWith } from '../declare.js';

const schema = schemaWith();
const place = { className: 'A', property: 'p' };

const resolve = (
  written: readonly QualifierDeclaration[],
  inherited?: ReturnType<typeof resolveQualifiers>,
  scopes: readonly QualifierScope[] = ['property'],
) => resolveQualifiers(written, inherited, scopes, place, schema);

describe('a written qualifier', () => {
  it('has the name and the type of its declaration', () => {
    expect(resolve([qualifier('DESCRIPTION', 'x')]).get('description')).toMatchObject({
      name: 'Description',
      type: { name: 'string' },
      value: 'x',
      propagated: false,
    });
  });

  it('has the flavors of its declaration but for those written with it', () => {
    const found = resolve([qualifier('Key', true, { toSubclass: false })]).get('Key');
    expect(found?.flavor).toEqual({ overridable: false, toSubclass: false, translatable: false });
  });

  it.each([
    ['is unknown', [qualifier('Nope')], 'qualifier Nope is not declared', 'Nope'],
    ['is out of place', [qualifier('Out')], 'qualifier Out does not apply to a property', 'Out'],
    [
      'has a value of another type',
      [qualifier('Key', 'x')],
      "qualifier Key: 'x' is not a value of type boolean",
      'Key',
    ],
    [
      'has a single value for an array',
      [qualifier('Values', 'x')],
      'qualifier Values: a single value was given where string[] is wanted',
      'Values',
    ],
    ['is there twice', [qualifier('Key'), qualifier('KEY')], 'qualifier KEY is given twice', 'KEY'],
  ])('is refused when it %s', (_what, written, message, name) => {
    const attempt = () => resolve(written);
    expect(attempt).toThrow(SchemaError);
    expect(attempt).toThrow(expect.objectContaining({ message, place: { ...place, qualifier: name } }));
  });

  it('may be NULL', () => {
    expect(resolve([qualifier('Description', null)]).get('Description')?.value).toBeNull();
  });

  it('applies when any of the scopes of the element fits', () => {
    expect(resolve([qualifier('Aggregation')], undefined, ['association', 'class']).size).toBe(1);
  });
});

describe('an inherited qualifier', () => {
  const inherited = resolve([
    qualifier('Key'),
    qualifier('Description', 'first'),
    qualifier('Override', 'p'),
    qualifier('Values', ['a', 'b']),
  ]);

  it('is handed down unless it is restricted', () => {
    expect([...resolve([], inherited).keys()]).toEqual(['Key', 'Description', 'Values']);
  });

  it('is marked as handed down', () => {
    expect([...resolve([], inherited).values()].every(({ propagated }) => propagated)).toBe(true);
  });

  it('is the same to all who inherit it unchanged', () => {
    const once = resolve([], inherited);
    expect(resolve([], once)).toBe(once);
  });

  it('gives way to one that is written', () => {
    expect(resolve([qualifier('Description', 'second')], inherited).get('Description')).toMatchObject({
      value: 'second',
      propagated: false,
    });
  });

  it('that may not be overridden may be repeated', () => {
    expect(resolve([qualifier('Key')], inherited).get('Key')?.value).toBe(true);
  });

  it('that may not be overridden may not be changed', () => {
    expect(() => resolve([qualifier('Key', false)], inherited)).toThrow(
      'qualifier Key may not be overridden (flavor DisableOverride)',
    );
  });

  it('compares arrays by their elements', () => {
    const fixed = resolve([qualifier('Values', ['a'], { overridable: false })]);
    expect(resolve([qualifier('Values', ['a'])], fixed).size).toBe(1);
    expect(() => resolve([qualifier('Values', ['b'])], fixed)).toThrow(SchemaError);
    expect(() => resolve([qualifier('Values', ['a', 'b'])], fixed)).toThrow(SchemaError);
  });

  it('of an empty set is nothing', () => {
    expect(resolve([], new NameMap()).size).toBe(0);
  });
});
