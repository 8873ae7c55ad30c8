/** Hand-written requests for tests: literal wire text, nothing of `src`. */
export const NAMESPACE = 'root/cimv2/storage/iScsiTarget';
export const DMTF = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';
export const WMI = `http://schemas.microsoft.com/wbem/wsman/1/wmi/${NAMESPACE}/`;
export const SERVICE_CLASS = 'MSISCSITARGET_StorageConfigurationService';
export const METHOD = 'CreateOrModifyReplicationPipe';
export const TRANSFER = 'http://schemas.xmlsoap.org/ws/2004/09/transfer';
export const ENUMERATION = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
export const WQL = 'http://schemas.microsoft.com/wbem/wsman/1/WQL';
export const CQL = 'http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf';
export const SELECTORS = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter';
export const EVENTING = 'http://schemas.xmlsoap.org/ws/2004/08/eventing';
export const ANONYMOUS = 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous';

export const serviceKeys: Readonly<Record<string, string>> = {
  SystemCreationClassName: 'MSFTSM_ComputerSystem',
  SystemName: 'iscsi-a.lab.example',
  CreationClassName: SERVICE_CLASS,
  Name: 'StorageConfigurationService',
};

/** Parts of a request; what is left out is as a Windows client sends it. `null` leaves a header out. */
export interface RequestParts {
  readonly to?: string | null;
  readonly replyTo?: string | null;
  readonly messageId?: string | null;
  readonly action?: string | null;
  readonly resourceUri?: string | null;
  readonly maxEnvelopeSize?: string | null;
  readonly operationTimeout?: string;
  readonly selectors?: Readonly<Record<string, string>>;
  /** Markup for the SelectorSet, in place of `selectors`. */
  readonly selectorXml?: string;
  /** More header blocks. */
  readonly headers?: string;
  readonly body?: string;
}

export function request(parts: RequestParts = {}): string {
  const resourceUri = parts.resourceUri === undefined ? DMTF + SERVICE_CLASS : parts.resourceUri;
  const action = parts.action === undefined ? `${resourceUri}/${METHOD}` : parts.action;
  const selectors = parts.selectorXml ?? selectorXml(parts.selectors ?? { __cimnamespace: NAMESPACE, ...serviceKeys });
  const block = (value: string | null | undefined, fallback: string, xml: (text: string) => string) =>
    value === null ? '' : xml(value ?? fallback);
  return (
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"><s:Header>' +
    block(parts.to, 'https://srv1:5986/wsman', (text) => `<a:To>${text}</a:To>`) +
    block(resourceUri, '', (text) => `<w:ResourceURI s:mustUnderstand="true">${text}</w:ResourceURI>`) +
    block(
      parts.replyTo,
      ANONYMOUS,
      (text) => `<a:ReplyTo><a:Address s:mustUnderstand="true">${text}</a:Address></a:ReplyTo>`,
    ) +
    block(action, '', (text) => `<a:Action s:mustUnderstand="true">${text}</a:Action>`) +
    block(
      parts.maxEnvelopeSize,
      '512000',
      (text) => `<w:MaxEnvelopeSize s:mustUnderstand="true">${text}</w:MaxEnvelopeSize>`,
    ) +
    block(
      parts.messageId,
      'uuid:11111111-0000-0000-0000-000000000001',
      (text) => `<a:MessageID>${text}</a:MessageID>`,
    ) +
    '<w:Locale xml:lang="en-US" s:mustUnderstand="false"/><p:DataLocale xml:lang="en-US" s:mustUnderstand="false"/>' +
    '<p:SessionId s:mustUnderstand="false">uuid:22222222-0000-0000-0000-000000000001</p:SessionId>' +
    '<p:OperationID s:mustUnderstand="false">uuid:33333333-0000-0000-0000-000000000001</p:OperationID>' +
    '<p:SequenceId s:mustUnderstand="false">1</p:SequenceId>' +
    (parts.operationTimeout === undefined ? '' : `<w:OperationTimeout>${parts.operationTimeout}</w:OperationTimeout>`) +
    (selectors === '' ? '' : `<w:SelectorSet>${selectors}</w:SelectorSet>`) +
    `${parts.headers ?? ''}</s:Header><s:Body>${parts.body ?? inputXml(systemsXml())}</s:Body></s:Envelope>`
  );
}

export function selectorXml(selectors: Readonly<Record<string, string>>): string {
  return Object.entries(selectors)
    .map(([name, value]) => `<w:Selector Name="${name}">${value}</w:Selector>`)
    .join('');
}

/** The children of an endpoint reference in the DMTF family. */
export function eprXml(className: string, keys: Readonly<Record<string, string>>): string {
  const selectors = selectorXml({ __cimnamespace: NAMESPACE, ...keys });
  return `<a:Address>${ANONYMOUS}</a:Address><a:ReferenceParameters><w:ResourceURI>${DMTF}${className}</w:ResourceURI><w:SelectorSet>${selectors}</w:SelectorSet></a:ReferenceParameters>`;
}

export function systemXml(name: string): string {
  return eprXml('MSFTSM_ComputerSystem', { CreationClassName: 'MSFTSM_ComputerSystem', Name: name });
}

export function portXml(system: string, name: string): string {
  return eprXml('MSISCSITARGET_TCPProtocolEndpoint', {
    SystemCreationClassName: 'MSFTSM_ComputerSystem',
    SystemName: system,
    CreationClassName: 'MSISCSITARGET_TCPProtocolEndpoint',
    Name: name,
  });
}

export function systemsXml(source = 'iscsi-a.lab.example', target = 'iscsi-b.lab.example'): string {
  return `<i:SourceSystem>${systemXml(source)}</i:SourceSystem><i:TargetSystem>${systemXml(target)}</i:TargetSystem>`;
}

/** The input element with prefix `i`. */
export function inputXml(parameters: string, name = `${METHOD}_INPUT`, uri = DMTF + SERVICE_CLASS): string {
  return `<i:${name} xmlns:i="${uri}">${parameters}</i:${name}>`;
}

export const identifyRequest =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>';
