import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import { identifyMessage } from '../test/robustness/identify-flood.mjs';
import { load } from './load.mjs';
import { residentMegabytes } from './process-usage.mjs';
import { invokeRequest, modifyRequests } from './requests.mjs';
import { post, startOurs } from './servers.mjs';

const REQUESTS = 200_000;

/** Messages without credentials before the growth is measured, and while it is. */
const [WARM_UP, MORE] = [10_000, 50_000];
const DECLARATIONS = 26;

/** How much memory strangers can make a server take, with messages of which each is new in all it can be. Linux only. */
async function strangersRow() {
  const server = await startOurs();
  const dispatcher = new Agent({ connections: 4 });
  const ask = (body) =>
    fetch(`${server.url}-anon/identify`, {
      method: 'POST',
      dispatcher,
      headers: { 'content-type': 'application/soap+xml' },
      body,
    });
  let sent = 0;
  const send = async (end) => {
    while (sent < end) {
      const body = identifyMessage(sent++, DECLARATIONS);
      // Connections on which nobody signs in have their time: the one that was about to be used may just have ended.
      const answer = await ask(body).catch(() => ask(body));
      await answer.arrayBuffer();
    }
  };
  try {
    await Promise.all([1, 2, 3, 4].map(() => send(WARM_UP)));
    const before = await residentMegabytes(server.pid);
    if (before === undefined) return [];
    await Promise.all([1, 2, 3, 4].map(() => send(WARM_UP + MORE)));
    const growth = (await residentMegabytes(server.pid)) - before;
    const what = `RSS growth with ${MORE} messages without credentials (from ${before.toFixed(0)} MB)`;
    return [{ what, value: `${growth.toFixed(0)} MB`, target: '≤ 48 MB', met: growth <= 48 }];
  } finally {
    await dispatcher.close();
    await server.stop();
  }
}

/** Resident memory when idle, and whether it grows with the number of requests. Linux only: it reads /proc. */
export async function memoryBench() {
  const server = await startOurs();
  try {
    await sleep(2000);
    const idle = await residentMegabytes(server.pid);
    if (idle === undefined) return [];
    const created = await post(server.url, invokeRequest(''));
    const bodies = modifyRequests(created);
    let sent = 0;
    // What waits for the next collection comes on top of what is really held: of each half the least counts.
    // The heap takes its working size with the first quarter, which does not.
    const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    while (sent < REQUESTS) {
      const half = sent < REQUESTS / 2 ? 0 : 1;
      const counts = sent >= REQUESTS / 4;
      const watch = setInterval(async () => {
        if (counts) least[half] = Math.min(least[half], await residentMegabytes(server.pid));
      }, 100);
      sent += (await load(server.url, bodies, 16, 5)).rate * 5;
      clearInterval(watch);
    }
    const growth = least[1] - least[0];
    return [
      { what: 'idle RSS', value: `${idle.toFixed(0)} MB`, target: '≤ 110 MB', met: idle <= 110 },
      {
        what: `RSS growth in the second half of ${Math.round(sent)} requests (at ${least[1].toFixed(0)} MB)`,
        value: `${growth.toFixed(0)} MB`,
        target: '≤ 15 MB',
        met: growth <= 15,
      },
      ...(await strangersRow()),
    ];
  } finally {
    await server.stop();
  }
}
