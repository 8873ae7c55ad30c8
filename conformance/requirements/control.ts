import { deferred, must, should } from '../requirement.js';

/** Header blocks that steer an operation: options, sizes, timeouts, languages, Microsoft's own. */
export const control = [
  must('options:unknown', 'DSP0226 §6.4', 'An unknown option is passed over.'),
  must(
    'options:must-comply',
    'DSP0226 §6.4; MS-WSMV 3.1.4.1.10',
    'An unknown option with MustComply gets InvalidOptions.',
  ),
  should(
    'options:must-understand',
    'DSP0226 R6.4-3',
    'An unknown option in a set that must be understood gets InvalidOptions.',
  ),
  must('options:empty', 'DSP0226 §6.4', 'An empty set of options is accepted, mandatory or not.'),
  must('options:no-name', 'DSP0226 §6.4', 'An option without Name gets InvalidOptions.'),
  must(
    'options:wmi',
    'MS-WSMV 3.1.4.1.10',
    'Options with the prefixes wmi: and wmiarray: are taken as context values, repeated or not.',
  ),
  must('options:null', 'DSP0226 §6.4', 'An option may be NULL by xsi:nil.'),
  must(
    'envelope-size:minimum',
    'DSP0226 R6.2-4; MS-WSMV 3.1.4.1.7',
    'A MaxEnvelopeSize below 8,192 gets EncodingLimit with detail MinimumEnvelopeLimit.',
  ),
  must('envelope-size:least', 'DSP0226 R6.2-4', 'A MaxEnvelopeSize of 8,192 is accepted.'),
  must('envelope-size:number', 'DSP0226 §6.2', 'A MaxEnvelopeSize that is no number is refused.'),
  must(
    'envelope-size:exceeded',
    'DSP0226 R6.2-2',
    'An answer above the mandatory MaxEnvelopeSize becomes an EncodingLimit fault.',
  ),
  must(
    'envelope-size:encoding',
    'DSP0226 §6.2',
    'MaxEnvelopeSize counts bytes as they are sent: UTF-16 takes two for each character.',
  ),
  must('envelope-size:absent', 'DSP0226 §6.2', 'MaxEnvelopeSize may be missing.'),
  must('timeout:accepted', 'DSP0226 §6.1', 'OperationTimeout takes every form of a duration.'),
  must('timeout:above-maximum', 'MS-WSMV 3.1.4.1.6', 'An OperationTimeout above the limit of the server is no error.'),
  must('timeout:invalid', 'DSP0226 §6.1', 'An OperationTimeout that is no duration is refused.'),
  must('timeout:negative', 'DSP0226 §6.1', 'A negative OperationTimeout is refused.'),
  must('timeout:expired', 'DSP0226 §6.1', 'An operation that is not done in its time gets TimedOut.'),
  should(
    'timeout:aborted',
    'DSP0226 §6.1',
    'What runs for an operation is told to stop when its time is over, and nothing of it stays.',
  ),
  must('locale:hint', 'DSP0226 R6.3-1', 'A language that is not mandatory is a hint: no fault.'),
  must(
    'locale:mandatory',
    'DSP0226 R6.3-2; MS-WSMV 3.1.4.1.8',
    'A mandatory language that the server does not speak gets UnsupportedFeature with detail Locale.',
  ),
  should('locale:answer', 'DSP0226 R6.3-4', 'An answer says its language on the envelope.'),
  must('data-locale:hint', 'MS-WSMV 3.1.4.1.9', 'DataLocale is taken as a hint.'),
  should(
    'data-locale:mandatory',
    'MS-WSMV 3.1.4.1.9',
    'A mandatory DataLocale gets UnsupportedFeature with detail DataLocale.',
  ),
  must('activity-id', 'MS-WSMV 3.1.4.1.12', 'ActivityId is accepted, even when marked mandatory.'),
  should(
    'activity-id:length',
    'MS-WSMV 3.1.4.1.12',
    'An ActivityId of more than 2,048 characters gets InvalidMessageInformationHeader.',
  ),
  must('session-id', 'MS-WSMV 3.1.4.1.37', 'SessionId is accepted.'),
  must(
    'operation-id',
    'MS-WSMV 3.1.4.1.39',
    'A server without robust connections passes over OperationID, and its answers have neither OperationID nor SequenceId.',
  ),
  should(
    'request-epr',
    'MS-WSMV 3.1.4.1.11; DSP0226 R6.5-1',
    'RequestEPR is answered or passed over, never refused while it is optional.',
  ),
  must('one-way:end', 'MS-WSMV 3.1.4.19', 'End is taken without an envelope in return.'),
  should('one-way:cancel', 'MS-WSMV 3.1.4.20', 'Cancel is taken without an envelope in return.'),
  should('one-way:keepalive', 'MS-WSMV 3.1.4.1.39', 'Keepalive is taken without an envelope in return.'),
  deferred(
    must(
      'robust:retransmission',
      'MS-WSMV 3.1.4.1.39',
      'A server with robust connections repeats the answer to a repeated OperationID.',
    ),
    'robust connections are optional and not built; operation-id says what holds instead',
  ),
];

/** Identify, and how faults tell what is wrong. */
export const identify = [
  must('identify', 'DSP0226 §11', 'Identify is answered with an IdentifyResponse.'),
  must('identify:protocol', 'DSP0226 §11', 'ProtocolVersion is the namespace of WS-Management 1.'),
  should('identify:product', 'DSP0226 §11', 'ProductVendor and ProductVersion are given.'),
  must('identify:no-addressing', 'DSP0226 §11', 'The answer has no addressing header blocks, as the request has none.'),
  must(
    'identify:anonymous',
    'MS-WSMV 3.1.4.1.23',
    'Without credentials, but with the HTTP header WSMANIDENTIFY: unauthenticated, Identify is answered.',
  ),
  should(
    'identify:anonymous-path',
    'DSP0226 R5.3-2; §11',
    'Identify is answered without credentials at /wsman-anon/identify.',
  ),
  must('identify:challenge', 'MS-WSMV 3.1.4.1.23', 'Identify with neither credentials nor that HTTP header gets 401.'),
  should(
    'identify:profiles',
    'MS-WSMV 3.1.4.1.23; DSP0226 §11',
    'With credentials, the answer lists the security profiles.',
  ),
  must('identify:profiles:hidden', 'MS-WSMV 3.1.4.1.23', 'Without credentials, the answer lists no security profiles.'),
  should(
    'identify:version:hidden',
    'MS-WSMV 3.1.4.1.23',
    'Without credentials, ProductVersion does not tell the version of the system.',
  ),
  must(
    'identify:nothing-else',
    'MS-WSMV 3.1.4.1.28',
    'Without credentials nothing but Identify is answered, whatever the header or path.',
  ),
  must('identify:must-understand', 'SOAP 1.2-1 §2.4', 'An unknown mandatory block stops Identify too.'),
  must('fault:subcode', 'DSP0226 §14.2', 'A subcode is a qualified name whose prefix is declared.'),
  should('fault:detail-uri', 'MS-WSMV 3.1.4.1.21; DSP0226 §14.2', 'A FaultDetail is a URI below the standard prefix.'),
  must('fault:wsman-fault', 'MS-WSMV 2.2.4.43', 'A protocol fault has WSManFault with Code and Machine.'),
  should(
    'fault:cim-error',
    'DSP0227, faults',
    'An error of the CIM server is an instance flagged IsCIM_Error that has the CIM status code.',
  ),
  should('fault:cim-error:namespace', 'DSP0227, faults; DSP0200 §5.2.2', 'An unknown namespace has CIM status 3.'),
  should('fault:cim-error:class', 'DSP0227, faults; DSP0200 §5.2.2', 'An unknown class has CIM status 5.'),
  should('fault:cim-error:instance', 'DSP0227, faults; DSP0200 §5.2.2', 'An unknown instance has CIM status 6.'),
  should('fault:cim-error:method', 'DSP0227, faults; DSP0200 §5.2.2', 'An unknown method has CIM status 17.'),
  should(
    'fault:discreet',
    'SOAP 1.2-1 §7 (our reading)',
    'A fault tells nothing of the inside of the server: no stack, no path.',
  ),
];
