import { shorten } from '../../cim/model/shorten.js';
import { isMandatory } from '../../soap/must-understand.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import { attributeOf, type XmlElement } from '../../xml/xml-element.js';

const XPATH = 'http://www.w3.org/TR/1999/REC-xpath-19991116';

/** More characters than any class and property name together have. */
const MAX_PATH_LENGTH = 1024;

/**
 * `Class/Property[3]/text()`, where everything but the property may be missing. A path that begins with a slash is refused whatever
 * follows, as Windows does (MS-WSMV 3.1.4.1.18, note 65). Prefixes are not looked at: all names of an instance are in one namespace.
 */
const PATH =
  /^(?:(?:[\w.-]+:)?(?<root>[\p{L}_][\p{L}\p{N}_]*)\/)?(?:[\w.-]+:)?(?<property>[\p{L}_][\p{L}\p{N}_]*)(?:\[\s*(?<index>\d{1,9})\s*\])?(?<text>\/text\(\))?$/u;

/** Which part of an instance a request is about: a property, one member of an array, or its bare text. */
export interface FragmentPath {
  /** As the client wrote it. */
  readonly expression: string;
  /** The root element, when the path begins with it. */
  readonly root: string | undefined;
  readonly property: string;
  /** From 1, as XPath counts. */
  readonly index: number | undefined;
  readonly isText: boolean;
}

/**
 * Reads `w:FragmentTransfer` (DSP0226 §7.7): the part of XPath Level 1 that reaches the properties of an instance.
 *
 * @throws WsmanFault InvalidMessageInformationHeader when the block is not marked with mustUnderstand (MS-WSMV
 *   3.1.4.1.18: whoever passed over it would read or write the whole instance), FragmentDialectNotSupported,
 *   InvalidFragmentPath
 */
export function readFragmentTransfer(block: XmlElement | undefined): FragmentPath | undefined {
  if (!block) return undefined;
  if (!isMandatory(block)) {
    throw new WsmanFault('InvalidMessageInformationHeader', 'FragmentTransfer must be marked with mustUnderstand.');
  }
  const dialect = attributeOf(block, 'Dialect')?.trim();
  if (dialect !== undefined && dialect.toLowerCase() !== XPATH.toLowerCase()) {
    throw new WsmanFault(
      'FragmentDialectNotSupported',
      `Fragment paths are in XPath 1.0; dialect ${shorten(dialect, 200)} is not known.`,
    );
  }
  return parseFragmentPath(block.text.trim());
}

/** @throws WsmanFault InvalidFragmentPath */
function parseFragmentPath(expression: string): FragmentPath {
  const groups = expression.length > MAX_PATH_LENGTH ? undefined : PATH.exec(expression)?.groups;
  if (!groups?.property) {
    throw new WsmanFault(
      'InvalidFragmentPath',
      `Fragment path '${shorten(expression, 200)}' is none of Property, Property[1], Property/text(), Property[1]/text().`,
    );
  }
  const { root, property, index, text } = groups;
  return {
    expression,
    root,
    property,
    index: index === undefined ? undefined : Number(index),
    isText: text !== undefined,
  };
}
