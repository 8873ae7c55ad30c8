import type { CimInstance } from '../cim/model/cim-instance.js';
import { CimStatus, type CimStatusName } from '../cim/model/cim-status.js';
import type { CimType } from '../cim/model/cim-type.js';
import type { NameMap } from '../cim/model/name-map.js';

/** A qualified name, as SOAP subcodes are. */
export interface QualifiedName {
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What a `WSManFault` says (MS-WSMV 2.2.4.43). */
export interface WindowsFault {
  /** A Windows error code, unsigned. */
  readonly code: number | undefined;
  readonly machine: string | undefined;
  /** Its own text, or that of the fault within it, on one line or several as it came. */
  readonly text: string | undefined;
  /** Who failed below the service: `WMI Provider`. */
  readonly provider: string | undefined;
  /** What WMI says of it, `__ExtendedStatus`; numbers are text. */
  readonly extendedStatus: CimInstance | undefined;
}

/** What a SOAP fault says, in parts. Fields are undefined where the fault does not tell. */
export interface FaultParts {
  /** `Sender`, `Receiver`, `MustUnderstand` or `VersionMismatch`. */
  readonly code: string;
  readonly subcode: QualifiedName | undefined;
  /** The last segment of `wsman:FaultDetail`, for example `InvalidResourceURI`. */
  readonly faultDetail: string | undefined;
  /** `WSManFault/@Code` or the HRESULT of a `MSFT_WmiError`, unsigned. */
  readonly windowsCode: number | undefined;
  /** CIMStatusCode of a CIM error, 1 to 28. */
  readonly cimStatus: number | undefined;
  /** The text of `s:Reason`. */
  readonly reason: string | undefined;
  /** The most precise text of the detail: the CIM error's Message or the innermost WSManFault's. */
  readonly detailMessage: string | undefined;
  /** The CIM error of the detail with all its properties: an `MSFT_WmiError` from Windows, an `OMI_Error` from OMI. */
  readonly errorInstance?: CimInstance | undefined;
  /** The types of its properties, as the fault marks them, else as CIM_Error declares them. */
  readonly errorTypes?: NameMap<CimType> | undefined;
  /** The `WSManFault` of the detail. */
  readonly windowsFault?: WindowsFault | undefined;
  /** Why it ended as it did, where our own server tells beside the fault (`Cimulator-Reason`): its text, and what was explained. */
  readonly toldReason?: string | undefined;
}

/** The server answered with a SOAP fault: it understood the connection, and refused the call. */
export class WsmanClientError extends Error implements FaultParts {
  override readonly name = 'WsmanClientError';
  /** The message is meant for the person who made the call. */
  readonly expected = true;
  readonly code: string;
  readonly subcode: QualifiedName | undefined;
  readonly faultDetail: string | undefined;
  readonly windowsCode: number | undefined;
  readonly cimStatus: number | undefined;
  readonly cimStatusName: CimStatusName | undefined;
  readonly reason: string | undefined;
  readonly detailMessage: string | undefined;
  readonly errorInstance: CimInstance | undefined;
  readonly errorTypes: NameMap<CimType> | undefined;
  readonly windowsFault: WindowsFault | undefined;
  readonly toldReason: string | undefined;

  constructor(parts: FaultParts) {
    super(describe(parts));
    this.code = parts.code;
    this.subcode = parts.subcode;
    this.faultDetail = parts.faultDetail;
    this.windowsCode = parts.windowsCode;
    this.cimStatus = parts.cimStatus;
    this.cimStatusName = parts.cimStatus === undefined ? undefined : cimStatusName(parts.cimStatus);
    this.reason = parts.reason;
    this.detailMessage = parts.detailMessage;
    this.errorInstance = parts.errorInstance;
    this.errorTypes = parts.errorTypes;
    this.windowsFault = parts.windowsFault;
    this.toldReason = parts.toldReason;
  }
}

function describe(parts: FaultParts): string {
  const status = parts.cimStatus === undefined ? undefined : cimStatusName(parts.cimStatus);
  const labels = [
    parts.subcode?.name ?? parts.code,
    parts.faultDetail,
    status && `CIM status ${parts.cimStatus} ${status}`,
  ];
  const text = withToldReason(parts.detailMessage ?? parts.reason ?? 'the server gave no reason', parts.toldReason);
  return `${labels.filter(Boolean).join(', ')}: ${text.replace(/[\s\p{Cc}]+/gu, ' ').trim()}`;
}

/** What is told begins with the text of the fault as a rule; none of it is said twice. */
function withToldReason(text: string, told: string | undefined): string {
  if (told === undefined || text.includes(told)) return text;
  return told.startsWith(text.trim()) ? told : `${text} (${told})`;
}

function cimStatusName(status: number): CimStatusName | undefined {
  return (Object.keys(CimStatus) as CimStatusName[]).find((name) => CimStatus[name] === status);
}
