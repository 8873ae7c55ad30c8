import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/cim/contracts/store-error.js';
import { seed } from '../../src/cim/seed.js';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { createMemoryStore } from '../../src/store/memory/memory-store.js';
import {
  DMTF,
  ENUMERATION,
  eprXml,
  inputXml,
  NAMESPACE,
  request,
  systemsXml,
  TRANSFER,
  WQL,
} from '../support/envelopes.js';
import { readFault } from '../support/read-answer.js';
import { system } from '../support/test-broker.js';
import { namespace } from '../support/test-schema.js';
import { failingStore } from './failing-store.js';

const HARDWARE_ID = 'MSISCSITARGET_StorageHardwareID';
const SERVER_A = 'iscsi-a.lab.example';
const users = [{ name: 'lab', password: 'secret' }];
/** More calls of the store than any request here makes. */
const MOST_CALLS = 500;

const inner = createMemoryStore();
const failing = failingStore(inner);
const log: string[] = [];
let endpoint: Endpoint;

/** Errors are logged with their stacks, where they are. */
const write = (line: string) => void log.push(line);

beforeAll(async () => {
  endpoint = await startEndpoint({
    users,
    store: failing.store,
    logger: pino({ level: 'debug' }, { write }),
    // One open enumeration, one operation: what a failed request leaves behind, the next one finds taken.
    settings: { maxEnumerationsPerUser: 1, maxConcurrentOperations: 1, maxConcurrentOperationsPerUser: 1 },
  });
});
afterAll(() => endpoint?.close());

async function post(body: string): Promise<string> {
  const headers = {
    'content-type': 'application/soap+xml;charset=UTF-8',
    authorization: `Basic ${Buffer.from('lab:secret').toString('base64')}`,
  };
  return (await fetch(endpoint.http?.url ?? '', { method: 'POST', headers, body })).text();
}

function hardwareId(verb: string, body = '', keys: Readonly<Record<string, string>> = { InstanceID: 'one' }): string {
  const selectors = { __cimnamespace: NAMESPACE, ...keys };
  return request({ action: `${TRANSFER}/${verb}`, resourceUri: DMTF + HARDWARE_ID, selectors, body });
}

const instance = (name: string) =>
  `<p:${HARDWARE_ID} xmlns:p="${DMTF}${HARDWARE_ID}"><p:ElementName>${name}</p:ElementName><p:IDType>5</p:IDType><p:InstanceID>one</p:InstanceID><p:StorageID>iqn.2026-11.example:one</p:StorageID></p:${HARDWARE_ID}>`;

const enumeration = (className: string, verb: string, body: string) =>
  request({
    action: `${ENUMERATION}/${verb}`,
    resourceUri: DMTF + className,
    selectors: { __cimnamespace: NAMESPACE },
    body: `<n:${verb} xmlns:n="${ENUMERATION}">${body}</n:${verb}>`,
  });
const query = (dialect: string, filter: string) =>
  enumeration('*', 'Enumerate', `<w:Filter Dialect="${dialect}">${filter}</w:Filter>${AT_ONCE}`);

/** All of it in the first answer, so that nothing stays open. */
const AT_ONCE = '<w:OptimizeEnumeration/><w:MaxElements>1000</w:MaxElements>';
/** Enumerates references. */
const EPRS = '<w:EnumerationMode>EnumerateEPR</w:EnumerationMode>';
const ASSOCIATED = `<b:AssociatedInstances xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd"><b:Object>${eprXml('MSFTSM_ComputerSystem', { CreationClassName: 'MSFTSM_ComputerSystem', Name: SERVER_A })}</b:Object></b:AssociatedInstances>`;
const idOf = (answer: string) => /Name="InstanceID">([^<]+)</.exec(answer)?.[1] ?? '';
const rename = (answer: string, name: string) => {
  const InstanceID = idOf(answer);
  const pipe = eprXml('CIMULATOR_ReplicationPipe', { InstanceID });
  return request({
    body: inputXml(
      `<i:PipeElementName>${name}</i:PipeElementName><i:ReplicationPipe>${pipe}</i:ReplicationPipe>${systemsXml()}`,
    ),
  });
};

let pipe = '';

/** In this order: each succeeds in the end, and the next goes on from there. */
const REQUESTS: readonly (readonly [string, () => string, string])[] = [
  ['Create', () => hardwareId('Create', instance('one'), {}), 'ResourceCreated'],
  ['Put', () => hardwareId('Put', instance('two')), 'two'],
  ['Get', () => hardwareId('Get'), 'two'],
  ['Delete', () => hardwareId('Delete'), 'DeleteResponse'],
  ['a method that makes a pipe', () => request(), 'ReturnValue>0<'],
  ['a method that changes it', () => rename(pipe, 'second'), 'ReturnValue>0<'],
  [
    'Delete of what much hangs on',
    () =>
      request({
        action: `${TRANSFER}/Delete`,
        resourceUri: `${DMTF}CIMULATOR_ReplicationPipe`,
        selectors: { __cimnamespace: NAMESPACE, InstanceID: idOf(pipe) },
        body: '',
      }),
    'DeleteResponse',
  ],
  ['Enumerate', () => enumeration('CIM_ManagedElement', 'Enumerate', AT_ONCE), 'EndOfSequence'],
  ['a query', () => query(WQL, `SELECT * FROM CIM_ComputerSystem WHERE Name='${SERVER_A}'`), SERVER_A],
  [
    'a query along associations',
    () =>
      query(WQL, `ASSOCIATORS OF {MSFTSM_ComputerSystem.CreationClassName="MSFTSM_ComputerSystem",Name="${SERVER_A}"}`),
    'EndOfSequence',
  ],
  [
    'what is associated',
    () => query('http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter', ASSOCIATED),
    'EndOfSequence',
  ],
];

interface Failure {
  readonly what: string;
  readonly error: Error;
  /** Of the fault. */
  readonly subcode: string;
  readonly windowsCodes: readonly string[];
}

const FAILURES: readonly Failure[] = [
  {
    what: 'cannot be reached',
    error: new StoreError('unavailable', 'secret of the disk'),
    subcode: 'a:EndpointUnavailable',
    windowsCodes: ['2150858772'],
  },
  {
    what: 'has a disk that takes no writes',
    error: new StoreError('failed', 'secret of the disk'),
    subcode: 'w:InternalError',
    windowsCodes: ['1359'],
  },
  {
    what: 'is full',
    error: new StoreError('full', 'secret of the disk'),
    subcode: 'w:QuotaLimit',
    windowsCodes: ['2150858815'],
  },
  {
    what: 'has a mistake',
    error: Object.assign(new Error('ENOSPC: secret of the disk'), { code: 'ENOSPC' }),
    subcode: 'w:InternalError',
    // What is thrown within a method counts as the provider's.
    windowsCodes: ['1359', '2150858755'],
  },
];

/** A call of the store that failed amid a request. */
interface Broken {
  readonly failure: Failure;
  readonly answer: string;
  readonly isUnchanged: boolean;
}

/** Sends the request until no call fails that it makes of the store, with each failure by turns. */
async function failEachCall(
  make: () => string,
): Promise<{ readonly broken: readonly Broken[]; readonly last: string }> {
  const broken: Broken[] = [];
  for (let call = 1; call < MOST_CALLS; call++) {
    for (const failure of FAILURES) {
      const before = await inner.version();
      failing.failAt(call, failure.error);
      const answer = await post(make());
      if (!failing.hasFailed) return { broken, last: answer };
      broken.push({ failure, answer, isUnchanged: (await inner.version()) === before });
    }
  }
  throw new Error(`more than ${MOST_CALLS} calls of the store`);
}

describe('when a call of the store fails, whichever it is, nothing is half made and the fault is the right one', () => {
  it.each(REQUESTS)('in %s', async (_, make, expected) => {
    const { broken, last } = await failEachCall(make);
    failing.failAt(0, new Error());
    expect(last).toContain(expected);
    if (idOf(pipe) === '' && expected === 'ReturnValue>0<') pipe = last;
    expect(broken.length).toBeGreaterThanOrEqual(FAILURES.length);
    for (const { failure, answer, isUnchanged } of broken) {
      const { subcode, windowsCode, reason } = readFault(answer);
      expect({ subcode, isUnchanged }, answer).toEqual({ subcode: failure.subcode, isUnchanged: true });
      expect(failure.windowsCodes).toContain(windowsCode);
      expect(reason).not.toContain('secret');
    }
  });

  it('in a Pull, and the next one goes on as if there had been none', async () => {
    const all = (text: string) => [...text.matchAll(/Selector Name="Name">([^<]+)</g)].map(([, name]) => name);
    const open = async () => {
      const opened = await post(enumeration('CIM_ProtocolEndpoint', 'Enumerate', EPRS));
      return /EnumerationContext>([^<]+)</.exec(opened)?.[1] ?? '';
    };
    const pull = (context: string, most: number) =>
      enumeration(
        'CIM_ProtocolEndpoint',
        'Pull',
        `<n:EnumerationContext>${context}</n:EnumerationContext><n:MaxElements>${most}</n:MaxElements>`,
      );
    const whole = all(await post(pull(await open(), 100)));
    expect(whole.length).toBeGreaterThan(3);

    const context = await open();
    const found: (string | undefined)[] = [];
    for (let pulls = 0; pulls < whole.length; pulls++) {
      const { broken, last } = await failEachCall(() => pull(context, 1));
      found.push(...all(last));
      for (const { failure, answer } of broken) expect(readFault(answer).subcode).toBe(failure.subcode);
      if (last.includes('EndOfSequence')) break;
    }
    expect(found).toEqual(whole);
  });

  it('and the log has a stack of what is a mistake or a failure, none of what is a quota', () => {
    const lines = log.filter((line) => line.includes('"stack"'));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes('"full"'))).toEqual([]);
  });
});

describe('when a call of the store fails at the first start', () => {
  it('the store is as empty as before, and the next start is the first', async () => {
    const kept = createMemoryStore();
    const { store, failAt } = failingStore(kept);
    const instances = Array.from({ length: 20 }, (_, n) => system(`system ${n}`));
    for (let call = 1; await kept.isEmpty(); call++) {
      failAt(call, new StoreError('unavailable', 'no disk'));
      const isSeeded = await seed(store, instances).then(
        () => true,
        () => false,
      );
      expect(await kept.isEmpty()).toBe(!isSeeded);
    }
    expect(await kept.count(namespace, ['TEST_System'])).toEqual([20]);
    await kept.close();
  });

  it('the start says why, and nothing stays open', async () => {
    const { store, failAt } = failingStore(createMemoryStore());
    failAt(3, new StoreError('unavailable', 'no disk'));
    await expect(startEndpoint({ users, store, logLevel: 'silent' })).rejects.toThrow('no disk');
  });
});
