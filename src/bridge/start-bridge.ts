import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { runBridge } from './run-bridge.js';
import { createSecrets } from './secrets.js';

/** Serves the parent of this process on stdin and stdout, and ends the process. */
export async function startBridge(): Promise<void> {
  const secrets = createSecrets();
  const reportFault = (text: string) => void process.stderr.write(`cimulator bridge: ${text}\n`);
  // Node would show the error as it is, with whatever stands in its text.
  process.on('uncaughtException', (error) => {
    reportFault(secrets.mask(error.stack ?? String(error)));
    endWithFault();
  });
  const status = await runBridge({ input: process.stdin, output: openOutput(), reportFault, secrets });
  process.exit(status);
}

function endWithFault(): never {
  try {
    writeSync(1, `${JSON.stringify({ fatal: 'a fault of the bridge, which stderr tells' })}\n`);
  } catch {
    // Nobody reads.
  }
  process.exit(2);
}

/**
 * Node writes to pipes on stdout and waits meanwhile, on systems other than Windows: a parent that does not read would stop everything,
 * its own cancellations too. A socket of its own over the pipe does not wait.
 */
function openOutput(): Writable {
  try {
    return new Socket({ fd: 1, readable: false, writable: true });
  } catch {
    return process.stdout;
  }
}
