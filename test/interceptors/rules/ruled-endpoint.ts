import { parseInstancePath } from '../../../src/cim/model/parse-instance-path.js';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import type { HttpEndpoint } from '../../../src/endpoint/endpoint.js';
import type { EndpointOptions } from '../../../src/endpoint/options/endpoint-options.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { METHOD, NAMESPACE, SERVICE_CLASS, serviceKeys } from '../../support/envelopes.js';

const keys = Object.entries(serviceKeys).map(([name, value]) => `${name}="${value}"`);
export const service = parseInstancePath(`${NAMESPACE}:${SERVICE_CLASS}.${keys.join(',')}`);
const system = (name: string) =>
  parseInstancePath(`${NAMESPACE}:MSFTSM_ComputerSystem.CreationClassName="MSFTSM_ComputerSystem",Name="${name}"`);

/** An endpoint, our client of it, and a call of its method. */
export interface RuledEndpoint extends AsyncDisposable {
  readonly endpoint: HttpEndpoint;
  readonly client: WsmanClient;
  /** Calls CreateOrModifyReplicationPipe. */
  call(PipeElementName?: string): ReturnType<WsmanClient['invoke']>;
  /** How many pipes there are: what was carried out shows in it. */
  pipes(): Promise<number>;
}

export async function startRuled(options: EndpointOptions = {}): Promise<RuledEndpoint> {
  const endpoint = (await startEndpoint({ users: [{ name: 'u', password: 'p' }], ...options })) as HttpEndpoint;
  const client = createClient({ url: endpoint.http.url, user: 'u', password: 'p' });
  return {
    endpoint,
    client,
    call: (PipeElementName = 'first') =>
      client.invoke(service, METHOD, {
        PipeElementName,
        SourceSystem: system('iscsi-a.lab.example'),
        TargetSystem: system('iscsi-b.lab.example'),
      }),
    async pipes() {
      const { broker } = endpoint;
      const cursor = await broker.openInstances(NAMESPACE, 'CIM_NetworkPipe', { subclasses: true });
      return (await broker.pullInstances(cursor, 1000)).instances.length;
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await endpoint.close();
    },
  };
}
