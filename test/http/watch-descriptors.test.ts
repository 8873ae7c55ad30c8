import { open } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Logger } from '../../src/http/logger.js';
import { watchDescriptors } from '../../src/http/watch-descriptors.js';

vi.mock('node:fs', () => ({ open: vi.fn(), close: vi.fn() }));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** What asking for a descriptor comes to. */
function answerWith(code: string | undefined): void {
  vi.mocked(open).mockImplementation(((_path: string, _flags: string, done: (...result: unknown[]) => void) =>
    code === undefined ? done(null, 7) : done(Object.assign(new Error(code), { code }))) as unknown as typeof open);
}

test('a process without file descriptors says so, gives some back, and is not asked any more in the end', () => {
  const lines: unknown[][] = [];
  let given = 0;
  const logger = { warn: (...line: unknown[]) => lines.push(line) } as unknown as Logger;
  const stop = watchDescriptors(logger, () => {
    given += 1;
  });
  for (const code of [undefined, 'EACCES', 'EMFILE', 'ENFILE']) {
    answerWith(code);
    vi.advanceTimersByTime(1_000);
  }
  expect(given).toBe(2);
  expect(lines).toEqual([[{ code: 'EMFILE' }, expect.stringContaining('no file descriptor is left')]]);
  stop();
  vi.advanceTimersByTime(5_000);
  expect(given).toBe(2);
});
