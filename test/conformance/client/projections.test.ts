import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import { collect } from '../../client/scripted-server.js';
import { PASSWORD, runEndpoint, USER } from '../../support/running-endpoint.js';

const running = runEndpoint({ lab: fileURLToPath(new URL('../query/object-paths-lab.mof', import.meta.url)) });

let client: WsmanClient;
beforeAll(() => {
  client = createClient({ url: running.url, user: USER, password: PASSWORD });
});
afterAll(() => client.close());

describe('a projection', () => {
  it('is an instance of the class in FROM, with the types of its declaration', async () => {
    const [instance] = await collect(client.query('select Note, n, When from wild_num'));
    expect([instance?.className, ...(instance?.properties ?? [])]).toEqual([
      'WILD_Num',
      ['N', 31],
      ['Note', 'x'],
      ['When', null],
    ]);
    const [sub] = await collect(client.query("select Name from WILD_Name where Name = 'sub'"));
    expect([sub?.className, sub?.path?.className]).toEqual(['WILD_Name', 'WILD_SubName']);
  });

  it('is the same for a client of the MI family', async () => {
    const options = { 'msftwinrm:UsePreciseArrays': 'true' };
    const [instance] = await collect(client.query('select Note, N, When from WILD_Num', { options }));
    expect([...(instance?.properties ?? [])]).toEqual([
      ['N', 31],
      ['Note', 'x'],
      ['When', null],
    ]);
  });
});
