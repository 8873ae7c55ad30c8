import { randomUUID } from 'node:crypto';
import type { Message } from './message.js';
import { ANONYMOUS, actions, CIM_XML_CLASSES, DMTF, dialects, namespaces, WMI } from './namespaces.js';
import type { Selectors, Target } from './target.js';

/** Parts of a request; what is left out is as a Windows client sends it, `null` leaves a header block out. */
export interface Parts {
  readonly to?: string | null;
  readonly uri?: string | null;
  /** Address. */
  readonly replyTo?: string | null;
  readonly action?: string | null;
  readonly messageId?: string | null;
  readonly maxEnvelopeSize?: string | null;
  readonly timeout?: string;
  /** With `__cimnamespace` when it is to be there. */
  readonly selectors?: Selectors;
  /** Markup of the block, instead of `selectors`. */
  readonly selectorSet?: string;
  /** Markup of the OptionSet block. */
  readonly options?: string;
  /** Markup of more blocks. */
  readonly headers?: string;
  /** Header blocks the other way round. */
  readonly reversed?: boolean;
  /** Markup for the Body. */
  readonly body?: string;
}

/** A message whose body is text. */
export interface Request extends Message {
  readonly body: string;
}

/** A method call. */
interface Call {
  readonly className: string;
  readonly keys?: Selectors;
  readonly method: string;
  /** Markup of the parameters, with prefix `i`. */
  readonly input?: string;
}

const declarations = ['s', 'a', 'w', 'p', 'x', 'n', 'b', 'xsi', 'cim']
  .map((prefix) => ` xmlns:${prefix}="${namespaces[prefix]}"`)
  .join('');

export function envelope(headers: string, body: string): string {
  return `<s:Envelope${declarations}><s:Header>${headers}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

/** A request in the shape of Windows' CIM client: its header blocks in its order. */
export function request(parts: Parts): Request {
  const messageId = parts.messageId === undefined ? `uuid:${randomUUID().toUpperCase()}` : parts.messageId;
  const block = (value: string | null | undefined, write: (text: string) => string) =>
    value === null || value === undefined ? [] : [write(value)];
  const selectorSet = parts.selectorSet ?? (parts.selectors && selectorSetXml(parts.selectors));
  const blocks = [
    ...block(parts.to === undefined ? 'http://server:5985/wsman' : parts.to, (text) => `<a:To>${text}</a:To>`),
    ...block(parts.uri, (text) => `<w:ResourceURI s:mustUnderstand="true">${text}</w:ResourceURI>`),
    ...block(
      parts.replyTo === undefined ? ANONYMOUS : parts.replyTo,
      (text) => `<a:ReplyTo><a:Address s:mustUnderstand="true">${text}</a:Address></a:ReplyTo>`,
    ),
    ...block(parts.action, (text) => `<a:Action s:mustUnderstand="true">${text}</a:Action>`),
    ...block(
      parts.maxEnvelopeSize === undefined ? '512000' : parts.maxEnvelopeSize,
      (text) => `<w:MaxEnvelopeSize s:mustUnderstand="true">${text}</w:MaxEnvelopeSize>`,
    ),
    ...block(messageId, (text) => `<a:MessageID>${text}</a:MessageID>`),
    '<w:Locale xml:lang="en-US" s:mustUnderstand="false"/>',
    ...block(selectorSet, (text) => text),
    ...block(parts.options, (text) => text),
    ...block(parts.timeout, (text) => `<w:OperationTimeout>${text}</w:OperationTimeout>`),
    ...block(parts.headers, (text) => text),
  ];
  if (parts.reversed) blocks.reverse();
  const body = envelope(blocks.join(''), parts.body ?? '');
  return messageId === null ? { body } : { body, messageId };
}

export function selectorsXml(selectors: Selectors): string {
  return Object.entries(selectors)
    .map(([name, value]) => `<w:Selector Name="${name}">${value}</w:Selector>`)
    .join('');
}

export function selectorSetXml(selectors: Selectors): string {
  return `<w:SelectorSet>${selectorsXml(selectors)}</w:SelectorSet>`;
}

export function optionSetXml(options: Selectors): string {
  const content = Object.entries(options).map(([name, value]) => `<w:Option Name="${name}">${value}</w:Option>`);
  return `<w:OptionSet>${content.join('')}</w:OptionSet>`;
}

export function dmtfUri(target: Target, className = target.className): string {
  return DMTF + className;
}

export function wmiUri(target: Target, className = target.className): string {
  return `${WMI}${target.namespace}/${className}`;
}

export function inNamespace(target: Target, keys: Selectors = {}): Selectors {
  return { __cimnamespace: target.namespace, ...keys };
}

/** Get of the known instance. */
export function get(target: Target, parts: Parts = {}): Request {
  return request({
    action: actions.get,
    uri: dmtfUri(target),
    selectors: inNamespace(target, target.selectors),
    ...parts,
  });
}

/**
 * Enumerate the known class.
 *
 * @param content markup inside the Enumerate element
 */
export function enumerate(target: Target, content = '', parts: Parts = {}): Request {
  return request({
    action: actions.enumerate,
    uri: dmtfUri(target),
    selectors: inNamespace(target),
    body: `<n:Enumerate>${content}</n:Enumerate>`,
    ...parts,
  });
}

/** Asks for the first items in the answer to Enumerate, as every client does. */
export const optimized = '<w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements>';

/** @param mode `EnumerateEPR` and so on */
export const modeXml = (mode: string) => `<w:EnumerationMode>${mode}</w:EnumerationMode>`;

/**
 * Enumerate with a query over all classes.
 *
 * @param query text, escaped for XML
 */
export function query(target: Target, query: string, parts: Parts = {}): Request {
  const filter = `<w:Filter Dialect="${dialects.wql}">${query}</w:Filter>`;
  return enumerate(target, optimized + filter, { uri: 'http://schemas.dmtf.org/wbem/wscim/1/*', ...parts });
}

/**
 * A message about an enumeration: Pull, Release, GetStatus, Renew.
 *
 * @param content markup behind the context
 */
export function onContext(
  target: Target,
  verb: 'pull' | 'release' | 'getStatus' | 'renew',
  context: string,
  content = '',
  parts: Parts = {},
): Request {
  const element = verb.charAt(0).toUpperCase() + verb.slice(1);
  return request({
    action: actions[verb],
    uri: dmtfUri(target),
    selectors: inNamespace(target),
    body: `<n:${element}><n:EnumerationContext>${context}</n:EnumerationContext>${content}</n:${element}>`,
    ...parts,
  });
}

/** A method call. */
export function invoke(target: Target, { className, keys = {}, method, input = '' }: Call, parts: Parts = {}): Request {
  const uri = parts.uri ?? dmtfUri(target, className);
  return request({
    action: `${uri}/${method}`,
    uri,
    selectors: inNamespace(target, keys),
    body: `<i:${method}_INPUT xmlns:i="${uri}">${input}</i:${method}_INPUT>`,
    ...parts,
  });
}

/** GetClass in CIM-XML. */
export function getClass(target: Target, className: string, options: Selectors = {}, parts: Parts = {}): Request {
  return request({
    action: actions.get,
    uri: CIM_XML_CLASSES,
    selectors: inNamespace(target, { ClassName: className }),
    ...(Object.keys(options).length > 0 && { options: optionSetXml(options) }),
    ...parts,
  });
}

/** The children of an endpoint reference in the DMTF family. */
export function eprXml(target: Target, className: string, keys: Selectors): string {
  return (
    `<a:Address>${ANONYMOUS}</a:Address><a:ReferenceParameters><w:ResourceURI>${DMTF}${className}</w:ResourceURI>` +
    `${selectorSetXml(inNamespace(target, keys))}</a:ReferenceParameters>`
  );
}

export const identifyXml =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">' +
  '<s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>';

export function identify(parts: Partial<Message> = {}): Message {
  return { body: identifyXml, ...parts };
}
