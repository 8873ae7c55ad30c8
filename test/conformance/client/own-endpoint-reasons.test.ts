import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../../../src/cim/contracts/provider.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { createClient } from '../../../src/client/create-client.js';
import { WsmanClientError } from '../../../src/client/wsman-client-error.js';
import { type EndpointOptions, type HttpEndpoint, startEndpoint } from '../../../src/index.js';

const NAMESPACE = 'root/cimv2/storage/iScsiTarget';
const kitchen = new InstancePath({ namespace: NAMESPACE, className: 'LAB_Thermostat', keys: { DeviceID: 't-1' } });
const OTHER = {
  namespace: NAMESPACE,
  className: 'MSFTSM_ComputerSystem',
  keys: { CreationClassName: 'MSFTSM_ComputerSystem', Name: 'secret-name' },
};

/** SetTarget refuses, and tells why; above 100 the reason names a system. */
const provider: Provider = {
  className: 'LAB_Thermostat',
  methods: {
    SetTarget({ Target }, { explain, instance }) {
      if (Number(Target) > 100) explain('secret-name is hot', [new InstancePath(OTHER)]);
      else explain('Target is nothing for t-1: zu heiß', instance?.path ? [instance.path] : []);
      return { ReturnValue: 2 };
    },
  },
};
const USERS = [
  { name: 'all', password: 'secret' },
  {
    name: 'some',
    password: 'secret',
    roles: ['execute', 'read'].map((right) => `${right}@${NAMESPACE}:LAB_Thermostat`),
  },
];

function start(options: EndpointOptions = {}): Promise<HttpEndpoint> {
  const lab = 'fixtures/examples/thermostat.mof';
  return startEndpoint({ lab, providers: [provider], users: USERS, ...options } as EndpointOptions & { port?: number });
}

async function setTarget(endpoint: HttpEndpoint, target: number, user: string, scheme: 'basic' | 'negotiate') {
  const client = createClient({ url: endpoint.http.url, user, password: 'secret', auth: scheme });
  try {
    return await client.invoke(kitchen, 'SetTarget', { Target: target }, { returnLabel: true });
  } finally {
    await client.close();
  }
}

describe('why a method ended as it did', () => {
  let endpoint: HttpEndpoint;
  beforeAll(async () => {
    endpoint = await start();
  });
  afterAll(() => endpoint.close());

  it.each(['basic', 'negotiate'] as const)(
    'is told beside the answer, and never in the envelope: %s',
    async (scheme) => {
      const { reason, xml } = await setTarget(endpoint, 50, 'all', scheme);
      expect(reason).toBe('Target is nothing for t-1: zu heiß');
      expect(xml).not.toContain('nothing for');
    },
  );

  it('goes with the label of the value', async () => {
    expect(await setTarget(endpoint, 50, 'all', 'basic')).toMatchObject({
      returnValue: 2,
      returnLabel: 'Out of Range',
    });
  });

  it('is told to a caller who may read all that it names', async () => {
    expect((await setTarget(endpoint, 50, 'some', 'basic')).reason).toBe('Target is nothing for t-1: zu heiß');
    expect((await setTarget(endpoint, 101, 'all', 'basic')).reason).toBe('secret-name is hot');
  });

  it('is not told to a caller who may not', async () => {
    expect((await setTarget(endpoint, 101, 'some', 'basic')).reason).toBeUndefined();
  });

  it('is told of a fault, too', async () => {
    const client = createClient({ url: endpoint.http.url, user: 'all', password: 'secret' });
    const missing = new InstancePath({ ...kitchen, keys: { DeviceID: 't-9' } });
    const error = await client.get(missing).catch((reason: unknown) => reason);
    await client.close();
    expect(error).toBeInstanceOf(WsmanClientError);
    expect((error as WsmanClientError).toldReason).toContain('t-9');
  });
});

describe('nobody is told', () => {
  it.each<readonly [string, EndpointOptions]>([
    ['where the endpoint is not to', { tellReasons: 'never' }],
    ['by an endpoint that answers as Windows', { profile: 'windows', tellReasons: 'always' }],
  ])('%s', async (_where, options) => {
    const endpoint = await start(options);
    try {
      expect(await setTarget(endpoint, 50, 'all', 'basic')).not.toHaveProperty('reason');
    } finally {
      await endpoint.close();
    }
  });
});
