import type { CimClass } from '../cim/model/cim-class.js';
import { CimError } from '../cim/model/cim-error.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import { shorten } from '../cim/model/shorten.js';
import { aboutName } from '../cim/model/unknown-name.js';
import { WsmanFault } from '../soap/wsman-fault.js';
import { NAMESPACE_SELECTOR } from '../wscim/decode-reference.js';
import type { WscimContext } from '../wscim/wscim-context.js';
import { isLastingSet, readKey, type SelectorSet } from './header/selector-set.js';
import type { CimResource, ClassResource } from './resource.js';

/** The class or instance that a request is about. */
export interface Target extends ClassResource {
  readonly cimClass: CimClass;
  /** Path with the keys that were given; no keys when the class itself is meant. */
  readonly path: InstancePath;
}

/**
 * Finds the class of a resource and what the selectors say of its instance.
 *
 * @throws WsmanFault ActionNotSupported for what is no class (DSP0227 §6.1); UnexpectedSelectors, SelectorTypeMismatch; CimError InvalidClass
 */
export function findTarget(resource: CimResource, selectors: SelectorSet): Target {
  if (resource.kind !== 'class') {
    throw new WsmanFault(
      'ActionNotSupported',
      `The resource ${resource.uri} is no class: the action does not apply to it.`,
    );
  }
  const { space, className, wscim } = resource;
  const cimClass = space.schema.findClass(className);
  if (!cimClass) {
    const error = new CimError('InvalidClass', `Class ${className} does not exist in namespace ${space.name}.`);
    throw aboutName(error, { kind: 'class', name: className, schema: space.schema });
  }
  const path = findPath(cimClass, selectors, wscim);
  const { kind, uri, family } = resource;
  // Written out: objects that are spread take V8's slow path here, ten times the cost (docs/performance.md).
  return { kind, uri, family, space, wscim, className, cimClass, path };
}

/** The path that was read last from selectors that are lasting, with the class that they were read for. */
const remembered = new WeakMap<SelectorSet, { readonly cimClass: CimClass; readonly path: InstancePath }>();

function findPath(cimClass: CimClass, selectors: SelectorSet, wscim: WscimContext): InstancePath {
  const known = remembered.get(selectors);
  if (known?.cimClass === cimClass && known.path.namespace === wscim.namespace) return known.path;
  const keys = readKeys(cimClass, selectors, wscim);
  const path = new InstancePath({ namespace: wscim.namespace, className: cimClass.name, keys });
  if (isLastingSet(selectors)) remembered.set(selectors, { cimClass, path });
  return path;
}

/** @throws WsmanFault InsufficientSelectors when the path lacks a key of its class */
export function requireAllKeys(target: Target): void {
  const { keys } = target.path;
  // No other names get into the path, so their number tells.
  if (keys.size === target.cimClass.keys.length) return;
  const missing = target.cimClass.keys.map(({ name }) => name).filter((name) => !keys.has(name));
  const key = target.path.keys.size === 0 ? 'SelectorsRequired' : 'InsufficientSelectors';
  throw new WsmanFault(key, `An instance of ${target.cimClass.name} needs the selectors ${missing.join(', ')}.`);
}

function readKeys(cimClass: CimClass, selectors: SelectorSet, wscim: WscimContext): NameMap<CimKeyValue> {
  const keys = new NameMap<CimKeyValue>();
  for (const [name, element] of selectors) {
    if (sameName(name, NAMESPACE_SELECTOR)) continue;
    const property = cimClass.properties.get(name);
    if (!property?.isKey) {
      const text = `Selector ${shorten(name, 200)} is not a key of class ${cimClass.name}.`;
      throw aboutName(new WsmanFault('UnexpectedSelectors', text), { kind: 'key', name, cimClass });
    }
    keys.set(property.name, readKey(property, element, wscim));
  }
  return keys;
}
