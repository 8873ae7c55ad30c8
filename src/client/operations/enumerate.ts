import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import type { EnumerateOptions, EnumerationFilter } from '../enumerate-options.js';
import { instanceOfPath, readInstance } from '../message/read-instance.js';
import { readReference } from '../message/read-reference.js';
import type { RequestElement } from '../message/request-element.js';
import { targetOf } from '../message/request-target.js';
import { checkName } from '../message/request-writer.js';
import { allClasses } from '../message/resource-uri.js';
import type { ResponseElement } from '../message/response-element.js';
import { writeFilter } from '../message/write-filter.js';
import { namespaces } from '../message/wsman-names.js';
import { type ClientSession, styleOf } from '../transport/client-session.js';
import { WsmanTransportError } from '../transport/wsman-transport-error.js';
import { createSequence } from './create-sequence.js';
import { type EnumerationRequest, endedBy, type OpenEnumeration, openBatches } from './enumeration.js';
import { askLifetime } from './enumeration-lifetime.js';
import { withNamedKey } from './name-key.js';

const modes = { object: 'EnumerateObject', epr: 'EnumerateEPR', both: 'EnumerateObjectAndEPR' } as const;

const polymorphisms = {
  include: 'IncludeSubClassProperties',
  exclude: 'ExcludeSubClassProperties',
  none: 'None',
} as const;

/** Instances as they arrive. */
export interface InstanceSequence<I = CimInstance> extends AsyncGenerator<I, void, undefined> {
  /**
   * Asks how long the server will keep the rest (GetStatus). Windows' service has neither this nor Renew.
   *
   * @returns milliseconds from now; undefined when it has not begun, when all has arrived, or when the server does not say
   * @throws WsmanClientError, WsmanTransportError
   */
  getStatus(): Promise<number | undefined>;
  /**
   * Asks the server to keep the rest for longer, for a loop that is slow (Renew).
   *
   * @param forMs milliseconds from now; the server may grant less
   * @returns what it grants, as {@link getStatus}
   * @throws WsmanClientError, WsmanTransportError
   */
  renew(forMs: number): Promise<number | undefined>;
}

/**
 * Enumerates the instances of a class, or of all classes of the namespace when a filter says which.
 *
 * @throws WsmanClientError, WsmanTransportError, TypeError, when the first instance is asked for
 */
export function enumerateInstances(
  session: ClientSession,
  className: string,
  call: EnumerateOptions,
): InstanceSequence {
  const open: OpenEnumeration = {};
  let fallbackClass = '';
  const namespace = call.namespace ?? session.settings.namespace;
  const prepare = async () => {
    const filter = call.filter && (await withNamedObject(session, call.filter));
    fallbackClass = selectedClass(filter) ?? (className === allClasses ? '' : className);
    return requestOf(session, className, { ...call, ...(filter && { filter }) });
  };
  const sequence = createSequence(
    openBatches(session, prepare, call, open),
    (item) => readItem(session, item, namespace, fallbackClass),
    endedBy(session, call),
  );
  return Object.assign(sequence, {
    getStatus: () => askLifetime(session, open, call),
    renew: (forMs: number) => askLifetime(session, open, call, forMs),
  });
}

function requestOf(session: ClientSession, className: string, call: EnumerateOptions): EnumerationRequest {
  const { mode = 'both', polymorphism, filter } = call;
  const style = styleOf(session, call, call.namespace);
  const path = new InstancePath({ className: className === allClasses ? className : checkName(className, 'class') });
  const writeBody = (enumerate: RequestElement) => {
    if (filter) writeFilter(enumerate, filter, style);
    enumerate.ele(namespaces.wsman, 'w:EnumerationMode').txt(modes[mode]);
    if (polymorphism) enumerate.ele(namespaces.cimBinding, 'b:PolymorphismMode').txt(polymorphisms[polymorphism]);
  };
  return { target: targetOf(path, style, call.resourceUri), writeBody };
}

/** The object whose associations are asked for may be given by the value of its only key. */
async function withNamedObject(session: ClientSession, filter: EnumerationFilter): Promise<EnumerationFilter> {
  if ('associators' in filter) return { ...filter, associators: await withNamedKey(session, filter.associators) };
  if ('references' in filter) return { ...filter, references: await withNamedKey(session, filter.references) };
  return filter;
}

/** `w:Item` holds an object and its EPR; in the other modes there is one of the two (DSP0226 §8.7). */
function readItem(
  session: ClientSession,
  item: ResponseElement,
  namespace: string,
  fallbackClass: string,
): CimInstance | Promise<CimInstance> {
  const parts = item.name === 'Item' && item.namespace === namespaces.wsman ? item.children : [item];
  const reference = parts.find(isReference);
  const path = reference && readReference(reference);
  const element = parts.find((part) => !isReference(part));
  if (!element && path) return instanceOfPath(session, namespace, path);
  if (!element) throw new WsmanTransportError('response', 'an item of the enumeration holds neither object nor EPR');
  if (element.name === 'CLASS' && !element.namespace) {
    throw new WsmanTransportError('response', 'the query finds classes: use enumerateClasses with its option wql');
  }
  // Windows writes what a query projects without the class's element (MS-WSMV 3.1.4.1.13, notes 58 and 59).
  const className = isFragment(element) ? fallbackClass || (path?.className ?? '') : element.name;
  return readInstance(session, element, { namespace: path?.namespace ?? namespace, className, path });
}

function isFragment({ name, namespace }: ResponseElement): boolean {
  return name === 'XmlFragment' && namespace === namespaces.wsman;
}

function isReference({ name, namespace }: ResponseElement): boolean {
  return name === 'EndpointReference' && namespace === namespaces.addressing;
}

/** The class that a query selects from, for answers that do not tell. */
function selectedClass(filter: EnumerationFilter | undefined): string | undefined {
  const query = filter && ('wql' in filter ? filter.wql : 'cql' in filter ? filter.cql : '');
  return /\bfrom\s+(?:[\w.]+[.:])?([\p{L}_][\p{L}\p{N}_]*)/iu.exec(query ?? '')?.[1];
}
