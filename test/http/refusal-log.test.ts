import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createRefusalLog } from '../../src/http/refusal-log.js';

function lab(level = 'warn') {
  const lines: Record<string, unknown>[] = [];
  const clock = { now: 0 };
  const logger = pino({ level }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { lines, clock, log: createRefusalLog(logger, () => clock.now) };
}

describe('the log of refusals', () => {
  it('has the peer, the facts and the message', () => {
    const { log, lines } = lab();
    log.warn('192.0.2.7', { reason: 'wrong password' }, 'not authenticated');
    expect(lines).toMatchObject([{ level: 40, peer: '192.0.2.7', reason: 'wrong password', msg: 'not authenticated' }]);
  });

  it('has of a long fact the beginning', () => {
    const { log, lines } = lab();
    log.warn('192.0.2.7', { reason: 'x'.repeat(48_000), tls: false }, 'not authenticated');
    expect(lines).toMatchObject([{ reason: `${'x'.repeat(500)}…`, tls: false }]);
  });

  it('has a bounded number of lines for one peer, and tells how many were left out', () => {
    const { log, lines, clock } = lab();
    for (let i = 0; i < 1000; i++) log.warn('192.0.2.7', {}, 'no');
    expect(lines).toHaveLength(20);
    clock.now += 1000;
    log.warn('192.0.2.7', {}, 'no');
    log.warn('192.0.2.7', {}, 'no');
    expect(lines.slice(20)).toMatchObject([{ leftOut: 980 }]);
  });

  it('has lines of others meanwhile', () => {
    const { log, lines } = lab();
    for (let i = 0; i < 100; i++) log.warn('192.0.2.7', {}, 'no');
    log.warn('198.51.100.9', {}, 'no');
    expect(lines.at(-1)).toMatchObject({ peer: '198.51.100.9', leftOut: 80 });
  });

  it('has a bounded number of lines for all peers together', () => {
    const { log, lines } = lab();
    for (let i = 0; i < 5000; i++) log.warn(`10.0.${i >> 8}.${i & 255}`, {}, 'no');
    expect(lines).toHaveLength(200);
  });

  it('is as silent as it is told to be', () => {
    const { log, lines } = lab('error');
    log.warn('192.0.2.7', {}, 'no');
    expect(lines).toEqual([]);
  });
});
