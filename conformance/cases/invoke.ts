import type { Case } from '../case.js';
import { absent, anyFault, fault, namespaceOf, ok, present, text } from '../expectations.js';
import { METHOD, SERVICE, serviceKeys } from '../lab.js';
import { DMTF } from '../namespaces.js';
import { dmtfUri, get, inNamespace, invoke, query, wmiUri } from '../requests.js';
import { A, B, call, creates, nameXml, OUTPUT, rewritten, system, systemsXml } from './pipe.js';

export const invokeCases: readonly Case[] = [
  {
    name: 'a method without parameters is answered',
    verifies: ['invoke', 'invoke:no-input'],
    needs: 'method',
    steps: [
      {
        send: (t) => invoke(t, { className: t.className, keys: t.selectors, method: t.method ?? '' }, { body: '' }),
        expect: [ok, present('s:Body/*', 1)],
      },
    ],
  },
  creates(
    'a method call is answered with METHOD_OUTPUT in the namespace of the resource URI',
    ['invoke', 'invoke:response:element', 'invoke:response:action', 'invoke:return-value', 'invoke:out-parameter'],
    call((t) => nameXml(t, 'plain') + systemsXml(t)),
    [
      text('s:Header/a:Action', `${DMTF}${SERVICE}/${METHOD}Response`),
      namespaceOf(OUTPUT, DMTF + SERVICE),
      namespaceOf(`${OUTPUT}/*`, DMTF + SERVICE),
      present(`${OUTPUT}/*:ReplicationPipe`, 1),
    ],
  ),
  {
    name: 'a call that cannot be met returns a number, not a fault',
    verifies: ['invoke:non-zero', 'null:output'],
    needs: 'lab',
    steps: [
      {
        send: call(
          (t) => `<i:SourceSystem>${system(t, A)}</i:SourceSystem><i:TargetSystem>${system(t, A)}</i:TargetSystem>`,
        ),
        expect: [ok, text(`${OUTPUT}/*:ReturnValue`, '5'), text(`${OUTPUT}/*:ReplicationPipe/@xsi:nil`, 'true')],
      },
    ],
  },
  {
    name: 'a call that fails changes nothing',
    verifies: ['invoke:all-or-nothing'],
    needs: 'lab',
    steps: [
      {
        send: call(
          (t) =>
            `${nameXml(t, 'failing')}<i:SourceSystem>${system(t, A)}</i:SourceSystem><i:TargetSystem>${system(t, A)}</i:TargetSystem>`,
        ),
        expect: [ok, text(`${OUTPUT}/*:ReturnValue`, '5')],
      },
      {
        send: (t) => query(t, `SELECT * FROM CIM_NetworkPipe WHERE ElementName = 'failing-${t.run}'`),
        expect: [ok, absent('s:Body/n:EnumerateResponse/w:Items/*')],
      },
    ],
  },
  {
    name: 'a method that the class does not have is refused',
    verifies: ['invoke:unknown-method'],
    needs: 'instance',
    steps: [
      {
        send: (t) => invoke(t, { className: t.className, keys: t.selectors, method: 'NoSuchMethod' }),
        expect: [fault('Sender', 'a:ActionNotSupported')],
      },
    ],
  },
  {
    name: 'an action of another class is refused',
    verifies: ['invoke:mismatch'],
    needs: 'lab',
    steps: [
      {
        send: call((t) => systemsXml(t), { action: `${DMTF}MSISCSITARGET_TCPProtocolEndpoint/${METHOD}` }),
        expect: [fault('Sender', 'a:ActionNotSupported')],
      },
    ],
  },
  {
    name: 'an unknown parameter is refused',
    verifies: ['invoke:unknown-parameter'],
    needs: 'lab',
    steps: [
      {
        send: call((t) => `${systemsXml(t)}<i:NoSuchParameter>1</i:NoSuchParameter>`),
        expect: [fault('Sender', 'w:InvalidParameter', 'InvalidName')],
      },
    ],
  },
  {
    name: 'text where a reference belongs is refused',
    verifies: ['invoke:type'],
    needs: 'lab',
    steps: [
      {
        send: call(
          (t) =>
            `<i:SourceSystem>neither path nor reference</i:SourceSystem><i:TargetSystem>${system(t, B)}</i:TargetSystem>`,
        ),
        expect: [fault('Sender', 'w:InvalidParameter')],
      },
    ],
  },
  creates(
    'parameters may come in another order',
    ['invoke:parameter-order'],
    call((t) => systemsXml(t) + nameXml(t, 'order')),
  ),
  creates(
    'names of parameters compare without case',
    ['invoke:parameter-case'],
    call((t) =>
      (nameXml(t, 'case') + systemsXml(t))
        .replaceAll('SourceSystem', 'sourcesystem')
        .replaceAll('PipeElementName', 'PIPEELEMENTNAME'),
    ),
  ),
  creates('the input element may have another name and namespace', ['invoke:input-name'], (t) =>
    rewritten(call((target) => nameXml(target, 'input') + systemsXml(target))(t), (xml) =>
      xml
        .replaceAll(`i:${METHOD}_INPUT`, `i:${METHOD}`)
        .replace(`xmlns:i="${DMTF}${SERVICE}"`, `xmlns:i="${DMTF}Parameters"`),
    ),
  ),
  {
    name: 'a method of an instance without all keys is refused',
    verifies: ['invoke:missing-keys'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          invoke(t, {
            className: SERVICE,
            keys: { Name: 'StorageConfigurationService' },
            method: METHOD,
            input: systemsXml(t),
          }),
        expect: [fault('Sender', 'w:InvalidSelectors', 'InsufficientSelectors')],
      },
    ],
  },
  {
    name: 'a method of an instance that does not exist is refused',
    verifies: ['invoke:not-found'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          invoke(t, {
            className: SERVICE,
            keys: { ...serviceKeys(), Name: 'none' },
            method: METHOD,
            input: systemsXml(t),
          }),
        expect: [fault('Sender', ['a:DestinationUnreachable', 'w:InvalidSelectors'])],
      },
    ],
  },
  creates(
    'a superclass in the resource URI reaches the instance of the subclass',
    ['invoke:base-class'],
    (t) =>
      invoke(t, {
        className: 'CIM_StorageConfigurationService',
        keys: serviceKeys(),
        method: METHOD,
        input: nameXml(t, 'base') + systemsXml(t),
      }),
    [namespaceOf(OUTPUT, `${DMTF}CIM_StorageConfigurationService`)],
  ),
  {
    name: 'an empty Body means no parameters',
    verifies: ['invoke:no-input'],
    needs: 'lab',
    steps: [{ send: call(() => '', { body: '' }), expect: [ok, text(`${OUTPUT}/*:ReturnValue`, '5')] }],
  },
  creates(
    'an embedded instance is read as MOF',
    ['value:embedded:text'],
    call(
      (t) =>
        `${nameXml(t, 'mof')}${systemsXml(t)}<i:Goal>instance of CIM_SettingData { InstanceID = "goal-${t.run}"; };</i:Goal>`,
    ),
  ),
  creates(
    'an embedded instance is read as text of CIM-XML',
    ['value:embedded:text'],
    call(
      (t) =>
        `${nameXml(t, 'cim-xml')}${systemsXml(t)}<i:Goal>&lt;INSTANCE CLASSNAME="CIM_SettingData"&gt;&lt;PROPERTY NAME="ElementName" TYPE="string"&gt;&lt;VALUE&gt;goal&lt;/VALUE&gt;&lt;/PROPERTY&gt;&lt;/INSTANCE&gt;</i:Goal>`,
    ),
  ),
  creates(
    'an embedded instance is read as an element',
    ['value:embedded'],
    call(
      (t) =>
        `${nameXml(t, 'element')}${systemsXml(t)}<i:Goal xmlns:p1="${DMTF}CIM_SettingData" xsi:type="p1:CIM_SettingData_Type"><p1:ElementName>goal</p1:ElementName></i:Goal>`,
    ),
  ),
  {
    name: 'an embedded instance that cannot be read is refused',
    verifies: ['invoke:type'],
    needs: 'lab',
    steps: [
      {
        send: call((t) => `${systemsXml(t)}<i:Goal>neither MOF nor XML</i:Goal>`),
        expect: [anyFault],
      },
    ],
  },
  {
    name: 'the service class is known by both families',
    verifies: ['get:families'],
    needs: 'lab',
    steps: [
      { send: (t) => get(t, { uri: dmtfUri(t, SERVICE), selectors: inNamespace(t, serviceKeys()) }), expect: [ok] },
      { send: (t) => get(t, { uri: wmiUri(t, SERVICE), selectors: serviceKeys() }), expect: [ok] },
    ],
  },
];
