import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { classResourceUri, type ResourceUriFamily } from './resource-uri.js';
import { namespaceSelector } from './wsman-names.js';

/** How resource URIs are written, and the namespace of paths that name none. */
export interface AddressingStyle {
  readonly family: ResourceUriFamily;
  readonly namespace: string;
}

/** A resource URI with its selectors, `__cimnamespace` among them where the URI lacks the namespace. */
export interface RequestTarget {
  readonly resourceUri: string;
  readonly selectors: readonly (readonly [name: string, value: string | InstancePath])[];
}

/**
 * Addresses an instance, or a class when the path has no keys (DSP0227 §5).
 *
 * @param resourceUri in place of the class's own
 */
export function targetOf(path: InstancePath, style: AddressingStyle, resourceUri?: string): RequestTarget {
  const namespace = path.namespace ?? style.namespace;
  const keys = [...path.keys].map(([name, value]) => [name, selectorValue(value)] as const);
  return {
    resourceUri: resourceUri ?? classResourceUri(style.family, namespace, path.className),
    selectors: style.family === 'dmtf' ? [[namespaceSelector, namespace], ...keys] : keys,
  };
}

function selectorValue(value: CimKeyValue): string | InstancePath {
  if (value instanceof InstancePath) return value;
  return value instanceof CimDateTime ? value.toString() : String(value);
}
