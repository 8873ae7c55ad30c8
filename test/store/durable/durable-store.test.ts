import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { describeInstanceStore } from '../contract.js';
import { MemoryPlace } from './memory-place.js';

describeInstanceStore('a durable store that nobody else has', () =>
  createDurableStore(new MemoryPlace().open({ isExclusive: true })),
);

describeInstanceStore('a durable store on a shared backend', () =>
  createDurableStore(new MemoryPlace().open({ isExclusive: false })),
);
