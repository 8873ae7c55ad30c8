import { InstancePath } from '../../cim/model/instance-path.js';
import type { CallOptions } from '../call-options.js';
import type { ClassDescription } from '../class-description.js';
import type { EnumerationOptions } from '../enumerate-options.js';
import { readClass } from '../message/read-class.js';
import type { RequestElement } from '../message/request-element.js';
import type { RequestOptions } from '../message/request-envelope.js';
import { type RequestTarget, targetOf } from '../message/request-target.js';
import { checkName } from '../message/request-writer.js';
import { allClasses, classDeclarationsUri } from '../message/resource-uri.js';
import { findChild, type ResponseElement } from '../message/response-element.js';
import { writeFilter } from '../message/write-filter.js';
import { namespaceSelector, namespaces } from '../message/wsman-names.js';
import { type ClientSession, styleOf } from '../transport/client-session.js';
import { WsmanTransportError } from '../transport/wsman-transport-error.js';
import { createSequence } from './create-sequence.js';
import { type EnumerationRequest, endedBy, openBatches } from './enumeration.js';

/** What is wanted of class declarations (DSP0227 §15.8). */
export interface DeclarationOptions {
  /** Without qualifiers there are neither keys nor directions of parameters; true by default. */
  readonly includeQualifiers?: boolean;
  /** What the class has from its superclasses; true by default. */
  readonly includeInherited?: boolean;
}

export interface GetClassOptions extends DeclarationOptions, CallOptions {
  /** Instead of the client's. */
  readonly namespace?: string;
}

export interface EnumerateClassesOptions extends DeclarationOptions, EnumerationOptions {
  /** Only the subclasses of this class. */
  readonly className?: string;
  /** Subclasses of subclasses too; true by default. */
  readonly deep?: boolean;
  /** A WQL query of classes instead: `SELECT * FROM meta_class WHERE __this ISA "CIM_Service"`. */
  readonly wql?: string;
}

/** GetClass (MS-WSMV 3.1.4.1.38). */
export async function getClass(
  session: ClientSession,
  className: string,
  call: GetClassOptions,
): Promise<ClassDescription> {
  const { namespace } = styleOf(session, call, call.namespace);
  const target = declarations(namespace, checkName(className, 'class'));
  const options = { ...wanted(call), ...call.options };
  const { body } = await session.send({ ...target, action: `${namespaces.transfer}/Get`, options }, call);
  const element = findChild(body, 'CLASS');
  if (!element) throw new WsmanTransportError('response', 'the answer to GetClass holds no CLASS');
  return readClass(element);
}

/** EnumerateClasses (MS-WSMV 3.1.4.1.38), or a query of classes. */
export function enumerateClasses(
  session: ClientSession,
  call: EnumerateClassesOptions,
): AsyncGenerator<ClassDescription, void, undefined> {
  return createSequence(
    openBatches(session, () => requestOf(session, call), call),
    readClassItem,
    endedBy(session, call),
  );
}

function requestOf(session: ClientSession, call: EnumerateClassesOptions): EnumerationRequest {
  const { className = '', deep = true, wql } = call;
  const style = styleOf(session, call, call.namespace);
  const options = { ...wanted(call), IncludeSubClasses: String(deep) };
  if (wql === undefined)
    return { target: declarations(style.namespace, className && checkName(className, 'class')), options };
  return {
    target: targetOf(new InstancePath({ className: allClasses }), style),
    options,
    writeBody: (enumerate: RequestElement) => writeFilter(enumerate, { wql }, style),
  };
}

function readClassItem(item: ResponseElement): ClassDescription {
  const element = item.name === 'Item' ? findChild(item, 'CLASS') : item;
  if (element?.name !== 'CLASS') throw new WsmanTransportError('response', 'an item of the enumeration is no CLASS');
  return readClass(element);
}

function declarations(namespace: string, className: string): RequestTarget {
  const selectors = [
    [namespaceSelector, namespace],
    ['ClassName', className],
  ] as const;
  return { resourceUri: classDeclarationsUri, selectors };
}

function wanted({ includeQualifiers = true, includeInherited = true }: DeclarationOptions): RequestOptions {
  return {
    IncludeQualifiers: String(includeQualifiers),
    IncludeInheritedElements: String(includeInherited),
    IncludeInheritanceHierarchy: 'true',
  };
}
