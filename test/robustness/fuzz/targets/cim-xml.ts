import { findTypeProblem } from '../../../../src/cim/model/check-value.js';
import { CimError } from '../../../../src/cim/model/cim-error.js';
import { findInstanceElement, parseInstanceElement } from '../../../../src/cimxml/parse-instance.js';
import { parsePathElement } from '../../../../src/cimxml/parse-path.js';
import { readXmlText } from '../../../../src/xml/read-xml.js';
import { XmlError } from '../../../../src/xml/xml-error.js';
import { createTestSchema, plainTypeNames } from '../../../support/test-schema.js';
import { type FuzzTarget, unlessRefused, type Verdict } from '../fuzz-target.js';
import { atLeastOne, readCorpus } from '../read-corpus.js';
import { XML_WORDS } from '../xml-words.js';

const NAMES = [
  'INSTANCE',
  'INSTANCENAME',
  'INSTANCEPATH',
  'LOCALINSTANCEPATH',
  'NAMESPACEPATH',
  'LOCALNAMESPACEPATH',
  'NAMESPACE',
];
const WORDS = [
  ...XML_WORDS,
  ...[
    ...NAMES,
    'HOST',
    'KEYBINDING',
    'KEYVALUE',
    'VALUE',
    'VALUE.ARRAY',
    'VALUE.NULL',
    'VALUE.REFERENCE',
    'CIM',
    'DECLARATION',
  ],
  ...[
    'PROPERTY',
    'PROPERTY.ARRAY',
    'PROPERTY.REFERENCE',
    'CLASSNAME="TEST_Setting"',
    'NAME="Count"',
    'TYPE="uint32"',
    '/>',
  ],
  ...[
    'EmbeddedObject="instance"',
    'TEST_EveryType',
    'TEST_Hosts',
    'TEST_EveryKey',
    ...plainTypeNames.map((name) => `a_${name}`),
  ],
  ...[
    '&lt;INSTANCE CLASSNAME=&quot;TEST_Setting&quot;&gt;',
    '&lt;/INSTANCE&gt;',
    '&amp;lt;',
    '256',
    '-1',
    'true',
    '1e5',
  ],
] as unknown as readonly [string, ...string[]];

const schema = createTestSchema();

/** A text in CIM-XML: an INSTANCE somewhere in it, or a path. */
export async function open(): Promise<FuzzTarget> {
  return { corpus: atLeastOne(readCorpus('cim-xml')), words: WORDS, run: (input) => run(input.toString('utf8')) };
}

function run(xml: string): Verdict {
  const root = unlessRefused([XmlError], () => readXmlText(xml));
  if (root === undefined) return 'refused';
  const element = findInstanceElement(root);
  if (element === undefined)
    return unlessRefused([CimError], () => parsePathElement(root, schema)) ? 'taken' : 'refused';
  const instance = unlessRefused([CimError], () => parseInstanceElement(element, schema));
  if (instance === undefined) return 'refused';
  const { properties } = schema.getClass(instance.className);
  for (const [name, value] of instance.properties) {
    const type = properties.get(name)?.type;
    const problem = type === undefined ? 'there is no such property' : findTypeProblem(value, type);
    if (problem !== undefined) throw new Error(`${name}: ${problem}`);
  }
  return 'taken';
}
