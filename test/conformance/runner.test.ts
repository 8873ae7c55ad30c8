import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  type Case,
  type Connection,
  cases,
  connect,
  discoverTarget,
  jsonReport,
  lab,
  parseOptions,
  runCase,
  type Target,
  textReport,
  UsageError,
} from '../../scripts/conformance/index.mjs';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';

const target: Target = { ...lab, method: 'Run', lab: true, run: 'test' };
const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const envelope = (body: string) =>
  `<s:Envelope xmlns:s="${SOAP}" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header/><s:Body>${body}</s:Body></s:Envelope>`;
const faultXml = (subcode: string) =>
  envelope(
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">no</s:Text></s:Reason></s:Fault>`,
  );

/** Runs something against a server that gives everybody the same answer. */
async function against<T>(status: number, body: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status, { 'content-type': 'application/soap+xml' }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const connection = connect({ url: `http://127.0.0.1:${port}/wsman`, user: 'u', password: 'p' });
  try {
    return await use(connection);
  } finally {
    connection.close();
    server.close();
  }
}

async function namesThatPass(status: number, body: string): Promise<string[]> {
  return against(status, body, async (connection) => {
    const names: string[] = [];
    for (const testCase of cases) {
      if ((await runCase(testCase, target, connection)).outcome === 'pass') names.push(testCase.name);
    }
    return names;
  });
}

const one = (parts: Partial<Case> = {}): Case => ({
  name: 'a case',
  verifies: ['identify'],
  steps: [
    {
      send: () => ({ body: '' }),
      expect: [
        {
          says: 'status 200',
          check: ({ answer }: { answer: Answer }) => (answer.status === 200 ? undefined : String(answer.status)),
        },
      ],
    },
  ],
  ...parts,
});

describe('the protocol cases', () => {
  it('all fail against a server that says yes to everything, or against one that says no', async () => {
    const yes = await namesThatPass(200, envelope(''));
    const no = await namesThatPass(500, faultXml('a:NobodyKnows'));
    expect(yes.filter((name) => no.includes(name))).toEqual([]);
  });

  it('all fail against a server that answers nothing', async () => {
    expect(await namesThatPass(503, '')).toEqual([]);
  });
});

describe('running a case', () => {
  it('passes when every expectation is met', async () => {
    const result = await against(200, envelope(''), (connection) => runCase(one(), target, connection));
    expect(result.outcome).toBe('pass');
  });

  it('says what was expected and what came', async () => {
    const result = await against(500, '', (connection) => runCase(one(), target, connection));
    expect(result).toMatchObject({ outcome: 'fail', reason: 'expected status 200; got 500' });
  });

  it('calls an optional feature unsupported when the server says so', async () => {
    const result = await against(500, faultXml('a:ActionNotSupported'), (connection) =>
      runCase(one({ optional: true }), target, connection),
    );
    expect(result).toMatchObject({ outcome: 'unsupported', reason: 'no' });
  });

  it('calls another fault a failure even of an optional feature', async () => {
    const result = await against(500, faultXml('a:Other'), (connection) =>
      runCase(one({ optional: true }), target, connection),
    );
    expect(result.outcome).toBe('fail');
  });

  it('skips what needs the lab elsewhere', async () => {
    const result = await against(200, '', (connection) =>
      runCase(one({ needs: 'lab' }), { ...target, lab: false }, connection),
    );
    expect(result).toMatchObject({ outcome: 'skipped', reason: 'needs the default lab of cimulator' });
  });

  it('fails when nobody answers', async () => {
    const connection = connect({ url: 'http://127.0.0.1:1/wsman', user: 'u', password: 'p' });
    expect(await runCase(one(), target, connection)).toMatchObject({ outcome: 'fail' });
    connection.close();
  });
});

describe('finding out what there is', () => {
  const running = runEndpoint();
  const discover = async (options: Parameters<typeof discoverTarget>[1]) => {
    const connection = connect({ url: running.url, user: USER, password: PASSWORD });
    try {
      return await discoverTarget(connection, options);
    } finally {
      connection.close();
    }
  };

  it('recognises the lab', async () => {
    expect(await discover({ lab: 'auto' })).toMatchObject({ lab: true, selectors: lab.selectors });
  });

  it('takes the keys of the first instance of another class', async () => {
    const found = await discover({ lab: 'auto', className: 'MSISCSITARGET_TCPProtocolEndpoint' });
    expect(found).toMatchObject({
      lab: false,
      selectors: { CreationClassName: 'MSISCSITARGET_TCPProtocolEndpoint', Name: 'tcp-1' },
    });
  });

  it('goes on without instance when the class has none', async () => {
    expect(await discover({ lab: 'no', className: 'MSISCSITARGET_StoragePool' })).toMatchObject({ selectors: {} });
  });
});

describe('the command line', () => {
  it('splits the account at the first colon', () => {
    const options = parseOptions(['--url', 'http://h:5985/wsman', '--user', 'me:a:b']);
    expect(options?.connection).toMatchObject({ url: 'http://h:5985/wsman', user: 'me', password: 'a:b' });
  });

  it.each([
    [[], '--url is missing'],
    [['--url', 'h:5985'], 'not an http or https URL'],
    [['--url', 'http://h/wsman', '--user', 'me'], '--user NAME:PASSWORD is missing'],
    [['--url', 'http://h/wsman', '--user', 'm:p', '--lab', 'maybe'], 'yes, no or auto'],
    [['--url', 'http://h/wsman', '--user', 'm:p', '--timeout', 'soon'], 'a number of seconds'],
    [['--nonsense'], 'nonsense'],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
    expect(() => parseOptions(args)).toThrow(message);
  });

  it('asks for nothing but help with --help', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
  });
});

describe('the command', () => {
  const running = runEndpoint();
  const main = fileURLToPath(new URL('../../scripts/conformance/main.mjs', import.meta.url));
  const run = (...args: readonly string[]) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, [main, ...args], (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });

  it('prints the outcome and exits 0 when nothing failed', async () => {
    const { code, stdout } = await run('--url', running.url, '--user', `${USER}:${PASSWORD}`, '--only', 'identify');
    expect(stdout).toMatch(/\n\d+ passed, 0 failed, 0 unsupported, 0 skipped\n$/);
    expect(code).toBe(0);
  });

  it('exits 1 when something failed', async () => {
    const { code, stdout } = await run(
      '--url',
      running.url,
      '--user',
      `${USER}:wrong`,
      '--lab',
      'yes',
      '--only',
      'get',
    );
    expect(stdout).toContain('FAIL');
    expect(code).toBe(1);
  });

  it('exits 2, with one line, when there is no server', async () => {
    const { code, stderr } = await run('--url', 'http://127.0.0.1:1/wsman', '--user', 'u:p');
    expect(stderr).toMatch(/^The tests could not run: .+\n$/);
    expect(code).toBe(2);
  });
});

describe('the report', () => {
  const results = [
    { case: one(), outcome: 'pass', reason: undefined },
    { case: one({ name: 'another', verifies: ['identify:protocol'] }), outcome: 'fail', reason: 'expected x; got y' },
    { case: one({ name: 'third', verifies: ['identify:product'] }), outcome: 'unsupported', reason: 'not here' },
  ] as const;

  it('has a line for each requirement that was tested, what was wrong, and totals', () => {
    expect(textReport(results).split('\n')).toEqual([
      'Identify and faults',
      expect.stringMatching(/^ {2}ok {4}Identify is answered .*\[identify; DSP0226 §11\]$/),
      expect.stringMatching(/^ {2}FAIL {2}ProtocolVersion .*\[identify:protocol; DSP0226 §11\]$/),
      '          another: expected x; got y',
      expect.stringMatching(/^ {2}n\/s {3}ProductVendor .*; should\]$/),
      '          third: not here',
      '',
      '1 passed, 1 failed, 1 unsupported, 0 skipped',
    ]);
  });

  it('says the same in JSON', () => {
    expect(JSON.parse(jsonReport(results))).toMatchObject({
      totals: { pass: 1, fail: 1, unsupported: 1, skipped: 0 },
      requirements: [
        { id: 'identify', outcome: 'pass' },
        { id: 'identify:protocol', outcome: 'fail', tests: [{ name: 'another', reason: 'expected x; got y' }] },
        { id: 'identify:product', outcome: 'unsupported' },
      ],
    });
  });
});
