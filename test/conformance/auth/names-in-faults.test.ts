import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseInstancePath } from '../../../src/cim/model/parse-instance-path.js';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import type { HttpEndpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';

const NAMESPACE = 'root/cimv2/storage/iScsiTarget';
const LAB = `#pragma namespace("${NAMESPACE}")
[Version("1.0.0")] class LAB_Open : CIM_ManagedElement { [Key] string Id; };
[Version("1.0.0")] class LAB_Hidden : LAB_Open { };
[Version("1.0.0")] class LAB_Other : CIM_ManagedElement { [Key] string Id; };
[Version("1.0.0"), Association] class LAB_Tie { [Key] string Id; [Write] LAB_Other REF Other; LAB_Open REF One; };
[Version("1.0.0")] class LAB_OtherHidden : CIM_ManagedElement { [Key] string Id; };
[Version("1.0.0"), Association] class LAB_HiddenLink { [Key] CIM_ManagedElement REF Left; [Key] CIM_ManagedElement REF Right; };
instance of LAB_Open as $O { Id = "o1"; };
instance of LAB_Hidden { Id = "h1"; };
instance of LAB_OtherHidden as $S { Id = "s1"; };
instance of LAB_HiddenLink { Left = $O; Right = $S; };
`;

let folder: string;
let endpoint: HttpEndpoint;
const clients: WsmanClient[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cimulator-names-'));
  writeFileSync(join(folder, 'lab.mof'), LAB);
  const roles = (...names: string[]) => names.map((name) => `write@${NAMESPACE}:${name}`);
  endpoint = await startEndpoint({
    lab: join(folder, 'lab.mof'),
    users: [
      { name: 'admin', password: 'p' },
      { name: 'writer', password: 'p', roles: roles('LAB_Open', 'LAB_Tie') },
    ],
  });
});
afterAll(async () => {
  for (const client of clients) await client.close();
  await endpoint.close();
  rmSync(folder, { recursive: true });
});

/** What a call is refused with, reason included. */
async function refusal(user: string, call: (client: WsmanClient) => Promise<unknown>): Promise<string> {
  const client = createClient({ url: endpoint.http.url, user, password: 'p', values: 'text' });
  clients.push(client);
  return call(client).then(
    (result) => `no refusal: ${JSON.stringify(result)}`,
    (error: unknown) => String(error),
  );
}

const path = parseInstancePath;

describe('a refusal names an instance to those only who may read it', () => {
  it.each<[string, (client: WsmanClient) => Promise<unknown>, RegExp, RegExp]>([
    [
      'Delete of what something refers to',
      (client) => client.delete(path('LAB_Open.Id="o1"')),
      /LAB_HiddenLink\..* refers to it/,
      /The instance cannot be deleted: something refers to it/,
    ],
    [
      'Create with the keys of an instance of a subclass',
      (client) => client.create('LAB_Open', { Id: 'h1' }),
      /There is already \S*LAB_Hidden\.Id="h1"/,
      /There is already \S*LAB_Open\.Id="h1"/,
    ],
    [
      'Create with a reference to an instance of another class',
      (client) => client.create('LAB_Tie', { Id: 'n1', Other: path('CIM_ManagedElement.Id="s1"') }),
      /refers to a LAB_OtherHidden/,
      /refers to \S*CIM_ManagedElement\.Id=\S*, which does not exist/,
    ],
  ])('%s', async (_what, call, toReaders, toOthers) => {
    expect(await refusal('admin', call)).toMatch(toReaders);
    const text = await refusal('writer', call);
    expect(text).toMatch(toOthers);
    expect(text).not.toMatch(/Hidden/);
  });
});
