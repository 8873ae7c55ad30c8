import { describe, expect, it } from 'vitest';
import { toldReason } from '../../../src/client/message/told-reason.js';

const read = (value: string) => toldReason(new Map([['cimulator-reason', value]]));

describe('the reason beside an answer', () => {
  it('is decoded', () => {
    expect(read('a%20%C3%A9')).toBe('a é');
  });

  it.each(['%', '%zz', '%C3'])('is not there where it is not what our server writes: %s', (value) => {
    expect(read(value)).toBeUndefined();
  });

  it('is not there where a server tells none', () => {
    expect(toldReason(new Map())).toBeUndefined();
  });
});
