import type { Case, Step } from '../case.js';
import { absent, anyFault, fault, ok, present, text, texts } from '../expectations.js';
import { HARDWARE_ID, SYSTEM } from '../lab.js';
import { DMTF, dialects } from '../namespaces.js';
import { get } from '../requests.js';
import { onId, withHardwareId } from './hardware-id.js';

const ID_ELEMENT = `s:Body/*:${HARDWARE_ID}`;

const fragmentHeader = (path: string, attributes = ' s:mustUnderstand="true"') =>
  `<w:FragmentTransfer${attributes}>${path}</w:FragmentTransfer>`;

const fragment = (path: string, expect: Step['expect'], attributes?: string): Step => ({
  send: (t) => get(t, { headers: fragmentHeader(path, attributes) }),
  expect,
});

const FRAGMENT = 's:Body/w:XmlFragment';

export const fragmentCases: readonly Case[] = [
  {
    name: 'a fragment that names a property gets its element',
    verifies: ['fragment:property'],
    needs: 'lab',
    optional: true,
    steps: [fragment('ElementName', [ok, present(`${FRAGMENT}/*`, 1), text(`${FRAGMENT}/*:ElementName`, 'iscsi-a')])],
  },
  {
    name: 'a fragment may start with the class',
    verifies: ['fragment:class-step'],
    needs: 'lab',
    optional: true,
    steps: [fragment(`${SYSTEM}/ElementName`, [ok, text(`${FRAGMENT}/*:ElementName`, 'iscsi-a')])],
  },
  {
    name: 'the answer to a fragment request has the FragmentTransfer header',
    verifies: ['fragment:header'],
    needs: 'lab',
    optional: true,
    steps: [fragment('ElementName', [ok, present('s:Header/w:FragmentTransfer', 1)])],
  },
  {
    name: 'a fragment that ends in text() gets the bare value',
    verifies: ['fragment:text'],
    needs: 'lab',
    optional: true,
    steps: [fragment('ElementName/text()', [ok, absent(`${FRAGMENT}/*`), text(FRAGMENT, 'iscsi-a')])],
  },
  {
    name: 'a fragment picks an element of an array',
    verifies: ['fragment:index'],
    needs: 'lab',
    optional: true,
    steps: [
      fragment('Dedicated[2]', [ok, texts(`${FRAGMENT}/*:Dedicated`, ['15'])]),
      fragment('Dedicated', [ok, texts(`${FRAGMENT}/*:Dedicated`, ['3', '15'])]),
    ],
  },
  {
    name: 'a fragment that names nothing is a fault or nil',
    verifies: ['fragment:missing'],
    needs: 'lab',
    steps: [
      fragment('NoSuchProperty', [
        {
          says: 'a fault or a nil XmlFragment',
          check: (exchange) =>
            exchange.answer.status === 200
              ? text(`${FRAGMENT}/@xsi:nil`, 'true').check(exchange)
              : anyFault.check(exchange),
        },
      ]),
    ],
  },
  {
    name: 'a path beyond XPath level 1 is refused',
    verifies: ['fragment:bad-path'],
    needs: 'lab',
    steps: [
      fragment('ElementName[position() &lt; 2]/following::*', [
        fault('Sender', [
          'n:CannotProcessFilter',
          'w:CannotProcessFilter',
          'w:UnsupportedFeature',
          'x:InvalidRepresentation',
        ]),
      ]),
    ],
  },
  {
    name: 'a path that begins with a slash is refused',
    verifies: ['fragment:absolute'],
    needs: 'lab',
    steps: [fragment('/ElementName', [fault('Sender', ['n:CannotProcessFilter', 'w:CannotProcessFilter'])])],
  },
  {
    name: 'an unknown dialect of fragments is refused',
    verifies: ['fragment:dialect'],
    needs: 'lab',
    steps: [
      fragment(
        'ElementName',
        [fault(null, ['w:FragmentDialectNotSupported', 'w:UnsupportedFeature'])],
        ' s:mustUnderstand="true" Dialect="http://example.org/dialect"',
      ),
    ],
  },
  {
    name: 'XPath may be named as the dialect',
    verifies: ['fragment:property'],
    needs: 'lab',
    optional: true,
    steps: [
      fragment(
        'ElementName',
        [ok, text(`${FRAGMENT}/*:ElementName`, 'iscsi-a')],
        ` s:mustUnderstand="true" Dialect="${dialects.xpath}"`,
      ),
    ],
  },
  {
    name: 'FragmentTransfer without mustUnderstand is refused',
    verifies: ['fragment:must-understand'],
    needs: 'lab',
    optional: true,
    steps: [
      fragment('ElementName', [fault('Sender', 'a:InvalidMessageInformationHeader')], ' s:mustUnderstand="false"'),
    ],
  },
  withHardwareId('fragment', {
    name: 'Put of a fragment changes just that',
    verifies: ['fragment:put'],
    optional: true,
    steps: (id) => [
      {
        send: (t) =>
          onId('put', t, id(t), {
            headers: fragmentHeader('ElementName'),
            body: `<w:XmlFragment><h:ElementName xmlns:h="${DMTF}${HARDWARE_ID}">changed</h:ElementName></w:XmlFragment>`,
          }),
        expect: [ok],
      },
      {
        send: (t) => onId('get', t, id(t)),
        expect: [text(`${ID_ELEMENT}/*:ElementName`, 'changed'), text(`${ID_ELEMENT}/*:IDType`, '5')],
      },
    ],
  }),
];
