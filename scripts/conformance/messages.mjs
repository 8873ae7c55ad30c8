import { randomUUID } from 'node:crypto';
import { ANONYMOUS, actions, CIM_XML_CLASSES, DMTF, dialects, namespaces, WMI } from './namespaces.mjs';

/** @import { Message, Target } from './types.mjs' */

/**
 * Parts of a request; what is left out is as a Windows client sends it, `null` leaves a header block out.
 *
 * @typedef {object} Parts
 * @property {string | null} [to]
 * @property {string | null} [uri]
 * @property {string | null} [replyTo] address
 * @property {string | null} [action]
 * @property {string | null} [messageId]
 * @property {string | null} [maxEnvelopeSize]
 * @property {string} [timeout]
 * @property {Readonly<Record<string, string>>} [selectors] with `__cimnamespace` when it is to be there
 * @property {string} [selectorSet] markup of the block, instead of `selectors`
 * @property {string} [options] markup of the OptionSet block
 * @property {string} [headers] markup of more blocks
 * @property {boolean} [reversed] header blocks the other way round
 * @property {string} [body] markup for the Body
 */

const declarations = ['s', 'a', 'w', 'p', 'x', 'n', 'b', 'xsi', 'cim']
  .map((prefix) => ` xmlns:${prefix}="${namespaces[/** @type {'s'} */ (prefix)]}"`)
  .join('');

/** @param {string} headers @param {string} body */
export function envelope(headers, body) {
  return `<s:Envelope${declarations}><s:Header>${headers}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

/**
 * A request in the shape of Windows' CIM client: its header blocks in its order.
 *
 * @param {Parts} parts
 * @returns {Message & { readonly body: string }}
 */
export function request(parts) {
  const messageId = parts.messageId === undefined ? `uuid:${randomUUID().toUpperCase()}` : parts.messageId;
  const block = (/** @type {string | null | undefined} */ value, /** @type {(text: string) => string} */ write) =>
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

/** @param {Readonly<Record<string, string>>} selectors */
export function selectorsXml(selectors) {
  return Object.entries(selectors)
    .map(([name, value]) => `<w:Selector Name="${name}">${value}</w:Selector>`)
    .join('');
}

/** @param {Readonly<Record<string, string>>} selectors */
export function selectorSetXml(selectors) {
  return `<w:SelectorSet>${selectorsXml(selectors)}</w:SelectorSet>`;
}

/** @param {Readonly<Record<string, string>>} options */
export function optionSetXml(options) {
  const content = Object.entries(options).map(([name, value]) => `<w:Option Name="${name}">${value}</w:Option>`);
  return `<w:OptionSet>${content.join('')}</w:OptionSet>`;
}

/** @param {Target} target @param {string} [className] */
export function dmtfUri(target, className = target.className) {
  return DMTF + className;
}

/** @param {Target} target @param {string} [className] */
export function wmiUri(target, className = target.className) {
  return `${WMI}${target.namespace}/${className}`;
}

/** @param {Target} target @param {Readonly<Record<string, string>>} [keys] */
export function inNamespace(target, keys = {}) {
  return { __cimnamespace: target.namespace, ...keys };
}

/**
 * Get of the known instance.
 *
 * @param {Target} target
 * @param {Parts} [parts]
 */
export function get(target, parts = {}) {
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
 * @param {Target} target
 * @param {string} [content] markup inside the Enumerate element
 * @param {Parts} [parts]
 */
export function enumerate(target, content = '', parts = {}) {
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

/** @param {string} mode `EnumerateEPR` and so on */
export const modeXml = (mode) => `<w:EnumerationMode>${mode}</w:EnumerationMode>`;

/**
 * Enumerate with a query over all classes.
 *
 * @param {Target} target
 * @param {string} query text, escaped for XML
 * @param {Parts} [parts]
 */
export function query(target, query, parts = {}) {
  const filter = `<w:Filter Dialect="${dialects.wql}">${query}</w:Filter>`;
  return enumerate(target, optimized + filter, { uri: 'http://schemas.dmtf.org/wbem/wscim/1/*', ...parts });
}

/**
 * A message about an enumeration: Pull, Release, GetStatus, Renew.
 *
 * @param {Target} target
 * @param {'pull' | 'release' | 'getStatus' | 'renew'} verb
 * @param {string} context
 * @param {string} [content] markup behind the context
 * @param {Parts} [parts]
 */
export function onContext(target, verb, context, content = '', parts = {}) {
  const element = verb.charAt(0).toUpperCase() + verb.slice(1);
  return request({
    action: actions[verb],
    uri: dmtfUri(target),
    selectors: inNamespace(target),
    body: `<n:${element}><n:EnumerationContext>${context}</n:EnumerationContext>${content}</n:${element}>`,
    ...parts,
  });
}

/**
 * A method call.
 *
 * @param {Target} target
 * @param {{ readonly className: string, readonly keys?: Readonly<Record<string, string>>, readonly method: string, readonly input?: string }} call
 *   `input`: markup of the parameters with prefix `i`
 * @param {Parts} [parts]
 */
export function invoke(target, { className, keys = {}, method, input = '' }, parts = {}) {
  const uri = parts.uri ?? dmtfUri(target, className);
  return request({
    action: `${uri}/${method}`,
    uri,
    selectors: inNamespace(target, keys),
    body: `<i:${method}_INPUT xmlns:i="${uri}">${input}</i:${method}_INPUT>`,
    ...parts,
  });
}

/**
 * GetClass in CIM-XML.
 *
 * @param {Target} target
 * @param {string} className
 * @param {Readonly<Record<string, string>>} [options]
 * @param {Parts} [parts]
 */
export function getClass(target, className, options = {}, parts = {}) {
  return request({
    action: actions.get,
    uri: CIM_XML_CLASSES,
    selectors: inNamespace(target, { ClassName: className }),
    ...(Object.keys(options).length > 0 && { options: optionSetXml(options) }),
    ...parts,
  });
}

/**
 * The children of an endpoint reference in the DMTF family.
 *
 * @param {Target} target
 * @param {string} className
 * @param {Readonly<Record<string, string>>} keys
 */
export function eprXml(target, className, keys) {
  return (
    `<a:Address>${ANONYMOUS}</a:Address><a:ReferenceParameters><w:ResourceURI>${DMTF}${className}</w:ResourceURI>` +
    `${selectorSetXml(inNamespace(target, keys))}</a:ReferenceParameters>`
  );
}

export const identifyXml =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">' +
  '<s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>';

/** @param {Partial<Message>} [parts] @returns {Message} */
export function identify(parts = {}) {
  return { body: identifyXml, ...parts };
}
