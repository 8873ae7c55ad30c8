import { expect, test } from 'vitest';
import type { CimMethod, CimParameter } from '../../../src/cim/model/cim-class.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { outputParameters } from '../../../src/cim/model/output-parameters.js';

function method(...parameters: readonly [name: string, isOut: boolean][]): CimMethod {
  const named = parameters.map(([name, isOut]) => [name, { name, isOut } as CimParameter] as const);
  return { parameters: new NameMap(named) } as CimMethod;
}

test('output parameters come in alphabetical order whatever their case, without the others', () => {
  const found = outputParameters(method(['job', true], ['Input', false], ['Size', true], ['Elements', true]));
  expect(found.map(({ name }) => name)).toEqual(['Elements', 'job', 'Size']);
});

test('each method has its own', () => {
  expect(outputParameters(method(['A', true]))).toHaveLength(1);
  expect(outputParameters(method(['A', false]))).toEqual([]);
});
