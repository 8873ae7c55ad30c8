import { close, open } from 'node:fs';
import { devNull } from 'node:os';
import type { Logger } from './logger.js';
import { createSparseLog } from './sparse-log.js';

/** How often is looked, in milliseconds. */
const LOOK_MS = 1000;

/**
 * Tells when the process has no file descriptor left. Node takes and closes connections without a word then, so that nothing but
 * asking for a descriptor shows it.
 *
 * @param onOut gives some back, if it can
 * @returns what ends the watch
 */
export function watchDescriptors(logger: Logger, onOut: () => void): () => void {
  const log = createSparseLog(logger);
  const look = () =>
    open(devNull, 'r', (error, descriptor) => {
      if (error === null) return close(descriptor);
      if (error.code !== 'EMFILE' && error.code !== 'ENFILE') return;
      log.warn(
        'descriptors',
        { code: error.code },
        'no file descriptor is left; connections are closed, and the limit (ulimit -n) is too low',
      );
      onOut();
    });
  const timer = setInterval(look, LOOK_MS).unref();
  return () => clearInterval(timer);
}
