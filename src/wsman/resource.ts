import type { Namespace, Namespaces } from '../cim/contracts/namespaces.js';
import { sameNamespace } from '../cim/model/instance-path.js';
import { shorten } from '../cim/model/shorten.js';
import { aboutName } from '../cim/model/unknown-name.js';
import { WsmanFault } from '../soap/wsman-fault.js';
import { NAMESPACE_SELECTOR } from '../wscim/decode-reference.js';
import { knownBeginnings, parseClassUri, type ResourceUriFamily } from '../wscim/resource-uri.js';
import type { WscimContext } from '../wscim/wscim-context.js';
import { type ConfigResource, parseConfigUri } from './config/config-resource.js';
import type { SelectorSet } from './header/selector-set.js';

/** The URI of all class declarations as CIM-XML (MS-WSMV 3.1.4.1.38). */
export const CLASS_DECLARATIONS = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*';
const XSD_DECLARATIONS = 'http://schemas.dmtf.org/wbem/ws-cim/1/cim-schema/2/*';
const SHELLS = ['http://schemas.microsoft.com/wbem/wsman/1/windows/shell', 'http://schemas.microsoft.com/powershell/'];

/** What every resource in a CIM namespace has. */
interface InNamespace {
  /** The resource URI as the client wrote it, without a query: Windows echoes it, letter case and all. */
  readonly uri: string;
  readonly family: ResourceUriFamily;
  readonly space: Namespace;
  readonly wscim: WscimContext;
}

/** A class, or with selectors one of its instances. The class may not exist. */
export interface ClassResource extends InNamespace {
  readonly kind: 'class';
  readonly className: string;
}

/** All classes of a namespace: for queries and associations. */
export interface AllClassesResource extends InNamespace {
  readonly kind: 'all-classes';
}

/** The class declarations of a namespace as CIM-XML (MS-WSMV 3.1.4.1.38). */
export interface ClassDeclarationsResource extends InNamespace {
  readonly kind: 'class-declarations';
}

/** What the CIM operations are about. */
export type CimResource = ClassResource | AllClassesResource | ClassDeclarationsResource;

export type Resource = CimResource | ConfigResource;

/**
 * Finds what a resource URI and its namespace selector mean, by the rules of MS-WSMV 3.1.4.1.1 and 3.1.4.1.2:
 * `__cimnamespace` names the namespace of a DMTF URI, the default namespace when it is missing; with a WMI URI it must
 * say the same as the URI.
 *
 * @throws WsmanFault InvalidResourceURI, UnsupportedFeature, InternalError; CimError InvalidNamespace
 */
export function findResource(
  uri: string,
  selectors: SelectorSet,
  namespaces: Namespaces,
  defaultNamespace: string,
): Resource {
  const query = uri.indexOf('?');
  const text = query < 0 ? uri : uri.slice(0, query);
  const selected = selectors.get(NAMESPACE_SELECTOR)?.text.trim();
  const inNamespace = (family: ResourceUriFamily, named: string | undefined): InNamespace => {
    const space = namespaces.getNamespace(named ?? (selected || defaultNamespace));
    const findSchema = (name: string) => namespaces.findNamespace(name)?.schema;
    const wscim = { namespace: space.name, schema: space.schema, findSchema };
    return { uri: text, family, space, wscim };
  };
  const resource = parseClassUri(text);
  const config = resource ? undefined : parseConfigUri(text);
  if (config) return config;
  if (!resource) return { kind: 'class-declarations', ...inNamespace('dmtf', checkDeclarations(text)) };
  if (selected && resource.namespace !== undefined && !sameNamespace(selected, resource.namespace)) {
    throw new WsmanFault(
      'InternalError',
      `The resource URI names namespace ${resource.namespace}, selector ${NAMESPACE_SELECTOR} names ${shorten(selected, 200)}.`,
    );
  }
  const place = inNamespace(resource.family, resource.namespace);
  if (resource.className === '*') return { kind: 'all-classes', ...place };
  const { family, space, wscim } = place;
  return { kind: 'class', className: resource.className, uri: text, family, space, wscim };
}

/** @throws WsmanFault for every URI but that of the class declarations */
function checkDeclarations(uri: string): undefined {
  const folded = uri.toLowerCase();
  if (folded === CLASS_DECLARATIONS) return undefined;
  if (folded === XSD_DECLARATIONS) {
    throw new WsmanFault('UnsupportedFeature', 'Class declarations are served as CIM-XML, not as XML schemas.');
  }
  if (SHELLS.some((prefix) => folded.startsWith(prefix))) {
    throw new WsmanFault('InvalidResourceURI', 'This endpoint serves CIM; it has no command or PowerShell shells.');
  }
  const fault = new WsmanFault(
    'InvalidResourceURI',
    `The resource URI ${shorten(uri, 200)} does not name anything this service has.`,
  );
  throw aboutName(fault, {
    kind: 'word',
    name: uri.slice(0, uri.lastIndexOf('/') + 1),
    known: knownBeginnings(uri.slice(0, 1000)),
  });
}

/** The URI of another class beside the resource, in its family and spelling. */
export function uriOfClass(resource: Pick<InNamespace, 'uri' | 'family'>, className: string): string {
  const known = resource.uri.slice(0, resource.uri.lastIndexOf('/') + 1);
  // `…/wscim/1/*` stands for classes under `…/wscim/1/cim-schema/2/`.
  const base = resource.family === 'dmtf' && known.endsWith('/wscim/1/') ? `${known}cim-schema/2/` : known;
  return base + className;
}
