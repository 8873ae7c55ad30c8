import { findTypeProblem } from '../../../../src/cim/model/check-value.js';
import type { CimMethod, CimParameter } from '../../../../src/cim/model/cim-class.js';
import { CimError } from '../../../../src/cim/model/cim-error.js';
import { plainType } from '../../../../src/cim/model/cim-type.js';
import type { CimValue } from '../../../../src/cim/model/cim-value.js';
import type { NameMap } from '../../../../src/cim/model/name-map.js';
import { decodeParameters } from '../../../../src/wscim/decode-parameters.js';
import { encodeValue } from '../../../../src/wscim/encode-value.js';
import { XmlError } from '../../../../src/xml/xml-error.js';
import {
  arrayOf,
  classOf,
  createTestSchema,
  namespace,
  parameter,
  plainTypeNames,
  reference,
  wscimContext,
} from '../../../support/test-schema.js';
import { readElements } from '../../../support/xml-fragment.js';
import { type FuzzTarget, unlessRefused, type Verdict } from '../fuzz-target.js';
import { atLeastOne, readCorpus } from '../read-corpus.js';
import { XML_WORDS } from '../xml-words.js';

const WORDS = [
  ...XML_WORDS,
  ...[
    'xsi:nil="true"',
    'xsi:type="cim:cimDateTime"',
    '<cim:Datetime>',
    '<cim:Interval>',
    '<cim:CIM_DateTime>',
    'PT1H',
    'P1D',
  ],
  ...[
    '2020-01-01T00:00:00Z',
    '20200101000000.000000+000',
    '00000001000000.000000:000',
    '-0',
    '1e400',
    'NaN',
    '-INF',
    'true',
  ],
  ...[
    '18446744073709551616',
    '-9223372036854775809',
    '256',
    ' 1 ',
    '+1',
    '0x10',
    '\\\\srv\\root\\test:TEST_System.Name=',
    'instance of',
  ],
  ...[
    'TEST_System',
    'TEST_SubSystem',
    'TEST_Setting',
    'TEST_SpecialSetting',
    'Selector',
    'SelectorSet',
    'ReferenceParameters',
  ],
  ...[
    '__cimnamespace',
    'CreationClassName',
    'Name',
    'InstanceID',
    'Inner',
    'When',
    'Count',
    '&lt;INSTANCE CLASSNAME="',
    '<![CDATA[',
  ],
] as unknown as readonly [string, ...string[]];

const schema = createTestSchema();
const declared = schema
  .addClass(
    classOf('TEST_Caller', {
      methods: [
        {
          name: 'CallWithEveryType',
          returnType: plainType('uint32'),
          qualifiers: [],
          parameters: [
            ...plainTypeNames.flatMap((name) => [
              parameter(`a_${name}`, name),
              parameter(`many_${name}`, arrayOf(name)),
            ]),
            parameter('System', reference('TEST_System')),
            parameter('Systems', arrayOf(reference('TEST_System'))),
            parameter('Hosts', reference('TEST_Hosts')),
            parameter('Keys', reference('TEST_EveryKey')),
            parameter('Goal', 'string', { EmbeddedInstance: 'TEST_Setting' }),
            parameter('Goals', arrayOf('string'), { EmbeddedInstance: 'TEST_Setting' }),
            parameter('Anything', 'string', { EmbeddedObject: true }),
            parameter('Octets', arrayOf('uint8'), { OctetString: true }),
          ],
        },
      ],
    }),
  )
  .methods.get('CallWithEveryType');
if (declared === undefined) throw new Error('the class has no method');
const method: CimMethod = declared;
const encoding = { family: 'dmtf', namespace, schema, preciseArrays: false } as const;

/** The parameters of a method, as elements: decoded, and what was decoded written and decoded once more. */
export async function open(): Promise<FuzzTarget> {
  return { corpus: atLeastOne(readCorpus('wscim')), words: WORDS, run: (input) => run(input.toString('utf8')) };
}

function run(xml: string): Verdict {
  const values = decode(xml);
  if (values === undefined) return 'refused';
  const written = [...values].map(([name, value]) => write(name, value)).join('');
  const reread = decode(`<p:INPUT>${written}</p:INPUT>`);
  // A path given as text may have keys and classes that a reference written as elements is refused with.
  if (reread === undefined) return 'taken';
  const again = [...reread].map(([name, value]) => write(name, value)).join('');
  if (trimSelectors(again) !== trimSelectors(written)) throw new Error(`written as ${written}, and then as ${again}`);
  return 'taken';
}

/** Blanks at the ends of a selector come from clients that indent: they are read as nothing, so a path's key that has them loses them. */
function trimSelectors(xml: string): string {
  return xml.replace(/(<w:Selector [^>]*>)\s*([^<]*?)\s*(?=<\/w:Selector>)/g, '$1$2');
}

function decode(xml: string): NameMap<CimValue> | undefined {
  return unlessRefused([CimError, XmlError], () =>
    decodeParameters(readElements(xml)[0], method, wscimContext(schema)),
  );
}

function write(name: string, value: CimValue): string {
  const target = parameterOf(name);
  const problem = findTypeProblem(value, target.type);
  if (problem !== undefined) throw new Error(`${name}: ${problem}`);
  return encodeValue('p:', target, value, encoding);
}

function parameterOf(name: string): CimParameter {
  const found = method.parameters.get(name);
  if (found === undefined) throw new Error(`a value for ${name}`);
  return found;
}
