import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import { headerBlock, parseEnvelope } from '../soap/envelope.js';
import { decodeParameters } from '../wscim/decode-parameters.js';
import { NAMESPACE_SELECTOR } from '../wscim/decode-reference.js';
import { type DecodeTarget, decodeInstance, decodeValue } from '../wscim/decode-value.js';
import { decodeXml } from '../xml/decode-xml.js';
import { ns } from '../xml/namespaces.js';
import { readXml } from '../xml/read-xml.js';
import type { XmlElement } from '../xml/xml-element.js';
import { isNil } from '../xml/xsi.js';
import { changedProperties } from './changed-properties.js';
import { type AssociationQuery, readAssociationFilter } from './enumeration/association-filter.js';
import { type RequestHeader, readRequestHeader } from './header/request-header.js';
import type { SelectorSet } from './header/selector-set.js';
import type { MessageDescription, MessageReader, MethodResult, NamedMethod } from './message-description.js';
import { type ClassResource, findResource, type Resource } from './resource.js';
import { findTarget } from './target.js';
import { operationOfAction } from './wsman-operation.js';

const NOTHING: MessageDescription = {
  namespace: undefined,
  className: undefined,
  selectors: undefined,
  input: undefined,
  filter: undefined,
};

/**
 * @param namespaces where classes are known, to read values by their types
 * @param defaultNamespace of resource URIs that name none
 */
export function createMessageReader(namespaces: Namespaces, defaultNamespace: string): MessageReader {
  return {
    text: textOf,
    result: (answer, method) => attempt(() => readResult(answer, method, namespaces)),
    describe(message) {
      const envelope = attempt(() => parseEnvelope(readXml(message.body, { charset: message.charset }).root));
      const header = envelope && attempt(() => readRequestHeader(envelope.headers));
      if (envelope === undefined || header?.resourceUri === undefined) return NOTHING;
      const action = attempt(() => headerBlock(envelope.headers, ns.addressing, 'Action')?.text.trim());
      const { resourceUri, selectors } = header;
      const resource = attempt(() => findResource(resourceUri, selectors, namespaces, defaultNamespace));
      const isClass = resource?.kind === 'class';
      return {
        namespace: resource === undefined || resource.kind === 'config' ? undefined : resource.space.name,
        className: isClass ? resource.className : undefined,
        selectors: describeSelectors(selectors, resource),
        input: describeInput(action ?? '', envelope.body, header, isClass ? resource : undefined),
        filter: describeFilter(envelope.body, resource),
      };
    },
  };
}

function textOf({ body, charset }: { readonly body: Uint8Array; readonly charset: string | undefined }): string {
  return attempt(() => decodeXml(body, charset).text) ?? Buffer.from(body).toString('utf8');
}

/** What cannot be read is told by the fault of the answer; here it is as if it were not there. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function describeSelectors(selectors: SelectorSet, resource: Resource | undefined): NameMap<CimValue> | undefined {
  const given = [...selectors].filter(([name]) => !sameName(name, NAMESPACE_SELECTOR));
  if (given.length === 0) return undefined;
  const path = resource?.kind === 'class' ? attempt(() => findTarget(resource, selectors).path) : undefined;
  return path ? new NameMap<CimValue>(path.keys) : new NameMap(given.map(([name, { text }]) => [name, text] as const));
}

function describeInput(
  action: string,
  body: XmlElement,
  { fragment, options }: RequestHeader,
  resource: ClassResource | undefined,
): NameMap<CimValue> | undefined {
  const operation = operationOfAction(action);
  const [element] = body.children;
  const cimClass = resource && attempt(() => resource.space.schema.findClass(resource.className));
  switch (operation?.name) {
    case 'Invoke': {
      const method = cimClass?.methods.get(operation.method ?? '');
      const typed = method && resource && attempt(() => decodeParameters(element, method, resource.wscim));
      return typed ?? textsOf(element);
    }
    case 'Put':
    case 'Create': {
      if (element === undefined) return undefined;
      if (fragment) return new NameMap([[fragment.property, fragmentValue(element)]]);
      const instance =
        cimClass && resource && attempt(() => decodeInstance(element, cimClass.name, cimClass.name, resource.wscim));
      return changedProperties(instance?.properties ?? textsOf(element), options);
    }
    default:
      return undefined;
  }
}

/** The body of the answer to an Invoke: output parameters and ReturnValue, each by its declaration. */
function readResult(
  answer: Uint8Array,
  { namespace, className, method: name }: NamedMethod,
  namespaces: Namespaces,
): MethodResult | undefined {
  const space = namespaces.findNamespace(namespace ?? '');
  const method = space?.schema.findClass(className ?? '')?.methods.get(name ?? '');
  const [output] = parseEnvelope(readXml(answer).root).body.children;
  if (space === undefined || method === undefined || output?.localName !== `${method.name}_OUTPUT`) return undefined;
  const findSchema = (other: string) => namespaces.findNamespace(other)?.schema;
  const wscim = { namespace: space.name, schema: space.schema, findSchema };
  const groups = new NameMap<XmlElement[]>();
  for (const child of output.children) groups.set(child.localName, [...(groups.get(child.localName) ?? []), child]);
  const read = (element: DecodeTarget, what: string) => {
    const elements = groups.get(what);
    return elements === undefined ? null : decodeValue(elements, element, what, wscim);
  };
  const outputs = [...groups.keys()].flatMap((each) => {
    const parameter = method.parameters.get(each);
    return parameter === undefined ? [] : [[parameter.name, read(parameter, each)] as const];
  });
  const returnValue = read({ name: 'ReturnValue', type: method.returnType, qualifiers: new NameMap() }, 'ReturnValue');
  return { returnValue, outputs: new NameMap(outputs) };
}

/** Parameters or properties as they stand in the message, in strings. */
function textsOf(element: XmlElement | undefined): NameMap<CimValue> {
  const values = new NameMap<CimValue>();
  for (const child of element?.children ?? []) {
    const before = values.get(child.localName);
    const value = isNil(child) ? null : stringOf(child);
    // An array is an element for each of its members.
    if (before === undefined) values.set(child.localName, value);
    else values.set(child.localName, [...(Array.isArray(before) ? before : [before]), value]);
  }
  return values;
}

function fragmentValue(fragment: XmlElement): CimValue {
  if (isNil(fragment)) return null;
  return fragment.children.length === 0 ? fragment.text : (textsOf(fragment).values().next().value ?? null);
}

/** All text in an element, in the order of the message's elements. */
function stringOf({ text, children }: XmlElement): string {
  return children.length === 0 ? text : children.map(stringOf).join(' ').trim();
}

function describeFilter(body: XmlElement, resource: Resource | undefined): string | undefined {
  const [enumerate] = body.children;
  if (enumerate?.localName !== 'Enumerate') return undefined;
  const filter = enumerate.children.find(({ localName }) => localName === 'Filter');
  if (filter === undefined) return undefined;
  if (filter.children.length === 0) return filter.text.trim();
  const association =
    resource === undefined || resource.kind === 'config'
      ? undefined
      : attempt(() => readAssociationFilter(filter, resource.wscim));
  return association ? associationText(association) : stringOf(filter);
}

/** As WQL would ask for it. */
function associationText({ kind, object, filter }: AssociationQuery): string {
  const words = [
    ['AssocClass', kind === 'associated' ? filter.associationClass : undefined],
    ['ResultClass', kind === 'associated' ? filter.resultClass : filter.associationClass],
    ['Role', filter.role],
    ['ResultRole', filter.resultRole],
  ].flatMap(([word, value]) => (value === undefined ? [] : [`${word}=${value}`]));
  const where = words.length === 0 ? '' : ` WHERE ${words.join(' ')}`;
  return `${kind === 'associated' ? 'ASSOCIATORS' : 'REFERENCES'} OF {${object}}${where}`;
}
