import { describe, expect, it } from 'vitest';
import { CallRecord } from '../../src/cim/contracts/call.js';
import { Cancellation } from '../../src/cim/contracts/cancellation.js';
import type { Transport } from '../../src/client/transport/transport.js';
import { recorder } from '../../src/replay/record.js';
import type { RecordedMessage } from '../../src/replay/recording.js';
import { createSecrets } from '../../src/secrets/secrets.js';
import type { NextWsmanService, WsmanResponse } from '../../src/wsman/wsman-service.js';

const URI = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service';
const NAMESPACES =
  'xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" ' +
  'xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"';
const envelope = (header: string, body: string) =>
  `<s:Envelope ${NAMESPACES}><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
const change = envelope(
  `<a:Action>${URI}/Change</a:Action><a:MessageID>uuid:1</a:MessageID><w:ResourceURI>${URI}</w:ResourceURI>` +
    '<w:SelectorSet><w:Selector Name="Name">Spooler</w:Selector></w:SelectorSet>',
  `<p:Change_INPUT xmlns:p="${URI}"><p:StartName>.\\svc</p:StartName><p:StartPassword>Hush-hush-1</p:StartPassword></p:Change_INPUT>`,
);
const changed = envelope(
  `<a:Action>${URI}/ChangeResponse</a:Action>`,
  `<p:Change_OUTPUT xmlns:p="${URI}"><p:Echo>it was Hush-hush-1</p:Echo><p:ReturnValue>0</p:ReturnValue></p:Change_OUTPUT>`,
);
const next = (async () => {
  throw new Error('the service behind is not asked');
}) as unknown as NextWsmanService;

/** What is sent to a recorder that stands before an endpoint with these answers. */
async function say(body: string, answer: string | Error, user: string | undefined, status = 200) {
  const written: RecordedMessage[] = [];
  const sent: string[] = [];
  const upstream: Transport = {
    async post(bytes) {
      sent.push(Buffer.from(bytes).toString());
      if (answer instanceof Error) throw answer;
      const headers = new Map([['content-type', 'application/soap+xml;charset=UTF-8']]);
      return { status, headers, body: Buffer.from(answer) };
    },
    close: async () => undefined,
  };
  const handle = recorder({ upstream, write: (one) => written.push(one), secrets: createSecrets() })(next);
  const request = {
    body: Buffer.from(body),
    charset: 'utf-8',
    securityProfiles: [],
    source: undefined,
    client: new Cancellation(),
  };
  const run = typeof handle === 'function' ? handle : handle.handle;
  const response: WsmanResponse = await run(request, new CallRecord({ user }));
  return { response, written, sent };
}

describe('recorder', () => {
  it('hands messages and answers on as they are, and writes neither password nor what quotes it', async () => {
    const { response, written, sent } = await say(change, changed, 'client');
    expect(sent).toEqual([change]);
    expect(Buffer.from(response.body as Uint8Array).toString()).toBe(changed);
    expect(written).toMatchObject([
      {
        user: 'client',
        uri: URI,
        request: {
          operation: 'Invoke',
          method: 'Change',
          resource: 'root/cimv2:Win32_Service',
          selectors: { Name: 'Spooler' },
          input: { StartName: '.\\svc', StartPassword: '***' },
        },
        answer: { status: 200, returnValue: '0', outputs: { Echo: 'it was ***' } },
      },
    ]);
    expect(JSON.stringify(written)).not.toContain('Hush');
  });

  it.each([
    [401, 'Sign in first.', 'it refuses the account that signs in there (HTTP 401)'],
    [502, 'Bad gateway', 'it answers HTTP 502 with what is no message'],
  ])('tells the client, and writes nothing, when the answer is HTTP %i and no message', async (status, text, why) => {
    const { response, written } = await say(change, text, 'client', status);
    expect(response.body).toContain(`the recorded endpoint gave no answer: ${why}`);
    expect(written).toEqual([]);
  });

  it('tells the client, and writes nothing, when there is no answer', async () => {
    const { response, written } = await say(change, new Error('connect ECONNREFUSED'), 'client');
    expect(response).toMatchObject({ status: 500, outcome: { fault: 'InternalError' } });
    expect(response.body).toContain('the recorded endpoint gave no answer: connect ECONNREFUSED');
    expect(response.body).toContain('<a:RelatesTo>uuid:1</a:RelatesTo>');
    expect(written).toEqual([]);
  });

  it.each([
    ['without credentials', change, undefined],
    ['that are no XML', '<a', 'client'],
  ])('leaves messages %s to the service', async (_, body, user) => {
    await expect(say(body, changed, user)).rejects.toThrow('the service behind is not asked');
  });
});
