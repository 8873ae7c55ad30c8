import type { Json } from '../cimjson/cim-json-types.js';
import { definedMembers } from '../options/defined-members.js';
import { attributeNamed, childNamed, childTextOf, type Element, textIn } from './element.js';
import { plainMembers, plainValue, selectorsOf, withoutNamespace } from './plain-value.js';
import { resourceName } from './resource-name.js';

/**
 * What a message asks for, without what differs from one client to the next: identifiers, times, sizes, languages, options, and
 * how many items are wanted at a time.
 */
export interface MessageRequest {
  /** The last part of the action's URI, `Invoke` for a method, `Identify`. */
  readonly operation: string;
  /** `root/cimv2:Win32_Service`, or the resource URI. */
  readonly resource?: string | undefined;
  readonly method?: string | undefined;
  /** Without that of the namespace. */
  readonly selectors?: Readonly<Record<string, Json>> | undefined;
  readonly fragment?: string | undefined;
  /** Of an Enumerate: a query as text, or what is in the filter. */
  readonly filter?: Json | undefined;
  /** `EnumerateEPR`, `EnumerateObjectAndEPR`; absent for objects. */
  readonly mode?: string | undefined;
  /** Parameters of a method, or properties of an instance. */
  readonly input?: Json | undefined;
}

/** What it asks for besides, which is not compared. */
export interface RequestDetails {
  readonly action: string;
  readonly messageId: string | undefined;
  readonly uri: string;
  /** Of a Pull, Release, GetStatus, Renew. */
  readonly context: string | undefined;
  /** Items wanted in this answer; undefined for an Enumerate that wants none. */
  readonly maxElements: number | undefined;
  /** Bytes that the answer may have. */
  readonly maxEnvelopeSize: number | undefined;
  /** Milliseconds; undefined where the client says nothing. */
  readonly timeout: string | undefined;
}

export interface ReadRequest {
  readonly request: MessageRequest;
  readonly details: RequestDetails;
}

const STANDARD = /^http:\/\/schemas\.xmlsoap\.org\/ws\/2004\/(?:09\/transfer|09\/enumeration|08\/eventing)\/(\w+)$/;
const SHELL = /^http:\/\/schemas\.microsoft\.com\/wbem\/wsman\/1\/(?:windows\/shell|wsman)\/(\w+)$/;
const OBJECTS = 'EnumerateObject';

/** @param root an envelope */
export function readRequest(root: Element): ReadRequest {
  const header = childNamed(root, 'Header');
  const body = childNamed(root, 'Body');
  const [content] = body?.children ?? [];
  const action = childTextOf(header, 'Action') ?? '';
  if (action === '' && content?.name === 'Identify') return identify();
  const uri = childTextOf(header, 'ResourceURI') ?? '';
  const all = selectorsOf(childNamed(header, 'SelectorSet'));
  const selectors = withoutNamespace(all);
  const standard = STANDARD.exec(action)?.[1] ?? SHELL.exec(action)?.[1];
  const operation = standard ?? 'Invoke';
  return {
    request: definedMembers({
      operation,
      resource: uri === '' ? undefined : resourceName(uri, all).name,
      method: standard === undefined ? action.slice(action.lastIndexOf('/') + 1) : undefined,
      selectors: Object.keys(selectors).length > 0 ? selectors : undefined,
      fragment: childTextOf(header, 'FragmentTransfer'),
      ...bodyOf(operation, content),
    }),
    details: {
      action,
      uri,
      messageId: childTextOf(header, 'MessageID'),
      context: childTextOf(content, 'EnumerationContext'),
      maxElements: wantedItems(operation, content),
      maxEnvelopeSize: numberIn(childTextOf(header, 'MaxEnvelopeSize')),
      timeout: childTextOf(header, 'OperationTimeout'),
    },
  };
}

/** What the body adds to what is asked for. */
function bodyOf(operation: string, content: Element | undefined): Pick<MessageRequest, 'filter' | 'mode' | 'input'> {
  if (content === undefined || /^(?:Pull|Release|GetStatus|Renew)$/.test(operation)) return {};
  if (operation !== 'Enumerate') return { input: inputOf(content, operation) };
  const mode = childTextOf(content, 'EnumerationMode');
  return { filter: filterOf(content), mode: mode === OBJECTS ? undefined : mode };
}

function identify(): ReadRequest {
  const nothing = { messageId: undefined, uri: '', context: undefined, maxElements: undefined };
  return {
    request: { operation: 'Identify' },
    details: { action: '', ...nothing, maxEnvelopeSize: undefined, timeout: undefined },
  };
}

/** Nothing where there is nothing in it: clients write an empty element, or none at all. */
function inputOf(content: Element, operation: string): Json | undefined {
  const { children } = content;
  if (children.length === 0) {
    const text = textIn(content).trim();
    return operation === 'Invoke' || text === '' ? undefined : plainValue(content);
  }
  return plainMembers(content);
}

function filterOf(content: Element | undefined): Json | undefined {
  const filter = childNamed(content, 'Filter');
  if (filter === undefined) return undefined;
  const dialect = attributeNamed(filter, 'Dialect');
  const said = filter.children.length === 0 ? textIn(filter).trim() : plainMembers(filter);
  // The text of a query says what language it is in, but not which of them.
  return dialect === undefined ? said : { [dialect.slice(dialect.lastIndexOf('/') + 1)]: said };
}

/** WS-Enumeration §3.1: one where a Pull names no number; DSP0226 §8.2.3: likewise an optimized Enumerate. */
function wantedItems(operation: string, content: Element | undefined): number | undefined {
  const optimized = childNamed(content, 'OptimizeEnumeration') !== undefined;
  if (operation === 'Enumerate' && !optimized) return undefined;
  return Math.max(1, numberIn(childTextOf(content, 'MaxElements')) ?? 1);
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
