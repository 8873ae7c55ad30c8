import { ns } from '../xml/namespaces.js';

/** The fault codes of SOAP 1.2 §5.4.6 that this service uses. */
type SoapCode = 'Sender' | 'Receiver' | 'MustUnderstand' | 'VersionMismatch';

/** A fault subcode: a qualified name, with the prefix Windows writes for it. */
interface Subcode {
  readonly prefix: 'a' | 'b' | 'e' | 'n' | 'w' | 'x';
  readonly namespaceUri: string;
  readonly localName: string;
}

/** Everything that is fixed about one kind of fault. */
export interface FaultRow {
  readonly soapCode: SoapCode;
  readonly subcode: Subcode | undefined;
  /** URI in `w:FaultDetail`, when DSP0226 §14.6 names one. */
  readonly faultDetail: string | undefined;
  /** `Code` of the WSManFault element: a Windows error number, unsigned. */
  readonly windowsCode: number;
  /** `a:Action` of the fault message. */
  readonly action: string;
  /** 500 for every fault, Sender faults too: clients read a body only then (DSP0226 would allow 400). */
  readonly httpStatus: 500;
  /** What the reason says when the thrower knows nothing more precise. */
  readonly reason: string;
}

const FAULT_DETAIL = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/';
const WSMAN_FAULT_ACTION = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault';

/** Namespace and fault action of each subcode prefix. The action follows the specification that defines the subcode. */
const families = {
  a: { namespaceUri: ns.addressing, action: `${ns.addressing}/fault` },
  b: { namespaceUri: ns.cimBinding, action: WSMAN_FAULT_ACTION },
  e: { namespaceUri: ns.eventing, action: `${ns.eventing}/fault` },
  n: { namespaceUri: ns.enumeration, action: `${ns.enumeration}/fault` },
  w: { namespaceUri: ns.wsman, action: WSMAN_FAULT_ACTION },
  x: { namespaceUri: ns.transfer, action: `${ns.transfer}/fault` },
} as const;

function row(soapCode: SoapCode, subcode: Subcode | undefined, detail: string, code: number, reason: string): FaultRow {
  return {
    soapCode,
    subcode,
    faultDetail: detail === '' ? undefined : FAULT_DETAIL + detail,
    windowsCode: code,
    action: families[subcode?.prefix ?? 'a'].action,
    httpStatus: 500,
    reason,
  };
}

function subcode(name: `${Subcode['prefix']}:${string}`): Subcode {
  const prefix = name.charAt(0) as Subcode['prefix'];
  return { prefix, namespaceUri: families[prefix].namespaceUri, localName: name.slice(2) };
}

/** A fault that the request caused. `detail` is the last part of the FaultDetail URI, or empty. */
function sender(name: `${Subcode['prefix']}:${string}`, detail: string, code: number, reason: string): FaultRow {
  return row('Sender', subcode(name), detail, code, reason);
}

/** A fault that the service caused. */
function receiver(name: `${Subcode['prefix']}:${string}`, detail: string, code: number, reason: string): FaultRow {
  return row('Receiver', subcode(name), detail, code, reason);
}

/**
 * Every fault of this service, by key. DSP0226 §14.6 gives codes, subcodes and details; the numbers are the public
 * Windows error constants. `docs/faults.md` is the same table for readers, and a test keeps the two equal.
 */
export const faultTable = {
  // SOAP and WS-Addressing
  VersionMismatch: row('VersionMismatch', undefined, '', 2150858765, 'The message is not a SOAP 1.2 envelope.'),
  MustUnderstand: row(
    'MustUnderstand',
    undefined,
    '',
    2150858768,
    'A header block must be understood, and this service does not understand it.',
  ),
  MessageInformationHeaderRequired: sender(
    'a:MessageInformationHeaderRequired',
    '',
    2150858769,
    'A required addressing header is missing.',
  ),
  InvalidMessageInformationHeader: sender(
    'a:InvalidMessageInformationHeader',
    '',
    2150858767,
    'An addressing header is not valid.',
  ),
  InvalidTimeout: {
    ...sender(
      'a:InvalidMessageInformationHeader',
      'InvalidTimeout',
      2150858881,
      'The OperationTimeout header is not a valid duration.',
    ),
    action: WSMAN_FAULT_ACTION,
  },
  DestinationUnreachable: sender('a:DestinationUnreachable', '', 2150858770, 'The requested object was not found.'),
  InvalidResourceURI: sender(
    'a:DestinationUnreachable',
    'InvalidResourceURI',
    2150858811,
    'The resource URI does not name a class that this service has.',
  ),
  ResourceNotFound: sender(
    'a:DestinationUnreachable',
    'InvalidResourceURI',
    2150858752,
    'The resource that the URI names was not found.',
  ),
  EndpointUnavailable: receiver('a:EndpointUnavailable', '', 2150858772, 'The service is not available at present.'),
  EndpointUnavailableInvalidValues: receiver(
    'a:EndpointUnavailable',
    'InvalidValues',
    2150858772,
    'The service is not available for the values in the request.',
  ),
  ActionNotSupported: sender('a:ActionNotSupported', '', 2150858771, 'The action is not supported by this resource.'),
  ActionMismatch: sender(
    'a:ActionNotSupported',
    'ActionMismatch',
    2150858801,
    'The action and the resource URI do not belong together.',
  ),
  InvalidActionURI: sender('a:ActionNotSupported', '', 2150858753, 'The action is not a valid URI.'),

  // Access and state
  AccessDenied: sender('w:AccessDenied', '', 5, 'Access is denied.'),
  AlreadyExists: sender('w:AlreadyExists', '', 2150858803, 'An instance with these keys exists already.'),
  Concurrency: sender('w:Concurrency', '', 2150858802, 'Another request is changing the same resource.'),
  InternalError: receiver('w:InternalError', '', 1359, 'The service failed because of an internal error.'),
  ProviderFailure: receiver('w:InternalError', '', 2150858755, 'The provider of the class failed.'),
  ProviderInvalidResponse: receiver(
    'w:InternalError',
    '',
    2150859117,
    'The provider of the class returned a result that does not fit its declaration.',
  ),
  QuotaLimit: sender('w:QuotaLimit', '', 2150858815, 'A quota of the service is used up.'),
  UserOperationQuota: sender('w:QuotaLimit', '', 2150859174, 'This user has too many operations running.'),
  TimedOut: receiver('w:TimedOut', '', 2150858793, 'The operation did not finish within its timeout.'),

  // Encoding limits
  EncodingLimit: sender('w:EncodingLimit', '', 2150858805, 'The message passes a limit of its encoding.'),
  MaxEnvelopeSizeExceeded: sender(
    'w:EncodingLimit',
    'MaxEnvelopeSizeExceeded',
    2150858824,
    'The answer is larger than the MaxEnvelopeSize of the request.',
  ),
  MinimumEnvelopeLimit: sender(
    'w:EncodingLimit',
    'MinimumEnvelopeLimit',
    2150858878,
    'The MaxEnvelopeSize of the request is too small to answer: the least is 8192.',
  ),
  ServiceEnvelopeLimit: sender(
    'w:EncodingLimit',
    'ServiceEnvelopeLimit',
    2150858825,
    'The request is larger than this service accepts.',
  ),
  CharacterSet: sender(
    'w:EncodingLimit',
    'CharacterSet',
    2150858828,
    'The character set of the message is not usable.',
  ),
  SelectorLimit: sender('w:EncodingLimit', 'SelectorLimit', 2150858826, 'The request has too many selectors.'),
  OptionLimit: sender('w:EncodingLimit', 'OptionLimit', 2150858827, 'The request has too many options.'),
  URILimitExceeded: sender('w:EncodingLimit', 'URILimitExceeded', 2150858797, 'A URI in the request is too long.'),
  Whitespace: sender('w:EncodingLimit', 'Whitespace', 2150858830, 'The request uses white space where it may not.'),
  UnreportableSuccess: sender(
    'w:EncodingLimit',
    'UnreportableSuccess',
    2150858829,
    'The operation succeeded, but its result does not fit into the MaxEnvelopeSize of the request.',
  ),

  // Selectors
  InvalidSelectors: sender('w:InvalidSelectors', '', 2150858813, 'The selectors are not valid for the resource.'),
  InsufficientSelectors: sender(
    'w:InvalidSelectors',
    'InsufficientSelectors',
    2150858842,
    'A selector is missing that the resource needs.',
  ),
  SelectorsRequired: sender(
    'w:InvalidSelectors',
    'InsufficientSelectors',
    2150859002,
    'The class has keys, so the request needs selectors.',
  ),
  UnexpectedSelectors: sender(
    'w:InvalidSelectors',
    'UnexpectedSelectors',
    2150858843,
    'A selector does not belong to the resource.',
  ),
  SelectorTypeMismatch: sender('w:InvalidSelectors', 'TypeMismatch', 2150858844, 'A selector has the wrong type.'),
  InvalidSelectorValue: sender('w:InvalidSelectors', 'InvalidValue', 2150858845, 'A selector has an invalid value.'),
  AmbiguousSelectors: sender(
    'w:InvalidSelectors',
    'AmbiguousSelectors',
    2150858846,
    'The selectors fit more than one instance.',
  ),
  DuplicateSelectors: sender('w:InvalidSelectors', 'DuplicateSelectors', 2150858847, 'A selector is given twice.'),

  // Parameters, options, representations
  InvalidParameter: sender('w:InvalidParameter', '', 2150858810, 'A parameter of the operation is not valid.'),
  ParameterTypeMismatch: sender('w:InvalidParameter', 'TypeMismatch', 2150858836, 'A parameter has the wrong type.'),
  InvalidParameterName: sender('w:InvalidParameter', 'InvalidName', 2150858837, 'There is no parameter of this name.'),
  InvalidOptions: sender('w:InvalidOptions', '', 2150858809, 'An option is not valid.'),
  OptionNotSupported: sender('w:InvalidOptions', 'NotSupported', 2150858833, 'An option is not supported.'),
  InvalidOptionName: sender('w:InvalidOptions', 'InvalidName', 2150858834, 'There is no option of this name.'),
  InvalidOptionValue: sender('w:InvalidOptions', 'InvalidValue', 2150858835, 'An option has an invalid value.'),
  InvalidRepresentation: sender('x:InvalidRepresentation', '', 2150858773, 'The instance in the request is not valid.'),
  InvalidValues: sender(
    'x:InvalidRepresentation',
    'InvalidValues',
    2150858838,
    'The instance in the request has an invalid value.',
  ),
  MissingValues: sender(
    'x:InvalidRepresentation',
    'MissingValues',
    2150858839,
    'The instance in the request lacks a value that it needs.',
  ),
  InvalidNamespace: sender(
    'x:InvalidRepresentation',
    'InvalidNamespace',
    2150858840,
    'The instance in the request is in the wrong XML namespace.',
  ),
  InvalidFragment: sender(
    'x:InvalidRepresentation',
    'InvalidFragment',
    2150858841,
    'The fragment in the request does not fit the resource.',
  ),
  SchemaValidationError: sender('w:SchemaValidationError', '', 2150858817, 'The message has the wrong structure.'),
  MalformedXml: sender('w:SchemaValidationError', '', 2150858819, 'The message is not well-formed XML.'),
  // As Windows answers; DSP0226 has neither.
  UndefinedNamespace: sender('w:InternalError', 'Invalid', 2150858819, 'The XML uses an undefined XML namespace.'),

  // Enumeration
  CannotProcessFilter: sender('n:CannotProcessFilter', '', 2150858778, 'The filter cannot be processed.'),
  FilterDialectRequestedUnavailable: sender(
    'n:FilterDialectRequestedUnavailable',
    '',
    2150858777,
    'The dialect of the filter is not supported.',
  ),
  FilteringNotSupported: sender('n:FilteringNotSupported', '', 2150858776, 'Filters are not supported here.'),
  InvalidEnumerationContext: receiver(
    'n:InvalidEnumerationContext',
    '',
    2150858779,
    'The enumeration context is not known, or has expired.',
  ),
  PullTimedOut: receiver('n:TimedOut', '', 2150858780, 'Nothing arrived within the time of the Pull.'),

  // Features
  UnsupportedFeature: sender('w:UnsupportedFeature', '', 2150858818, 'The request asks for an unsupported feature.'),
  UnsupportedAddressingMode: sender(
    'w:UnsupportedFeature',
    'AddressingMode',
    2150858870,
    'Answers go to the anonymous address only.',
  ),
  UnsupportedDataLocale: sender('w:UnsupportedFeature', 'DataLocale', 2150858818, 'The data locale is not supported.'),
  UnsupportedLocale: sender('w:UnsupportedFeature', 'Locale', 2150858855, 'The locale is not supported.'),
  UnsupportedEnumerationMode: sender(
    'w:UnsupportedFeature',
    'EnumerationMode',
    2150858886,
    'The enumeration mode is not supported.',
  ),
  UnsupportedFragmentLevelAccess: sender(
    'w:UnsupportedFeature',
    'FragmentLevelAccess',
    2150858871,
    'Access to fragments of a resource is not supported.',
  ),
  UnsupportedMaxTime: sender('w:UnsupportedFeature', 'MaxTime', 2150858861, 'The MaxTime is not supported.'),
  UnsupportedMaxEnvelopePolicy: sender(
    'w:UnsupportedFeature',
    'MaxEnvelopePolicy',
    2150858863,
    'The MaxEnvelopeSize policy is not supported.',
  ),
  UnsupportedOperationTimeout: sender(
    'w:UnsupportedFeature',
    'OperationTimeout',
    2150858854,
    'The OperationTimeout is not supported.',
  ),
  UnsupportedAck: sender('w:UnsupportedFeature', 'Ack', 2150858853, 'Acknowledged delivery is not supported.'),
  UnsupportedBookmarks: sender('w:UnsupportedFeature', 'Bookmarks', 2150858859, 'Bookmarks are not supported.'),
  UnsupportedHeartbeats: sender('w:UnsupportedFeature', 'Heartbeats', 2150858858, 'The heartbeats are not supported.'),
  UnsupportedExpirationTime: sender(
    'w:UnsupportedFeature',
    'ExpirationTime',
    2150858856,
    'The expiration time is not supported.',
  ),
  UnsupportedOptionSet: sender('w:UnsupportedFeature', 'OptionSet', 2150858818, 'Options are not supported here.'),
  FragmentDialectNotSupported: receiver(
    'w:FragmentDialectNotSupported',
    '',
    2150858896,
    'The dialect of the fragment path is not supported.',
  ),
  InvalidFragmentPath: sender('w:CannotProcessFilter', '', 2150858899, 'The fragment path cannot be processed.'),
  PolymorphismModeNotSupported: sender(
    'b:PolymorphismModeNotSupported',
    '',
    2150859063,
    'The PolymorphismMode is not supported.',
  ),

  // Eventing
  DeliveryModeRequestedUnavailable: sender(
    'e:DeliveryModeRequestedUnavailable',
    '',
    2150858782,
    'The delivery mode is not supported.',
  ),
  SubscriptionFilteringRequestedUnavailable: sender(
    'e:FilteringRequestedUnavailable',
    '',
    2150858786,
    'The dialect of the subscription filter is not supported.',
  ),
  UnableToRenew: sender('e:UnableToRenew', '', 2150858788, 'The subscription cannot be renewed.'),
} as const satisfies Readonly<Record<string, FaultRow>>;

/** Name of a row of {@link faultTable}. */
export type FaultKey = keyof typeof faultTable;

/** The row of a key, without the literal types of the table. */
export function faultRow(key: FaultKey): FaultRow {
  return faultTable[key];
}
