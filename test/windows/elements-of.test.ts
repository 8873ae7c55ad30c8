import { expect, it } from 'vitest';
import { elementsOf } from '../../src/windows/elements-of.js';

it.each([
  [
    ['a', null],
    ['a', null],
  ],
  [[], []],
  [null, []],
  [undefined, []],
  ['a', []],
])('of %j are %j', (given, elements) => {
  expect(elementsOf(given)).toEqual(elements);
});
