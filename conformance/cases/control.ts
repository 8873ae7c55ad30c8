import type { Case, Step } from '../case.js';
import { absent, expectation, fault, ok, status } from '../expectations.js';
import { CIM_XML_CLASSES } from '../namespaces.js';
import { enumerate, get, inNamespace, modeXml, optimized, optionSetXml, request } from '../requests.js';

/** Get of the known instance with an OptionSet. */
const withOptions = (options: string, expect: Step['expect']): Step => ({ send: (t) => get(t, { options }), expect });

const withHeaders = (headers: string, expect: Step['expect']): Step => ({ send: (t) => get(t, { headers }), expect });

const withTimeout = (timeout: string, expect: Step['expect']): Step => ({ send: (t) => get(t, { timeout }), expect });

/** A message about an operation: MS-WSMV gives it no ReplyTo. */
const oneWay = (name: string): Step => ({
  send: () =>
    request({
      action: `http://schemas.microsoft.com/wbem/wsman/1/wsman/${name}`,
      uri: 'http://schemas.microsoft.com/wbem/wsman/1/wsman/FullDuplex',
      replyTo: null,
      headers: '<p:OperationID s:mustUnderstand="false">uuid:33333333-0000-0000-0000-000000000001</p:OperationID>',
    }),
  expect: [
    status(204, 200),
    expectation('an empty body', ({ answer }) => (answer.bytes.length === 0 ? undefined : answer.text.slice(0, 100))),
  ],
});

export const controlCases: readonly Case[] = [
  {
    name: 'an unknown option is passed over',
    verifies: ['options:unknown'],
    needs: 'instance',
    steps: [withOptions(optionSetXml({ NoSuchOption: '1' }), [ok])],
  },
  {
    name: 'an unknown option that must be complied with is refused',
    verifies: ['options:must-comply'],
    needs: 'instance',
    steps: [
      withOptions('<w:OptionSet><w:Option Name="NoSuchOption" MustComply="true">1</w:Option></w:OptionSet>', [
        fault('Sender', 'w:InvalidOptions'),
      ]),
    ],
  },
  {
    name: 'an unknown option in a mandatory set is refused',
    verifies: ['options:must-understand'],
    needs: 'instance',
    steps: [
      withOptions(
        '<w:OptionSet s:mustUnderstand="true"><w:Option Name="NoSuchOption" MustComply="true">1</w:Option></w:OptionSet>',
        [fault('Sender', 'w:InvalidOptions')],
      ),
    ],
  },
  {
    name: 'an empty mandatory set of options is accepted',
    verifies: ['options:empty'],
    needs: 'instance',
    steps: [withOptions('<w:OptionSet s:mustUnderstand="true"></w:OptionSet>', [ok])],
  },
  {
    name: 'an option without Name is refused',
    verifies: ['options:no-name'],
    needs: 'instance',
    steps: [
      withOptions('<w:OptionSet><w:Option>1</w:Option></w:OptionSet>', [
        fault('Sender', ['w:InvalidOptions', 'w:SchemaValidationError']),
      ]),
    ],
  },
  {
    name: 'context options, repeated ones too, are taken',
    verifies: ['options:wmi'],
    needs: 'instance',
    steps: [
      withOptions(
        '<w:OptionSet><w:Option Name="__MI_CallbackRegistration" Type="xs:int">11</w:Option>' +
          '<w:Option Name="wmiarray:__MI_OPERATIONOPTIONS_CHANNELVALUE" Type="xs:unsignedInt">0</w:Option>' +
          '<w:Option Name="wmiarray:__MI_OPERATIONOPTIONS_CHANNELVALUE" Type="xs:unsignedInt">1</w:Option>' +
          '<w:Option Name="wmi:__MI_OPERATIONOPTIONS_WRITEERRORMODE" Type="xs:unsignedInt">1</w:Option></w:OptionSet>',
        [ok],
      ),
    ],
  },
  {
    name: 'a NULL option is accepted',
    verifies: ['options:null'],
    needs: 'instance',
    steps: [withOptions('<w:OptionSet><w:Option Name="wmi:Nothing" xsi:nil="true"/></w:OptionSet>', [ok])],
  },
  {
    name: 'a MaxEnvelopeSize of 100 is refused',
    verifies: ['envelope-size:minimum'],
    steps: [
      {
        send: (t) => get(t, { maxEnvelopeSize: '100' }),
        expect: [fault('Sender', 'w:EncodingLimit', 'MinimumEnvelopeLimit')],
      },
    ],
  },
  {
    name: 'a MaxEnvelopeSize of 8191 is refused and one of 8192 is not',
    verifies: ['envelope-size:minimum', 'envelope-size:least'],
    needs: 'lab',
    steps: [
      { send: (t) => get(t, { maxEnvelopeSize: '8191' }), expect: [fault('Sender', 'w:EncodingLimit')] },
      { send: (t) => enumerate(t, optimized + modeXml('EnumerateEPR'), { maxEnvelopeSize: '8192' }), expect: [ok] },
    ],
  },
  {
    name: 'a MaxEnvelopeSize that is no number is refused',
    verifies: ['envelope-size:number'],
    steps: [{ send: (t) => get(t, { maxEnvelopeSize: 'large' }), expect: [fault('Sender')] }],
  },
  {
    name: 'an answer above the MaxEnvelopeSize becomes a fault',
    verifies: ['envelope-size:exceeded'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          get(t, {
            uri: CIM_XML_CLASSES,
            selectors: inNamespace(t, { ClassName: 'CIM_StorageConfigurationService' }),
            maxEnvelopeSize: '8192',
          }),
        expect: [fault('Sender', 'w:EncodingLimit', ['MaxEnvelopeSizeExceeded', 'UnreportableSuccess'])],
      },
    ],
  },
  {
    name: 'MaxEnvelopeSize may be missing',
    verifies: ['envelope-size:absent'],
    needs: 'instance',
    steps: [{ send: (t) => get(t, { maxEnvelopeSize: null }), expect: [ok] }],
  },
  {
    name: 'OperationTimeout takes the usual forms',
    verifies: ['timeout:accepted'],
    needs: 'instance',
    steps: ['PT60.000S', 'PT1M', 'PT0H1M0S', 'P1D'].map((text) => withTimeout(text, [ok])),
  },
  {
    name: 'an OperationTimeout of a year is no error',
    verifies: ['timeout:above-maximum'],
    needs: 'instance',
    steps: [withTimeout('P1Y', [ok])],
  },
  {
    name: 'an OperationTimeout that is no duration is refused',
    verifies: ['timeout:invalid'],
    steps: [withTimeout('soon', [fault('Sender')])],
  },
  {
    name: 'a negative OperationTimeout is refused',
    verifies: ['timeout:negative'],
    steps: [withTimeout('-PT5S', [fault('Sender')])],
  },
  {
    name: 'another language is a hint',
    verifies: ['locale:hint'],
    needs: 'instance',
    steps: [
      {
        send: (t) => {
          const message = get(t);
          return { ...message, body: message.body.replace('xml:lang="en-US"', 'xml:lang="tlh"') };
        },
        expect: [ok],
      },
    ],
  },
  {
    name: 'a mandatory language that nobody speaks is refused',
    verifies: ['locale:mandatory'],
    steps: [
      {
        send: (t) => {
          const message = get(t);
          const locale = '<w:Locale xml:lang="tlh" s:mustUnderstand="true"/>';
          return { ...message, body: message.body.replace(/<w:Locale[^>]*>/, locale) };
        },
        expect: [fault('Sender', 'w:UnsupportedFeature', 'Locale')],
      },
    ],
  },
  {
    name: 'DataLocale is a hint',
    verifies: ['data-locale:hint'],
    needs: 'instance',
    steps: [withHeaders('<p:DataLocale xml:lang="tlh" s:mustUnderstand="false"/>', [ok])],
  },
  {
    name: 'a mandatory DataLocale is refused',
    verifies: ['data-locale:mandatory'],
    steps: [
      withHeaders('<p:DataLocale xml:lang="tlh" s:mustUnderstand="true"/>', [
        fault('Sender', 'w:UnsupportedFeature', 'DataLocale'),
      ]),
    ],
  },
  {
    name: 'a mandatory ActivityId is accepted',
    verifies: ['activity-id'],
    needs: 'instance',
    steps: [withHeaders('<p:ActivityId s:mustUnderstand="true">any text</p:ActivityId>', [ok])],
  },
  {
    name: 'an ActivityId of 2,049 characters is refused',
    verifies: ['activity-id:length'],
    steps: [
      withHeaders(`<p:ActivityId>${'a'.repeat(2049)}</p:ActivityId>`, [
        fault('Sender', 'a:InvalidMessageInformationHeader'),
      ]),
    ],
  },
  {
    name: 'SessionId is accepted',
    verifies: ['session-id'],
    needs: 'instance',
    steps: [
      withHeaders('<p:SessionId s:mustUnderstand="false">uuid:22222222-0000-0000-0000-000000000001</p:SessionId>', [
        ok,
      ]),
    ],
  },
  {
    name: 'OperationID and SequenceId do not come back',
    verifies: ['operation-id'],
    needs: 'lab',
    steps: [
      withHeaders(
        '<p:OperationID s:mustUnderstand="false">uuid:33333333-0000-0000-0000-000000000001</p:OperationID><p:SequenceId s:mustUnderstand="false">1</p:SequenceId>',
        [ok, absent('s:Header/p:OperationID'), absent('s:Header/p:SequenceId')],
      ),
    ],
  },
  {
    name: 'RequestEPR is no reason to refuse',
    verifies: ['request-epr'],
    needs: 'instance',
    steps: [withHeaders('<w:RequestEPR/>', [ok])],
  },
  { name: 'End is taken without an answer', verifies: ['one-way:end'], optional: true, steps: [oneWay('End')] },
  {
    name: 'Cancel is taken without an answer',
    verifies: ['one-way:cancel'],
    optional: true,
    steps: [oneWay('Cancel')],
  },
  {
    name: 'Keepalive is taken without an answer',
    verifies: ['one-way:keepalive'],
    optional: true,
    steps: [oneWay('Keepalive')],
  },
];
