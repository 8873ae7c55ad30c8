import { afterEach, describe, expect, it } from 'vitest';
import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import { parseInstancePath } from '../../src/cim/model/parse-instance-path.js';
import { encodeInstance } from '../../src/cimjson/encode.js';
import { createClient } from '../../src/client/create-client.js';
import type { WsmanClient } from '../../src/client/wsman-client.js';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import { readRecordedRequest } from '../support/recorded-request.js';
import { authorization, PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';
import { record, startReplay } from './recorded-endpoint.js';

const NAMESPACE = 'root/cimv2/storage/iScsiTarget';
const system = (name: string) =>
  parseInstancePath(`${NAMESPACE}:MSFTSM_ComputerSystem.CreationClassName="MSFTSM_ComputerSystem",Name="${name}"`);
const SERVICE = parseInstancePath(
  `${NAMESPACE}:MSISCSITARGET_StorageConfigurationService.SystemCreationClassName="MSFTSM_ComputerSystem",SystemName="iscsi-a.lab.example",CreationClassName="MSISCSITARGET_StorageConfigurationService",Name="StorageConfigurationService"`,
);

const PIPE = {
  PipeElementName: 'first',
  SourceSystem: system('iscsi-a.lab.example'),
  TargetSystem: system('iscsi-b.lab.example'),
};

const running = runEndpoint({ seed: 4 });
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

function clientOf(url: string, options = {}): WsmanClient {
  const client = createClient({ url, user: USER, password: PASSWORD, ...options });
  open.push(client);
  return client;
}

async function replayed(text: string, options = {}): Promise<string> {
  const endpoint: Endpoint = await startReplay(text, options);
  open.push(endpoint);
  return endpoint.http?.url ?? '';
}

/** What a client of an endpoint learns, in a form that compares. */
async function tour(client: WsmanClient): Promise<unknown> {
  const texts = async (sequence: AsyncIterable<CimInstance>) => {
    const found: string[] = [];
    for await (const one of sequence) found.push(JSON.stringify(encodeInstance(one)));
    return found;
  };
  const { returnValue, outputs } = await client.invoke(SERVICE, 'CreateOrModifyReplicationPipe', PIPE);
  return {
    // But for the text itself, in which declarations of namespaces stand in other places.
    identity: { ...(await client.identify()), xml: undefined },
    system: [...(await client.get(system('iscsi-a.lab.example'))).properties],
    returnValue,
    pipe: String(outputs.get('ReplicationPipe')),
    systems: await texts(client.enumerate('MSFTSM_ComputerSystem')),
    paths: await texts(client.enumerate('CIM_ManagedElement', { mode: 'epr', maxElements: 7 })),
    names: await texts(client.query('SELECT Name FROM CIM_ComputerSystem')),
    associated: await texts(client.associators(system('iscsi-a.lab.example'))),
    missing: await client.get(system('nobody')).catch((error: Error) => error.message),
    declaration: (await client.getClass('MSFTSM_ComputerSystem')).name,
  };
}

describe('a recording', () => {
  it('answers the client that was recorded as the endpoint did', async () => {
    let first: unknown;
    const text = await record(running.url, async (url) => {
      const client = clientOf(url);
      first = await tour(client);
    });
    const url = await replayed(text);
    expect(await tour(clientOf(url))).toEqual(first);
  });

  it('does not mind how many items a client wants at a time, nor how it names classes', async () => {
    const text = await record(running.url, async (url) => {
      for await (const _ of clientOf(url).enumerate('MSFTSM_ComputerSystem', { maxElements: 1 }));
    });
    const names: unknown[] = [];
    const client = clientOf(await replayed(text), { resourceUriFamily: 'wmi' });
    for await (const one of client.enumerate('MSFTSM_ComputerSystem', { maxElements: 50 })) names.push(one.get('Name'));
    expect(names).toEqual(['iscsi-a.lab.example', 'iscsi-b.lab.example', 'legacy-c.lab.example']);
    // The same again, from the beginning.
    for await (const one of client.enumerate('MSFTSM_ComputerSystem')) names.push(one.get('Name'));
    expect(names).toHaveLength(6);
  });

  it('of pypsrp answers our client', async () => {
    const headers = { authorization, 'content-type': 'application/soap+xml;charset=UTF-8' };
    const text = await record(running.url, async (url) => {
      for (const name of ['pypsrp-get.http', 'pypsrp-invoke.http']) {
        const { body } = readRecordedRequest(name);
        const answer = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) });
        expect(answer.status).toBe(200);
      }
    });
    const client = clientOf(await replayed(text), { values: 'text' });
    expect((await client.get(system('iscsi-a.lab.example'))).get('Name')).toBe('iscsi-a.lab.example');
    expect(text).toContain('"method":"CreateOrModifyReplicationPipe"');
  });

  it('gives equal requests their answers in order, and the last one again and again', async () => {
    const text = await record(running.url, async (url) => {
      const client = clientOf(url, { values: 'text' });
      await client.invoke(SERVICE, 'CreateOrModifyReplicationPipe', PIPE);
      await client.invoke(SERVICE, 'CreateOrModifyReplicationPipe', PIPE);
    });
    const client = clientOf(await replayed(text), { values: 'text' });
    const seen: unknown[] = [];
    for (let times = 0; times < 3; times += 1)
      seen.push(
        String((await client.invoke(SERVICE, 'CreateOrModifyReplicationPipe', PIPE)).outputs.get('ReplicationPipe')),
      );
    expect(seen[1]).toBe(seen[2]);
    expect(seen[0]).not.toBe(seen[1]);
  });

  it('explains what it does not answer', async () => {
    const text = await record(running.url, async (url) => {
      await clientOf(url, { values: 'text' }).get(system('iscsi-a.lab.example'));
    });
    const client = clientOf(await replayed(text), { values: 'text' });
    await expect(client.get(system('iscsi-c'))).rejects.toThrow(
      'the nearest, line 2, is Get of root/cimv2/storage/iScsiTarget:MSFTSM_ComputerSystem',
    );
    await expect(client.get(system('iscsi-c'))).rejects.toThrow(
      'selectors.Name is "iscsi-c", recorded "iscsi-a.lab.example"',
    );
    await expect(client.invoke(SERVICE, 'CreateOrModifyReplicationPipe')).rejects.toThrow(
      'no recorded exchange answers Invoke CreateOrModifyReplicationPipe',
    );
  });

  it('leaves what it does not know to a lab, if one is wanted', async () => {
    const text = await record(running.url, async (url) => {
      await clientOf(url, { values: 'text' })
        .get(system('nobody'))
        .catch(() => undefined);
    });
    const client = clientOf(await replayed(text, { fallback: true }), { values: 'text' });
    expect((await client.get(system('iscsi-b.lab.example'))).get('Name')).toBe('iscsi-b.lab.example');
    await expect(client.get(system('nobody'))).rejects.toThrow(/nobody/);
  });

  it('takes requests in its order only, if that is wanted', async () => {
    const text = await record(running.url, async (url) => {
      const client = clientOf(url, { values: 'text' });
      await client.get(system('iscsi-a.lab.example'));
      await client.get(system('iscsi-b.lab.example'));
    });
    const client = clientOf(await replayed(text, { strict: true }), { values: 'text' });
    await expect(client.get(system('iscsi-b.lab.example'))).rejects.toThrow('line 2 of the recording');
    await client.get(system('iscsi-a.lab.example'));
    await client.get(system('iscsi-b.lab.example'));
    await expect(client.get(system('iscsi-b.lab.example'))).rejects.toThrow('the recording has ended');
  });

  it('does not go on with an enumeration that was left early', async () => {
    const text = await record(running.url, async (url) => {
      for await (const _ of clientOf(url).enumerate('MSFTSM_ComputerSystem', { maxElements: 1 })) break;
    });
    const sequence = clientOf(await replayed(text), { values: 'text' }).enumerate('MSFTSM_ComputerSystem');
    const seen: unknown[] = [];
    await expect(
      (async () => {
        for await (const one of sequence) seen.push(one.get('Name'));
      })(),
    ).rejects.toThrow('the recording of this enumeration ends here');
    expect(seen).toEqual(['iscsi-a.lab.example']);
  });
});
