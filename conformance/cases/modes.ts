import type { Case, Step } from '../case.js';
import { fault, inDocument, namespaceOf, ok, present, text } from '../expectations.js';
import { findAll } from '../find.js';
import { SYSTEM } from '../lab.js';
import { DMTF, WMI } from '../namespaces.js';
import { dmtfUri, enumerate, get, inNamespace, modeXml, optimized, wmiUri } from '../requests.js';

const ITEMS = 's:Body/n:EnumerateResponse/w:Items';

const inMode = (mode: string, expect: Step['expect'], remember?: Step['remember']): Step => ({
  send: (t) => enumerate(t, optimized + modeXml(mode)),
  expect,
  ...(remember && { remember }),
});

export const modeCases: readonly Case[] = [
  {
    name: 'without mode the items are the objects',
    verifies: ['mode:object'],
    needs: 'lab',
    steps: [
      {
        send: (t) => enumerate(t, optimized),
        expect: [ok, present(`${ITEMS}/*:${SYSTEM}`, 3), namespaceOf(`${ITEMS}/*:${SYSTEM}`, DMTF + SYSTEM)],
      },
      inMode('EnumerateObject', [ok, present(`${ITEMS}/*:${SYSTEM}`, 3)]),
    ],
  },
  {
    name: 'EnumerateEPR gives EPRs only',
    verifies: ['mode:epr'],
    needs: 'instance',
    steps: [
      inMode('EnumerateEPR', [
        ok,
        present(`${ITEMS}/a:EndpointReference`),
        inDocument(
          'nothing but EPRs',
          (root) => findAll(root, `${ITEMS}/*`).find(({ local }) => local !== 'EndpointReference')?.local,
        ),
      ]),
    ],
  },
  {
    name: 'EnumerateObjectAndEPR gives each object with its EPR',
    verifies: ['mode:object-and-epr'],
    needs: 'instance',
    steps: [
      inMode('EnumerateObjectAndEPR', [
        ok,
        present(`${ITEMS}/w:Item`),
        inDocument('an object and an EPR in each Item', (root) => {
          const wrong = findAll(root, `${ITEMS}/w:Item`).find(
            ({ children }) => children.length !== 2 || !children.some(({ local }) => local === 'EndpointReference'),
          );
          return wrong?.children.map(({ local }) => local).join(', ');
        }),
      ]),
    ],
  },
  {
    name: 'an unknown mode is refused',
    verifies: ['mode:unknown'],
    steps: [inMode('EnumerateSomething', [fault('Sender', ['w:UnsupportedFeature', 'w:SchemaValidationError'])])],
  },
  {
    name: 'the EPR of an item names it in a Get',
    verifies: ['mode:usable'],
    needs: 'lab',
    steps: [
      inMode('EnumerateEPR', [ok], {
        uri: `${ITEMS}/a:EndpointReference/a:ReferenceParameters/w:ResourceURI`,
        name: `${ITEMS}/a:EndpointReference/a:ReferenceParameters/w:SelectorSet/w:Selector[Name]`,
        creation: `${ITEMS}/a:EndpointReference/a:ReferenceParameters/w:SelectorSet/w:Selector[CreationClassName]`,
      }),
      {
        send: (t, memory) =>
          get(t, {
            uri: memory.uri ?? '',
            selectors: inNamespace(t, { Name: memory.name ?? '', CreationClassName: memory.creation ?? '' }),
          }),
        expect: [ok, text(`s:Body/*:${SYSTEM}/*:Name`, ({ memory }) => memory.name)],
      },
    ],
  },
  {
    name: 'in the WMI family objects and EPRs are of that family',
    verifies: ['enumerate:families'],
    needs: 'lab',
    steps: [
      {
        send: (t) => enumerate(t, optimized + modeXml('EnumerateObjectAndEPR'), { uri: wmiUri(t), selectors: {} }),
        expect: [
          ok,
          present(`${ITEMS}/w:Item/*:${SYSTEM}`, 3),
          namespaceOf(`${ITEMS}/w:Item/*:${SYSTEM}`, `${WMI}root/cimv2/storage/iScsiTarget/${SYSTEM}`),
          text(
            `${ITEMS}/w:Item/a:EndpointReference/a:ReferenceParameters/w:ResourceURI`,
            ({ target }) => `${WMI}${target.namespace}/${SYSTEM}`,
          ),
        ],
      },
    ],
  },
  {
    name: 'an instance of a subclass is in the namespace of its own class',
    verifies: ['enumerate:subclass-namespace'],
    needs: 'lab',
    steps: [
      {
        send: (t) => enumerate(t, optimized, { uri: dmtfUri(t, 'CIM_ComputerSystem') }),
        expect: [ok, present(`${ITEMS}/*:${SYSTEM}`, 3), namespaceOf(`${ITEMS}/*:${SYSTEM}`, DMTF + SYSTEM)],
      },
    ],
  },
];
