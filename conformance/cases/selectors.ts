import type { Case } from '../case.js';
import { cimStatus, fault, ok, present } from '../expectations.js';
import { HOSTED_SERVICE, lab, SERVICE, SYSTEM, serviceKeys, systemKeys } from '../lab.js';
import { dmtfUri, eprXml, get, inNamespace, selectorSetXml, selectorsXml } from '../requests.js';
import type { Target } from '../target.js';

const invalidSelectors = (detail: string) => fault('Sender', 'w:InvalidSelectors', detail);

/**
 * Get of the known instance with more selectors.
 *
 * @param more markup
 */
const withSelectors = (target: Target, more: string) =>
  get(target, {
    selectorSet: `<w:SelectorSet>${selectorsXml(inNamespace(target, target.selectors))}${more}</w:SelectorSet>`,
  });

/** Get of an association of the lab by its two references. */
const hostedService = (target: Target, wrap: (epr: string) => string) =>
  get(target, {
    uri: dmtfUri(target, HOSTED_SERVICE),
    selectorSet:
      `<w:SelectorSet><w:Selector Name="__cimnamespace">${target.namespace}</w:Selector>` +
      `<w:Selector Name="Antecedent">${wrap(eprXml(target, SYSTEM, systemKeys('iscsi-a.lab.example')))}</w:Selector>` +
      `<w:Selector Name="Dependent">${wrap(eprXml(target, SERVICE, serviceKeys()))}</w:Selector></w:SelectorSet>`,
  });

export const selectorCases: readonly Case[] = [
  {
    name: 'a selector given twice is refused',
    verifies: ['selectors:duplicate'],
    needs: 'instance',
    steps: [
      {
        send: (t) => withSelectors(t, selectorsXml(t.selectors)),
        expect: [invalidSelectors('DuplicateSelectors')],
      },
    ],
  },
  {
    name: 'a selector given again in other case is refused',
    verifies: ['selectors:duplicate:case'],
    needs: 'instance',
    steps: [
      {
        send: (t) =>
          withSelectors(
            t,
            selectorsXml(
              Object.fromEntries(Object.entries(t.selectors).map(([name, value]) => [name.toUpperCase(), value])),
            ),
          ),
        expect: [invalidSelectors('DuplicateSelectors')],
      },
    ],
  },
  {
    name: 'a selector that the class does not have is refused',
    verifies: ['selectors:unexpected'],
    needs: 'instance',
    steps: [
      {
        send: (t) => withSelectors(t, '<w:Selector Name="NoSuchKey">1</w:Selector>'),
        expect: [invalidSelectors('UnexpectedSelectors')],
      },
    ],
  },
  {
    name: 'a missing key is refused',
    verifies: ['selectors:insufficient'],
    needs: 'lab',
    steps: [
      {
        send: (t) => get(t, { selectors: inNamespace(t, { Name: lab.selectors.Name }) }),
        expect: [invalidSelectors('InsufficientSelectors')],
      },
    ],
  },
  {
    name: 'an instance asked for without keys is refused',
    verifies: ['selectors:none', 'get:no-keys'],
    needs: 'instance',
    steps: [
      { send: (t) => get(t, { selectors: inNamespace(t) }), expect: [invalidSelectors('InsufficientSelectors')] },
    ],
  },
  {
    name: 'a selector without Name is refused',
    verifies: ['selectors:no-name'],
    needs: 'instance',
    steps: [
      {
        send: (t) => withSelectors(t, '<w:Selector>x</w:Selector>'),
        expect: [fault('Sender', ['w:InvalidSelectors', 'w:SchemaValidationError'])],
      },
    ],
  },
  {
    name: 'another element among the selectors is refused',
    verifies: ['selectors:foreign-element'],
    needs: 'instance',
    steps: [
      {
        send: (t) => withSelectors(t, '<w:Option Name="x">x</w:Option>'),
        expect: [fault('Sender', ['w:InvalidSelectors', 'w:SchemaValidationError'])],
      },
    ],
  },
  {
    name: 'names of selectors compare without case',
    verifies: ['selectors:case:name'],
    needs: 'instance',
    steps: [
      {
        send: (t) =>
          get(t, {
            selectors: inNamespace(
              t,
              Object.fromEntries(Object.entries(t.selectors).map(([name, value]) => [name.toUpperCase(), value])),
            ),
          }),
        expect: [ok],
      },
    ],
  },
  {
    name: 'values of selectors compare without case',
    verifies: ['selectors:case:value'],
    needs: 'instance',
    steps: [
      {
        send: (t) =>
          get(t, {
            selectors: inNamespace(
              t,
              Object.fromEntries(Object.entries(t.selectors).map(([name, value]) => [name, value.toUpperCase()])),
            ),
          }),
        expect: [ok],
      },
    ],
  },
  {
    name: 'selectors may come in another order',
    verifies: ['selectors:order'],
    needs: 'instance',
    steps: [
      {
        send: (t) =>
          get(t, {
            selectorSet: selectorSetXml(Object.fromEntries(Object.entries(inNamespace(t, t.selectors)).reverse())),
          }),
        expect: [ok],
      },
    ],
  },
  {
    name: 'text where a reference is the key is refused',
    verifies: ['selectors:type'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          get(t, {
            uri: dmtfUri(t, HOSTED_SERVICE),
            selectors: inNamespace(t, { Antecedent: 'neither path nor reference', Dependent: '5' }),
          }),
        expect: [fault('Sender', 'w:InvalidSelectors', ['TypeMismatch', 'InvalidValue'])],
      },
    ],
  },
  {
    name: 'an association is reached by EndpointReferences in its selectors',
    verifies: ['selectors:epr', 'get:reference-keys'],
    needs: 'lab',
    steps: [
      {
        send: (t) => hostedService(t, (epr) => `<a:EndpointReference>${epr}</a:EndpointReference>`),
        expect: [ok, present(`s:Body/*:${HOSTED_SERVICE}/*:Antecedent`, 1)],
      },
    ],
  },
  {
    name: 'an association is reached by references without EndpointReference',
    verifies: ['selectors:epr:bare'],
    needs: 'lab',
    steps: [{ send: (t) => hostedService(t, (epr) => epr), expect: [ok, present(`s:Body/*:${HOSTED_SERVICE}`, 1)] }],
  },
  {
    name: 'five thousand selectors are too many',
    verifies: ['selectors:limit'],
    steps: [
      {
        send: (t) =>
          withSelectors(t, Array.from({ length: 5000 }, (_, i) => `<w:Selector Name="S${i}">x</w:Selector>`).join('')),
        expect: [fault('Sender', ['w:EncodingLimit', 'w:InvalidSelectors'])],
      },
    ],
  },
  {
    name: 'keys that no instance has are not found',
    verifies: ['selectors:not-found', 'get:not-found'],
    needs: 'instance',
    steps: [
      {
        send: (t) =>
          get(t, {
            selectors: inNamespace(
              t,
              Object.fromEntries(Object.keys(t.selectors).map((name) => [name, 'no-such-value'])),
            ),
          }),
        expect: [fault('Sender', ['a:DestinationUnreachable', 'w:InvalidSelectors'])],
      },
    ],
  },
  {
    name: 'an unknown instance has CIM status 6',
    verifies: ['fault:cim-error:instance'],
    needs: 'instance',
    steps: [
      {
        send: (t) =>
          get(t, {
            selectors: inNamespace(
              t,
              Object.fromEntries(Object.keys(t.selectors).map((name) => [name, 'no-such-value'])),
            ),
          }),
        expect: [cimStatus(6)],
      },
    ],
  },
];
