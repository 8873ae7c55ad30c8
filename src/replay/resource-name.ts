import type { Json } from '../cimjson/cim-json-types.js';
import { parseClassUri } from '../wscim/resource-uri.js';

/** What a resource URI is about, in either family of URIs. */
export interface ResourceName {
  /** `root/cimv2:Win32_Service`, or the URI where it names no class. */
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly class?: string | undefined;
}

/** @param selectors of the same request: a DMTF URI has its namespace among them */
export function resourceName(uri: string, selectors: Readonly<Record<string, Json>>): ResourceName {
  const parsed = parseClassUri(uri);
  if (parsed === undefined) return { name: uri };
  const selected = Object.entries(selectors).find(([name]) => name.toLowerCase() === '__cimnamespace')?.[1];
  const namespace = (parsed.namespace ?? (typeof selected === 'string' ? selected.trim() : '')).replaceAll('\\', '/');
  const { className } = parsed;
  // Windows takes root/cimv2 for a DMTF URI that names none, other servers what they like: none is none.
  return namespace === ''
    ? { name: className, class: className }
    : { name: `${namespace}:${className}`, namespace, class: className };
}
