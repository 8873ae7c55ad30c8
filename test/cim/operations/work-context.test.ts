import { expect, it } from 'vitest';
import { CallRecord } from '../../../src/cim/contracts/call.js';
import { WorkContext } from '../../../src/cim/operations/work-context.js';
import { createTestBroker } from '../../support/test-broker.js';
import { namespace } from '../../support/test-schema.js';

/** A call that counts all that is explained, kept or not. */
class CountingCall extends CallRecord {
  count = 0;

  override explain(text: string): void {
    this.count += 1;
    super.explain(text);
  }
}

it('keeps no more reasons of an attempt than a call does', async () => {
  const { store, namespaces } = await createTestBroker();
  const call = new CountingCall();
  await store.transaction(async (transaction) => {
    const handler = { store, namespaces, newUuid: () => '' };
    const context = new WorkContext(handler, namespaces.getNamespace(namespace), call, transaction, 1);
    for (let at = 0; at < 1000; at += 1) context.explain(`reason ${at}`);
    context.settle(false);
  });
  expect(call.count).toBe(call.reasons.length);
});
