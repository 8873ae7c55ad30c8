import type { Case, Step } from '../case.js';
import { absent, expectation, fault, inDocument, ok, present, sameTexts, text } from '../expectations.js';
import { findAll, textsAt } from '../find.js';
import { HARDWARE_ID, systems } from '../lab.js';
import { actions, DMTF } from '../namespaces.js';
import { dmtfUri, enumerate, inNamespace, onContext, optimized, type Parts, request } from '../requests.js';
import type { Target } from '../target.js';

const RESPONSE = 's:Body/n:EnumerateResponse';
const ITEMS = `${RESPONSE}/w:Items`;
const CONTEXT = { context: `${RESPONSE}/n:EnumerationContext` };
const first = (count: number) => `<w:OptimizeEnumeration/><w:MaxElements>${count}</w:MaxElements>`;

/** An end of the sequence in the answer to Enumerate. */
const complete = present(`${RESPONSE}/w:EndOfSequence`, 1);

const ofSystems =
  (parts: Parts = {}) =>
  (target: Target) =>
    enumerate(target, optimized, { uri: dmtfUri(target, 'CIM_ComputerSystem'), ...parts });

export const enumerateCases: readonly Case[] = [
  {
    name: 'Enumerate is answered with a context, by the action EnumerateResponse',
    verifies: ['enumerate'],
    steps: [
      {
        send: (t) => enumerate(t),
        expect: [
          ok,
          text('s:Header/a:Action', 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/EnumerateResponse'),
          present(`${RESPONSE}/n:EnumerationContext`, 1),
        ],
      },
    ],
  },
  {
    name: 'Enumerate without OptimizeEnumeration has no items',
    verifies: ['enumerate:plain'],
    steps: [{ send: (t) => enumerate(t), expect: [ok, absent(ITEMS), absent(`${RESPONSE}/w:EndOfSequence`)] }],
  },
  {
    name: 'Enumerate with OptimizeEnumeration has items',
    verifies: ['enumerate:optimized'],
    optional: true,
    needs: 'instance',
    steps: [{ send: (t) => enumerate(t, optimized), expect: [ok, present(ITEMS, 1), present(`${ITEMS}/*`)] }],
  },
  {
    name: 'MaxElements bounds the items in the answer to Enumerate',
    verifies: ['enumerate:optimized:limit', 'enumerate:optimized:more'],
    needs: 'lab',
    steps: [
      {
        send: (t) => enumerate(t, first(2)),
        expect: [ok, present(`${ITEMS}/*`, 2), absent(`${RESPONSE}/w:EndOfSequence`)],
        remember: CONTEXT,
      },
      {
        send: (t, { context = '' }) => onContext(t, 'pull', context, '<n:MaxElements>10</n:MaxElements>'),
        expect: [
          ok,
          present('s:Body/n:PullResponse/n:Items/*', 1),
          present('s:Body/n:PullResponse/n:EndOfSequence', 1),
        ],
      },
    ],
  },
  {
    name: 'OptimizeEnumeration without MaxElements gives one item',
    verifies: ['enumerate:optimized:default'],
    needs: 'lab',
    steps: [{ send: (t) => enumerate(t, '<w:OptimizeEnumeration/>'), expect: [ok, present(`${ITEMS}/*`, 1)] }],
  },
  {
    name: 'MaxElements of 0 in Enumerate is refused',
    verifies: ['enumerate:max-elements:invalid'],
    steps: [{ send: (t) => enumerate(t, first(0)), expect: [fault('Sender')] }],
  },
  {
    name: 'a sequence that is sent whole ends in the answer to Enumerate',
    verifies: ['enumerate:optimized:end'],
    needs: 'lab',
    steps: [{ send: (t) => enumerate(t, optimized), expect: [ok, present(`${ITEMS}/*`, 3), complete] }],
  },
  {
    name: 'a class without instances gives an empty sequence',
    verifies: ['enumerate:empty'],
    needs: 'lab',
    steps: [
      {
        send: (t) => enumerate(t, optimized, { uri: dmtfUri(t, 'MSISCSITARGET_StorageClientSettingData') }),
        expect: [ok, absent(`${ITEMS}/*`), complete],
      },
      {
        send: (t) => enumerate(t, '', { uri: dmtfUri(t, 'MSISCSITARGET_StorageClientSettingData') }),
        expect: [ok],
        remember: CONTEXT,
      },
      {
        send: (t, { context = '' }) =>
          onContext(t, 'pull', context, '', { uri: dmtfUri(t, 'MSISCSITARGET_StorageClientSettingData') }),
        expect: [ok, absent('s:Body/n:PullResponse/n:Items/*'), present('s:Body/n:PullResponse/n:EndOfSequence', 1)],
      },
    ],
  },
  {
    name: 'a Body without Enumerate is refused',
    verifies: ['enumerate:body'],
    steps: [{ send: (t) => enumerate(t, '', { body: '' }), expect: [fault('Sender')] }],
  },
  {
    name: 'Enumerate of a superclass lists instances of subclasses',
    verifies: ['enumerate:subclasses', 'enumerate:subclass-element'],
    needs: 'lab',
    steps: [{ send: ofSystems(), expect: [ok, present(`${ITEMS}/*`, 3), sameTexts(`${ITEMS}/*/*:Name`, systems)] }],
  },
  {
    name: 'each mode of polymorphism is met, passed over or refused by its fault',
    verifies: ['enumerate:polymorphism'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          enumerate(t, `${optimized}<b:PolymorphismMode>IncludeSubClassProperties</b:PolymorphismMode>`, {
            uri: dmtfUri(t, 'CIM_ComputerSystem'),
          }),
        expect: [
          {
            says: 'three systems or PolymorphismModeNotSupported',
            check: (exchange) =>
              exchange.answer.status === 200
                ? present(`${ITEMS}/*`, 3).check(exchange)
                : fault('Sender', 'b:PolymorphismModeNotSupported').check(exchange),
          },
        ],
      },
      {
        send: (t) =>
          enumerate(t, `${optimized}<b:PolymorphismMode>None</b:PolymorphismMode>`, {
            uri: dmtfUri(t, 'CIM_ComputerSystem'),
          }),
        expect: [
          {
            says: 'no systems, three, or PolymorphismModeNotSupported',
            check: (exchange) => {
              if (exchange.answer.status !== 200)
                return fault('Sender', 'b:PolymorphismModeNotSupported').check(exchange);
              const count = findAll(exchange.answer.root, `${ITEMS}/*`).length;
              return count === 0 || count === 3 ? undefined : `${count} items`;
            },
          },
        ],
      },
    ],
  },
  {
    name: 'EndTo is accepted or refused with UnsupportedFeature',
    verifies: ['enumerate:end-to'],
    steps: [
      {
        send: (t) =>
          enumerate(t, '', {
            body: '<n:Enumerate><n:EndTo><a:Address>http://client.example.org/end</a:Address></n:EndTo></n:Enumerate>',
          }),
        expect: [
          {
            says: 'an answer or UnsupportedFeature',
            check: (exchange) =>
              exchange.answer.status === 200 ? undefined : fault('Sender', 'w:UnsupportedFeature').check(exchange),
          },
        ],
      },
    ],
  },
  {
    name: 'an expiry is accepted or refused with UnsupportedFeature',
    verifies: ['enumerate:expires'],
    steps: [
      {
        send: (t) => enumerate(t, '<n:Expires>PT60S</n:Expires>'),
        expect: [
          {
            says: 'an answer or UnsupportedFeature',
            check: (exchange) =>
              exchange.answer.status === 200 ? undefined : fault('Sender', 'w:UnsupportedFeature').check(exchange),
          },
        ],
      },
    ],
  },
  {
    name: 'an estimate of the number of items is given, or the header passed over',
    verifies: ['enumerate:estimate'],
    needs: 'lab',
    steps: [
      {
        send: (t) => enumerate(t, optimized, { headers: '<w:RequestTotalItemsCountEstimate/>' }),
        expect: [
          ok,
          inDocument('no estimate, nil or a number', (root) => {
            const [found] = textsAt(root, 's:Header/w:TotalItemsCountEstimate');
            return found === undefined || /^\d*$/.test(found) ? undefined : found;
          }),
        ],
      },
    ],
  },
  {
    name: 'batches are cut so that they fit the envelope',
    verifies: ['enumerate:envelope-size'],
    needs: 'lab',
    steps: [
      {
        send: (t) => enumerate(t, optimized, { uri: dmtfUri(t, 'CIM_ManagedElement'), maxEnvelopeSize: '20000' }),
        expect: [
          ok,
          expectation('at most 20000 bytes', ({ answer }) =>
            answer.bytes.length <= 20000 ? undefined : `${answer.bytes.length} bytes`,
          ),
          present(`${ITEMS}/*`),
          absent(`${RESPONSE}/w:EndOfSequence`),
        ],
        remember: CONTEXT,
      },
      {
        send: (t, { context = '' }) =>
          onContext(t, 'pull', context, '<n:MaxElements>32000</n:MaxElements>', {
            uri: dmtfUri(t, 'CIM_ManagedElement'),
            maxEnvelopeSize: '20000',
          }),
        expect: [
          ok,
          expectation('at most 20000 bytes', ({ answer }) =>
            answer.bytes.length <= 20000 ? undefined : `${answer.bytes.length} bytes`,
          ),
          present('s:Body/n:PullResponse/n:Items/*'),
        ],
      },
    ],
  },
  {
    name: 'pulling one by one gives every item once',
    verifies: ['enumerate:all', 'pull:default', 'pull:end'],
    needs: 'lab',
    steps: [
      { send: (t) => enumerate(t), expect: [ok], remember: CONTEXT },
      pullOne('name1', [], false),
      pullOne('name2', ['name1'], false),
      {
        send: (t, { context = '' }) => onContext(t, 'pull', context, '<n:MaxElements>5</n:MaxElements>'),
        expect: [
          ok,
          inDocument('the third system', (root, { memory }) => {
            const names = [...textsAt(root, 's:Body/n:PullResponse/n:Items/*/*:Name'), memory.name1, memory.name2];
            return names.toSorted().join() === systems.toSorted().join() ? undefined : names.join();
          }),
          present('s:Body/n:PullResponse/n:EndOfSequence', 1),
          absent('s:Body/n:PullResponse/n:EnumerationContext'),
        ],
      },
    ],
  },
  {
    name: 'what is created while pulling does not disturb the sequence',
    verifies: ['enumerate:consistent'],
    needs: 'lab',
    steps: [
      ...['a', 'b'].map((label) => createId(label)),
      {
        send: (t) => enumerate(t, first(1), { uri: dmtfUri(t, HARDWARE_ID) }),
        expect: [ok],
        remember: { ...CONTEXT, first: `${ITEMS}/*/*:InstanceID` },
      },
      createId('c'),
      {
        send: (t, { context = '' }) =>
          onContext(t, 'pull', context, '<n:MaxElements>32000</n:MaxElements>', { uri: dmtfUri(t, HARDWARE_ID) }),
        expect: [
          ok,
          inDocument('a and b once, c not at all', (root, { target, memory }) => {
            const ids = [memory.first ?? '', ...textsAt(root, 's:Body/n:PullResponse/n:Items/*/*:InstanceID')];
            const seen = ids.filter((id) => id.includes(`sequence-${target.run}`)).map((id) => id.at(-1));
            return seen.toSorted().join() === 'a,b' ? undefined : seen.join();
          }),
        ],
      },
      ...['a', 'b', 'c'].map((label) => deleteId(label)),
    ],
  },
];

function pullOne(name: string, before: readonly string[], last: boolean): Step {
  return {
    send: (t, { context = '' }) => onContext(t, 'pull', context),
    expect: [
      ok,
      present('s:Body/n:PullResponse/n:Items/*', 1),
      present('s:Body/n:PullResponse/n:EndOfSequence', last ? 1 : 0),
      inDocument('another item than before', (root, { memory }) => {
        const [found] = textsAt(root, 's:Body/n:PullResponse/n:Items/*/*:Name');
        return before.some((earlier) => memory[earlier] === found) ? `${found} again` : undefined;
      }),
    ],
    remember: { [name]: 's:Body/n:PullResponse/n:Items/*/*:Name' },
  };
}

function createId(label: string): Step {
  return {
    send: (t) =>
      request({
        action: actions.create,
        uri: dmtfUri(t, HARDWARE_ID),
        selectors: inNamespace(t),
        body: `<h:${HARDWARE_ID} xmlns:h="${DMTF}${HARDWARE_ID}"><h:InstanceID>sequence-${t.run}-${label}</h:InstanceID><h:IDType>5</h:IDType><h:StorageID>iqn.1991-05.com.example:${label}</h:StorageID></h:${HARDWARE_ID}>`,
      }),
    expect: [ok],
  };
}

function deleteId(label: string): Step {
  return {
    send: (t) =>
      request({
        action: actions.delete,
        uri: dmtfUri(t, HARDWARE_ID),
        selectors: inNamespace(t, { InstanceID: `sequence-${t.run}-${label}` }),
      }),
    expect: [ok],
  };
}
