import type { FaultKey } from './fault-table.js';

/** What an error instance tells clients beside its message. */
export interface ErrorNumbers {
  /** Number of the CIM status: `CIMStatusCode`, and MI_Result on the client. */
  readonly status: number;
  /** Windows' error number for `error_Code` and `MessageID`, unsigned. */
  readonly hresult: number;
  /** Number in PowerShell's ErrorCategory enumeration, for `error_Category`. */
  readonly errorCategory: number;
  /** What the error means, in `error_WindowsErrorMessage`. */
  readonly text: string;
}

/** How one CIM status code goes over the wire. */
export interface CimStatusRow extends ErrorNumbers {
  /** Name in DSP0200 §5.2.2, without the CIM_ERR_ prefix and in camel case. */
  readonly name: string;
  /** The row of the fault table whose code, subcode and action the fault has. */
  readonly faultKey: FaultKey;
}

/**
 * What Windows says of a value that cannot be read as its declared type: that the message breaks its schema, and no CIM status of its
 * own. The category is ProtocolError.
 */
export const UNREADABLE_VALUE: ErrorNumbers = {
  status: 1,
  hresult: 0x80338041,
  errorCategory: 26,
  text: 'The value does not fit the XML schema of its type',
};

/** What WMI says where a provider cannot do what is asked, which has the status of what is not supported (WBEM_E_PROVIDER_NOT_CAPABLE). */
export const NOT_CAPABLE: ErrorNumbers = {
  status: 7,
  hresult: 0x80041024,
  errorCategory: 11,
  text: 'The provider cannot do this',
};

/** WBEM_E_FAILED, also for the statuses that WMI has no number of its own for. */
const GENERIC = 0x80041001;
/** ERROR_WSMAN_OPERATION_TIMEDOUT. */
const TIMED_OUT = 0x80338029;

function row(
  status: number,
  name: string,
  hresult: number,
  errorCategory: number,
  faultKey: FaultKey,
  text: string,
): CimStatusRow {
  return { status, name, hresult, errorCategory, faultKey, text };
}

/**
 * The status codes of DSP0200 §5.2.2 (the numbers are those of MI_Result too), in order from 1 to 28. Error
 * categories are those PowerShell derives from MI_Result itself, but 27, where Windows was seen to send QuotaExceeded.
 */
export const cimStatusTable: readonly CimStatusRow[] = [
  row(1, 'Failed', GENERIC, 0, 'InternalError', 'The operation failed.'),
  row(2, 'AccessDenied', 0x80041003, 18, 'AccessDenied', 'Access denied'),
  row(3, 'InvalidNamespace', 0x8004100e, 10, 'InvalidResourceURI', 'Invalid namespace'),
  row(4, 'InvalidParameter', 0x80041008, 5, 'InvalidParameter', 'Invalid parameter'),
  row(5, 'InvalidClass', 0x80041010, 10, 'InvalidResourceURI', 'Invalid class'),
  row(6, 'NotFound', 0x80041002, 13, 'DestinationUnreachable', 'Not found'),
  row(7, 'NotSupported', 0x8004100c, 11, 'UnsupportedFeature', 'Not supported'),
  row(8, 'ClassHasChildren', 0x80041025, 10, 'InternalError', 'The class has subclasses'),
  row(9, 'ClassHasInstances', 0x80041026, 10, 'InternalError', 'The class has instances'),
  row(10, 'InvalidSuperclass', 0x8004100d, 10, 'InternalError', 'Invalid superclass'),
  row(11, 'AlreadyExists', 0x80041019, 20, 'AlreadyExists', 'Already exists'),
  row(12, 'NoSuchProperty', 0x80041031, 10, 'InvalidParameter', 'No such property'),
  row(13, 'TypeMismatch', 0x80041005, 9, 'ParameterTypeMismatch', 'Type mismatch'),
  row(14, 'QueryLanguageNotSupported', 0x80041018, 11, 'FilterDialectRequestedUnavailable', 'Unknown query language'),
  row(15, 'InvalidQuery', 0x80041017, 5, 'CannotProcessFilter', 'Invalid query'),
  row(16, 'MethodNotAvailable', 0x80041055, 10, 'ActionNotSupported', 'The method is not available here'),
  row(17, 'MethodNotFound', 0x8004102e, 10, 'ActionNotSupported', 'No such method'),
  row(18, 'UnexpectedResponse', GENERIC, 8, 'InternalError', 'Unexpected response'),
  row(19, 'InvalidResponseDestination', GENERIC, 5, 'InternalError', 'Invalid response destination'),
  row(20, 'NamespaceNotEmpty', GENERIC, 10, 'InternalError', 'The namespace is not empty'),
  row(21, 'InvalidEnumerationContext', GENERIC, 10, 'InvalidEnumerationContext', 'Invalid enumeration context'),
  row(22, 'InvalidOperationTimeout', TIMED_OUT, 5, 'TimedOut', 'The operation timeout cannot be met'),
  row(23, 'PullHasBeenAbandoned', GENERIC, 14, 'InvalidEnumerationContext', 'The enumeration has been abandoned'),
  row(24, 'PullCannotBeAbandoned', GENERIC, 2, 'InternalError', 'The enumeration cannot be abandoned'),
  row(25, 'FilteredEnumerationNotSupported', GENERIC, 11, 'FilteringNotSupported', 'Filters are not supported here'),
  row(
    26,
    'ContinuationOnErrorNotSupported',
    GENERIC,
    11,
    'UnsupportedFeature',
    'Going on after errors is not supported',
  ),
  row(27, 'ServerLimitsExceeded', 0x8004106c, 30, 'QuotaLimit', 'A limit of the server is passed'),
  row(28, 'ServerIsShuttingDown', 0x80041033, 21, 'EndpointUnavailable', 'The server is shutting down'),
];

/** The row of a status; that of Failed (1) for a number that is none. */
export function cimStatusRow(status: number): CimStatusRow {
  // The table has 28 rows, so the first one is there.
  return cimStatusTable[status - 1] ?? (cimStatusTable[0] as CimStatusRow);
}
