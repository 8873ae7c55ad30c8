import { type Broker, brokerOf } from '../cim/broker.js';
import { type Call, CallRecord } from '../cim/contracts/call.js';
import type { Cancellation } from '../cim/contracts/cancellation.js';
import type { CimHandler } from '../cim/contracts/cim-handler.js';
import type { InstanceReader, InstanceStore } from '../cim/contracts/instance-store.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import { CimError } from '../cim/model/cim-error.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import type { InstancePath } from '../cim/model/instance-path.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import { parseInstancePath } from '../cim/model/parse-instance-path.js';
import { aboutName } from '../cim/model/unknown-name.js';
import { UNNAMED_KEY } from '../cim/model/unnamed-key.js';
import { resolvePath } from '../cim/operations/resolve-path.js';
import { fittingValue } from '../lab/fitting-value.js';
import { prepareInstance } from '../lab/prepare-instance.js';
import { putInstances } from '../lab/put-instances.js';
import type { CimFace, GivenValues } from './cim-face.js';
import { withNearestName } from './with-nearest-name.js';

/** What the house works on. */
export interface HouseParts {
  /** The operations as such, with nothing before them. */
  readonly handler: CimHandler;
  readonly store: InstanceStore;
  readonly namespaces: Namespaces;
  readonly defaultNamespace: string;
  readonly now: () => number;
  /** When the endpoint closes. */
  readonly cancellation: Cancellation;
}

/** @returns the operations with the rights of the house */
export function openCimFace(parts: HouseParts): CimFace {
  const { store, namespaces, defaultNamespace, now, cancellation } = parts;
  const call = (): Call => new CallRecord({ now, cancellation });
  const broker = brokerOf(parts.handler, call);
  const pathOf = (given: InstancePath | string) => {
    const read = typeof given === 'string' ? parseInstancePath(given) : given;
    const path = read.namespace === undefined ? read.inNamespace(defaultNamespace) : read;
    checkKeys(path, namespaces);
    return path;
  };
  /** An instance of a class that there is, to be found in a transaction. */
  const stored = (given: InstancePath | string) => {
    const path = pathOf(given);
    const { name, schema } = namespaces.getNamespace(path.namespace ?? '');
    schema.getClass(path.className);
    return { path, find: (each: InstanceReader) => resolvePath(path, name, schema, each) };
  };
  /** What is wrong with what was given is the answer, too. */
  const settled = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw withNearestName(error, namespaces);
    }
  };
  const write = (instance: CimInstance) =>
    store.transaction((each) => putInstances(each, [instance], namespaces), call());
  const prepare = (given: Parameters<typeof prepareInstance>[0]) =>
    prepareInstance(given, namespaces, defaultNamespace);

  const face: { readonly [M in keyof CimFace]: (...given: never[]) => Promise<unknown> } = {
    get: (path: InstancePath | string) => settled(() => broker.getInstance(pathOf(path))),
    put: (instance: CimInstance) =>
      settled(async () => {
        const prepared = prepare(instance);
        await write(prepared);
        return pathOfStored(prepared);
      }),
    create: (given: CimInstance | string, properties: GivenValues = {}) =>
      settled(async () => {
        const prepared = prepare(
          typeof given === 'string' ? { className: given, properties: Object.entries(properties) } : given,
        );
        const path = pathOfStored(prepared);
        await store.transaction(async (each) => {
          if (await each.get(path)) throw new CimError('AlreadyExists', `There is already ${path}.`);
          await putInstances(each, [prepared], namespaces);
        }, call());
        return path;
      }),
    change: (given: InstancePath | string, change: GivenValues | ((found: CimInstance) => CimInstance)) =>
      settled(() => {
        const { path, find } = stored(given);
        return store.transaction(async (each) => {
          const found = await find(each);
          if (found?.path === undefined) throw new CimError('NotFound', `There is no instance ${path}.`);
          const changed = prepare(typeof change === 'function' ? change(found) : withValues(found, change));
          if (!pathOfStored(changed).equals(found.path))
            throw new CimError('InvalidParameter', `The keys of ${found.path} do not change.`);
          await putInstances(each, [changed], namespaces);
          return found.path;
        }, call());
      }),
    delete: (given: InstancePath | string) =>
      settled(() => {
        const { find } = stored(given);
        return store.transaction(async (each) => {
          const found = await find(each);
          return found?.path ? each.delete(found.path) : false;
        }, call());
      }),
    find: (query: string, namespace: string = defaultNamespace) =>
      settled(async () => {
        if (typeof namespace !== 'string')
          throw new TypeError("find(query, namespace): the namespace is a text like 'root/cimv2'");
        const { findByWql } = await import('./find-by-wql.js');
        return findByWql(query, namespaces.getNamespace(namespace), broker, cancellation);
      }),
    associators: (path: InstancePath | string, resultClass?: string) =>
      settled(() => broker.associators(pathOf(path), { resultClass })),
    invoke: (target: InstancePath | string, method: string, input: GivenValues = {}) =>
      settled(() => invoke(broker, namespaces, pathOf(target), method, input)),
  };
  // What the operations answer is of the class that was asked for: the types of its file are those of its schema.
  return face as unknown as CimFace;
}

/** Of a class without keys, those of its subclasses are meant. */
function checkKeys({ namespace = '', className, keys }: InstancePath, namespaces: Namespaces): void {
  const cimClass = namespaces.findNamespace(namespace)?.schema.findClass(className);
  if (cimClass === undefined || cimClass.keys.length === 0) return;
  for (const name of keys.keys())
    if (name !== UNNAMED_KEY && !cimClass.keys.some((key) => sameName(key.name, name)))
      throw aboutName(new CimError('InvalidParameter', `Class ${cimClass.name} has no key ${name}.`), {
        ...{ kind: 'key', name, cimClass },
      });
}

function invoke(broker: Broker, namespaces: Namespaces, target: InstancePath, methodName: string, given: GivenValues) {
  const namespace = target.namespace ?? '';
  const declared = namespaces.findNamespace(namespace)?.schema.findClass(target.className)?.methods.get(methodName);
  const input = new NameMap<CimValue>();
  for (const [name, value] of Object.entries(given)) {
    const type = declared?.parameters.get(name)?.type;
    // An unknown parameter is refused with the others.
    input.set(name, type ? fittingValue(value, type) : (value as CimValue));
  }
  return broker.invokeMethod({ namespace, target, methodName, input });
}

function withValues({ className, path, properties }: CimInstance, values: GivenValues) {
  return { className, path, properties: [...properties, ...Object.entries(values)] };
}

/** What has been prepared has one. */
function pathOfStored({ path }: CimInstance): InstancePath {
  if (path) return path;
  throw new TypeError('an instance to be stored has a path');
}
