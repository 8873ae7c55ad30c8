import { expect, it } from 'vitest';
import { CimInstance, InstancePath, startEndpoint } from '../../../src/index.js';
import { callerSids } from '../../../src/windows/security/caller-sids.js';
import { CIMV2, createMachine } from '../machine.js';

const GUEST = 'root/cimv2:Win32_UserAccount.Domain="LAB",Name="Guest"';
const LOCAL_ADMINISTRATOR = 'S-1-5-21-1682556277-1471864719-1604327289-500';
const DOMAIN_ADMINISTRATOR = 'S-1-5-21-1000000001-1000000002-1000000003-500';

it('an account of the domain is renamed by its controller alone', async () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  await using endpoint = await startEndpoint({ port: 0, logger, lab: 'domain' });
  const [controller, member] = ['dc01', 'member01'].map((name) => endpoint.hosts.get(name).cim);
  expect((await member?.invoke(GUEST, 'Rename', { Name: 'Visitor' }))?.returnValue).toBe(6);
  expect((await controller?.invoke(GUEST, 'Rename', { Name: 'Visitor' }))?.returnValue).toBe(0);
  const visitor = await controller?.get('root/cimv2:Win32_UserAccount.Domain="LAB",Name="Visitor"');
  expect([visitor?.get('Caption'), visitor?.get('LocalAccount')]).toEqual(['LAB\\Visitor', false]);
  const groups = await controller?.find(
    'ASSOCIATORS OF {Win32_UserAccount.Domain="LAB",Name="Visitor"} WHERE AssocClass=Win32_GroupUser',
    CIMV2,
  );
  expect(groups?.map((one) => one.get('Name'))).toEqual(expect.arrayContaining(['Guests', 'Domain Guests']));
});

it.each([
  ['Administrator', LOCAL_ADMINISTRATOR],
  ['SRV01\\Administrator', LOCAL_ADMINISTRATOR],
  ['LAB\\administrator', DOMAIN_ADMINISTRATOR],
  ['krbtgt', 'S-1-5-21-1000000001-1000000002-1000000003-502'],
])('the caller %s has the identifier %s', async (user, sid) => {
  const { store } = await createMachine();
  expect(await store.transaction((each) => callerSids(each, user))).toContain(sid);
});

it('a process of an account of the domain has its identifier, though the computer has one of that name', async () => {
  const machine = await createMachine();
  const path = new InstancePath({
    namespace: 'root/cimulator',
    className: 'CIMULATOR_ProcessNote',
    keys: { Name: '1480' },
  });
  await machine.store.transaction((each) =>
    each.put(
      new CimInstance('CIMULATOR_ProcessNote', Object.entries({ Name: '1480', Owner: 'LAB\\Administrator' }), path),
    ),
  );
  const answer = await machine.call('GetOwnerSid', 'Win32_Process.Handle="1480"');
  expect(answer).toMatchObject({ Sid: DOMAIN_ADMINISTRATOR });
});
