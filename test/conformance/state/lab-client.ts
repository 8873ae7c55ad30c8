import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import {
  createClient,
  type InstancePath,
  parseInstancePath,
  type WsmanClient,
  WsmanClientError,
} from '../../../src/index.js';

/** The account of all endpoints of these tests. */
export const account = { name: 'alice', password: 'secret' };

export const [HOST, PEER] = ['iscsi-a.lab.example', 'iscsi-b.lab.example'];
const SYSTEM = 'CreationClassName="MSFTSM_ComputerSystem"';
const system = (host: string) => parseInstancePath(`MSFTSM_ComputerSystem.${SYSTEM},Name="${host}"`);
const hosted = (className: string, host: string, name: string) =>
  parseInstancePath(
    `${className}.System${SYSTEM},SystemName="${host}",CreationClassName="${className}",Name="${name}"`,
  );
export const service = hosted('MSISCSITARGET_StorageConfigurationService', HOST, 'StorageConfigurationService');
const port = (host: string) => hosted('MSISCSITARGET_TCPProtocolEndpoint', host, 'tcp-1');
const peers = { SourceSystem: system(HOST), TargetSystem: system(PEER) };

export function clientOf(url: string): WsmanClient {
  return createClient({ url, user: account.name, password: account.password, auth: 'basic' });
}

/** Makes a pipe with all that one can have: ends, bound ports, a setting. */
export async function makePipe(client: WsmanClient, name: string): Promise<InstancePath> {
  const { returnValue, outputs } = await client.invoke(service, 'CreateOrModifyReplicationPipe', {
    ...peers,
    PipeElementName: name,
    SourceEndpoint: [port(HOST)],
    TargetEndpoint: [port(PEER)],
    Goal: new CimInstance('CIMULATOR_ReplicationPipeSettingData', [['ElementName', name]]),
  });
  if (returnValue !== 0) throw new Error(`no pipe was made: ${returnValue}`);
  return outputs.get('ReplicationPipe') as InstancePath;
}

export async function renamePipe(client: WsmanClient, pipe: InstancePath, name: string): Promise<void> {
  const { returnValue } = await client.invoke(service, 'CreateOrModifyReplicationPipe', {
    ...peers,
    ReplicationPipe: pipe,
    PipeElementName: name,
  });
  if (returnValue !== 0) throw new Error(`the pipe was not renamed: ${returnValue}`);
}

export const hardwareId = (id: string) => parseInstancePath(`MSISCSITARGET_StorageHardwareID.InstanceID="${id}"`);

/** The server has said that it did nothing, since others were in the way. */
export function isConflict(error: unknown): boolean {
  return error instanceof WsmanClientError && error.subcode?.name === 'Concurrency';
}
