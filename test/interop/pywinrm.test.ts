import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { record, startReplay } from '../replay/recorded-endpoint.js';
import { DMTF, identifyRequest, METHOD, NAMESPACE, request, SERVICE_CLASS, serviceKeys } from '../support/envelopes.js';
import { at, readTree, type Tree, textAt } from '../support/read-answer.js';
import { readRecordedRequest } from '../support/recorded-request.js';
import { authorization, PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';
import { findLiveClient } from './live-client.js';

const script = fileURLToPath(new URL('clients/pywinrm-send.py', import.meta.url));
const python = findLiveClient({
  name: 'pywinrm',
  debianPackage: 'python3-winrm',
  probes: [
    ['python3', '-c', 'import winrm'],
    ['/usr/bin/python3', '-c', 'import winrm'],
  ],
});

interface Outcome {
  readonly answer?: string;
  readonly error?: string;
  readonly status?: number;
}

describe.skipIf(python === undefined)('pywinrm', () => {
  const running = runEndpoint({ httpsPort: 0 });

  async function send(task: Record<string, unknown>): Promise<Outcome> {
    // A CA bundle in the environment would bring back the check of certificates that the script turns off.
    const { REQUESTS_CA_BUNDLE: _, CURL_CA_BUNDLE: __, ...env } = process.env;
    const child = spawn(python ?? '', [script], { stdio: ['pipe', 'pipe', 'pipe'], env });
    child.stdin.end(JSON.stringify({ url: running.url, user: USER, password: PASSWORD, ...task }));
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (output === '') throw new Error(errors);
    return JSON.parse(output) as Outcome;
  }

  it('identifies the endpoint', async () => {
    const { answer = '' } = await send({ message: identifyRequest });
    expect(textAt(readTree(answer), 'Envelope', 'Body', 'IdentifyResponse', 'ProtocolVersion')).toBe(
      'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
    );
  });

  it('calls the method with the request another client was recorded with', async () => {
    const { answer = '' } = await send({ message: readRecordedRequest('pypsrp-invoke.http').body.toString('utf8') });
    const output = at(readTree(answer), 'Envelope', 'Body', `${METHOD}_OUTPUT`);
    expect(at(output, 'ReturnValue')).toBe('0');
    expect(at(output, 'ReplicationPipe', 'ReferenceParameters', 'ResourceURI')).toBe(
      `${DMTF}CIMULATOR_ReplicationPipe`,
    );
  });

  it('calls the method with the header that it writes itself', async () => {
    const system = (name: string) => ({
      'a:Address': 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous',
      'a:ReferenceParameters': {
        'w:ResourceURI': `${DMTF}MSFTSM_ComputerSystem`,
        'w:SelectorSet': {
          'w:Selector': [
            { '@Name': '__cimnamespace', '#text': NAMESPACE },
            { '@Name': 'CreationClassName', '#text': 'MSFTSM_ComputerSystem' },
            { '@Name': 'Name', '#text': name },
          ],
        },
      },
    });
    const { answer = '' } = await send({
      resourceUri: DMTF + SERVICE_CLASS,
      action: `${DMTF}${SERVICE_CLASS}/${METHOD}`,
      selectors: { __cimnamespace: NAMESPACE, ...serviceKeys },
      body: {
        [`i:${METHOD}_INPUT`]: {
          '@xmlns:i': DMTF + SERVICE_CLASS,
          'i:PipeElementName': 'from pywinrm',
          'i:SourceSystem': system('iscsi-a.lab.example'),
          'i:TargetSystem': system('iscsi-b.lab.example'),
        },
      },
    });
    expect(textAt(readTree(answer), 'Envelope', 'Body', `${METHOD}_OUTPUT`, 'ReturnValue')).toBe('0');
  });

  it('calls the method over HTTPS', async () => {
    const { answer = '' } = await send({ message: request(), url: running.endpoint.https?.url, transport: 'ssl' });
    expect(textAt(readTree(answer), 'Envelope', 'Body', `${METHOD}_OUTPUT`, 'ReturnValue')).toBe('0');
  });

  it('turns the fault of an unknown method into its own error, with subcode and reason', async () => {
    const { error } = await send({ message: request({ action: `${DMTF}${SERVICE_CLASS}/NoSuchMethod` }) });
    expect(error).toMatch(/has no method NoSuchMethod.*a:ActionNotSupported/);
  });

  it('finds the Windows code in a protocol fault', async () => {
    const { error } = await send({ message: request({ resourceUri: 'http://example.com/nothing' }) });
    expect(error).toContain('2150858811');
  });

  describe('with the Windows machine', () => {
    const CIMV2 = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/';

    async function invoke(className: string, method: string, selectors: object, input: Record<string, unknown> = {}) {
      const resourceUri = CIMV2 + className;
      const parameters = Object.fromEntries(Object.entries(input).map(([name, value]) => [`i:${name}`, value]));
      const body = { [`i:${method}_INPUT`]: { '@xmlns:i': resourceUri, ...parameters } };
      const { answer = '', error } = await send({ resourceUri, action: `${resourceUri}/${method}`, selectors, body });
      expect(error).toBeUndefined();
      return at(readTree(answer), 'Envelope', 'Body', `${method}_OUTPUT`);
    }

    async function get(className: string, selectors: object) {
      const action = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get';
      const { answer = '', error } = await send({ resourceUri: CIMV2 + className, action, selectors, body: {} });
      expect(error).toBeUndefined();
      return at(readTree(answer), 'Envelope', 'Body', className);
    }

    it('asks for disks by a query', async () => {
      const { answer = '' } = await send({
        resourceUri: `${CIMV2}*`,
        action: 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate',
        selectors: {},
        body: {
          'n:Enumerate': {
            '@xmlns:n': 'http://schemas.xmlsoap.org/ws/2004/09/enumeration',
            'w:OptimizeEnumeration': null,
            'w:MaxElements': '10',
            'w:Filter': {
              '@Dialect': 'http://schemas.microsoft.com/wbem/wsman/1/WQL',
              '#text': "SELECT DeviceID, FreeSpace FROM Win32_LogicalDisk WHERE DriveType = 3 AND FileSystem <> ''",
            },
          },
        },
      });
      const items = at(readTree(answer), 'Envelope', 'Body', 'EnumerateResponse', 'Items');
      const disks = at(items, 'XmlFragment') as Tree[];
      expect(disks.map((disk) => [at(disk, 'DeviceID'), at(disk, 'FreeSpace')])).toEqual([
        ['C:', '32212254720'],
        ['D:', '10737418240'],
      ]);
    });

    it('starts a program, and finds its process and whose it is', async () => {
      const made = await invoke('Win32_Process', 'Create', {}, { CommandLine: 'C:\\Tools\\labtool.exe --once' });
      expect(at(made, 'ReturnValue')).toBe('0');
      const Handle = String(at(made, 'ProcessId'));
      expect(at(await get('Win32_Process', { Handle }), 'CommandLine')).toBe('C:\\Tools\\labtool.exe --once');
      expect(at(await invoke('Win32_Process', 'GetOwner', { Handle }), 'User')).toBe(USER);
      expect(at(await invoke('Win32_Process', 'Terminate', { Handle }, { Reason: '0' }), 'ReturnValue')).toBe('0');
    });

    it('stops a service, which is told from one that is stopped', async () => {
      const Name = 'Spooler';
      expect(at(await get('Win32_Service', { Name }), 'State')).toBe('Running');
      expect(at(await invoke('Win32_Service', 'StopService', { Name }), 'ReturnValue')).toBe('0');
      expect(at(await invoke('Win32_Service', 'StopService', { Name: 'W32Time' }), 'ReturnValue')).toBe('5');
    });

    it('reads the registry', async () => {
      const input = { hDefKey: '2147483650', sSubKeyName: 'SOFTWARE\\Lab\\Agents\\alpha', sValueName: 'Version' };
      const output = await invoke('StdRegProv', 'GetStringValue', {}, input);
      expect([at(output, 'ReturnValue'), at(output, 'sValue')]).toEqual(['0', '1.4']);
    });
  });

  it('is answered from a recording of another client', async () => {
    const headers = { authorization, 'content-type': 'application/soap+xml;charset=UTF-8' };
    const recording = await record(running.url, async (url) => {
      const body = new Uint8Array(readRecordedRequest('pypsrp-get.http').body);
      expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
    });
    await using replayed = await startReplay(recording);
    const url = replayed.http?.url;
    const get = (name: string) => ({
      url,
      resourceUri: `${DMTF}MSFTSM_ComputerSystem`,
      action: 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get',
      selectors: { __cimnamespace: NAMESPACE, CreationClassName: 'MSFTSM_ComputerSystem', Name: name },
      body: {},
    });
    const { answer = '' } = await send(get('iscsi-a.lab.example'));
    expect(textAt(readTree(answer), 'Envelope', 'Body', 'MSFTSM_ComputerSystem', 'Name')).toBe('iscsi-a.lab.example');
    const { error } = await send(get('iscsi-b.lab.example'));
    expect(error).toMatch(/the nearest, line 2, is Get of/);
  });

  it('is refused with a wrong password', async () => {
    expect(await send({ message: request(), password: 'wrong' })).toMatchObject({
      error: expect.stringMatching(/credentials were rejected/),
    });
  });
});
