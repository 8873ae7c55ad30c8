import { describe, expect, it } from 'vitest';
import { createInstanceEncoder } from '../../src/bridge/instance-encoder.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import type { Script } from '../client/scripted-server.js';
import { useScript } from '../client/use-script.js';

const start = useScript();

const fan = `<p:LAB_Fan xmlns:p="urn:p" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common"><p:Id>7</p:Id><p:Lit>true</p:Lit><p:Names>a</p:Names><p:Names>b</p:Names><p:Label xsi:nil="true"/><p:Made><cim:Datetime>2026-11-29T20:00:00Z</cim:Datetime></p:Made></p:LAB_Fan>`;
const path = new InstancePath({ namespace: 'root/lab', className: 'LAB_Fan', keys: { Id: '7' } });

async function encoded(script: Script) {
  const { client } = await start(script);
  return createInstanceEncoder(client, 'root/lab').encode(await client.get(path));
}

describe('an instance whose class the server does not give', () => {
  it('has texts, apart from what tells itself', async () => {
    const { path: found, properties } = await encoded({ Get: fan });
    expect(found?.keys).toEqual({ Id: { type: 'string', value: '7' } });
    expect(properties).toEqual({
      Id: { type: 'string', value: '7' },
      Lit: { type: 'string', value: 'true' },
      Names: { type: 'string', array: true, value: ['a', 'b'] },
      Label: { type: 'string', value: null },
      Made: { type: 'datetime', value: '20261129200000.000000+000' },
    });
  });
});

describe('an instance whose class is at hand', () => {
  it('has its types, and what does not fit them as text', async () => {
    const property = (name: string, type: string) => `<PROPERTY NAME="${name}" TYPE="${type}"/>`;
    const GetClass = `<CLASS NAME="LAB_Fan">${property('Id', 'uint8')}${property('Lit', 'uint16')}</CLASS>`;
    const { path: found, properties } = await encoded({ Get: fan, GetClass });
    expect(found?.keys).toEqual({ Id: { type: 'uint8', value: 7 } });
    expect(properties).toMatchObject({ Id: { type: 'uint8', value: 7 }, Lit: { type: 'string', value: 'true' } });
  });
});
