import type { Broker, BrokerNamespace } from '../cim/broker.js';
import type { CimClass } from '../cim/cim-class.js';
import { CimError } from '../cim/cim-error.js';
import { type CimKeyValue, InstancePath, sameNamespace } from '../cim/instance-path.js';
import { NameMap } from '../cim/name-map.js';
import { shorten } from '../cim/shorten.js';
import { WsmanFault } from '../soap/wsman-fault.js';
import { NAMESPACE_SELECTOR } from '../wscim/decode-reference.js';
import { parseClassUri, type ResourceUriFamily } from '../wscim/resource-uri.js';
import type { WscimContext } from '../wscim/wscim-context.js';
import { readKey, type SelectorSet } from './selector-set.js';

/** The class or instance that a request is about. */
export interface Target {
  /** The resource URI as the client wrote it, without a query: Windows echoes it, letter case and all. */
  readonly uri: string;
  readonly family: ResourceUriFamily;
  readonly namespace: BrokerNamespace;
  readonly cimClass: CimClass;
  /** Path with the keys that were given; no keys when the class itself is meant. */
  readonly path: InstancePath;
  readonly wscim: WscimContext;
}

/**
 * Finds what resource URI and selectors mean, by the rules of MS-WSMV 3.1.4.1.1 and 3.1.4.1.2: `__cimnamespace` names
 * the namespace of a DMTF URI, the default namespace when it is missing; with a WMI URI it must say the same as the URI.
 *
 * @throws WsmanFault InvalidResourceURI, InternalError, UnexpectedSelectors, InsufficientSelectors, SelectorTypeMismatch
 * @throws CimError InvalidNamespace, InvalidClass
 */
export function findTarget(uri: string, selectors: SelectorSet, broker: Broker, defaultNamespace: string): Target {
  const resource = parseClassUri(uri);
  if (!resource || resource.className === '*') {
    throw new WsmanFault(
      'InvalidResourceURI',
      `The resource URI ${shorten(uri, 200)} does not name a class of this service.`,
    );
  }
  const selected = selectors.get(NAMESPACE_SELECTOR)?.text.trim();
  if (selected && resource.namespace !== undefined && !sameNamespace(selected, resource.namespace)) {
    throw new WsmanFault(
      'InternalError',
      `The resource URI names namespace ${resource.namespace}, selector ${NAMESPACE_SELECTOR} names ${shorten(selected, 200)}.`,
    );
  }
  const namespace = broker.getNamespace(resource.namespace ?? (selected || defaultNamespace));
  const cimClass = namespace.schema.findClass(resource.className);
  if (!cimClass) {
    throw new CimError('InvalidClass', `Class ${resource.className} does not exist in namespace ${namespace.name}.`);
  }
  const wscim: WscimContext = {
    namespace: namespace.name,
    schema: namespace.schema,
    findSchema: (name) => broker.findNamespace(name)?.schema,
  };
  const keys = readKeys(cimClass, selectors, wscim);
  const path = new InstancePath({ namespace: namespace.name, className: cimClass.name, keys });
  const query = uri.indexOf('?');
  return { uri: query < 0 ? uri : uri.slice(0, query), family: resource.family, namespace, cimClass, path, wscim };
}

/** @throws WsmanFault InsufficientSelectors when the path lacks a key of its class */
export function requireAllKeys(target: Target): void {
  const missing = target.cimClass.keys.filter((key) => !target.path.keys.has(key.name)).map((key) => key.name);
  if (missing.length === 0) return;
  const key = target.path.keys.size === 0 ? 'SelectorsRequired' : 'InsufficientSelectors';
  throw new WsmanFault(key, `An instance of ${target.cimClass.name} needs the selectors ${missing.join(', ')}.`);
}

function readKeys(cimClass: CimClass, selectors: SelectorSet, wscim: WscimContext): NameMap<CimKeyValue> {
  const keys = new NameMap<CimKeyValue>();
  for (const [name, element] of selectors) {
    if (name.toLowerCase() === NAMESPACE_SELECTOR) continue;
    const property = cimClass.properties.get(name);
    if (!property?.isKey) {
      throw new WsmanFault(
        'UnexpectedSelectors',
        `Selector ${shorten(name, 200)} is not a key of class ${cimClass.name}.`,
      );
    }
    keys.set(property.name, readKey(property, element, wscim));
  }
  return keys;
}
