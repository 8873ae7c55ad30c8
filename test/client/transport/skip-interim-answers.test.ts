import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/client/create-client.js';

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const IDENTITY = 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd';
const BODY = `<s:Envelope xmlns:s="${SOAP}"><s:Body><i:IdentifyResponse xmlns:i="${IDENTITY}"><i:ProductVendor>V</i:ProductVendor></i:IdentifyResponse></s:Body></s:Envelope>`;
const HEAD = `HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nContent-Length: ${BODY.length}\r\n\r\n`;

let server: Server | undefined;
afterEach(() => server?.close());

/** Calls Identify `calls` times on a server that answers each request with these pieces, written one after the other, and then hangs up or not. */
async function identify(pieces: readonly string[], { hangsUp = false, calls = 1 } = {}): Promise<string[]> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', async () => {
      for (const piece of pieces) {
        socket.write(piece);
        await sleep(5);
      }
      if (hangsUp) socket.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = createClient({ url: `http://127.0.0.1:${port}/wsman`, operationTimeoutMs: 3000 });
  const seen: string[] = [];
  try {
    for (let call = 0; call < calls; call++) {
      const found = await client.identify({ anonymous: true }).catch((error: unknown) => String(error));
      seen.push(typeof found === 'string' ? found : (found.productVendor ?? ''));
    }
    return seen;
  } finally {
    await client.close();
  }
}

describe('an interim answer that nobody asked for is passed over', () => {
  it.each<[string, readonly string[]]>([
    ['100 before the answer', ['HTTP/1.1 100 Continue\r\n\r\n', HEAD + BODY]],
    ['100 in one piece with it', [`HTTP/1.1 100 Continue\r\n\r\n${HEAD}${BODY}`]],
    [
      'several, with fields',
      ['HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n', HEAD, BODY],
    ],
    [
      '100 in the pieces of a slow line',
      ['HT', 'TP/1.1 1', '00 Continue\r', '\n\r\n', HEAD.slice(0, 7), HEAD.slice(7), BODY],
    ],
    ['100 of HTTP/1.0', ['HTTP/1.0 100 Go on\r\n\r\n', HEAD + BODY]],
    ['none at all', [HEAD + BODY]],
  ])('%s', async (_what, pieces) => {
    expect(await identify(pieces, { calls: 2 })).toEqual(['V', 'V']);
  });
});

describe('content that looks like an interim answer stays', () => {
  it.each<[string, string]>([
    ['a whole one', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['the beginning of one', 'HTTP/1.1 1'],
  ])('%s', async (_what, text) => {
    const [start = '', end = ''] = BODY.split('>V<');
    const content = `${start}>${text}<${end}`;
    const head = HEAD.replace(`${BODY.length}`, `${content.length}`);
    const pieces = [`${head}${start}>`, text, `<${end}`];
    expect(await identify(pieces, { calls: 2 })).toEqual([text.trim(), text.trim()]);
  });
});

describe('an answer that does not come whole', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['shorter than its Content-Length', [HEAD, BODY.slice(0, 50)], /the answer was cut short/],
    [
      'without its last chunk',
      [`HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<s:En\r\n`],
      /the answer was cut short/,
    ],
    ['empty', ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'], /HTTP 200, but the answer is empty/],
    ['no more than an interim one', ['HTTP/1.1 100 Continue\r\n\r\n'], /the connection was closed without an answer/],
  ])('is told as what it is: %s', async (_what, pieces, message) => {
    expect(await identify(pieces, { hangsUp: true })).toEqual([expect.stringMatching(message)]);
  });

  it('is told in the time that was given, not five seconds later', async () => {
    const before = performance.now();
    expect(await identify([])).toEqual([expect.stringMatching(/no answer within the time allowed/)]);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});

describe('a fault of SOAP 1.1', () => {
  it('is told with what it says', async () => {
    const fault =
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault><faultcode>e:Client</faultcode><faultstring>no such thing</faultstring></e:Fault></e:Body></e:Envelope>';
    const head = `HTTP/1.1 500 No\r\nContent-Type: text/xml\r\nContent-Length: ${fault.length}\r\n\r\n`;
    expect(await identify([head + fault])).toEqual([
      expect.stringMatching(/it is a fault of SOAP 1\.1, which WS-Man does not use: e:Client, no such thing$/),
    ]);
  });
});
