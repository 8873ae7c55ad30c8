import { describe, expect, it } from 'vitest';
import {
  type CimInterceptor,
  createClient,
  type EndpointOptions,
  InstancePath,
  type Interceptors,
  NameMap,
  OptionError,
  onOperation,
  startEndpoint,
  type WsmanClient,
  type WsmanInterceptor,
} from '../../../src/index.js';

const account = { name: 'lab', password: 'secret' };
const METHOD = 'CreateOrModifyReplicationPipe';
const service = new InstancePath({
  className: 'MSISCSITARGET_StorageConfigurationService',
  keys: {
    SystemCreationClassName: 'MSFTSM_ComputerSystem',
    SystemName: 'iscsi-a.lab.example',
    CreationClassName: 'MSISCSITARGET_StorageConfigurationService',
    Name: 'StorageConfigurationService',
  },
});
const systemOf = (name: string) => {
  const keys = { CreationClassName: 'MSFTSM_ComputerSystem', Name: `${name}.lab.example` };
  return new InstancePath({ className: 'MSFTSM_ComputerSystem', keys });
};
const systems = { SourceSystem: systemOf('iscsi-a'), TargetSystem: systemOf('iscsi-b') };

/** Runs `work` with a client of an endpoint, over the wire. */
async function withClient<T>(options: EndpointOptions, work: (client: WsmanClient) => Promise<T>): Promise<T> {
  await using endpoint = await startEndpoint({ users: [account], ...options, port: 0 });
  const client = createClient({ url: endpoint.http.url, user: account.name, password: account.password });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

describe('an interceptor of CIM operations', () => {
  it('answers the second call of a method in the place of the provider', async () => {
    let calls = 0;
    const startsJob: CimInterceptor = onOperation('InvokeMethod', async (operation, call, next) => {
      if (operation.method !== METHOD) return next(operation, call);
      calls += 1;
      return calls === 2 ? { returnValue: 4096, outputs: new NameMap() } : next(operation, call);
    });

    const answers = await withClient({ interceptors: { cim: [startsJob] } }, async (client) => [
      await client.invoke(service, METHOD, { ...systems, PipeElementName: 'one' }),
      await client.invoke(service, METHOD, { ...systems, PipeElementName: 'two' }),
      await client.invoke(service, METHOD, { ...systems, PipeElementName: 'three' }),
    ]);

    expect(answers.map(({ returnValue }) => returnValue)).toEqual([0, 4096, 0]);
    expect(answers.map(({ outputs }) => outputs.get('ReplicationPipe') === null)).toEqual([false, true, false]);
  });

  it('notes every operation as plain data, without XML', async () => {
    const notes: string[] = [];
    const recorder: CimInterceptor = (next) => async (operation, call) => {
      const result = await next(operation, call);
      notes.push(`${call.user} ${operation.kind} ${JSON.stringify(Object.keys(operation))}`);
      return result;
    };

    await withClient({ interceptors: { cim: [recorder] } }, async (client) => {
      await client.get(systems.SourceSystem);
      await client.invoke(service, METHOD, { ...systems, PipeElementName: 'one' });
    });

    expect(notes).toContain('lab GetInstance ["kind","path"]');
    expect(notes).toContain('lab InvokeMethod ["kind","target","method","input"]');
  });

  it('sees the operations of the broker in the same process, too', async () => {
    const kinds: string[] = [];
    const recorder: CimInterceptor = (next) => (operation, call) => {
      kinds.push(operation.kind);
      return next(operation, call);
    };
    await using endpoint = await startEndpoint({ users: [account], interceptors: { cim: [recorder] } });
    await endpoint.broker.getClass('root/cimv2/storage/iScsiTarget', 'CIM_NetworkPipe');
    expect(kinds).toEqual(['GetClass']);
  });

  it('is not asked what the roles of the caller forbid', async () => {
    const kinds: string[] = [];
    const recorder: CimInterceptor = (next) => (operation, call) => {
      kinds.push(operation.kind);
      return next(operation, call);
    };
    const users = [{ ...account, roles: ['read'] }];
    await withClient({ users, interceptors: { cim: [recorder] } }, async (client) => {
      await expect(client.invoke(service, METHOD, systems)).rejects.toThrow('AccessDenied');
    });
    expect(kinds).not.toContain('InvokeMethod');
  });
});

describe('an interceptor of messages', () => {
  const invoke = (message: readonly WsmanInterceptor[]) =>
    withClient({ interceptors: { message } }, (client) =>
      client.invoke(service, METHOD, { ...systems, PipeElementName: 'one' }),
    );

  it('sees the request, who sent it, and what became of it', async () => {
    const seen: object[] = [];
    const recorder: WsmanInterceptor = (next) => async (request, call) => {
      const answer = await next(request, call);
      const { action = '', className, returned } = answer.outcome;
      seen.push({
        user: call.user,
        bytes: request.body.length > 0,
        action: action.split('/').at(-1),
        className,
        returned,
      });
      return answer;
    };

    expect((await invoke([recorder])).returnValue).toBe(0);

    expect(seen).toContainEqual({
      user: 'lab',
      bytes: true,
      action: METHOD,
      className: service.className,
      returned: expect.objectContaining({ method: METHOD, value: '0' }),
    });
  });

  it('may be a service that calls the next one as a service', async () => {
    const statuses: number[] = [];
    const recorder: WsmanInterceptor = (next) => ({
      async handle(request, call) {
        const answer = await next.handle(request, call);
        statuses.push(answer.status);
        return answer;
      },
    });
    expect((await invoke([recorder])).returnValue).toBe(0);
    expect(statuses).toContain(200);
  });

  it('comes before those behind it in the list, and after them with the answer', async () => {
    const order: string[] = [];
    const named =
      (name: string): WsmanInterceptor =>
      (next) =>
      async (request, call) => {
        order.push(`${name} asks`);
        const answer = await next(request, call);
        order.push(`${name} answers`);
        return answer;
      };
    await withClient({ interceptors: { message: [named('first'), named('second')] } }, (client) => client.identify());
    expect(order).toEqual(['first asks', 'second asks', 'second answers', 'first answers']);
  });
});

describe('an interceptor that gives back nothing to be called', () => {
  it.each([
    [
      'message',
      { message: [() => undefined] },
      'message[0]: what it gives back for next is not a function or a service',
    ],
    ['CIM', { cim: [() => ({})] }, 'cim[0]: what it gives back for next is not a function'],
  ])('is told at the start (%s)', async (_kind, interceptors, message) => {
    const started = startEndpoint({
      lab: 'none',
      users: [account],
      interceptors: interceptors as unknown as Interceptors,
    });
    await expect(started).rejects.toThrow(new OptionError(`interceptors.${message}`));
  });
});
