/** One of several processes that have the state in a folder together: does what its parent says, and answers each message by its number. */
import { CimInstance } from '../../../dist/cim/model/cim-instance.js';
import { InstancePath } from '../../../dist/cim/model/instance-path.js';
import { createDurableStore } from '../../../dist/store/durable/durable-store.js';
import { openLmdbParts } from '../../../dist/store/lmdb/open-parts.js';

const parts = await openLmdbParts({ directory: process.argv[2], logger: { warn() {} }, isShared: true });
const store = createDurableStore(parts.backend);
const at = (id) => new InstancePath({ namespace: 'root/test', className: 'Disk', keys: { Id: id } });
let letGo = () => {};

const DEEDS = {
  put: (id, value) =>
    store.transaction((transaction) => {
      const properties = [
        ['Id', id],
        ['Value', value],
      ];
      return transaction.put(new CimInstance('Disk', properties, at(id)));
    }),
  /** Adds one to a number so many times, as many at once. */
  increase: (id, times) =>
    Promise.all(
      Array.from({ length: times }, () =>
        store.transaction(async (transaction) => {
          const value = (await transaction.get(at(id)))?.get('Value') ?? 0;
          const properties = [
            ['Id', id],
            ['Value', value + 1],
          ];
          await transaction.put(new CimInstance('Disk', properties, at(id)));
        }),
      ),
    ).then(() => 'increased'),
  get: async (id) => (await store.get(at(id)))?.get('Value'),
  count: async () => (await store.count('root/test', ['Disk']))[0],
  /** Keeps all others from writing until it is told to let go. */
  claim: () =>
    new Promise((claimed, failed) => {
      const work = store.transaction(async (transaction) => {
        await transaction.claim();
        claimed('claimed');
        await new Promise((resolve) => {
          letGo = resolve;
        });
      });
      work.catch(failed);
    }),
  letGo: async () => letGo(),
  listen: async () => void parts.backend.onCommit(() => process.send({ heard: true })),
};

process.on('message', ({ number, deed, values }) => {
  DEEDS[deed](...values).then(
    (answer) => process.send({ number, answer }),
    (error) => process.send({ number, error: String(error) }),
  );
});
process.send({ number: 0 });
