import { describe, expect, it } from 'vitest';
import { mentionsIdentify } from '../../src/http/mentions-identify.js';
import { identifyRequest, request } from '../support/envelopes.js';

const encodings: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-16LE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16BE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
];

describe('a message', () => {
  it.each(encodings)('in %s is seen to be an Identify, or not', (_, encode) => {
    expect([mentionsIdentify(encode(identifyRequest)), mentionsIdentify(encode(request()))]).toEqual([true, false]);
  });
});
