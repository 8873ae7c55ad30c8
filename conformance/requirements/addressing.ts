import { deferred, must, should } from '../requirement.js';

const why = 'no client was seen to send reference parameters in ReplyTo or FaultTo';

/** WS-Addressing as WS-Management uses it. */
export const addressing = [
  must('wsa:to', 'DSP0226 R5.3-1', 'A request without To is refused with MessageInformationHeaderRequired.'),
  must('wsa:to:any', 'DSP0226 §5.3', 'To may name the server by any address; it is not compared.'),
  must('wsa:action', 'DSP0226 §5.4.5', 'A request without Action is refused with MessageInformationHeaderRequired.'),
  must('wsa:action:unknown', 'DSP0226 §5.4.5', 'An unknown Action gets ActionNotSupported.'),
  must('wsa:message-id', 'DSP0226 §5.4.4; MS-WSMV 3.1.4.1.5', 'A request without MessageID is refused.'),
  must('wsa:message-id:empty', 'MS-WSMV 3.1.4.1.5', 'An empty MessageID gets InvalidMessageInformationHeader.'),
  must('wsa:message-id:any-uri', 'DSP0226 R5.4.4-1', 'A MessageID may be any URI, and its letters keep their case.'),
  must(
    'wsa:reply-to',
    'MS-WSMV 3.1.4.1.3',
    'A request without ReplyTo is refused with MessageInformationHeaderRequired.',
  ),
  must(
    'wsa:reply-to:anonymous',
    'MS-WSMV 3.1.4.1.3; DSP0226 R5.4.2-2',
    'Another address than the anonymous one gets UnsupportedFeature with detail AddressingMode.',
  ),
  must('wsa:reply-to:address', 'WS-Addressing §2.1', 'A ReplyTo without Address is refused.'),
  must(
    'wsa:fault-to:anonymous',
    'MS-WSMV 3.1.4.1.4; DSP0226 R5.4.3-3',
    'A FaultTo with another address than the anonymous one gets UnsupportedFeature with detail AddressingMode.',
  ),
  must('wsa:fault-to:accepted', 'DSP0226 §5.4.3', 'A FaultTo with the anonymous address is accepted.'),
  must(
    'wsa:other-blocks',
    'DSP0226 §5.4',
    'From and RelatesTo in a request are understood, even when marked mandatory.',
  ),
  must(
    'wsa:duplicate',
    'DSP0226 R13.1-9',
    'A header block of WS-Addressing given twice gets InvalidMessageInformationHeader.',
  ),
  must(
    'wsman:duplicate',
    'DSP0226 R13.1-9',
    'A header block of WS-Management given twice gets InvalidMessageInformationHeader.',
  ),
  must('wsa:response:relates-to', 'DSP0226 §5.4.4', 'An answer has the MessageID of its request in RelatesTo.'),
  must('wsa:response:message-id', 'DSP0226 R5.4.4-2', 'An answer has a MessageID of its own, never used before.'),
  must('wsa:response:to', 'DSP0226 R5.3-1', 'An answer has To with the anonymous address.'),
  must(
    'wsa:response:action',
    'DSP0226 §5.4.5',
    'The Action of an answer is that of the request with Response behind it.',
  ),
  must('wsa:fault:relates-to', 'DSP0226 §14.2', 'A fault names the request it answers in RelatesTo.'),
  must(
    'wsa:fault:action',
    'DSP0226 §14.2',
    'The Action of a fault is the fault action of the specification that defines its subcode.',
  ),
  deferred(
    should(
      'wsa:reply-to:parameters',
      'DSP0226 R5.4.2-5',
      'Reference parameters of ReplyTo come back as header blocks.',
    ),
    why,
  ),
  deferred(
    should(
      'wsa:fault-to:parameters',
      'DSP0226 R5.4.3-4',
      'Reference parameters of FaultTo come back as header blocks of the fault.',
    ),
    why,
  ),
];

/** Resource URIs, namespaces, selectors. */
export const naming = [
  must(
    'uri:required',
    'DSP0226 §5.1.2.1',
    'A request without ResourceURI gets DestinationUnreachable with detail InvalidResourceURI.',
  ),
  must(
    'uri:unknown',
    'DSP0226 §5.1.2.1',
    'An unknown ResourceURI gets DestinationUnreachable with detail InvalidResourceURI.',
  ),
  must('uri:dmtf', 'MS-WSMV 3.1.4.1.1; DSP0227 §6.1', 'A class is named by the DMTF prefix and the class name.'),
  must('uri:wmi', 'MS-WSMV 3.1.4.1.1', 'A class is named by the WMI prefix, the namespace and the class name.'),
  should('uri:vendor', 'DSP0227 §6.1', 'A class is named by the vendor form of the DMTF prefix.'),
  must(
    'uri:case',
    'MS-WSMV 3.1.4.1.1; DSP0004 (names)',
    'Class and namespace in a ResourceURI compare without regard to case.',
  ),
  must(
    'uri:length',
    'DSP0226 §13.1',
    'A URI of more than 2,048 characters gets EncodingLimit with detail URILimitExceeded.',
  ),
  must('uri:class', 'DSP0227 §6.1', 'A class that does not exist gets DestinationUnreachable.'),
  must(
    'uri:all-classes:transfer',
    'DSP0227 R6-1',
    'The all-classes URI cannot be the target of Get: ActionNotSupported.',
  ),
  must('uri:all-classes:invoke', 'DSP0227 §11', 'The all-classes URI cannot be the target of a method.'),
  must(
    'uri:shell',
    'MS-WSMV 3.1.4.1.31',
    'A server without shells says so by DestinationUnreachable or UnsupportedFeature to a shell URI.',
  ),
  must('namespace:selector', 'DSP0227 §6.3', '__cimnamespace selects the namespace of a DMTF URI.'),
  must('namespace:default', 'DSP0227 §6.3', 'Without __cimnamespace the default namespace is meant.'),
  must('namespace:unknown', 'DSP0227 §6.3', 'A namespace that does not exist gets DestinationUnreachable.'),
  should('namespace:separator', 'MS-WSMV 3.1.4.1.1', 'Slash and backslash both separate the parts of a namespace.'),
  must(
    'namespace:wmi-equal',
    'MS-WSMV 3.1.4.1.1',
    'With a WMI URI, __cimnamespace may repeat the namespace of the URI.',
  ),
  should(
    'namespace:wmi-other',
    'MS-WSMV 3.1.4.1.1',
    'With a WMI URI, a __cimnamespace that says something else is refused.',
  ),
  must(
    'selectors:duplicate',
    'DSP0226 R5.1.2.2-4',
    'A selector given twice gets InvalidSelectors with detail DuplicateSelectors.',
  ),
  must(
    'selectors:duplicate:case',
    'MS-WSMV 3.1.4.1.2',
    'Two selectors whose names differ in case only are duplicates.',
  ),
  must(
    'selectors:unexpected',
    'DSP0226 §5.1.2.2',
    'A selector that the class does not have gets InvalidSelectors with detail UnexpectedSelectors.',
  ),
  must(
    'selectors:insufficient',
    'DSP0226 §5.1.2.2',
    'A missing key gets InvalidSelectors with detail InsufficientSelectors.',
  ),
  must(
    'selectors:none',
    'DSP0226 §5.1.2.2',
    'An instance asked for without any key gets InvalidSelectors with detail InsufficientSelectors.',
  ),
  must('selectors:no-name', 'DSP0226 §5.1.2.2', 'A selector without Name is refused.'),
  must('selectors:foreign-element', 'DSP0226 §5.1.2.2', 'Something else than a Selector in a SelectorSet is refused.'),
  must('selectors:case:name', 'MS-WSMV 3.1.4.1.2', 'Names of selectors compare without regard to case.'),
  must('selectors:case:value', 'MS-WSMV 3.1.4.1.2', 'Values of selectors compare without regard to case.'),
  must('selectors:order', 'DSP0226 §5.1.2.2', 'Selectors may come in any order.'),
  must(
    'selectors:type',
    'DSP0226 §5.1.2.2',
    'A selector value of the wrong type gets InvalidSelectors with detail TypeMismatch or InvalidValue.',
  ),
  must(
    'selectors:epr',
    'DSP0226 §5.1.2.2; DSP0227 §6',
    'A key that is a reference is selected by an EndpointReference in the Selector.',
  ),
  should(
    'selectors:epr:bare',
    'DSP0227 §6',
    'The EndpointReference element around a selector value may be missing, as libmi writes it.',
  ),
  should(
    'selectors:limit',
    'DSP0226 §13.1',
    'More selectors than the server takes get EncodingLimit with detail SelectorLimit.',
  ),
  must(
    'selectors:not-found',
    'DSP0226 §5.1.2.2',
    'Selectors that no instance has get DestinationUnreachable or InvalidSelectors.',
  ),
];
