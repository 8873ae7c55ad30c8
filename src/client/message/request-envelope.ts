import { randomUUID } from 'node:crypto';
import type { InstancePath } from '../../cim/model/instance-path.js';
import type { ClientValue } from '../client-value.js';
import { type RequestElement, RequestNode } from './request-element.js';
import { type AddressingStyle, type RequestTarget, targetOf } from './request-target.js';
import { checkName, checkText, writeSelectors } from './request-writer.js';
import { serializeRequest } from './serialize-request.js';
import { writeValue } from './write-value.js';
import { anonymousAddress, namespaces } from './wsman-names.js';

/** What the headers of each request say, apart from its target. */
export interface RequestSettings extends AddressingStyle {
  /** The endpoint's URL, for `a:To`. */
  readonly to: string;
  readonly locale: string;
  readonly dataLocale: string;
  /** Bytes that the answer may have. */
  readonly maxEnvelopeSize: number;
  /** Milliseconds the server may take; undefined leaves it to the server (60 s on Windows). */
  readonly operationTimeoutMs: number | undefined;
  /** The same for all requests of one client. */
  readonly sessionId: string;
}

/** `w:Option` elements by name; a name with a list stands once for each value. */
export type RequestOptions = Readonly<Record<string, string | readonly string[]>>;

/** A request, apart from what the headers of all of a client's requests say. */
export interface RequestMessage extends RequestTarget {
  readonly action: string;
  readonly options?: RequestOptions | undefined;
  /** XPath of the part of the resource that is meant (DSP0226 §7.7). */
  readonly fragment?: string | undefined;
  /** Writes the content of the Body; it is empty without. */
  readonly writeBody?: (body: RequestElement) => void;
}

/** A method call to be sent. */
export interface InvokeRequest {
  readonly target: InstancePath;
  readonly method: string;
  readonly parameters: Readonly<Record<string, ClientValue>>;
  readonly options?: RequestOptions | undefined;
  readonly resourceUri?: string | undefined;
}

/** The Identify message: no header blocks at all (DSP0226 §11). */
export function buildIdentifyRequest(): string {
  const { envelope, body } = createEnvelope();
  body.ele(namespaces.identify, 'wsmid:Identify');
  return serializeRequest(envelope);
}

/**
 * The envelope of a request, with header blocks in the order of the Windows client.
 *
 * @throws TypeError, RangeError for names and values that cannot be sent
 */
export function buildRequest(message: RequestMessage, settings: RequestSettings): string {
  const { envelope, header, body } = createEnvelope();
  writeAddressing(header, settings, message.resourceUri, message.action);
  writeSelectors(header, message, settings);
  writeOptions(header, message.options ?? {});
  if (settings.operationTimeoutMs !== undefined) {
    const seconds = (settings.operationTimeoutMs / 1000).toFixed(3);
    header.ele(namespaces.wsman, 'w:OperationTimeout').txt(`PT${seconds}S`);
  }
  if (message.fragment !== undefined) {
    const fragment = header
      .ele(namespaces.wsman, 'w:FragmentTransfer')
      .att(namespaces.soap, 's:mustUnderstand', 'true');
    fragment.txt(checkText(message.fragment));
  }
  message.writeBody?.(body);
  return serializeRequest(envelope);
}

/** The envelope of a method call (DSP0227 §11). @throws TypeError, RangeError as {@link buildRequest} */
export function buildInvokeRequest(request: InvokeRequest, settings: RequestSettings): string {
  return buildRequest(invokeMessage(request, settings), settings);
}

/** A method call: its action is the resource URI with the method's name behind it. */
export function invokeMessage(
  { target, method, parameters, options, ...given }: InvokeRequest,
  style: AddressingStyle,
): RequestMessage {
  const { resourceUri, selectors } = targetOf(target, style, given.resourceUri);
  checkName(method, 'method');
  checkName(target.className, 'class');
  return {
    resourceUri,
    selectors,
    action: `${resourceUri}/${method}`,
    options,
    writeBody(body) {
      const input = body.ele(resourceUri, `m:${method}_INPUT`);
      const context = { style, namespace: resourceUri, prefix: 'm' };
      for (const [name, value] of Object.entries(parameters)) writeValue(input, name, value, context);
    },
  };
}

function createEnvelope(): { envelope: RequestNode; header: RequestNode; body: RequestNode } {
  const envelope = new RequestNode(namespaces.soap, 's:Envelope');
  const prefixes = { a: 'addressing', w: 'wsman', p: 'microsoft', cim: 'cimCommon', xsi: 'xsi' } as const;
  for (const [prefix, name] of Object.entries(prefixes)) {
    envelope.att(namespaces.xmlns, `xmlns:${prefix}`, namespaces[name]);
  }
  const header = envelope.ele(namespaces.soap, 's:Header');
  return { envelope, header, body: envelope.ele(namespaces.soap, 's:Body') };
}

function writeAddressing(header: RequestElement, settings: RequestSettings, resourceUri: string, action: string): void {
  const { addressing, wsman, microsoft, soap } = namespaces;
  const demand = (element: RequestElement, must: boolean) => element.att(soap, 's:mustUnderstand', String(must));
  header.ele(addressing, 'a:To').txt(checkText(settings.to));
  demand(header.ele(wsman, 'w:ResourceURI'), true).txt(checkText(resourceUri));
  demand(header.ele(addressing, 'a:ReplyTo').ele(addressing, 'a:Address'), true).txt(anonymousAddress);
  demand(header.ele(addressing, 'a:Action'), true).txt(checkText(action));
  demand(header.ele(wsman, 'w:MaxEnvelopeSize'), true).txt(String(settings.maxEnvelopeSize));
  header.ele(addressing, 'a:MessageID').txt(`uuid:${randomUUID().toUpperCase()}`);
  demand(header.ele(wsman, 'w:Locale').att(namespaces.xml, 'xml:lang', settings.locale), false);
  demand(header.ele(microsoft, 'p:DataLocale').att(namespaces.xml, 'xml:lang', settings.dataLocale), false);
  // No OperationID: it would announce robust connections (MS-WSMV 3.1.4.1.39).
  demand(header.ele(microsoft, 'p:SessionId'), false).txt(`uuid:${settings.sessionId}`);
}

function writeOptions(header: RequestElement, options: RequestOptions): void {
  const entries = Object.entries(options);
  if (entries.length === 0) return;
  const set = header.ele(namespaces.wsman, 'w:OptionSet');
  for (const [name, values] of entries) {
    for (const value of [values].flat()) {
      set.ele(namespaces.wsman, 'w:Option').att('Name', checkText(name)).txt(checkText(value));
    }
  }
}
