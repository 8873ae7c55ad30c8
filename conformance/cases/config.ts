import type { Case, Step } from '../case.js';
import { anyFault, fault, matches, namespaceOf, ok, present, text } from '../expectations.js';
import { actions, CONFIG, dialects } from '../namespaces.js';
import { enumerate, get, optimized, type Parts } from '../requests.js';
import type { Target } from '../target.js';

const getConfig = (target: Target, part: string, parts: Parts = {}) =>
  get(target, { uri: CONFIG + part, selectors: {}, ...parts });

const configured = (part: string, expect: Step['expect']): Step => ({ send: (t) => getConfig(t, part), expect });

const boolean = /^(true|false)$/;
const CFG = 'http://schemas.microsoft.com/wbem/wsman/1/config';
const configXml = (content: string) => `<cfg:Config xmlns:cfg="${CFG}">${content}</cfg:Config>`;

export const configCases: readonly Case[] = [
  {
    name: 'the configuration tells the limits of the service',
    verifies: ['config:get'],
    optional: true,
    needs: 'lab',
    steps: [
      configured('', [
        ok,
        namespaceOf('s:Body/*:Config', CFG),
        ...['MaxEnvelopeSizekb', 'MaxTimeoutms', 'MaxBatchItems', 'MaxProviderRequests'].map((name) =>
          matches(`s:Body/cfg:Config/cfg:${name}`, /^\d+$/),
        ),
        present('s:Body/cfg:Config/cfg:Client', 1),
        present('s:Body/cfg:Config/cfg:Service', 1),
        present('s:Body/cfg:Config/cfg:Winrs', 1),
      ]),
    ],
  },
  {
    name: 'config/service tells of the service',
    verifies: ['config:service'],
    optional: true,
    needs: 'lab',
    steps: [
      configured('/service', [
        ok,
        matches('s:Body/cfg:Service/cfg:EnumerationTimeoutms', /^\d+$/),
        matches('s:Body/cfg:Service/cfg:MaxConnections', /^\d+$/),
        matches('s:Body/cfg:Service/cfg:AllowUnencrypted', boolean),
      ]),
    ],
  },
  {
    name: 'config/service/auth tells which ways to log on there are',
    verifies: ['config:auth'],
    optional: true,
    needs: 'lab',
    steps: [
      configured('/service/auth', [
        ok,
        ...['Basic', 'Kerberos', 'Negotiate', 'Certificate', 'CredSSP'].map((name) =>
          matches(`s:Body/cfg:Auth/cfg:${name}`, boolean),
        ),
        text('s:Body/cfg:Auth/cfg:Basic', 'true'),
      ]),
    ],
  },
  {
    name: 'config/client is answered',
    verifies: ['config:client'],
    optional: true,
    needs: 'lab',
    steps: [configured('/client', [ok, matches('s:Body/cfg:Client/cfg:NetworkDelayms', /^\d+$/)])],
  },
  {
    name: 'config/winrs is answered',
    verifies: ['config:winrs'],
    optional: true,
    needs: 'lab',
    steps: [configured('/winrs', [ok, matches('s:Body/cfg:Winrs/cfg:AllowRemoteShellAccess', boolean)])],
  },
  {
    name: 'config/listener lists the listeners',
    verifies: ['config:listener'],
    optional: true,
    needs: 'lab',
    steps: [
      {
        send: (t) => enumerate(t, optimized, { uri: `${CONFIG}/listener`, selectors: {} }),
        expect: [
          ok,
          matches('s:Body/n:EnumerateResponse/w:Items/cfg:Listener/cfg:Transport', /^HTTPS?$/),
          matches('s:Body/n:EnumerateResponse/w:Items/cfg:Listener/cfg:Port', /^\d+$/),
        ],
      },
    ],
  },
  {
    name: 'a filter on the configuration is refused',
    verifies: ['config:no-filter'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          enumerate(t, `${optimized}<w:Filter Dialect="${dialects.wql}">SELECT * FROM Listener</w:Filter>`, {
            uri: `${CONFIG}/listener`,
            selectors: {},
          }),
        expect: [fault('Sender', 'n:FilteringNotSupported')],
      },
    ],
  },
  {
    name: 'Put of the configuration changes a setting',
    verifies: ['config:put'],
    optional: true,
    needs: 'lab',
    steps: [
      { send: (t) => getConfig(t, ''), expect: [ok], remember: { before: 's:Body/cfg:Config/cfg:MaxBatchItems' } },
      {
        send: (t) =>
          getConfig(t, '', { action: actions.put, body: configXml('<cfg:MaxBatchItems>31999</cfg:MaxBatchItems>') }),
        expect: [ok, text('s:Header/a:Action', 'http://schemas.xmlsoap.org/ws/2004/09/transfer/PutResponse')],
      },
      { send: (t) => getConfig(t, ''), expect: [text('s:Body/cfg:Config/cfg:MaxBatchItems', '31999')] },
    ],
    cleanUp: (t, { before }) =>
      before === undefined
        ? undefined
        : getConfig(t, '', {
            action: actions.put,
            body: configXml(`<cfg:MaxBatchItems>${before}</cfg:MaxBatchItems>`),
          }),
  },
  {
    name: 'Put of the configuration with a value out of range is refused',
    verifies: ['config:put:invalid'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          getConfig(t, '', { action: actions.put, body: configXml('<cfg:MaxBatchItems>-1</cfg:MaxBatchItems>') }),
        expect: [anyFault],
      },
    ],
  },
];
