import { createDecipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { keyPackage } from '../../../src/windows/volume-encryption/key-package.js';

const KEY = Buffer.alloc(32, 7);
const ID = '{00000000-0000-4000-8000-0000000000F3}';

function opened(bytes: readonly number[], secret: Uint8Array): Buffer {
  const data = Buffer.from(bytes);
  const nonce = createHash('sha256').update(data.subarray(0, 16)).digest().subarray(0, 12);
  const cipher = createDecipheriv('aes-256-gcm', secret, nonce).setAuthTag(data.subarray(48));
  return Buffer.concat([cipher.update(data.subarray(16, 48)), cipher.final()]);
}

const protector = (values: Readonly<Record<string, CimValue>>) =>
  new CimInstance('CIMULATOR_KeyProtectorNote', [['Name', ID], ...Object.entries(values)]);

describe('a key package', () => {
  it('has the key of the volume, for who has the numerical password', () => {
    const made = keyPackage(KEY.toString('base64'), protector({ NumericalPassword: '000011' }));
    expect(made.slice(0, 16)).toEqual([...Buffer.from(ID.replace(/[{}-]/g, ''), 'hex')]);
    expect(opened(made, createHash('sha256').update('000011').digest())).toEqual(KEY);
    expect(() => opened(made, createHash('sha256').update('000022').digest())).toThrow();
  });

  it('has it for who has the external key', () => {
    const ExternalKey = Array.from({ length: 32 }, (_, at) => at);
    expect(opened(keyPackage(KEY.toString('base64'), protector({ ExternalKey })), Buffer.from(ExternalKey))).toEqual(
      KEY,
    );
  });
});
