import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { fewRounds } from '../contract/rounds.js';
import { describeInstanceStore } from '../contract.js';
import { MemoryPlace } from '../durable/memory-place.js';
import { viewOf } from './two-hosts.js';

for (const host of ['srv01', 'srv02'])
  describeInstanceStore(`the memory store as ${host} sees it`, () => viewOf(createMemoryStore(), host), fewRounds, {
    clearsAtCommit: false,
  });

describeInstanceStore(
  'a durable store as srv02 sees it',
  () => viewOf(createDurableStore(new MemoryPlace().open({ isExclusive: false })), 'srv02'),
  fewRounds,
  { clearsAtCommit: false },
);
