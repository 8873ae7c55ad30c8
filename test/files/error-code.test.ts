import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { errorCode } from '../../src/files/error-code.js';

it('is what the operating system calls an error', async () => {
  await expect(readFile('/no/such/file').catch((error: unknown) => errorCode(error))).resolves.toBe('ENOENT');
});

it.each([new Error('else'), Object.assign(new Error('numbered'), { code: 5 }), { code: 'ENOENT' }, null, undefined])(
  'is undefined for %s',
  (error) => {
    expect(errorCode(error)).toBeUndefined();
  },
);
