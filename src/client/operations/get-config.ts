import type { CallOptions } from '../call-options.js';
import type { ClientSession } from '../client-session.js';
import { configUri } from '../resource-uri.js';
import type { ResponseElement } from '../response-element.js';
import { namespaces } from '../wsman-names.js';
import { WsmanTransportError } from '../wsman-transport-error.js';

/** Settings by name: texts, or settings below them; a list where a name stands several times. */
export interface ConfigTree {
  readonly [name: string]: string | ConfigTree | readonly (string | ConfigTree)[];
}

/**
 * Get of the service's configuration, what `winrm get winrm/config` shows.
 *
 * @param section a part of it: `service`, `client/auth`
 */
export async function getConfig(session: ClientSession, section: string, call: CallOptions): Promise<ConfigTree> {
  const resourceUri = section === '' ? configUri : `${configUri}/${section}`;
  const message = { resourceUri, selectors: [], action: `${namespaces.transfer}/Get`, options: call.options };
  const [element] = (await session.send(message, call)).body.children;
  if (!element) throw new WsmanTransportError('response', 'the answer to Get holds no configuration');
  return readTree(element);
}

function readTree({ children }: ResponseElement): ConfigTree {
  const tree = new Map<string, (string | ConfigTree)[]>();
  for (const child of children) {
    const value = child.children.length > 0 ? readTree(child) : child.text.trim();
    const values = tree.get(child.name);
    if (values) values.push(value);
    else tree.set(child.name, [value]);
  }
  return Object.fromEntries(
    [...tree].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}
