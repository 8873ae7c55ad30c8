import { shorten } from '../../cim/model/shorten.js';
import { MAX_URI_LENGTH } from '../../soap/addressing.js';
import { type BlockNames, isMandatory } from '../../soap/must-understand.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import { ns } from '../../xml/namespaces.js';
import { attributeOf, type XmlElement } from '../../xml/xml-element.js';
import { type FragmentPath, readFragmentTransfer } from '../fragment/fragment-path.js';
import { parseDuration } from './duration.js';
import { type OptionSet, readOptionSet } from './option-set.js';
import { readSelectorSet, type SelectorSet } from './selector-set.js';

/** MS-WSMV 3.1.4.1.20: a client may not ask for smaller envelopes. */
export const MIN_ENVELOPE_SIZE = 8192;

/** MS-WSMV 3.1.4.1.12. */
const MAX_ACTIVITY_ID_LENGTH = 2048;

/** What the WS-Management header blocks of a request say (DSP0226 §6, MS-WSMV 2.2.4). */
export interface RequestHeader {
  /** All header blocks, as they came. */
  readonly blocks: readonly XmlElement[];
  readonly resourceUri: string | undefined;
  readonly selectors: SelectorSet;
  readonly options: OptionSet;
  /** Bytes the answer may have; undefined when the client sets no bound. */
  readonly maxEnvelopeSize: number | undefined;
  /** Milliseconds; undefined: the service's own MaxTimeoutms. */
  readonly operationTimeout: number | undefined;
  /** The part of the resource that is meant; undefined: all of it. */
  readonly fragment: FragmentPath | undefined;
  /** Asks how many items an enumeration has. */
  readonly wantsItemsEstimate: boolean;
}

/** Header blocks, besides WS-Addressing's, that a request may mark with mustUnderstand. */
export const understoodBlocks: BlockNames = new Map([
  [
    ns.wsman,
    new Set([
      ...['ResourceURI', 'SelectorSet', 'OptionSet', 'MaxEnvelopeSize', 'OperationTimeout', 'Locale'],
      ...['FragmentTransfer', 'RequestTotalItemsCountEstimate'],
    ]),
  ],
  // Read or not, these change nothing in what the request means: OperationID is ignored as MS-WSMV 3.1.4.1.39 asks.
  [ns.microsoft, new Set(['DataLocale', 'SessionId', 'OperationID', 'SequenceId', 'ActivityId'])],
]);

/**
 * Reads the WS-Management blocks.
 *
 * @throws WsmanFault InvalidMessageInformationHeader for a block given twice; InvalidTimeout, MinimumEnvelopeLimit,
 *   SchemaValidationError, UnsupportedLocale, URILimitExceeded, and those of selectors, options and fragments
 */
export function readRequestHeader(headers: readonly XmlElement[]): RequestHeader {
  const blocks = new Map<string, XmlElement>();
  for (const block of headers) {
    if (block.namespaceUri !== ns.wsman) continue;
    if (blocks.has(block.localName)) {
      throw new WsmanFault('InvalidMessageInformationHeader', `Header ${block.localName} is given twice.`);
    }
    blocks.set(block.localName, block);
  }
  checkLocale(blocks.get('Locale'), 'UnsupportedLocale');
  checkMicrosoftBlocks(headers);
  const resourceUri = blocks.get('ResourceURI')?.text.trim();
  if (resourceUri !== undefined && resourceUri.length > MAX_URI_LENGTH) throw new WsmanFault('URILimitExceeded');
  return {
    blocks: headers,
    resourceUri: resourceUri || undefined,
    selectors: readSelectorSet(blocks.get('SelectorSet')),
    options: readOptionSet(blocks.get('OptionSet')),
    maxEnvelopeSize: readMaxEnvelopeSize(blocks.get('MaxEnvelopeSize')?.text.trim()),
    operationTimeout: readTimeout(blocks.get('OperationTimeout')?.text.trim()),
    fragment: readFragmentTransfer(blocks.get('FragmentTransfer')),
    wantsItemsEstimate: blocks.has('RequestTotalItemsCountEstimate'),
  };
}

function readMaxEnvelopeSize(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new WsmanFault('SchemaValidationError', 'MaxEnvelopeSize is not a whole number.');
  const size = Number(text);
  if (size < MIN_ENVELOPE_SIZE) {
    throw new WsmanFault(
      'MinimumEnvelopeLimit',
      `MaxEnvelopeSize ${size} is below the minimum of ${MIN_ENVELOPE_SIZE}.`,
    );
  }
  return size;
}

function readTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined || milliseconds <= 0) {
    throw new WsmanFault('InvalidTimeout', `OperationTimeout '${shorten(text)}' is not a positive duration.`);
  }
  return milliseconds;
}

/**
 * Messages are in English and values are not translated; another language is no error unless the client insists on it
 * (MS-WSMV 3.1.4.1.11, 3.1.4.1.9).
 */
function checkLocale(locale: XmlElement | undefined, fault: 'UnsupportedLocale' | 'UnsupportedDataLocale'): void {
  if (!locale || !isMandatory(locale)) return;
  const language = attributeOf(locale, 'lang', ns.xml) ?? '';
  if (/^en\b/i.test(language)) return;
  throw new WsmanFault(
    fault,
    `${locale.localName} '${language.slice(0, 40)}' is not supported; everything is in English.`,
  );
}

function checkMicrosoftBlocks(headers: readonly XmlElement[]): void {
  for (const block of headers) {
    if (block.namespaceUri !== ns.microsoft) continue;
    if (block.localName === 'DataLocale') checkLocale(block, 'UnsupportedDataLocale');
    if (block.localName === 'ActivityId' && block.text.trim().length > MAX_ACTIVITY_ID_LENGTH) {
      throw new WsmanFault('InvalidMessageInformationHeader', 'The ActivityId is too long.');
    }
  }
}
