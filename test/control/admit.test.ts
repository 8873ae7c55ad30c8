import { describe, expect, it } from 'vitest';
import { createAdmit } from '../../src/control/admit.js';

const token = 'a'.repeat(43);
const status = (headers: Record<string, string>, listening = '127.0.0.1') =>
  createAdmit({ token, host: listening })({ headers: { authorization: `Bearer ${token}`, ...headers } })?.status;

describe('who may call the control API', () => {
  it.each(['127.0.0.1', '127.0.0.1:4000', 'localhost:1', 'LOCALHOST', '[::1]:4000', '127.1.2.3'])(
    'calls this machine by its own name: %s',
    (host) => {
      expect(status({ host })).toBeUndefined();
    },
  );

  it.each([
    'rebound.example',
    'rebound.example:4000',
    '127.0.0.1.rebound.example',
    'localhost.rebound.example',
    '10.0.0.1',
    '',
  ])('calls it by no other name, whatever the token: %s', (host) => {
    expect(status({ host })).toBe(421);
  });

  it('may name another machine by address, or by the name that it listens on, where it is opened for others', () => {
    expect(status({ host: '192.0.2.7:4000' }, '0.0.0.0')).toBeUndefined();
    expect(status({ host: 'lab.example:4000' }, 'Lab.example')).toBeUndefined();
    expect(status({ host: 'rebound.example' }, '0.0.0.0')).toBe(421);
  });

  it.each(['http://rebound.example', 'http://127.0.0.1:4000', 'null'])('is no web page: %s', (origin) => {
    expect(status({ host: 'localhost', origin })).toBe(403);
  });

  it.each([undefined, '', 'Bearer', `Basic ${token}`, `Bearer ${token}b`, `Bearer ${token.slice(1)}`, token])(
    'has the token: %s is none',
    (authorization) => {
      const refusal = createAdmit({ token, host: '127.0.0.1' })({ headers: { host: 'localhost', authorization } });
      expect(refusal?.status).toBe(401);
      expect(refusal?.headers).toEqual({ 'WWW-Authenticate': 'Bearer realm="cimulator"' });
      expect(refusal?.text).not.toContain('a'.repeat(20));
    },
  );
});
