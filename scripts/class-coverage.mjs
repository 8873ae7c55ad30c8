/**
 * What an endpoint has of Windows' classes: instances in the default lab at its start, and methods that do their work. Asked of the build, so
 * `npm run build` comes first.
 */
import { windowsBehaviour } from '../dist/endpoint/open-providers.js';
import { startEndpoint } from '../dist/index.js';

/** @typedef {import('../dist/index.js').CimClass} CimClass */

/**
 * @typedef {object} Coverage
 * @property {number} instances of the class and its subclasses
 * @property {string} why there are none
 * @property {readonly string[]} working methods that do their work
 * @property {number} methods all of them
 */

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * @param {Iterable<string>} namespaces
 * @returns {Promise<(namespace: string, className: string) => Coverage>}
 */
export async function readCoverage(namespaces) {
  const endpoint = await startEndpoint({ port: 0, users: [{ name: 'page', password: 'of-classes' }], logger: silent });
  const { broker } = endpoint;
  /** @type {Map<string, Coverage>} */
  const found = new Map();
  for (const namespace of namespaces) {
    const { provided, asked } = await providedIn(namespace);
    for (const one of await broker.enumerateClasses(namespace, { className: undefined, deep: true })) {
      const names = Array.from(one.methods.values(), ({ name }) => name);
      const working = names.filter((name) => lineage(one).some((above) => provided.has(key(above.name, name))));
      const isAsked = asked.has(key(one.name));
      const instances = isAsked ? 0 : await countInstances(broker, namespace, one.name);
      const why = isAsked ? 'made when asked for' : reasonFor(one);
      found.set(key(namespace, one.name), { instances, why, working, methods: names.length });
    }
  }
  await endpoint.close();
  return (namespace, className) => {
    const coverage = found.get(key(namespace, className));
    if (coverage) return coverage;
    throw new Error(`the endpoint has no class ${className} in ${namespace}`);
  };
}

/**
 * The methods that providers of ours have in a namespace, and the classes whose instances are made when somebody asks for one.
 *
 * @param {string} namespace
 */
async function providedIn(namespace) {
  const [provided, asked] = [new Set(), new Set()];
  for (const { className, methods = {}, asked: make } of await windowsBehaviour(namespace)) {
    for (const name of Object.keys(methods)) provided.add(key(className, name));
    if (make) asked.add(key(className));
  }
  return { provided, asked };
}

/**
 * @param {Awaited<ReturnType<typeof startEndpoint>>['broker']} broker
 * @param {string} namespace
 * @param {string} className
 */
async function countInstances(broker, namespace, className) {
  let count = 0;
  let cursor = await broker.openInstances(namespace, className, { subclasses: true });
  for (;;) {
    const { instances, next } = await broker.pullInstances(cursor, 1000);
    count += instances.length;
    if (next === undefined) return count;
    cursor = next;
  }
}

/** @param {CimClass} one */
function reasonFor(one) {
  const names = lineage(one).map(({ name }) => name);
  if (names.includes('__Event')) return 'event';
  if (one.isAbstract) return 'abstract';
  if (names.includes('Win32_Perf')) return 'not measured';
  if (one.keys.length === 0 && one.qualifiers.get('Singleton')?.value !== true) return 'embedded';
  return 'none in the lab';
}

/** @param {CimClass} one */
function lineage(one) {
  const all = [];
  for (let above = /** @type {CimClass | undefined} */ (one); above; above = above.superclass) all.push(above);
  return all;
}

/** @param {readonly string[]} parts */
function key(...parts) {
  return parts.join('\0').toLowerCase();
}
