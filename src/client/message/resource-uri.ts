import { sameName } from '../../cim/model/name-map.js';

/** Which resource URIs a client writes: the DMTF form of the CIM cmdlets or the WMI form of `winrm`. */
export type ResourceUriFamily = 'dmtf' | 'wmi';

const DMTF_PREFIX = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';
const VENDOR_PREFIX = 'http://schemas.microsoft.com/wbem/wscim/1/cim-schema/2/';
const WMI_PREFIX = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/';

const ALL_CLASSES = 'http://schemas.dmtf.org/wbem/wscim/1/*';

/** The class declarations of a namespace as CIM-XML (MS-WSMV 3.1.4.1.38). */
export const classDeclarationsUri = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*';

/** The configuration of the service itself (MS-WSMV 2.2.4.8); parts of it are paths below. */
export const configUri = 'http://schemas.microsoft.com/wbem/wsman/1/config';

/** The class name that stands for all classes of a namespace, for queries and associations. */
export const allClasses = '*';

/** The resource URI of a class (MS-WSMV 3.1.4.1.1). The DMTF form leaves the namespace to a selector. */
export function classResourceUri(family: ResourceUriFamily, namespace: string, className: string): string {
  if (family === 'dmtf' && className === allClasses) return ALL_CLASSES;
  return family === 'wmi' ? `${WMI_PREFIX}${namespace}/${className}` : `${DMTF_PREFIX}${className}`;
}

/** The class that a resource URI names; the namespace only where the URI itself holds it. */
export interface ResourceClass {
  readonly className: string;
  readonly namespace: string | undefined;
}

/** Reads a class resource URI of either family, whatever its letter case; undefined for any other URI. */
export function parseClassResourceUri(uri: string): ResourceClass | undefined {
  const path = uri.split('?', 1)[0] ?? '';
  if (startsWith(path, DMTF_PREFIX)) return withoutNamespace(path.slice(DMTF_PREFIX.length));
  if (startsWith(path, VENDOR_PREFIX)) return withoutNamespace(path.slice(VENDOR_PREFIX.length));
  if (!startsWith(path, WMI_PREFIX)) return undefined;
  const rest = path.slice(WMI_PREFIX.length);
  const slash = rest.lastIndexOf('/');
  if (slash <= 0 || slash === rest.length - 1) return undefined;
  return { className: rest.slice(slash + 1), namespace: rest.slice(0, slash) };
}

function withoutNamespace(className: string): ResourceClass | undefined {
  return className === '' || className.includes('/') ? undefined : { className, namespace: undefined };
}

function startsWith(text: string, prefix: string): boolean {
  return sameName(text.slice(0, prefix.length), prefix);
}
