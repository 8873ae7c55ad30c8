import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { CallRecord } from '../../../src/cim/contracts/call.js';
import { Cancellation } from '../../../src/cim/contracts/cancellation.js';
import { createNamespaces } from '../../../src/cim/contracts/namespaces.js';
import { createRecorder } from '../../../src/interceptors/record/recorder.js';
import { createSecrets } from '../../../src/secrets/secrets.js';
import { createMessageReader } from '../../../src/wsman/describe-message.js';
import { composeMessages } from '../../../src/wsman/wsman-service.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that are in use once all that can go has gone. */
function used(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const MiB = 1024 * 1024;

it('takes no more memory than its budget and what is known of each, however many messages come', async () => {
  const namespaces = createNamespaces([]);
  const reader = createMessageReader(namespaces, 'root');
  const recorder = createRecorder({ namespaces, reader, keep: 10_000, bytes: 8 * MiB, onError: () => undefined });
  const service = composeMessages([recorder.message], {
    handle: async ({ body }) => ({
      status: 200,
      contentType: undefined,
      body: `<a>${body.byteLength}${Math.random()}</a>`.repeat(40),
      outcome: { action: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/LAB_A/B', className: 'LAB_A' },
    }),
  });
  const before = used();
  for (let number = 0; number < 30_000; number++) {
    // As a connection reads it: a small piece of a large buffer.
    const body = Buffer.alloc(16_384).subarray(0, 1500);
    const message = { body, charset: undefined, securityProfiles: [], source: undefined, client: new Cancellation() };
    await service.handle(message, new CallRecord());
  }
  const kept = recorder.view(createSecrets()).requests().length;
  expect(kept).toBeGreaterThan(1000);
  expect(used() - before).toBeLessThan(2 * 8 * MiB + 10 * MiB);
  recorder.reset();
  expect(used() - before).toBeLessThan(4 * MiB);
}, 60_000);
