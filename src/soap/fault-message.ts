import { escapeAttribute, escapeText } from '../xml/escape-xml.js';
import { ns } from '../xml/namespaces.js';
import { cimStatusRow, type ErrorNumbers } from './cim-status-table.js';
import { type FaultKey, type FaultRow, faultRow } from './fault-table.js';
import { writeEnvelope } from './message.js';
import { type NotUnderstoodBlock, WsmanFault } from './wsman-fault.js';

/** A CIM operation failed: what `src/cim` knows about it, without its types. */
export interface CimFault {
  /** CIM status code, 1 to 28. */
  readonly status: number;
  /** English text for the client. */
  readonly message: string;
  /** Fault row to use instead of the one the status suggests. */
  readonly faultKey?: FaultKey | undefined;
  /** What the error instance holds instead of what belongs to the status. */
  readonly instead?: ErrorNumbers | undefined;
}

/** What a fault message needs besides the fault. */
export interface FaultContext {
  /** MessageID of the request, when it had one. */
  readonly relatesTo: string | undefined;
  /** Name of this host for the `Machine` attribute that MS-WSMV 2.2.4.43 requires; empty where the peer may not know it. */
  readonly machine: string;
  /** Language of the reason text; left out, en-US. */
  readonly locale?: string | undefined;
}

/** The key of the fault table under which a fault goes out. */
export function faultKeyOf(fault: WsmanFault | CimFault): FaultKey {
  if (fault instanceof WsmanFault) return fault.key;
  return fault.faultKey ?? cimStatusRow(fault.status).faultKey;
}

/**
 * Writes a fault as Windows does: a protocol fault with a WSManFault element, a CIM error with an MSFT_WmiError
 * instance flagged IsCIM_Error, which clients turn into their error object. Both say the precise reason in `s:Text`
 * too, since some clients show nothing else.
 *
 * @returns the whole envelope; send it with HTTP status 500
 */
export function writeFault(fault: WsmanFault | CimFault, context: FaultContext): string {
  const row = faultRow(faultKeyOf(fault));
  const prefix = row.subcode?.prefix;
  const protocol = fault instanceof WsmanFault;
  return writeEnvelope({
    action: row.action,
    relatesTo: context.relatesTo,
    namespaces: prefix === 'b' || prefix === 'e' ? { [prefix]: row.subcode?.namespaceUri ?? '' } : undefined,
    extraHeaders: protocol ? headersOf(fault) : undefined,
    body:
      `<s:Fault>${codeOf(row)}${reasonOf(protocol ? fault.reason : fault.message, context)}<s:Detail>` +
      (row.faultDetail === undefined ? '' : `<w:FaultDetail>${row.faultDetail}</w:FaultDetail>`) +
      (protocol ? wsmanFaultDetail(row, fault.reason, context) : cimErrorDetail(fault)) +
      '</s:Detail></s:Fault>',
  });
}

function codeOf({ soapCode, subcode }: FaultRow): string {
  const inner =
    subcode === undefined ? '' : `<s:Subcode><s:Value>${subcode.prefix}:${subcode.localName}</s:Value></s:Subcode>`;
  return `<s:Code><s:Value>s:${soapCode}</s:Value>${inner}</s:Code>`;
}

function reasonOf(text: string, { locale }: FaultContext): string {
  const language = locale === undefined ? 'en-US' : escapeAttribute(locale);
  return `<s:Reason><s:Text xml:lang="${language}">${escapeText(text)}</s:Text></s:Reason>`;
}

/** Header blocks that SOAP 1.2 §5.4.7 and §5.4.8 want in two kinds of fault. */
function headersOf(fault: WsmanFault): string | undefined {
  if (fault.key === 'MustUnderstand') return fault.notUnderstood.map(notUnderstoodBlock).join('');
  if (fault.key === 'VersionMismatch') return '<s:Upgrade><s:SupportedEnvelope qname="s:Envelope"/></s:Upgrade>';
  return undefined;
}

/** Declares a prefix of its own: the client's may mean something else in this envelope. */
function notUnderstoodBlock({ namespaceUri, localName }: NotUnderstoodBlock): string {
  return namespaceUri === ''
    ? `<s:NotUnderstood qname="${escapeAttribute(localName)}"/>`
    : `<s:NotUnderstood qname="q:${escapeAttribute(localName)}" xmlns:q="${escapeAttribute(namespaceUri)}"/>`;
}

/** MS-WSMV 2.2.4.43: Code and Machine are required. */
function wsmanFaultDetail(row: FaultRow, reason: string, context: FaultContext): string {
  return (
    `<f:WSManFault xmlns:f="${ns.wsmanFault}" Code="${row.windowsCode}" Machine="${escapeAttribute(context.machine)}">` +
    `<f:Message>${escapeText(reason)}</f:Message></f:WSManFault>`
  );
}

const WMI_ERROR_START =
  '<p:MSFT_WmiError b:IsCIM_Error="true"' +
  ` xmlns:b="${ns.cimBinding}" xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSFT_WmiError"` +
  ` xmlns:cim="${ns.cimCommon}" xmlns:xsi="${ns.xsi}" xsi:type="p:MSFT_WmiError_Type">`;

/** All properties, in alphabetical order, NULL as nil: the instance as Windows writes it. */
function cimErrorDetail({ status, message, instead }: CimFault): string {
  const row = instead ?? cimStatusRow(status);
  return (
    WMI_ERROR_START +
    property('CIMStatusCode', 'cimUnsignedInt', row.status) +
    property('CIMStatusCodeDescription', 'cimString', null) +
    property('ErrorSource', 'cimString', null) +
    property('ErrorSourceFormat', 'cimUnsignedShort', 0) +
    property('ErrorType', 'cimUnsignedShort', 0) +
    property('Message', 'cimString', message) +
    property('MessageID', 'cimString', `HRESULT 0x${row.hresult.toString(16)}`) +
    property('OtherErrorSourceFormat', 'cimString', null) +
    property('OtherErrorType', 'cimString', null) +
    property('OwningEntity', 'cimString', null) +
    property('PerceivedSeverity', 'cimUnsignedShort', 0) +
    property('ProbableCause', 'cimUnsignedShort', 0) +
    property('ProbableCauseDescription', 'cimString', null) +
    property('error_Category', 'cimUnsignedInt', row.errorCategory) +
    property('error_Code', 'cimUnsignedInt', row.hresult) +
    property('error_Type', 'cimString', 'HRESULT') +
    property('error_WindowsErrorMessage', 'cimString', row.text) +
    '</p:MSFT_WmiError>'
  );
}

function property(name: string, type: string, value: string | number | null): string {
  const start = `<p:${name} xsi:type="cim:${type}"`;
  return value === null ? `${start} xsi:nil="true"/>` : `${start}>${escapeText(String(value))}</p:${name}>`;
}
