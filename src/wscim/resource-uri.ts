import { internedName } from '../cim/model/name-map.js';
import { rememberByText } from '../strings/remember-by-text.js';

const DMTF_PREFIX = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';
/** The vendor-schema twin that some clients write; a class of any schema, as in the DMTF form. */
const VENDOR_PREFIX = 'http://schemas.microsoft.com/wbem/wscim/1/cim-schema/2/';
const WMI_PREFIX = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/';
const ALL_CLASSES = ['http://schemas.dmtf.org/wbem/wscim/1/*', 'http://schemas.microsoft.com/wbem/wscim/1/*'];

const CLASS_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const NAMESPACE = /^[^/\\?#\s]+(?:[/\\][^/\\?#\s]+)*$/;

/** How a client names classes: DMTF URIs with selector `__cimnamespace`, or WMI URIs with the namespace inside. */
export type ResourceUriFamily = 'dmtf' | 'wmi';

/** A resource URI that stands for a class, or for all classes of a namespace (`*`). */
export interface ClassResource {
  readonly family: ResourceUriFamily;
  readonly className: string;
  /** The namespace in a WMI URI; undefined in the DMTF form. */
  readonly namespace: string | undefined;
}

/**
 * Reads the resource URI of a class in any form that MS-WSMV 3.1.4.1.1 allows, without regard to case; undefined when
 * the URI is none of them. A query part is not looked at.
 */
export const parseClassUri = rememberByText(readUri);

function readUri(uri: string): ClassResource | undefined {
  const query = uri.indexOf('?');
  const text = query < 0 ? uri : uri.slice(0, query);
  const local = after(text, DMTF_PREFIX) ?? after(text, VENDOR_PREFIX);
  if (local !== undefined) return resource('dmtf', local, undefined);
  const inWmi = after(text, WMI_PREFIX);
  if (inWmi === undefined) {
    const isAll = ALL_CLASSES.some((uri) => after(text, uri) === '');
    return isAll ? { family: 'dmtf', className: '*', namespace: undefined } : undefined;
  }
  const slash = inWmi.lastIndexOf('/');
  if (slash <= 0 || !NAMESPACE.test(inWmi.slice(0, slash))) return undefined;
  return resource('wmi', inWmi.slice(slash + 1), inWmi.slice(0, slash));
}

/** How the URI could begin that was meant by one which is none: up to the name of the class, in each form. */
export function knownBeginnings(uri: string): readonly string[] {
  // `http://host/wbem/wsman/1/wmi/` is as long as this; what stands behind it is the namespace.
  const namespace = uri.split('/').slice(7, -1);
  return [DMTF_PREFIX, VENDOR_PREFIX, WMI_PREFIX + namespace.map((name) => `${name}/`).join('')];
}

/** The URI of a class in the family that the client uses. */
export function classUri(family: ResourceUriFamily, namespace: string, className: string): string {
  return family === 'dmtf' ? DMTF_PREFIX + className : `${WMI_PREFIX}${namespace}/${className}`;
}

function resource(
  family: ResourceUriFamily,
  className: string,
  namespace: string | undefined,
): ClassResource | undefined {
  if (className !== '*' && !CLASS_NAME.test(className)) return undefined;
  return {
    family,
    className: internedName(className),
    namespace: namespace === undefined ? undefined : internedName(namespace),
  };
}

function after(text: string, prefix: string): string | undefined {
  if (text.startsWith(prefix)) return text.slice(prefix.length);
  const same = text.length >= prefix.length && text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
  return same ? text.slice(prefix.length) : undefined;
}
