import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';

const TARGET = 'root/cimv2/storage/iScsiTarget';

let endpoint: Endpoint;

beforeAll(async () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  endpoint = await startEndpoint({ port: 0, logger, users: [{ name: 'asks', password: 'secret' }] });
});

afterAll(() => endpoint.close());

const securityOf = (namespace: string) => new InstancePath({ namespace, className: '__SystemSecurity' });

function call(namespace: string, methodName: string, input: Readonly<Record<string, CimInstance>> = {}) {
  const target = securityOf(namespace);
  return endpoint.broker.invokeMethod({ namespace, target, methodName, input: new NameMap(Object.entries(input)) });
}

/** Who is named in the list of a namespace, and whether the entry is inherited. */
async function entriesOf(namespace: string): Promise<readonly string[]> {
  const { outputs } = await call(namespace, 'GetSecurityDescriptor');
  const descriptor = outputs.get('Descriptor');
  const list = descriptor instanceof CimInstance ? (descriptor.get('DACL') as readonly CimInstance[]) : [];
  return list.map((ace) => {
    const trustee = ace.get('Trustee');
    const sid = trustee instanceof CimInstance ? trustee.getString('SidString') : undefined;
    return `${sid}${(Number(ace.get('AceFlags')) & 0x10) === 0 ? '' : ' inherited'}`;
  });
}

const USUAL = ['S-1-5-32-544', 'S-1-5-20', 'S-1-5-19', 'S-1-5-11'];

describe('the security of namespaces', () => {
  it('is there in each of them', async () => {
    const names: string[] = ['root'];
    for (const name of names) {
      const cursor = await endpoint.broker.openInstances(name, '__NAMESPACE', { subclasses: false });
      const { instances } = await endpoint.broker.pullInstances(cursor, 100);
      names.push(...instances.map((one) => `${name}/${String(one.get('Name'))}`));
      expect((await endpoint.broker.getInstance(securityOf(name))).className).toBe('__SystemSecurity');
      const { returnValue } = await call(name, 'GetSD');
      expect(returnValue, name).toBe(0);
    }
    expect(names).toContain(TARGET);
  });

  it('is inherited from those above, also from a namespace that others are in alone', async () => {
    expect(await entriesOf('root')).toEqual(USUAL);
    expect(await entriesOf(TARGET)).toEqual(USUAL.map((sid) => `${sid} inherited`));
  });

  it('is kept until the model goes back', async () => {
    const { outputs } = await call('root', 'GetSecurityDescriptor');
    const before = outputs.get('Descriptor') as CimInstance;
    const [administrators] = before.get('DACL') as readonly CimInstance[];
    const Descriptor = before.with({ DACL: administrators ? [administrators] : [] });
    expect((await call('root', 'SetSecurityDescriptor', { Descriptor })).returnValue).toBe(0);
    expect(await entriesOf(TARGET)).toEqual(['S-1-5-32-544 inherited']);
    await endpoint.reset();
    expect(await entriesOf(TARGET)).toEqual(USUAL.map((sid) => `${sid} inherited`));
  });

  it('is nobody’s to make or to remove', async () => {
    await expect(endpoint.broker.deleteInstance(securityOf('root/cimv2'))).rejects.toMatchObject({ name: 'CimError' });
  });
});
