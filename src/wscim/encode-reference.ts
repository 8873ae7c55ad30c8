import { CimDateTime } from '../cim/model/cim-date-time.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { Remembered, Room } from '../cim/remembered.js';
import { detached } from '../strings/detached.js';
import { bytesOfText } from '../strings/message-memory.js';
import { escapeAttribute, escapeText } from '../xml/escape-xml.js';
import { toIsoDateTime } from './iso-date-time.js';
import { classUri, type ResourceUriFamily } from './resource-uri.js';

const ANONYMOUS = '<a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>';

/**
 * The children of an endpoint reference, to be put straight into a property element as Windows does, or into
 * `a:EndpointReference`. Prefixes `a` and `w` must be declared around it. Selector `__cimnamespace` is written in the
 * DMTF family only (MS-WSMV 3.1.4.1.2: WMI URIs carry the namespace themselves).
 */
export function encodeReference(path: InstancePath, family: ResourceUriFamily, defaultNamespace: string): string {
  const known = written[family];
  const xml = known.find(path, defaultNamespace);
  return xml ?? known.keep(path, defaultNamespace, encode(path, family, defaultNamespace));
}

/** A thousand references or so. Each is bounded, since it may be of any length. */
const BOUNDS = { most: 524_288, largest: 4_096 };

/** What stored paths were written as: the same few are in answer after answer. */
const written: Readonly<Record<ResourceUriFamily, Remembered<string>>> = {
  dmtf: new Remembered(new Room(BOUNDS, bytesOfText)),
  wmi: new Remembered(new Room(BOUNDS, bytesOfText)),
};

function encode(path: InstancePath, family: ResourceUriFamily, defaultNamespace: string): string {
  const namespace = path.namespace ?? defaultNamespace;
  const uri = escapeText(classUri(family, namespace, path.className));
  let selectors = family === 'dmtf' ? `<w:Selector Name="__cimnamespace">${escapeText(namespace)}</w:Selector>` : '';
  for (const [name, value] of path.keys) {
    selectors += `<w:Selector Name="${escapeAttribute(name)}">${keyXml(value, family, namespace)}</w:Selector>`;
  }
  // In one piece, not joined anew with each answer.
  return detached(
    `${ANONYMOUS}<a:ReferenceParameters><w:ResourceURI>${uri}</w:ResourceURI><w:SelectorSet>${selectors}</w:SelectorSet></a:ReferenceParameters>`,
  );
}

/** A reference inside a selector keeps the EndpointReference level, as the schema of `w:Selector` wants it. */
function keyXml(value: CimKeyValue, family: ResourceUriFamily, namespace: string): string {
  if (value instanceof InstancePath) {
    return `<a:EndpointReference>${encodeReference(value, family, namespace)}</a:EndpointReference>`;
  }
  if (value instanceof CimDateTime)
    return escapeText(value.hasWildcards ? value.toString() : toIsoDateTime(value).text);
  return escapeText(String(value));
}
