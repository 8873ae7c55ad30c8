/**
 * An endpoint that is given the messages of `identify-flood.mjs`, without what HTTP would cost: `node flooded-endpoint.mjs WARM-UP MORE`.
 * Prints by how many megabytes its resident memory grew in the second part.
 */
import { startEndpoint } from '../../dist/index.js';
import { identifyMessage } from './identify-flood.mjs';

const [warmUp = 0, more = 0] = process.argv.slice(2).map(Number);
const DECLARATIONS = 26;

let ask;
const endpoint = await startEndpoint({
  logLevel: 'silent',
  interceptors: {
    message: [
      (next) => (request, call) => {
        ask = (body) => next({ ...request, body }, call);
        return next(request, call);
      },
    ],
  },
});
await fetch(`${endpoint.http.url}-anon/identify`, {
  method: 'POST',
  headers: { 'content-type': 'application/soap+xml' },
  body: identifyMessage(0, 0),
});

let sent = 0;
async function send(count) {
  for (let end = sent + count; sent < end; sent++) {
    const { status } = await ask(Buffer.from(identifyMessage(sent, DECLARATIONS)));
    if (status !== 200) throw new Error(`message ${sent} was answered with ${status}`);
  }
}

await send(warmUp);
const before = process.memoryUsage.rss();
await send(more);
process.stdout.write(`${((process.memoryUsage.rss() - before) / 2 ** 20).toFixed()}\n`);
await endpoint.close();
