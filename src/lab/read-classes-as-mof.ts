import { NameMap } from '../cim/model/name-map.js';
import type { ClassDescription } from '../client/class-description.js';
import type { WsmanClient } from '../client/wsman-client.js';
import { printString } from '../mof/print/print-value.js';
import { printClasses } from './print-classes.js';

/**
 * All classes of a namespace of a server, as MOF that compiles by itself.
 *
 * @param client for that namespace
 * @throws WsmanClientError, WsmanTransportError
 */
export async function readClassesAsMof(
  client: Pick<WsmanClient, 'enumerateClasses'>,
  namespace: string,
): Promise<string> {
  const classes = new NameMap<ClassDescription>();
  for await (const one of client.enumerateClasses({ deep: true })) classes.set(one.name, one);
  return `#pragma namespace(${printString(namespace)})\n\n${printClasses(classes.keys(), classes)}`;
}
