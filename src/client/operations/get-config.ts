import type { CallOptions } from '../call-options.js';
import type { RequestMessage } from '../message/request-envelope.js';
import { configUri } from '../message/resource-uri.js';
import type { ResponseElement } from '../message/response-element.js';
import { namespaces } from '../message/wsman-names.js';
import type { ClientSession } from '../transport/client-session.js';
import { WsmanTransportError } from '../transport/wsman-transport-error.js';

/** Settings by name: texts, or settings below them; a list where a name stands several times. */
export interface ConfigTree {
  readonly [name: string]: string | ConfigTree | readonly (string | ConfigTree)[];
}

/** Which part of the configuration. */
export interface ConfigOptions extends CallOptions {
  /** Of a table, such as `listener`: what names one of its rows (`Address`, `Transport`). */
  readonly selectors?: Readonly<Record<string, string>>;
}

/**
 * Get of the service's configuration, what `winrm get winrm/config` shows.
 *
 * @param section a part of it: `service`, `client/auth`
 */
export async function getConfig(session: ClientSession, section: string, call: ConfigOptions): Promise<ConfigTree> {
  return readConfigTree(await getConfigElement(session, section, call));
}

/** The element of a section as the server wrote it. */
export async function getConfigElement(
  session: ClientSession,
  section: string,
  call: ConfigOptions,
): Promise<ResponseElement> {
  const [element] = (await session.send(configMessage(section, 'Get', call), call)).body.children;
  if (!element) throw new WsmanTransportError('response', 'the answer to Get holds no configuration');
  return element;
}

/** A request about a section, without its Body. */
export function configMessage(
  section: string,
  name: 'Get' | 'Put',
  { options, selectors = {} }: ConfigOptions,
): RequestMessage {
  const resourceUri = section === '' ? configUri : `${configUri}/${section}`;
  return { resourceUri, selectors: Object.entries(selectors), action: `${namespaces.transfer}/${name}`, options };
}

export function readConfigTree({ children }: ResponseElement): ConfigTree {
  const tree = new Map<string, (string | ConfigTree)[]>();
  for (const child of children) {
    const value = child.children.length > 0 ? readConfigTree(child) : child.text.trim();
    const values = tree.get(child.name);
    if (values) values.push(value);
    else tree.set(child.name, [value]);
  }
  return Object.fromEntries(
    [...tree].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}
