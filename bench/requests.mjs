import { randomUUID } from 'node:crypto';

/** The requests that are measured, in the words of a real client (pypsrp's headers, see fixtures/captures). */
const NS = 'root/cimv2/storage/iScsiTarget';
const BASE = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';
const SERVICE = `${BASE}MSISCSITARGET_StorageConfigurationService`;
const ANONYMOUS = 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous';

export const identifyRequest =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>';

function selectors(keys) {
  const entries = Object.entries({ __cimnamespace: NS, ...keys });
  return entries.map(([name, value]) => `<wsman:Selector Name="${name}">${value}</wsman:Selector>`).join('');
}

/** An endpoint reference as the content of a parameter. */
export function epr(className, keys) {
  return `<wsa:Address>${ANONYMOUS}</wsa:Address><wsa:ReferenceParameters><wsman:ResourceURI>${BASE}${className}</wsman:ResourceURI><wsman:SelectorSet>${selectors(keys)}</wsman:SelectorSet></wsa:ReferenceParameters>`;
}

const system = (name) => epr('MSFTSM_ComputerSystem', { CreationClassName: 'MSFTSM_ComputerSystem', Name: name });

/** A port of a lab system. */
export function port(systemName, name) {
  return epr('MSISCSITARGET_TCPProtocolEndpoint', {
    SystemCreationClassName: 'MSFTSM_ComputerSystem',
    SystemName: systemName,
    CreationClassName: 'MSISCSITARGET_TCPProtocolEndpoint',
    Name: name,
  });
}

const MESSAGE_ID = 'uuid:555461DA-AAEB-4ACA-9984-5FC6B8B7E31C';

/** A call of CreateOrModifyReplicationPipe with the given parameters besides the two systems. */
export function invokeRequest(parameters, messageId = MESSAGE_ID) {
  const service = {
    SystemCreationClassName: 'MSFTSM_ComputerSystem',
    SystemName: 'iscsi-a.lab.example',
    CreationClassName: 'MSISCSITARGET_StorageConfigurationService',
    Name: 'StorageConfigurationService',
  };
  return (
    `<s:Envelope xmlns:p="${SERVICE}" xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Header>` +
    `<wsa:Action s:mustUnderstand="true">${SERVICE}/CreateOrModifyReplicationPipe</wsa:Action><wsman:MaxEnvelopeSize s:mustUnderstand="true">153600</wsman:MaxEnvelopeSize><wsa:MessageID>${messageId}</wsa:MessageID><wsman:OperationTimeout>PT60S</wsman:OperationTimeout><wsa:ReplyTo><wsa:Address s:mustUnderstand="true">${ANONYMOUS}</wsa:Address></wsa:ReplyTo><wsman:ResourceURI s:mustUnderstand="true">${SERVICE}</wsman:ResourceURI><wsa:To>http://127.0.0.1:5985/wsman</wsa:To><wsman:SelectorSet>${selectors(service)}</wsman:SelectorSet></s:Header>` +
    `<s:Body><p:CreateOrModifyReplicationPipe_INPUT>${parameters}<p:SourceSystem>${system('iscsi-a.lab.example')}</p:SourceSystem><p:TargetSystem>${system('iscsi-b.lab.example')}</p:TargetSystem></p:CreateOrModifyReplicationPipe_INPUT></s:Body></s:Envelope>`
  );
}

/** The request that gives the pipe of an earlier answer a name. */
export function modifyRequest(createAnswer, name = 'bench', messageId = MESSAGE_ID) {
  const instanceId = /Name="InstanceID">([^<]+)</.exec(createAnswer)?.[1];
  if (instanceId === undefined) throw new Error(`no pipe in the answer: ${createAnswer.slice(0, 500)}`);
  const pipe = epr('CIMULATOR_ReplicationPipe', { InstanceID: instanceId });
  const parameters = `<p:PipeElementName>${name}</p:PipeElementName><p:ReplicationPipe>${pipe}</p:ReplicationPipe>`;
  return invokeRequest(parameters, messageId);
}

/** Requests that give the pipe one name after the other, so that each of them changes it. No two are the same anywhere else either. */
export function modifyRequests(createAnswer) {
  return Array.from({ length: 64 }, (_, n) =>
    modifyRequest(createAnswer, `bench ${n}`, `uuid:${randomUUID().toUpperCase()}`),
  );
}

const HARDWARE_ID = `${BASE}MSISCSITARGET_StorageHardwareID`;
const TRANSFER = 'http://schemas.xmlsoap.org/ws/2004/09/transfer';
const ENUMERATION = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';

function hardwareIdMessage(action, keys, body) {
  return `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:n="${ENUMERATION}"><s:Header><wsa:To>http://127.0.0.1:5985/wsman</wsa:To><wsman:ResourceURI s:mustUnderstand="true">${HARDWARE_ID}</wsman:ResourceURI><wsa:ReplyTo><wsa:Address s:mustUnderstand="true">${ANONYMOUS}</wsa:Address></wsa:ReplyTo><wsa:Action s:mustUnderstand="true">${action}</wsa:Action><wsman:MaxEnvelopeSize s:mustUnderstand="true">512000</wsman:MaxEnvelopeSize><wsa:MessageID>${MESSAGE_ID}</wsa:MessageID><wsman:SelectorSet>${selectors(keys)}</wsman:SelectorSet></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

/** Creates the n-th of the instances that Get and Enumerate are measured on. */
export function createRequest(n) {
  const instance = `<p:MSISCSITARGET_StorageHardwareID xmlns:p="${HARDWARE_ID}"><p:InstanceID>bench:${n}</p:InstanceID><p:ElementName>bench ${n}</p:ElementName><p:StorageID>iqn.2026-11.example:bench-${n}</p:StorageID><p:IDType>5</p:IDType></p:MSISCSITARGET_StorageHardwareID>`;
  return hardwareIdMessage(`${TRANSFER}/Create`, {}, instance);
}

export const getRequest = hardwareIdMessage(`${TRANSFER}/Get`, { InstanceID: 'bench:7' }, '');

export const enumerateRequest = hardwareIdMessage(
  `${ENUMERATION}/Enumerate`,
  {},
  '<n:Enumerate><wsman:OptimizeEnumeration/><wsman:MaxElements>32000</wsman:MaxElements></n:Enumerate>',
);
