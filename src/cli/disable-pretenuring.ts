import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from making objects in old space because others that came from the same place in the code have lasted. The
 * instances that a server starts with last; what the same code makes later, for the writes of a transaction, does not, and in
 * old space it keeps other garbage alive until the next full collection. A call that writes costs a third more then
 * (docs/performance.md). An engine that does not know the flag says so on stderr and goes on.
 */
export function disablePretenuring(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
