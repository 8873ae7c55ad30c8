import { createInstanceEncoder } from '../bridge/instance-encoder.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { InstancePath } from '../cim/model/instance-path.js';
import type { JsonInstance } from '../cimjson/cim-json-types.js';
import { encodeInstance, encodePath } from '../cimjson/encode.js';
import type { WsmanClient } from '../client/wsman-client.js';
import type { OutputFlags } from './output-options.js';
import { printableJson } from './printable.js';

/** What writes instances as JSON, in the types of their classes; with `--text`, no class is asked for. */
export function instanceEncoder(
  client: WsmanClient,
  { text }: OutputFlags,
): (instance: CimInstance) => JsonInstance | Promise<JsonInstance> {
  return text ? (instance) => encodeInstance(instance) : createInstanceEncoder(client).encode;
}

/** An instance as the text of `--json`. */
export async function instanceJson(instance: CimInstance, client: WsmanClient, flags: OutputFlags): Promise<string> {
  return `${printableJson(await instanceEncoder(client, flags)(instance))}\n`;
}

/** A path as the text of `--json`. */
export async function pathJson(path: InstancePath, client: WsmanClient, { text }: OutputFlags): Promise<string> {
  const declared = text ? undefined : await client.knownClass(path.className, path.namespace);
  return `${printableJson(encodePath(path, () => declared))}\n`;
}
