import { setTimeout as sleep } from 'node:timers/promises';
import { load } from './load.mjs';
import { residentMegabytes } from './process-usage.mjs';
import { invokeRequest, modifyRequest } from './requests.mjs';
import { post, startOurs } from './servers.mjs';

const REQUESTS = 200_000;

/** Resident memory when idle, and whether it grows with the number of requests. Linux only: it reads /proc. */
export async function memoryBench() {
  const server = await startOurs();
  try {
    await sleep(2000);
    const idle = await residentMegabytes(server.pid);
    if (idle === undefined) return [];
    const created = await post(server.url, invokeRequest(''));
    const bodies = [modifyRequest(created, 'bench'), modifyRequest(created, 'other')];
    let sent = 0;
    let plateau = 0;
    while (sent < REQUESTS) {
      sent += (await load(server.url, bodies, 16, 5)).rate * 5;
      // The heap takes its working size in the first half; growth after that would be a leak.
      if (plateau === 0 && sent >= REQUESTS / 2) plateau = await residentMegabytes(server.pid);
    }
    const end = await residentMegabytes(server.pid);
    return [
      { what: 'idle RSS', value: `${idle.toFixed(0)} MB`, target: '≤ 110 MB', met: idle <= 110 },
      {
        what: `RSS growth in the second half of ${Math.round(sent)} requests (at ${end.toFixed(0)} MB)`,
        value: `${(end - plateau).toFixed(0)} MB`,
        target: '≤ 15 MB',
        met: end - plateau <= 15,
      },
    ];
  } finally {
    await server.stop();
  }
}
