import { describe, expect, it } from 'vitest';
import { MAX_HEADER_FIELDS } from '../../src/http/check-head.js';
import { AUTHORIZATION, ENVELOPE, httpRequest, startTestListeners } from './test-listeners.js';

/** As many fields as are wanted, none of which means anything. */
const fields = (count: number) => Array.from({ length: count }, (_, n) => `X${n}: y\r\n`).join('');

/** What {@link httpRequest} sends besides. */
const OWN_FIELDS = 4;
const withFields = (lines: string, request = httpRequest()) => request.replace('\r\n\r\n', `\r\n${lines}\r\n`);
const withLine = (line: string) => httpRequest().replace(/^.*/, line);
const chunked = (coding: string, version = '1.1') =>
  httpRequest({
    headers: { 'Content-Length': undefined, 'Transfer-Encoding': coding },
    body: `${ENVELOPE.length.toString(16)}\r\n${ENVELOPE}\r\n0\r\n\r\n`,
  }).replace('HTTP/1.1', `HTTP/${version}`);

async function refusal(request: string) {
  await using server = await startTestListeners();
  const connection = await server.connect();
  connection.send(request);
  const { status, headers, body } = await connection.response();
  await connection.closed;
  expect({ requests: server.requests.length, lines: body.split('\n').length }).toEqual({ requests: 0, lines: 2 });
  expect(headers.get('connection')).toBe('close');
  return status;
}

async function answer(request: string) {
  await using server = await startTestListeners();
  const { status } = await server.ask(request);
  return { status, requests: server.requests.length };
}

describe('a head with more fields than are looked at', () => {
  it.each(['Via: 1.1 proxy', `Authorization: ${AUTHORIZATION}`, 'X-Forwarded-For: 10.0.0.1', 'Host: y', 'Z: y'])(
    'is refused, be it for %s',
    async (last) => {
      expect(await refusal(withFields(`${fields(MAX_HEADER_FIELDS - OWN_FIELDS)}${last}\r\n`))).toBe(431);
      expect(await refusal(withFields(`${fields(5_000)}${last}\r\n`))).toBe(431);
    },
  );

  it('is refused with a body that is still under way', async () => {
    const request = withFields(fields(2_500), httpRequest({ body: 'x'.repeat(60_000) }));
    expect(await refusal(request)).toBe(431);
  });

  it('is refused whatever is asked for', async () => {
    expect(await refusal(`GET /livez HTTP/1.1\r\nHost: x\r\n${fields(2_000)}\r\n`)).toBe(431);
  });

  it('is none with one field less', async () => {
    expect(await answer(withFields(fields(MAX_HEADER_FIELDS - OWN_FIELDS)))).toEqual({ status: 200, requests: 1 });
  });
});

describe('a version of HTTP that is not spoken here', () => {
  it.each(['HTTP/2.0', 'HTTP/3.0', 'HTTP/0.9', 'HTTP/1.2', 'HTTP/9.9', 'HTTP/2'])('%s is refused', async (version) => {
    expect(await refusal(withLine(`POST /wsman ${version}`))).toBe(505);
  });

  it('is refused when there is none, and when it begins as HTTP/2 does', async () => {
    expect(await refusal(withLine('POST /wsman'))).toBe(505);
    expect(await refusal('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toBe(505);
  });
});

describe('an expectation that nobody knows', () => {
  it('is refused with a word, and whatever else is wrong with the head comes first', async () => {
    expect(await refusal(withFields('Expect: tea\r\n'))).toBe(417);
    expect(await refusal(withFields('Expect: tea\r\nHost: y\r\n'))).toBe(400);
  });
});

describe('a body in a transfer coding', () => {
  it.each(['gzip, chunked', 'gzip,chunked', 'identity, chunked', 'x-y;q="chunked", Chunked', ', chunked'])(
    '%s is not implemented',
    async (coding) => {
      expect(await refusal(chunked(coding))).toBe(501);
    },
  );

  it('is not implemented either when the codings stand in two fields', async () => {
    expect(
      await refusal(
        withFields('Transfer-Encoding: gzip\r\n', chunked('chunked')).replace(
          /(Transfer-Encoding: chunked\r\n)(Transfer-Encoding: gzip\r\n)/,
          '$2$1',
        ),
      ),
    ).toBe(501);
  });

  it.each(['gzip', 'chunked, gzip', 'chunked, chunked', 'xchunked', 'chunked;q=1', '', '"chunked"'])(
    '%s has no end that could be found',
    async (coding) => {
      expect(await refusal(chunked(coding))).toBe(400);
    },
  );

  it('is no part of HTTP/1.0', async () => {
    expect(await refusal(chunked('chunked', '1.0'))).toBe(400);
  });

  it.each(['chunked', 'CHUNKED'])('%s is read', async (coding) => {
    expect(await answer(chunked(coding))).toEqual({ status: 200, requests: 1 });
  });
});

describe('a request', () => {
  it.each([
    ['with two hosts', 'Host: y\r\n'],
    ['with the same host twice', 'Host: localhost\r\n'],
    ['with an empty host behind another', 'hOST:\r\n'],
  ])('%s is refused, in HTTP/1.0 too', async (_what, lines) => {
    expect(await refusal(withFields(lines))).toBe(400);
    expect(await refusal(withFields(lines).replace('HTTP/1.1', 'HTTP/1.0'))).toBe(400);
  });

  it.each(['a b', 'a, b', 'http://a/', 'a/b', 'u@a', 'a:b', 'a:1:2', '[::1', 'a\\b', '<a>', '[::1]x'])(
    'to the host %s is refused',
    async (host) => {
      expect(await refusal(httpRequest({ headers: { Host: host } }))).toBe(400);
    },
  );

  it.each(['a', 'a:5985', 'a_b.example.:1', '10.0.0.1', '[::1]:5985', '[fe80::1%25eth0]', '', ':80', 'a:', 'A%20b'])(
    'to the host %j is answered',
    async (host) => {
      expect(await answer(httpRequest({ headers: { Host: host } }))).toEqual({ status: 200, requests: 1 });
    },
  );

  it('is answered in HTTP/1.0 without being told to go on', async () => {
    for (const Expect of ['100-continue', 'something-else']) {
      const request = httpRequest({ headers: { Expect } }).replace('HTTP/1.1', 'HTTP/1.0');
      expect(await answer(request)).toEqual({ status: 200, requests: 1 });
    }
  });

  it('in HTTP/1.0 is refused as any other, its Expect ignored', async () => {
    await using server = await startTestListeners();
    const request = httpRequest({ headers: { Expect: '100-continue', Authorization: undefined } });
    expect((await server.ask(request.replace('HTTP/1.1', 'HTTP/1.0'))).status).toBe(401);
  });
});
