import { describe, expect, it } from 'vitest';
import type { CimClass } from '../../../src/cim/model/cim-class.js';
import { CimStatus } from '../../../src/cim/model/cim-status.js';
import { associatorClasses, referenceClasses } from '../../../src/cim/operations/associated-classes.js';
import { createVolumeSchema } from '../volume-lab.js';

const schema = createVolumeSchema();
const namesOf = (classes: readonly CimClass[]) => classes.map(({ name }) => name).sort();

describe('the associations that are declared for a class', () => {
  it('are those that refer to it or to a superclass', () => {
    expect(namesOf(referenceClasses(schema, 'thinvolume', {}))).toEqual(['Copy', 'Uses', 'UsesOften']);
  });

  it('do not include those that refer to a subclass only', () => {
    expect(referenceClasses(schema, 'Device', {})).toEqual([]);
  });

  it.each([
    ['the association', { associationClass: 'Uses' }, ['Uses', 'UsesOften']],
    ['the role', { role: 'source' }, ['Copy']],
    ['a qualifier of the association', { associationQualifier: 'Association' }, ['Copy', 'Uses', 'UsesOften']],
    ['a qualifier that none has', { associationQualifier: 'Weak' }, []],
    ['the associations that may be followed', { onlyAssociations: ['usesoften'] }, ['UsesOften']],
  ])('can be narrowed by %s', (_, filter, expected) => {
    expect(namesOf(referenceClasses(schema, 'Volume', filter))).toEqual(expected);
  });

  it('are not to be had for a class that does not exist', () => {
    expect(() => referenceClasses(schema, 'Nothing', {})).toThrow(
      expect.objectContaining({ status: CimStatus.InvalidClass }),
    );
  });
});

describe('the classes that are associated with a class by declaration', () => {
  it('are those at the other ends, each once', () => {
    expect(namesOf(associatorClasses(schema, 'Volume', {}))).toEqual(['Host', 'Volume']);
  });

  it.each([
    ['the result class', { resultClass: 'Device' }, ['Volume']],
    ['the role of the result', { resultRole: 'antecedent' }, ['Host']],
    ['the association', { associationClass: 'Copy' }, ['Volume']],
  ])('can be narrowed by %s', (_, filter, expected) => {
    expect(namesOf(associatorClasses(schema, 'Volume', filter))).toEqual(expected);
  });
});
