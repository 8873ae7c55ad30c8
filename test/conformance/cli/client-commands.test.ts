import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addIdentifyCommand } from '../../../src/cli/identify-command.js';
import { addInvokeCommand } from '../../../src/cli/invoke-command.js';
import { recordingTerminal } from '../../cli/recording-terminal.js';
import {
  identifyAnswer,
  windowsAnswer,
  windowsCimError,
  windowsFault,
  windowsReference,
} from '../../client/answers.js';
import { type FakeAnswer, type FakeServer, startFakeServer } from '../../client/fake-server.js';

const pipe = `<p:Pipe>${windowsReference('CIM_Pipe', '<w:Selector Name="__cimnamespace">root/lab</w:Selector><w:Selector Name="InstanceID">p1</w:Selector>')}</p:Pipe>`;
const success: FakeAnswer = { body: windowsAnswer(`${pipe}<p:ReturnValue>0</p:ReturnValue>`) };

let server: FakeServer | undefined;
beforeEach(() => {
  for (const name of ['URL', 'USER', 'PASSWORD', 'CLIENT_AUTH']) vi.stubEnv(`CIMULATOR_${name}`, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
  server = undefined;
});

/** Runs a command line against a server that answers so. */
async function run(answer: FakeAnswer, ...line: readonly string[]) {
  await server?.close();
  server = await startFakeServer(answer);
  const terminal = recordingTerminal();
  const program = new Command('cimulator');
  addInvokeCommand(program, terminal);
  addIdentifyCommand(program, terminal);
  await program.parseAsync([...line, '--url', server.url], { from: 'user' });
  return { ...terminal.seen, requests: server.requests };
}

describe('cimulator invoke', () => {
  it('lists ReturnValue and outputs, and ends with 0', async () => {
    const { out, err, exitCode } = await run(success, 'invoke', 'Do', '--on', 'CIM_X');
    expect([out, err, exitCode]).toEqual(['ReturnValue  0\nPipe         root/lab:CIM_Pipe.InstanceID="p1"\n', '', 0]);
  });

  it('prints JSON', async () => {
    const { out } = await run(success, 'invoke', 'Do', '--on', 'CIM_X', '--json');
    expect(JSON.parse(out)).toMatchObject({
      returnValue: { type: 'uint32', value: 0 },
      outputs: { Pipe: { type: 'reference', value: { keys: { InstanceID: { type: 'string', value: 'p1' } } } } },
    });
  });

  it('prints the answer as it came', async () => {
    const { out } = await run(success, 'invoke', 'Do', '--on', 'CIM_X', '--xml');
    expect(out).toBe(`${success.body}\n`);
  });

  it('says so when the method returned nothing', async () => {
    const { out, exitCode } = await run({ body: windowsAnswer('') }, 'invoke', 'Do', '--on', 'CIM_X');
    expect([out, exitCode]).toEqual(['The method ran and returned nothing.\n', 0]);
  });

  it('ends with 3 when the method returned another value, which it lists', async () => {
    const answer = { body: windowsAnswer('<p:ReturnValue>5</p:ReturnValue>') };
    const { out, err, exitCode } = await run(answer, 'invoke', 'Do', '--on', 'CIM_X');
    expect([out, err, exitCode]).toEqual(['ReturnValue  5\n', '', 3]);
  });

  it('ends with 1 and one line on stderr for a fault', async () => {
    const fault = { status: 500, body: windowsFault('Sender', 'a:DestinationUnreachable', 'x', windowsCimError) };
    const { out, err, exitCode } = await run(fault, 'invoke', 'Do', '--on', 'CIM_X');
    expect([out, err, exitCode]).toEqual([
      '',
      'cimulator: DestinationUnreachable, CIM status 6 NotFound: No system with these keys.\n',
      1,
    ]);
  });

  it('names the flags that cure a 401', async () => {
    const { err, exitCode } = await run({ status: 401 }, 'invoke', 'Do', '--on', 'CIM_X');
    expect([err, exitCode]).toEqual([expect.stringMatching(/asks for a user.*; see --user and --password\n$/), 1]);
  });

  it('sends keys, arguments, references and NULL', async () => {
    const { requests } = await run(
      success,
      ...['invoke', 'Do', '--on', 'CIM_X', '--key', 'Name=k', '--arg', 'A=1', '--arg', 'A=2', '--arg', 'B:uint8=3'],
      ...['--ref', 'R=CIM_Y.Name="y"', '--null', 'N'],
    );
    const body = requests[0]?.body.toString() ?? '';
    expect(body).toContain('<w:Selector Name="Name">k</w:Selector>');
    expect(body).toContain('<m:A>1</m:A><m:A>2</m:A><m:B xsi:type="cim:cimUnsignedByte">3</m:B><m:R><a:Address>');
    expect(body).toContain('<m:N xsi:nil="true"/>');
  });

  it('writes WMI resource URIs and another namespace when asked', async () => {
    const { requests } = await run(success, 'invoke', 'Do', '--on', 'CIM_X', '--wmi', '--namespace', 'root/lab');
    expect(requests[0]?.body.toString()).toContain('/wmi/root/lab/CIM_X</w:ResourceURI>');
  });

  it.each([
    ['flags', ['--user', 'u', '--password', 'p:w', '--auth', 'basic'], {}],
    ['one flag', ['--user', 'u:p:w', '--auth', 'basic'], { CIMULATOR_USER: 'v:x' }],
    ['the environment', [], { CIMULATOR_USER: 'u', CIMULATOR_PASSWORD: 'p:w', CIMULATOR_CLIENT_AUTH: 'basic' }],
    ['the accounts of the server in the environment', ['--auth', 'basic'], { CIMULATOR_USER: 'u:p:w, v:x' }],
  ])('takes credentials from %s', async (_what, flags, environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { requests } = await run(success, 'invoke', 'Do', '--on', 'CIM_X', ...flags);
    const expected = `Basic ${Buffer.from('u:p:w').toString('base64')}`;
    expect(requests[0]?.headers.authorization).toBe(expected);
  });

  it('takes a password with a comma from a flag', async () => {
    const { requests } = await run(success, 'invoke', 'Do', '--on', 'CIM_X', '--user', 'u:p,w', '--auth', 'basic');
    expect(requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('u:p,w').toString('base64')}`);
  });

  it('refuses a user without password before anything is sent', async () => {
    const { err, exitCode, requests } = await run(success, 'invoke', 'Do', '--on', 'CIM_X', '--user', 'u');
    expect([err, exitCode, requests.length]).toEqual([expect.stringContaining('needs a password'), 1, 0]);
  });

  it.each([
    ['a target', ['--on', '1']],
    ['an argument', ['--on', 'CIM_X', '--arg', 'x']],
    ['a value that XML cannot carry', ['--on', 'CIM_X', '--arg', 'x=\u0001']],
    ['a fingerprint', ['--on', 'CIM_X', '--fingerprint', 'zz']],
  ])('refuses %s that is wrong in one line', async (_what, flags) => {
    const { out, err, exitCode } = await run(success, 'invoke', 'Do', ...flags);
    expect([out, err, exitCode]).toEqual(['', expect.stringMatching(/^cimulator: (?!unexpected).*\n$/), 1]);
  });

  it('explains its target forms in the help', () => {
    const program = new Command('cimulator');
    addInvokeCommand(program);
    const written: string[] = [];
    const invoke = program.commands[0]?.configureOutput({ writeOut: (text) => written.push(text) });
    invoke?.outputHelp();
    expect(written.join('')).toContain("--on 'CIM_Fan?DeviceID=1+SystemName=a'");
  });
});

describe('cimulator identify', () => {
  const identity = {
    body: identifyAnswer('urn:i', '<i:ProductVendor>V</i:ProductVendor><i:ProductVersion>2</i:ProductVersion>'),
  };

  it('lists what the endpoint says', async () => {
    const { out } = await run(identity, 'identify');
    expect(out).toBe('Vendor    V\nVersion   2\nProtocol  (not said)\n');
  });

  it('prints JSON without the message', async () => {
    const { out } = await run(identity, 'identify', '--json');
    expect(JSON.parse(out)).toEqual({ productVendor: 'V', productVersion: '2', securityProfiles: [] });
  });

  it('asks without credentials when it has none', async () => {
    const { requests } = await run(identity, 'identify');
    expect(requests[0]?.headers.wsmanidentify).toBe('unauthenticated');
  });

  it('asks with credentials when it has some, unless told not to', async () => {
    const user = ['--user', 'u:p', '--auth', 'basic'];
    const named = await run(identity, 'identify', ...user);
    expect(named.requests[0]?.headers.authorization).toMatch(/^Basic /);
    const anonymous = await run(identity, 'identify', ...user, '--anonymous');
    expect(anonymous.requests[0]?.headers.authorization).toBeUndefined();
  });
});
