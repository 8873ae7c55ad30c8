import { CimError } from '../cim/model/cim-error.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { findInstanceElement, parseInstanceElement } from '../cimxml/parse-instance.js';
import { parseInstanceText } from '../mof/syntax/parse-embedded-instance.js';
import { readXmlText } from '../xml/read-xml.js';
import { usualPrefixes } from '../xml/usual-prefixes.js';
import type { XmlElement } from '../xml/xml-element.js';
import { XmlError } from '../xml/xml-error.js';
import type { WscimContext } from './wscim-context.js';

/** Characters of such texts in one message, which is the length of some hundred instances: reading them keeps everybody else waiting. */
const MAX_TEXT = 262_144;

/** By the context, which is made for a message: the characters that have been read. */
const charactersRead = new WeakMap<WscimContext, number>();

/**
 * Reads the text of a string parameter that carries an instance: MOF (`GetText("MOF")`), a CIM-XML `INSTANCE`
 * (`GetText("CIMDTD20")`), or escaped WS-Man instance XML, which is handed back as an element still to be decoded.
 *
 * @throws CimError InvalidParameter
 */
export function readEmbeddedText(text: string, what: string, context: WscimContext): CimInstance | XmlElement {
  const characters = (charactersRead.get(context) ?? 0) + text.length;
  if (characters > MAX_TEXT) {
    throw new CimError(
      'InvalidParameter',
      `${what}: the texts of embedded objects in a message have at most ${MAX_TEXT} characters.`,
    );
  }
  charactersRead.set(context, characters);
  try {
    if (!text.trimStart().startsWith('<')) return parseInstanceText(text, context.schema);
    if (context.insideText) throw new CimError('InvalidParameter', 'XML inside text inside text is not read.');
    const root = readXmlText(text.trim(), { prefixes: usualPrefixes });
    const cimXml = findInstanceElement(root);
    return cimXml ? parseInstanceElement(cimXml, context.schema) : root;
  } catch (error) {
    if (error instanceof CimError || error instanceof XmlError) {
      throw new CimError('InvalidParameter', `${what}: ${error.message}`);
    }
    throw error;
  }
}
