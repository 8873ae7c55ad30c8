import type { Case } from '../case.js';
import {
  absent,
  anyFault,
  expectation,
  fault,
  httpHeader,
  inDocument,
  namespaceOf,
  ok,
  present,
  status,
} from '../expectations.js';
import { findAll } from '../find.js';
import { METHOD, SERVICE, serviceKeys, systemKeys } from '../lab.js';
import type { Message } from '../message.js';
import { ALL_CLASSES, actions } from '../namespaces.js';
import { eprXml, get, identify, identifyXml, invoke, type Parts, request } from '../requests.js';
import type { Target } from '../target.js';

const unknownBlock = (attributes: string) =>
  `<u:Unknown xmlns:u="http://example.org/unknown" ${attributes}>x</u:Unknown>`;

/** Any request with addressing will do where only the envelope counts: what is asked for is in every server. */
const plain = (target: Target, parts: Parts = {}) => get(target, parts);

function changed(target: Target, change: (xml: string) => string): Message {
  const message = plain(target);
  return { ...message, body: change(message.body) };
}

export const soapCases: readonly Case[] = [
  {
    name: 'an envelope of SOAP 1.1 gets VersionMismatch',
    verifies: ['soap:version'],
    steps: [
      {
        send: () => ({
          body: identifyXml.replace(
            'http://www.w3.org/2003/05/soap-envelope',
            'http://schemas.xmlsoap.org/soap/envelope/',
          ),
        }),
        expect: [fault('VersionMismatch')],
      },
    ],
  },
  {
    name: 'VersionMismatch names the envelope that would do',
    verifies: ['soap:version:upgrade'],
    steps: [
      {
        send: () => ({ body: identifyXml.replace('/2003/05/soap-envelope', '/2099/01/soap-envelope') }),
        expect: [fault('VersionMismatch'), present('s:Header/s:Upgrade/s:SupportedEnvelope/@qname')],
      },
    ],
  },
  {
    name: 'tags that do not match are refused',
    verifies: ['soap:well-formed'],
    steps: [{ send: () => ({ body: identifyXml.replace('</s:Body>', '</s:Bod>') }), expect: [anyFault] }],
  },
  {
    name: 'a prefix that nobody declared is refused',
    verifies: ['soap:declared'],
    steps: [
      { send: (t) => changed(t, (xml) => xml.replaceAll(/xmlns:w="[^"]*"/g, '')), expect: [anyFault] },
      { send: (t) => plain(t, { headers: '<q:Unknown/>' }), expect: [anyFault] },
      {
        send: (t) => plain(t, { headers: '<u:Unknown xmlns:u="http://example.org/unknown" q:x="1"/>' }),
        expect: [anyFault],
      },
    ],
  },
  {
    name: 'text that is no XML is refused',
    verifies: ['soap:well-formed'],
    steps: [{ send: () => ({ body: 'Get-CimInstance' }), expect: [anyFault] }],
  },
  {
    name: 'an envelope cut in the middle is refused',
    verifies: ['soap:truncated'],
    steps: [{ send: (t) => changed(t, (xml) => xml.slice(0, xml.length - 20)), expect: [anyFault] }],
  },
  {
    name: 'a document type declaration is refused',
    verifies: ['soap:no-dtd'],
    steps: [{ send: () => ({ body: `<!DOCTYPE x [<!ENTITY e "v">]>${identifyXml}` }), expect: [anyFault] }],
  },
  {
    name: 'an envelope without Body is refused',
    verifies: ['soap:body:required'],
    steps: [{ send: (t) => changed(t, (xml) => xml.replace(/<s:Body>.*<\/s:Body>/s, '')), expect: [anyFault] }],
  },
  {
    name: 'an element behind Body is refused',
    verifies: ['soap:body:last'],
    steps: [
      { send: () => ({ body: identifyXml.replace('</s:Envelope>', '<s:More/></s:Envelope>') }), expect: [anyFault] },
    ],
  },
  {
    name: 'other prefixes and a default namespace change nothing',
    verifies: ['soap:prefixes'],
    needs: 'instance',
    steps: [
      {
        send: (t) =>
          changed(t, (xml) =>
            xml
              .replaceAll(/(<\/?|[ ])s:/g, '$1soap:')
              .replace('xmlns:s=', 'xmlns:soap=')
              .replaceAll(/(<\/?)a:/g, '$1')
              .replace('xmlns:a=', 'xmlns='),
          ),
        expect: [ok],
      },
    ],
  },
  {
    name: 'header blocks in reverse order are read',
    verifies: ['soap:header:order'],
    needs: 'instance',
    steps: [{ send: (t) => plain(t, { reversed: true }), expect: [ok] }],
  },
  {
    name: 'white space and line breaks around header text are trimmed',
    verifies: ['soap:header:text'],
    needs: 'instance',
    steps: [
      {
        send: (t) => changed(t, (xml) => xml.replace(/(<a:Action[^>]*>)([^<]*)</, '$1\n   $2\r\n  <')),
        expect: [ok],
      },
    ],
  },
  {
    name: 'a comment and CDATA in header text change nothing',
    verifies: ['soap:header:text'],
    needs: 'instance',
    steps: [
      {
        send: (t) => changed(t, (xml) => xml.replace(/(<a:Action[^>]*>)([^<]*)</, '$1<!-- what --><![CDATA[$2]]><')),
        expect: [ok],
      },
    ],
  },
  {
    name: 'an XML declaration is accepted',
    verifies: ['soap:declaration'],
    steps: [{ send: () => ({ body: `<?xml version="1.0" encoding="UTF-8"?>\n${identifyXml}` }), expect: [ok] }],
  },
  {
    name: 'an unknown mandatory block gets MustUnderstand',
    verifies: ['soap:must-understand'],
    steps: [
      {
        send: (t) => plain(t, { headers: unknownBlock('s:mustUnderstand="true"') }),
        expect: [fault('MustUnderstand')],
      },
    ],
  },
  {
    name: 'mustUnderstand of 1 is mandatory too',
    verifies: ['soap:must-understand:one'],
    steps: [
      { send: (t) => plain(t, { headers: unknownBlock('s:mustUnderstand="1"') }), expect: [fault('MustUnderstand')] },
    ],
  },
  {
    name: 'the MustUnderstand fault names the block',
    verifies: ['soap:must-understand:names'],
    steps: [
      {
        send: (t) => plain(t, { headers: unknownBlock('s:mustUnderstand="true"') }),
        expect: [
          inDocument('NotUnderstood with the name of the block', (root) => {
            const [block] = findAll(root, 's:Header/s:NotUnderstood');
            const qname = block?.attributes.find(({ local }) => local === 'qname')?.value ?? '';
            const [prefix = '', local] = qname.includes(':') ? qname.split(':') : ['', qname];
            const right = block?.scope[prefix] === 'http://example.org/unknown' && local === 'Unknown';
            return right ? undefined : `NotUnderstood ${qname}`;
          }),
        ],
      },
    ],
  },
  {
    name: 'an unknown block that is not mandatory is passed over',
    verifies: ['soap:must-understand:false'],
    needs: 'instance',
    steps: [{ send: (t) => plain(t, { headers: unknownBlock('s:mustUnderstand="false"') }), expect: [ok] }],
  },
  {
    name: 'a mandatory block for another role is passed over',
    verifies: ['soap:must-understand:role'],
    needs: 'instance',
    steps: [
      {
        send: (t) => plain(t, { headers: unknownBlock('s:mustUnderstand="true" s:role="http://example.org/other"') }),
        expect: [ok],
      },
    ],
  },
  {
    name: 'nothing is done for a request with an unknown mandatory block',
    verifies: ['soap:must-understand:first'],
    needs: 'lab',
    steps: [
      {
        send: (t) => {
          const reference = (name: string) => eprXml(t, 'MSFTSM_ComputerSystem', systemKeys(name));
          return invoke(
            t,
            {
              className: SERVICE,
              keys: serviceKeys(),
              method: METHOD,
              input:
                `<i:PipeElementName>not-understood-${t.run}</i:PipeElementName>` +
                `<i:SourceSystem>${reference('iscsi-a.lab.example')}</i:SourceSystem><i:TargetSystem>${reference('iscsi-b.lab.example')}</i:TargetSystem>`,
            },
            { headers: unknownBlock('s:mustUnderstand="true"') },
          );
        },
        expect: [fault('MustUnderstand')],
      },
      {
        send: (t) =>
          request({
            action: actions.enumerate,
            uri: ALL_CLASSES,
            selectors: { __cimnamespace: t.namespace },
            body:
              '<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>10</w:MaxElements>' +
              `<w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">SELECT * FROM CIM_NetworkPipe WHERE ElementName = 'not-understood-${t.run}'</w:Filter></n:Enumerate>`,
          }),
        expect: [ok, absent('s:Body/n:EnumerateResponse/w:Items/*')],
      },
    ],
  },
  {
    name: 'a fault is the only child of Body: Code, then Reason',
    verifies: ['soap:fault:shape'],
    steps: [
      {
        send: (t) => plain(t, { uri: 'http://example.org/nothing' }),
        expect: [
          present('s:Body/*', 1),
          inDocument('Code and Reason in order', (root) => {
            const names = findAll(root, 's:Body/s:Fault/*').map(({ local }) => local);
            return names[0] === 'Code' && names[1] === 'Reason' ? undefined : names.join(', ');
          }),
          present('s:Body/s:Fault/s:Code/s:Value', 1),
        ],
      },
    ],
  },
  {
    name: 'the text of a Reason says its language',
    verifies: ['soap:fault:reason-language'],
    steps: [
      {
        send: (t) => plain(t, { uri: 'http://example.org/nothing' }),
        expect: [present('s:Body/s:Fault/s:Reason/s:Text/@xml:lang')],
      },
    ],
  },
  {
    name: 'a fault goes out with status 500 or 400',
    verifies: ['soap:fault:status'],
    steps: [{ send: (t) => plain(t, { uri: 'http://example.org/nothing' }), expect: [status(500, 400), anyFault] }],
  },
  {
    name: 'an answer is application/soap+xml',
    verifies: ['soap:response:media-type'],
    steps: [{ send: () => identify(), expect: [ok, httpHeader('content-type', /^application\/soap\+xml\b/i)] }],
  },
  {
    name: 'an answer is one document without attachments',
    verifies: ['attachments'],
    steps: [
      {
        send: () => identify(),
        expect: [
          ok,
          httpHeader('content-type', /^(?!multipart)/i),
          namespaceOf('s:Body', 'http://www.w3.org/2003/05/soap-envelope'),
        ],
      },
    ],
  },
  {
    name: 'an answer says its language',
    verifies: ['locale:answer'],
    steps: [
      {
        send: (t) => plain(t, { uri: 'http://example.org/nothing' }),
        expect: [
          expectation('xml:lang on the envelope or in the fault', ({ answer }) =>
            /xml:lang="[A-Za-z-]+"/.test(answer.text) ? undefined : 'no xml:lang at all',
          ),
        ],
      },
    ],
  },
  {
    name: 'an unknown mandatory block stops Identify',
    verifies: ['identify:must-understand'],
    steps: [
      {
        send: () => ({
          body: identifyXml.replace('<s:Header/>', `<s:Header>${unknownBlock('s:mustUnderstand="true"')}</s:Header>`),
        }),
        expect: [fault('MustUnderstand')],
      },
    ],
  },
];
