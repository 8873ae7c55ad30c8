import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DMTF,
  ENUMERATION,
  METHOD,
  NAMESPACE,
  request,
  SERVICE_CLASS,
  serviceKeys,
  TRANSFER,
  WMI,
} from '../support/envelopes.js';
import { runEndpoint } from '../support/running-endpoint.js';

const CONFIG = 'http://schemas.microsoft.com/wbem/wsman/1/config';

const actions = [
  ...['Get', 'Put', 'Create', 'Delete'].map((name) => `${TRANSFER}/${name}`),
  ...['Enumerate', 'Pull', 'Release', 'GetStatus', 'Renew'].map((name) => `${ENUMERATION}/${name}`),
  `${DMTF}${SERVICE_CLASS}/${METHOD}`,
  `${WMI}${SERVICE_CLASS}/${METHOD}`,
  `${DMTF}CIM_Service/StartService`,
  'http://schemas.xmlsoap.org/ws/2004/08/eventing/Subscribe',
  'http://schemas.xmlsoap.org/ws/2004/08/eventing/Unsubscribe',
  'http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Command',
  'urn:anything',
];
const resources = [
  DMTF + SERVICE_CLASS,
  WMI + SERVICE_CLASS,
  `${DMTF}CIM_ManagedElement`,
  `${DMTF}CIM_NoSuchClass`,
  `${DMTF}MSFTSM_ComputerSystem?a=b`,
  `${DMTF}*`,
  'http://schemas.dmtf.org/wbem/wscim/1/*',
  `${WMI}*`,
  'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/nowhere/X',
  'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*',
  CONFIG,
  CONFIG.toUpperCase(),
  `${CONFIG}/listener`,
  `${CONFIG}/service/auth`,
  'http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd',
];
const selectorSets: readonly Record<string, string>[] = [
  {},
  { __cimnamespace: NAMESPACE },
  { __cimnamespace: NAMESPACE, ...serviceKeys },
  { __cimnamespace: 'root/nowhere' },
  { __cimnamespace: NAMESPACE, ClassName: SERVICE_CLASS },
  { Address: '*', Transport: 'HTTP' },
];
const filter = (dialect: string, text: string) =>
  `<n:Enumerate xmlns:n="${ENUMERATION}"><w:OptimizeEnumeration/><w:MaxElements>100</w:MaxElements><w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/${dialect}">${text}</w:Filter></n:Enumerate>`;
const bodies = [
  '',
  undefined,
  `<n:Enumerate xmlns:n="${ENUMERATION}"/>`,
  `<n:Enumerate xmlns:n="${ENUMERATION}"><w:OptimizeEnumeration/><w:MaxElements>100</w:MaxElements></n:Enumerate>`,
  filter('WQL', 'SELECT * FROM CIM_ManagedElement'),
  filter('WQL', 'SELECT * FROM meta_class'),
  filter('WQL', `ASSOCIATORS OF {${SERVICE_CLASS}} WHERE SchemaOnly`),
  `<n:Pull xmlns:n="${ENUMERATION}"><n:EnumerationContext>x</n:EnumerationContext></n:Pull>`,
  `<cfg:Config xmlns:cfg="${CONFIG}"><cfg:MaxBatchItems>1</cfg:MaxBatchItems></cfg:Config>`,
  `<p:${SERVICE_CLASS} xmlns:p="${DMTF}${SERVICE_CLASS}"><p:Name>x</p:Name></p:${SERVICE_CLASS}>`,
];

/** CVE-2008-4313: access is checked in every namespace, class and method, whatever the request is made of. */
describe('a user without any right', () => {
  const running = runEndpoint({
    users: [
      { name: 'nothing', password: 'nothing', roles: [] },
      { name: 'elsewhere', password: 'elsewhere', roles: ['all@root/elsewhere'] },
    ],
  });

  it('gets nothing but faults, by whatever action, resource, selectors and body', async () => {
    const part = {
      user: fc.constantFrom('nothing', 'elsewhere'),
      action: fc.constantFrom(...actions),
      resourceUri: fc.constantFrom(...resources),
      selectors: fc.constantFrom(...selectorSets),
      body: fc.constantFrom(...bodies),
    };
    const ask = async ({
      user,
      body,
      ...parts
    }: { user: string; body: string | undefined } & Record<string, unknown>) => {
      const authorization = `Basic ${Buffer.from(`${user}:${user}`).toString('base64')}`;
      const envelope = request({ ...parts, ...(body !== undefined && { body }) });
      return running.post(envelope, { headers: { authorization } });
    };
    await fc.assert(
      fc.asyncProperty(fc.record(part), async (parts) => {
        const { status, text } = await ask(parts);
        expect(status).toBe(500);
        expect(text).toContain('<s:Fault>');
        expect(text).not.toMatch(/<cfg:|<CLASS|ResourceCreated|_OUTPUT|EnumerateResponse|PullResponse/);
      }),
      { numRuns: 600 },
    );
  });
});
