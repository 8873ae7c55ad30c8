import type { Case } from '../case.js';
import { matches, namespaceOf, ok, present, sameTexts, text } from '../expectations.js';
import { METHOD, portKeys, SERVICE, SYSTEM, serviceKeys, systemKeys, TCP } from '../lab.js';
import { ANONYMOUS, DMTF, WMI } from '../namespaces.js';
import { eprXml, get, inNamespace, invoke, query, selectorSetXml, wmiUri } from '../requests.js';
import {
  A,
  B,
  call,
  created,
  creates,
  deletePipe,
  nameXml,
  OUTPUT,
  PIPE,
  rememberPipe,
  rewritten,
  system,
  systemsXml,
} from './pipe.js';

export const referenceCases: readonly Case[] = [
  creates(
    'references right inside their parameters are read',
    ['epr:input'],
    call((t) => nameXml(t, 'epr') + systemsXml(t)),
  ),
  creates(
    'references inside EndpointReference elements are read',
    ['epr:input:wrapped'],
    call(
      (t) =>
        `${nameXml(t, 'wrapped')}<i:SourceSystem><a:EndpointReference>${system(t, A)}</a:EndpointReference></i:SourceSystem>` +
        `<i:TargetSystem><a:EndpointReference>${system(t, B)}</a:EndpointReference></i:TargetSystem>`,
    ),
  ),
  creates('references with undeclared prefixes are read', ['epr:input:libmi'], (t) =>
    rewritten(call((target) => nameXml(target, 'libmi') + systemsXml(target))(t), (xml) => {
      const at = xml.indexOf('<s:Body>');
      return (
        xml.slice(0, at) +
        xml
          .slice(at)
          .replaceAll(/(<\/?)a:/g, '$1wsa:')
          .replaceAll(/(<\/?)w:/g, '$1wsman:')
      );
    }),
  ),
  creates(
    'the Address of a reference may be any',
    ['epr:input:address'],
    call((t) =>
      (nameXml(t, 'address') + systemsXml(t))
        .replace(`<a:Address>${ANONYMOUS}</a:Address>`, '<a:Address>http://other.example.org:5985/wsman</a:Address>')
        .replace(`<a:Address>${ANONYMOUS}</a:Address>`, '<a:Address/>'),
    ),
  ),
  creates(
    'references given as instances with their keys are read',
    ['epr:input:embedded', 'value:unbound-type'],
    call((t) => {
      const instance = (parameter: string, name: string) =>
        `<i:${parameter} xmlns:p1="${DMTF}${SYSTEM}" xsi:type="p1:${SYSTEM}_Type">` +
        `<p1:CreationClassName xsi:type="cim:cimString">${SYSTEM}</p1:CreationClassName><p1:Name xsi:type="cim:cimString">${name}</p1:Name></i:${parameter}>`;
      return nameXml(t, 'embedded') + instance('SourceSystem', A) + instance('TargetSystem', B);
    }),
  ),
  creates(
    'references of the WMI family in a request of the DMTF family are read',
    ['epr:input:wmi'],
    call((t) => {
      const wmi = (name: string) =>
        `<a:Address>${ANONYMOUS}</a:Address><a:ReferenceParameters><w:ResourceURI>${wmiUri(t, SYSTEM)}</w:ResourceURI>` +
        `${selectorSetXml(systemKeys(name))}</a:ReferenceParameters>`;
      return `${nameXml(t, 'wmi')}<i:SourceSystem>${wmi(A)}</i:SourceSystem><i:TargetSystem>${wmi(B)}</i:TargetSystem>`;
    }),
  ),
  {
    name: 'arrays of references are the parameter repeated',
    verifies: ['epr:input:array', 'array:repeated'],
    needs: 'lab',
    steps: [
      {
        send: call((t) => {
          const port = (parameter: string, host: string, name: string) =>
            `<i:${parameter}>${eprXml(t, TCP, portKeys(host, name))}</i:${parameter}>`;
          return (
            nameXml(t, 'array') +
            systemsXml(t) +
            port('SourceEndpoint', A, 'tcp-1') +
            port('TargetEndpoint', B, 'tcp-2') +
            port('SourceEndpoint', A, 'tcp-2') +
            port('TargetEndpoint', B, 'tcp-1')
          );
        }),
        expect: created,
        remember: rememberPipe,
      },
      {
        send: (t, { pipe }) =>
          query(t, `ASSOCIATORS OF {${PIPE}.InstanceID="${pipe}"} WHERE AssocClass = CIM_EndpointOfNetworkPipe`),
        expect: [ok, present('s:Body/n:EnumerateResponse/w:Items/*:CIMULATOR_ReplicationPipeEndpoint', 2)],
      },
    ],
    cleanUp: deletePipe,
  },
  creates(
    'a reference that comes back has address, resource URI and selectors with the namespace',
    ['epr:output', 'epr:output:dmtf'],
    call((t) => nameXml(t, 'output') + systemsXml(t)),
    [
      present(`${OUTPUT}/*:ReplicationPipe/a:Address`, 1),
      matches(
        `${OUTPUT}/*:ReplicationPipe/a:ReferenceParameters/w:ResourceURI`,
        /^http:\/\/schemas\.dmtf\.org\/wbem\/wscim\/1\/cim-schema\/2\/\w+$/,
      ),
      sameTexts(`${OUTPUT}/*:ReplicationPipe/a:ReferenceParameters/w:SelectorSet/w:Selector/@Name`, [
        'InstanceID',
        '__cimnamespace',
      ]),
    ],
  ),
  {
    name: 'in the WMI family references come back as WMI URIs',
    verifies: ['epr:output:wmi'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          invoke(
            t,
            { className: SERVICE, method: METHOD, input: nameXml(t, 'wmi-output') + systemsXml(t) },
            { uri: wmiUri(t, SERVICE), selectors: serviceKeys() },
          ),
        expect: [
          ...created,
          {
            says: 'a WMI URI in the reference',
            check: (exchange) =>
              matches(
                `${OUTPUT}/*:ReplicationPipe/a:ReferenceParameters/w:ResourceURI`,
                /^http:\/\/schemas\.microsoft\.com\/wbem\/wsman\/1\/wmi\/root\//,
              ).check(exchange),
          },
          namespaceOf(OUTPUT, `${WMI}root/cimv2/storage/iScsiTarget/${SERVICE}`),
        ],
        remember: rememberPipe,
      },
    ],
    cleanUp: deletePipe,
  },
  {
    name: 'a reference that came back can be the target of Get',
    verifies: ['epr:output:usable'],
    needs: 'lab',
    steps: [
      {
        send: call((t) => nameXml(t, 'usable') + systemsXml(t)),
        expect: created,
        remember: { ...rememberPipe, uri: `${OUTPUT}/*:ReplicationPipe/a:ReferenceParameters/w:ResourceURI` },
      },
      {
        send: (t, memory) =>
          get(t, { uri: memory.uri ?? '', selectors: inNamespace(t, { InstanceID: memory.pipe ?? '' }) }),
        expect: [ok, text('s:Body/*/*:InstanceID', ({ memory }) => memory.pipe)],
      },
    ],
    cleanUp: deletePipe,
  },
  creates(
    'nil stands for NULL, in a scalar and in an array',
    ['null:input', 'array:null'],
    call(
      (t) =>
        `${nameXml(t, 'nil')}${systemsXml(t)}<i:Goal xsi:nil="true"/><i:SourceEndpoint xsi:nil="true"/><i:TargetEndpoint xsi:nil="true"/><i:ReplicationPipe xsi:nil="true"/>`,
    ),
  ),
  creates(
    'parameters that are missing are not given',
    ['null:missing'],
    call((t) => systemsXml(t)),
  ),
];
