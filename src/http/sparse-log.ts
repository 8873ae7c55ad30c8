import type { Logger } from './logger.js';

/** A line of a kind is written at most this often, in milliseconds. */
const APART_MS = 10_000;

/** A log of what happens once or, when somebody wants it so, ten thousand times a second. */
export interface SparseLog {
  /**
   * @param kind lines of a kind that follow too soon are only counted, and told with the next
   */
  warn(kind: string, facts: object, message: string): void;
}

interface Line {
  writtenAt: number;
  leftOut: number;
}

/** @param now a clock in milliseconds that does not jump */
export function createSparseLog(logger: Logger, now: () => number = () => performance.now()): SparseLog {
  const lines = new Map<string, Line>();
  return {
    warn(kind, facts, message) {
      const line = lines.get(kind);
      if (line !== undefined && now() - line.writtenAt < APART_MS) {
        line.leftOut += 1;
        return;
      }
      logger.warn({ ...facts, ...(line !== undefined && line.leftOut > 0 && { leftOut: line.leftOut }) }, message);
      lines.set(kind, { writtenAt: now(), leftOut: 0 });
    },
  };
}
