import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadInTurns, rowsOf, startLoaded } from './loaded-servers.mjs';

const LEAST = { Invoke: 0.5, Get: 0.85, Enumerate: 0.8 };

/** A state in a folder beside one in memory, at 16 connections: a change that is answered has been written to the disk. */
export async function durableBench({ seconds, rounds }) {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-durable-'));
  const servers = { LMDB: await startLoaded({ state: join(folder, 'state') }), memory: await startLoaded() };
  try {
    const rows = [];
    for (const [name, least] of Object.entries(LEAST)) {
      const runs = await loadInTurns(servers, name, { seconds, rounds });
      rows.push(...rowsOf(name, runs, 'LMDB', 'memory', least));
    }
    return rows;
  } finally {
    for (const { stop } of Object.values(servers)) await stop();
    await rm(folder, { recursive: true });
  }
}
