import { load, loadTool, median } from './load.mjs';
import { residentMegabytes } from './process-usage.mjs';
import { invokeRequest, modifyRequests } from './requests.mjs';
import { post, startKept } from './servers.mjs';

const LEAST = 0.85;
const CONNECTIONS = 16;
/** What the budget of 32 MiB may come to in all: bodies, what is known of each, and what waits to be collected. */
const MOST_MEGABYTES = 128;

/** What it costs to keep the last 10,000 requests: calls per second beside an endpoint that keeps none, and memory. */
export async function requestsKeptBench({ seconds, rounds }) {
  const servers = { on: await startKept('on'), off: await startKept('off') };
  try {
    const bodies = {};
    const rates = { on: [], off: [] };
    for (const [kept, { url }] of Object.entries(servers)) {
      bodies[kept] = modifyRequests(await post(url, invokeRequest('')));
      // The ring is full before anything is measured.
      await load(url, bodies[kept], CONNECTIONS, seconds);
    }
    for (let round = 0; round < rounds; round++)
      for (const [kept, { url }] of Object.entries(servers))
        rates[kept].push((await load(url, bodies[kept], CONNECTIONS, seconds)).rate);
    const ratio = median(rates.on) / median(rates.off);
    const memory = {
      on: await residentMegabytes(servers.on.pid),
      off: await residentMegabytes(servers.off.pid),
    };
    const rows = [
      {
        what: `Invoke with 10,000 requests kept, by those without (${loadTool}, ${Math.round(median(rates.on))} a second)`,
        value: ratio.toFixed(2),
        target: `≥ ${LEAST}`,
        met: ratio >= LEAST,
      },
    ];
    if (memory.on === undefined) return rows;
    const more = memory.on - memory.off;
    const what = `memory that they take (RSS ${memory.on.toFixed(0)} MB)`;
    return [
      ...rows,
      { what, value: `${more.toFixed(0)} MB`, target: `≤ ${MOST_MEGABYTES} MB`, met: more <= MOST_MEGABYTES },
    ];
  } finally {
    await Promise.all(Object.values(servers).map(({ stop }) => stop()));
  }
}
