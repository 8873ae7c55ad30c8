import { createClient, parseInstancePath } from '../../src/index.js';

const service = parseInstancePath(
  'MSISCSITARGET_StorageConfigurationService.SystemCreationClassName="MSFTSM_ComputerSystem",SystemName="iscsi-a.lab.example",CreationClassName="MSISCSITARGET_StorageConfigurationService",Name="StorageConfigurationService"',
);
const system = (host: string) =>
  parseInstancePath(`MSFTSM_ComputerSystem.CreationClassName="MSFTSM_ComputerSystem",Name="${host}"`);

async function withClient<T>(url: string, work: (client: ReturnType<typeof createClient>) => Promise<T>): Promise<T> {
  const client = createClient({ url, user: 'alice', password: 'secret' });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** Makes a replication pipe of the default lab, as the user `alice` of a server. */
export const makePipe = (url: string, name: string) =>
  withClient(url, (client) =>
    client.invoke(service, 'CreateOrModifyReplicationPipe', {
      ...{ PipeElementName: name, SourceSystem: system('iscsi-a.lab.example') },
      TargetSystem: system('iscsi-b.lab.example'),
    }),
  );
/** The names of the pipes that there are. */
export const pipes = (url: string) =>
  withClient(url, async (client) => {
    const names: unknown[] = [];
    for await (const one of client.enumerate('CIM_NetworkPipe')) names.push(one.get('ElementName'));
    return names.sort();
  });
