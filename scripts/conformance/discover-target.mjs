import { randomBytes } from 'node:crypto';
import { attribute, findAll } from './find.mjs';
import { lab } from './lab.mjs';
import { enumerate, get, modeXml, onContext, optimized } from './messages.mjs';

/** @import { Connection, Target, XmlNode } from './types.mjs' */

/**
 * Finds out what there is to test with: whether the server runs the lab, and otherwise an instance of the class.
 *
 * @param {Connection} connection
 * @param {{ readonly namespace?: string | undefined, readonly className?: string | undefined, readonly method?: string | undefined, readonly lab: 'yes' | 'no' | 'auto' }} options
 * @returns {Promise<Target>}
 */
export async function discoverTarget(connection, options) {
  /** @type {Target} */
  const target = {
    namespace: options.namespace ?? lab.namespace,
    className: options.className ?? lab.className,
    selectors: lab.selectors,
    method: options.method,
    lab: options.lab === 'yes',
    run: randomBytes(4).toString('hex'),
  };
  const inLab = { ...target, lab: true };
  if (target.lab) return inLab;
  const ours = target.namespace === lab.namespace && target.className === lab.className;
  if (options.lab === 'auto' && ours && (await connection.send(get(target))).status === 200) return inLab;
  return { ...target, selectors: await findInstance(connection, target) };
}

/**
 * Keys of the first instance that an enumeration of EPRs gives; none when there is none.
 *
 * @param {Connection} connection
 * @param {Target} target
 */
async function findInstance(connection, target) {
  const opened = await connection.send(enumerate(target, optimized + modeXml('EnumerateEPR')));
  const keys = keysIn(opened.root);
  if (Object.keys(keys).length > 0) return keys;
  // A server that does not know optimized enumeration gives its items to Pull only.
  const [context] = findAll(opened.root, '//n:EnumerationContext');
  if (context === undefined || context.text.trim() === '') return {};
  return keysIn((await connection.send(onContext(target, 'pull', context.text.trim()))).root);
}

/** @param {XmlNode | undefined} root @returns {Record<string, string>} */
function keysIn(root) {
  const [epr] = findAll(root, '//a:EndpointReference');
  /** @type {Record<string, string>} */
  const keys = {};
  for (const selector of findAll(epr, '//w:Selector')) {
    const name = attribute(selector, 'Name') ?? '';
    if (name.toLowerCase() !== '__cimnamespace' && selector.children.length === 0) keys[name] = selector.text;
  }
  return keys;
}
