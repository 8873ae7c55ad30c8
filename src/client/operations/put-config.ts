import { NameMap } from '../../cim/model/name-map.js';
import { copyElement } from '../message/copy-element.js';
import type { RequestElement } from '../message/request-element.js';
import { checkName, checkText } from '../message/request-writer.js';
import type { ResponseElement } from '../message/response-element.js';
import type { ClientSession } from '../transport/client-session.js';
import { type ConfigOptions, type ConfigTree, configMessage, getConfigElement, readConfigTree } from './get-config.js';

/** Settings to be changed, by name; settings below a section in an object of their own. */
export interface ConfigChanges {
  readonly [name: string]: string | number | boolean | ConfigChanges;
}

/**
 * Changes settings of the service, as `winrm set winrm/config/service @{…}` does: the section is fetched, the changes take the
 * place of what was there, and everything else goes back as it came.
 *
 * @returns the section as it is then
 */
export async function putConfig(
  session: ClientSession,
  section: string,
  changes: ConfigChanges,
  call: ConfigOptions,
): Promise<ConfigTree> {
  const before = await getConfigElement(session, section, call);
  const { body } = await session.send(
    {
      ...configMessage(section, 'Put', call),
      writeBody: (parent) => writeSection(parent, before, changes),
    },
    call,
  );
  const [after] = body.children;
  return readConfigTree(after ?? (await getConfigElement(session, section, call)));
}

function writeSection(parent: RequestElement, before: ResponseElement, changes: ConfigChanges): void {
  const namespace = before.namespace ?? '';
  const section = parent.ele(namespace, `q:${before.name}`);
  const pending = new NameMap(Object.entries(changes));
  for (const child of before.children) {
    const value = pending.get(child.name);
    if (value === undefined) copyElement(section, child);
    else if (typeof value === 'object') writeSection(section, child, value);
    else section.ele(namespace, `q:${child.name}`).txt(checkText(String(value)));
    pending.delete(child.name);
  }
  // What the server leaves out while it has no value; that it knows no such setting is the server's to say.
  for (const [name, value] of pending) {
    if (typeof value === 'object') throw new TypeError(`the configuration has no section ${name}`);
    section.ele(namespace, `q:${checkName(name, 'setting')}`).txt(checkText(String(value)));
  }
}
