import { expect, it } from 'vitest';
import { defineProvider } from '../../../src/cim/contracts/define-provider.js';

it('a provider that is defined has its class and what it was given', () => {
  const Do = () => ({ ReturnValue: 0 });
  const provider = defineProvider('LAB_X', { methods: { Do }, otherMethods: 'not-supported' });
  expect(provider).toEqual({ className: 'LAB_X', methods: { Do }, otherMethods: 'not-supported' });
});
