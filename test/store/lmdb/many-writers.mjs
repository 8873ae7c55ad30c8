/**
 * Changes the state in a folder with several transactions at a time, so many in all; says the name of each when it is told that it is done.
 * Each writer has a pace of its own, so that some come while others are being written. The last argument: which thread waits for the disk.
 */
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CimInstance } from '../../../dist/cim/model/cim-instance.js';
import { InstancePath } from '../../../dist/cim/model/instance-path.js';
import { openLmdbState } from '../../../dist/store/lmdb/open-lmdb-state.js';
import { PACES } from './disk-paces.mjs';

const [, , directory, count, writers, thread] = process.argv;
const { store, close } = await openLmdbState({
  directory,
  logger: { warn() {} },
  isShared: false,
  pace: PACES[thread],
});

async function write(writer) {
  for (let turn = 0; turn < count / writers; turn += 1) {
    const id = `${writer}-${turn}`;
    const path = new InstancePath({ namespace: 'root/test', className: `Disk${writer % 3}`, keys: { Id: id } });
    const properties = [
      ['Id', id],
      ['Text', 'x'.repeat((turn * 331) % 6000)],
    ];
    await store.transaction((transaction) => transaction.put(new CimInstance(path.className, properties, path)));
    writeSync(1, `done ${id}\n`);
    if (writer > 0) await pause(writer);
  }
}

await Promise.all(Array.from({ length: Number(writers) }, (_, at) => write(at)));
await close();
