import { randomBytes } from 'node:crypto';
import type { Connection } from './connection.js';
import { attribute, findAll } from './find.js';
import { lab } from './lab.js';
import { enumerate, get, modeXml, onContext, optimized } from './requests.js';
import type { Selectors, Target } from './target.js';
import type { XmlNode } from './xml-node.js';

/** What is said of the server under test; what is left out is as in the default lab. */
export interface TargetOptions {
  readonly namespace?: string | undefined;
  /** A concrete class with instances. */
  readonly className?: string | undefined;
  /** A method of the class without parameters. */
  readonly method?: string | undefined;
  /** Whether the server runs the lab; `auto`: a Get finds out. */
  readonly lab: 'yes' | 'no' | 'auto';
}

/** Finds out what there is to test with: whether the server runs the lab, and otherwise an instance of the class. */
export async function discoverTarget(connection: Connection, options: TargetOptions): Promise<Target> {
  const target: Target = {
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

/** Keys of the first instance that an enumeration of EPRs gives; none when there is none. */
async function findInstance(connection: Connection, target: Target): Promise<Selectors> {
  const opened = await connection.send(enumerate(target, optimized + modeXml('EnumerateEPR')));
  const keys = keysIn(opened.root);
  if (Object.keys(keys).length > 0) return keys;
  // A server that does not know optimized enumeration gives its items to Pull only.
  const [context] = findAll(opened.root, '//n:EnumerationContext');
  if (context === undefined || context.text.trim() === '') return {};
  return keysIn((await connection.send(onContext(target, 'pull', context.text.trim()))).root);
}

function keysIn(root: XmlNode | undefined): Selectors {
  const [epr] = findAll(root, '//a:EndpointReference');
  const keys: Record<string, string> = {};
  for (const selector of findAll(epr, '//w:Selector')) {
    const name = attribute(selector, 'Name') ?? '';
    if (name.toLowerCase() !== '__cimnamespace' && selector.children.length === 0) keys[name] = selector.text;
  }
  return keys;
}
