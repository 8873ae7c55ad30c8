import { describe, expect, it } from 'vitest';
import { createUuidSource } from '../../../src/cim/contracts/uuid-source.js';
import { newIdentifier, newKey, newNumericalPassword } from '../../../src/windows/volume-encryption/new-secrets.js';
import { readNumericalPassword } from '../../../src/windows/volume-encryption/numerical-password.js';

describe('new secrets', () => {
  const seeded = () => ({ newUuid: createUuidSource(7) });

  it('are the same again with the same seed, and others each time', () => {
    const [one, again] = [seeded(), seeded()];
    const passwords = [newNumericalPassword(one), newNumericalPassword(one)];
    expect([newNumericalPassword(again), newNumericalPassword(again)]).toEqual(passwords);
    expect(passwords[0]).not.toBe(passwords[1]);
    expect(newKey(seeded())).toEqual(newKey(seeded()));
    expect(newKey({ newUuid: createUuidSource() })).not.toEqual(newKey({ newUuid: createUuidSource() }));
  });

  it('have the forms that BitLocker takes', () => {
    const source = { newUuid: createUuidSource() };
    const password = newNumericalPassword(source);
    expect(readNumericalPassword(password)).toBe(password);
    expect(newKey(source)).toHaveLength(32);
    expect(newIdentifier(source)).toMatch(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/);
  });
});
