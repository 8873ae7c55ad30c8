import { median } from './load.mjs';
import { processorSeconds, residentMegabytes } from './process-usage.mjs';
import { invokeRequest, modifyRequests } from './requests.mjs';
import { account, post, startOurs } from './servers.mjs';
import { clearRequest, openSignedIn } from './signed-in-connection.mjs';

const CONNECTIONS = 16;
/** Requests of each connection per second of the length of a measurement: about as many as are answered. */
const REQUESTS_PER_SECOND = 400;
const HANDSHAKES = 10_000;

/**
 * What NTLM costs: an Invoke in sealed messages beside the same Invoke in clear, both on connections that are signed in; and signing
 * in itself. Linux only: processor time and memory come from /proc.
 */
export async function authenticationBench({ seconds, rounds }) {
  const server = await startOurs({ options: ['--allow-unencrypted'] });
  try {
    if ((await processorSeconds(server.pid)) === undefined) return [];
    return [...(await sealedOverClear(server, seconds, rounds)), ...(await handshakes(server))];
  } finally {
    await server.stop();
  }
}

/**
 * All requests are made before the clock runs, and answers are not opened but the first: the load costs the same for both. Each request
 * changes the pipe, as in the benchmark of concurrency.
 */
async function sealedOverClear(server, seconds, rounds) {
  const different = modifyRequests(
    await post(server.url, invokeRequest('<p:PipeElementName>bench</p:PipeElementName>')),
  );
  const texts = Array.from(
    { length: Math.ceil(seconds * REQUESTS_PER_SECOND) },
    (_, n) => different[n % different.length],
  );
  const [text] = texts;
  const clear = texts.map(clearRequest);
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => openSignedIn(server.url, account)));
  for (const connection of connections) {
    const answer = connection.open(await connection.sendAll(connection.sealAhead([text])));
    if (!/ReturnValue>0</.test(answer)) throw new Error(`not the answer of a call that succeeded: ${answer}`);
  }
  const clearRun = () => measure(server.pid, connections, () => clear);
  const sealedRun = () => measure(server.pid, connections, (connection) => connection.sealAhead(texts));

  await clearRun();
  await sealedRun();
  const runs = [];
  for (let round = 0; round < rounds; round += 1) runs.push({ clear: await clearRun(), sealed: await sealedRun() });
  await Promise.all(connections.map((connection) => connection.leave()));

  const of = (kind, what) => median(runs.map((run) => run[kind][what]));
  const rate = median(runs.map((run) => run.sealed.rate / run.clear.rate));
  const work = median(runs.map((run) => run.clear.micros / run.sealed.micros));
  return [
    {
      what: `Invoke (${Buffer.byteLength(text)} B), sealed: ${of('sealed', 'rate').toFixed(0)}/s of ${of('clear', 'rate').toFixed(0)}/s in clear`,
      value: rate.toFixed(2),
      target: '≥ 0.6',
      met: rate >= 0.6,
    },
    {
      what: `  by processor time: ${of('clear', 'micros').toFixed(0)} µs in clear over ${of('sealed', 'micros').toFixed(0)} µs sealed`,
      value: work.toFixed(2),
      target: '≥ 0.6',
      met: work >= 0.6,
    },
  ];
}

/** Requests per second of all connections, and the server's processor time for one in microseconds. */
async function measure(pid, connections, requestsOf) {
  const loads = connections.map((connection) => ({ connection, requests: requestsOf(connection) }));
  const total = loads.reduce((sum, { requests }) => sum + requests.length, 0);
  const before = await processorSeconds(pid);
  const start = performance.now();
  await Promise.all(loads.map(({ connection, requests }) => connection.sendAll(requests)));
  const elapsed = (performance.now() - start) / 1000;
  const used = (await processorSeconds(pid)) - before;
  return { rate: total / elapsed, micros: (used / total) * 1e6 };
}

/** Connections that sign in and leave: what each costs, and what stays of them. */
async function handshakes(server) {
  // The heap takes its working size in the first two rounds; growth after that would be a leak.
  await signInAndLeave(server, 2 * HANDSHAKES);
  const plateau = await signInAndLeave(server, HANDSHAKES);
  const before = await processorSeconds(server.pid);
  const end = await signInAndLeave(server, HANDSHAKES);
  const millis = (((await processorSeconds(server.pid)) - before) / HANDSHAKES) * 1000;
  return [
    {
      what: 'processor time to connect, sign in with NTLM and leave',
      value: `${millis.toFixed(2)} ms`,
      target: '≤ 3 ms',
      met: millis <= 3,
    },
    {
      what: `RSS growth over ${HANDSHAKES} such connections (at ${end.toFixed(0)} MB)`,
      value: `${(end - plateau).toFixed(0)} MB`,
      target: '≤ 15 MB',
      met: end - plateau <= 15,
    },
  ];
}

/** Gives the least memory that the server had meanwhile: what is left of connections before they are collected comes on top of it. */
async function signInAndLeave({ url, pid }, count) {
  let left = count;
  let least = Number.POSITIVE_INFINITY;
  const oneAfterTheOther = async () => {
    while (left-- > 0) {
      await (await openSignedIn(url, account)).leave();
      if (left % 100 === 0) least = Math.min(least, await residentMegabytes(pid));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, oneAfterTheOther));
  return least;
}
