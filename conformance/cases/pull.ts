import type { Case, Step } from '../case.js';
import { absent, anyFault, atMost, fault, ok, present, status, text } from '../expectations.js';
import { actions } from '../namespaces.js';
import { dmtfUri, enumerate, inNamespace, onContext, request } from '../requests.js';

const CONTEXT = { context: 's:Body/n:EnumerateResponse/n:EnumerationContext' };
const PULL = 's:Body/n:PullResponse';
const invalidContext = fault(null, 'n:InvalidEnumerationContext');

const opened = (content?: string): Step => ({ send: (t) => enumerate(t, content), expect: [ok], remember: CONTEXT });

export const pullCases: readonly Case[] = [
  {
    name: 'Pull is answered with Items of the enumeration namespace, by the action PullResponse',
    verifies: ['pull'],
    needs: 'instance',
    steps: [
      opened(),
      {
        send: (t, { context = '' }) => onContext(t, 'pull', context),
        expect: [
          ok,
          text('s:Header/a:Action', 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/PullResponse'),
          present(`${PULL}/n:Items`, 1),
        ],
      },
    ],
  },
  {
    name: 'Pull without MaxElements gives one item',
    verifies: ['pull:default'],
    needs: 'instance',
    steps: [
      opened(),
      { send: (t, { context = '' }) => onContext(t, 'pull', context), expect: [ok, present(`${PULL}/n:Items/*`, 1)] },
    ],
  },
  {
    name: 'Pull gives no more items than MaxElements',
    verifies: ['pull:limit'],
    needs: 'lab',
    steps: [
      opened(),
      {
        send: (t, { context = '' }) => onContext(t, 'pull', context, '<n:MaxElements>2</n:MaxElements>'),
        expect: [ok, present(`${PULL}/n:Items/*`, 2), atMost(`${PULL}/n:Items/*`, 2)],
      },
    ],
  },
  {
    name: 'MaxTime in Pull is accepted',
    verifies: ['pull:max-time'],
    optional: true,
    needs: 'instance',
    steps: [
      opened(),
      {
        send: (t, { context = '' }) =>
          request({
            action: actions.pull,
            uri: dmtfUri(t),
            selectors: inNamespace(t),
            body: `<n:Pull><n:EnumerationContext>${context}</n:EnumerationContext><n:MaxTime>PT10S</n:MaxTime><n:MaxElements>10</n:MaxElements></n:Pull>`,
          }),
        expect: [ok, present(`${PULL}/n:Items/*`)],
      },
    ],
  },
  {
    name: 'MaxElements of 0 in Pull is refused',
    verifies: ['pull:max-elements:invalid'],
    needs: 'instance',
    steps: [
      opened(),
      {
        send: (t, { context = '' }) => onContext(t, 'pull', context, '<n:MaxElements>0</n:MaxElements>'),
        expect: [anyFault],
      },
    ],
  },
  {
    name: 'a context is no good after the end of its sequence',
    verifies: ['pull:after-end'],
    needs: 'instance',
    steps: [
      opened(),
      {
        send: (t, { context = '' }) => onContext(t, 'pull', context, '<n:MaxElements>1000</n:MaxElements>'),
        expect: [ok, present(`${PULL}/n:EndOfSequence`, 1)],
      },
      { send: (t, { context = '' }) => onContext(t, 'pull', context), expect: [invalidContext] },
    ],
  },
  {
    name: 'a context that nobody gave out is refused',
    verifies: ['pull:invalid'],
    steps: [
      { send: (t) => onContext(t, 'pull', 'uuid:00000000-0000-0000-0000-000000000000'), expect: [invalidContext] },
    ],
  },
  {
    name: 'a context that was changed is refused',
    verifies: ['pull:forged'],
    needs: 'instance',
    steps: [
      opened(),
      {
        send: (t, { context = '' }) => {
          const last = context.at(-1) ?? '';
          return onContext(t, 'pull', context.slice(0, -1) + (last === 'A' || last === 'a' ? 'B' : 'A'));
        },
        expect: [invalidContext],
      },
    ],
  },
  {
    name: 'Release is answered with an empty Body, by the action ReleaseResponse',
    verifies: ['release'],
    steps: [
      opened(),
      {
        send: (t, { context = '' }) => onContext(t, 'release', context),
        expect: [
          ok,
          text('s:Header/a:Action', 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/ReleaseResponse'),
          absent('s:Body/*'),
        ],
      },
    ],
  },
  {
    name: 'a released context is refused',
    verifies: ['release:final'],
    steps: [
      opened(),
      { send: (t, { context = '' }) => onContext(t, 'release', context), expect: [status(200)] },
      { send: (t, { context = '' }) => onContext(t, 'pull', context), expect: [invalidContext] },
    ],
  },
  {
    name: 'Release of a context that does not exist is refused',
    verifies: ['release:invalid'],
    steps: [
      { send: (t) => onContext(t, 'release', 'uuid:00000000-0000-0000-0000-000000000000'), expect: [invalidContext] },
    ],
  },
  {
    name: 'GetStatus tells how long a context lives',
    verifies: ['get-status'],
    optional: true,
    steps: [
      opened(),
      {
        send: (t, { context = '' }) => onContext(t, 'getStatus', context),
        expect: [ok, present('s:Body/n:GetStatusResponse', 1)],
      },
    ],
  },
  {
    name: 'Renew lets a context live longer',
    verifies: ['renew'],
    optional: true,
    steps: [
      opened(),
      {
        send: (t, { context = '' }) => onContext(t, 'renew', context, '<n:Expires>PT60S</n:Expires>'),
        expect: [ok, present('s:Body/n:RenewResponse', 1)],
      },
      { send: (t, { context = '' }) => onContext(t, 'pull', context), expect: [ok] },
    ],
  },
];
