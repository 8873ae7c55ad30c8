import { randomUUID } from 'node:crypto';
import { create } from 'xmlbuilder2';
import type { InstancePath } from '../cim/instance-path.js';
import type { ClientValue } from './client-value.js';
import { type AddressingStyle, targetOf } from './request-target.js';
import { checkName, checkText, type RequestElement, writeSelectors } from './request-writer.js';
import { writeValue } from './write-value.js';
import { anonymousAddress, namespaces } from './wsman-names.js';

/** What the headers of each request say, apart from its target. */
export interface RequestSettings extends AddressingStyle {
  /** The endpoint's URL, for `a:To`. */
  readonly to: string;
  readonly locale: string;
  /** Bytes that the answer may have. */
  readonly maxEnvelopeSize: number;
  /** Milliseconds the server may take; undefined leaves it to the server (60 s on Windows). */
  readonly operationTimeoutMs: number | undefined;
  /** The same for all requests of one client. */
  readonly sessionId: string;
}

/** A method call to be sent. */
export interface InvokeRequest {
  readonly target: InstancePath;
  readonly method: string;
  readonly parameters: Readonly<Record<string, ClientValue>>;
  /** `w:Option` elements. */
  readonly options: Readonly<Record<string, string>>;
}

/** The Identify message: no header blocks at all (DSP0226 §11). */
export function buildIdentifyRequest(): string {
  const { envelope, body } = createEnvelope();
  body.ele(namespaces.identify, 'wsmid:Identify');
  return serialize(envelope);
}

/**
 * The envelope of a method call (DSP0227 §11), with header blocks in the order of the Windows client.
 *
 * @throws TypeError, RangeError for names and values that cannot be sent
 */
export function buildInvokeRequest(request: InvokeRequest, settings: RequestSettings): string {
  const target = targetOf(request.target, settings);
  const method = checkName(request.method, 'method');
  checkName(request.target.className, 'class');
  const { envelope, header, body } = createEnvelope();
  writeAddressing(header, settings, target.resourceUri, `${target.resourceUri}/${method}`);
  writeSelectors(header, target, settings);
  writeOptions(header, request.options);
  if (settings.operationTimeoutMs !== undefined) {
    const seconds = (settings.operationTimeoutMs / 1000).toFixed(3);
    header.ele(namespaces.wsman, 'w:OperationTimeout').txt(`PT${seconds}S`);
  }
  const input = body.ele(target.resourceUri, `m:${method}_INPUT`);
  const context = { style: settings, namespace: target.resourceUri, prefix: 'm' };
  for (const [name, value] of Object.entries(request.parameters)) writeValue(input, name, value, context);
  return serialize(envelope);
}

function createEnvelope(): { envelope: RequestElement; header: RequestElement; body: RequestElement } {
  const envelope = create().ele(namespaces.soap, 's:Envelope');
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
  for (const locale of [header.ele(wsman, 'w:Locale'), header.ele(microsoft, 'p:DataLocale')]) {
    demand(locale.att(namespaces.xml, 'xml:lang', settings.locale), false);
  }
  // No OperationID: it would announce robust connections (MS-WSMV 3.1.4.1.39).
  demand(header.ele(microsoft, 'p:SessionId'), false).txt(`uuid:${settings.sessionId}`);
}

function writeOptions(header: RequestElement, options: Readonly<Record<string, string>>): void {
  const entries = Object.entries(options);
  if (entries.length === 0) return;
  const set = header.ele(namespaces.wsman, 'w:OptionSet');
  for (const [name, value] of entries) {
    set.ele(namespaces.wsman, 'w:Option').att('Name', checkText(name)).txt(checkText(value));
  }
}

/** A carriage return stands only in values here; unescaped, every reader would turn it into a line feed. */
function serialize(envelope: RequestElement): string {
  return envelope.end({ headless: true, wellFormed: true }).replaceAll('\r', '&#xD;');
}
