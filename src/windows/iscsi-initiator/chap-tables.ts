import type { Arrangement, MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { tablesOf } from '../storage-management/storage-reasons.js';
import { objectPath } from '../table-paths.js';
import { SESSION_CLASS, TARGET_CLASS } from './initiator-rows.js';
import { IscsiStatus } from './iscsi-status.js';
import { OPEN, ready, refusals, target } from './table-targets.js';

/** What the target t1 knows, and what the initiator does. */
const [SECRET, OWN] = ['a-lab-secret-1', 'a-lab-secret-2'];
const REVERSE: TableValues = { EnableReverseCHAP: true, ReverseCHAPUserName: 'lab', ReverseCHAPSecret: OWN };
const demands = (more: TableValues = {}): Arrangement => ({
  set: objectPath('root/wmi:WT_Host', { HostName: 't1' }),
  to: { EnableCHAP: true, CHAPUserName: 'lab', CHAPSecret: SECRET, ...more },
});
const byChap = (more: TableValues = {}): TableValues => ({
  ...{ NodeAddress: OPEN, AuthenticationType: 'ONEWAYCHAP', ChapUsername: 'lab', ChapSecret: SECRET },
  ...more,
});
const ownSecret: Arrangement = { call: { method: 'SetCHAPSecret', on: SESSION_CLASS, input: { ChapSecret: OWN } } };

/** What Connect answers to who logs on by CHAP, or should. */
export const chapCodes: readonly ReachedCode[] = [
  {
    code: 0,
    when: 'the target demands CHAP, and the name and secret are those that it knows (`WT_Host`)',
    given: [...ready, demands()],
    input: byChap(),
    shows: [{ answers: { ReturnValue: 0 } }, { get: target(OPEN), has: { IsConnected: true } }],
  },
  {
    code: 0,
    when: "the target knows the initiator's secret, too, and is asked for it",
    given: [...ready, demands(REVERSE), ownSecret],
    input: byChap({ AuthenticationType: 'MUTUALCHAP' }),
    shows: [{ get: target(OPEN), has: { IsConnected: true } }],
  },
  ...(
    [
      ['the target demands CHAP, and AuthenticationType is NONE', [demands()], { NodeAddress: OPEN }],
      ['AuthenticationType is one of CHAP, and the target demands none', [], byChap()],
      ['the target knows another secret', [demands()], byChap({ ChapSecret: 'another-secret' })],
      ['the target knows another name', [demands()], byChap({ ChapUsername: 'nobody' })],
      [
        'the target does not know the secret of the initiator',
        [demands(), ownSecret],
        byChap({ AuthenticationType: 'MUTUALCHAP' }),
      ],
    ] as const
  ).map(([when, given, input]) => ({
    ...{ code: IscsiStatus.authenticationFailure, when, input },
    given: [...ready, ...given],
  })),
  {
    code: IscsiStatus.invalidTargetSecret,
    when: 'ChapSecret has not 12 to 16 bytes',
    given: [...ready, demands()],
    input: byChap({ ChapSecret: 'short' }),
  },
  {
    code: IscsiStatus.invalidUserName,
    when: 'ChapUsername is longer than 223 bytes',
    given: [...ready, demands()],
    input: byChap({ ChapUsername: 'u'.repeat(224) }),
  },
  {
    code: IscsiStatus.invalidInitiatorSecret,
    when: 'AuthenticationType is MUTUALCHAP, and the initiator has no secret',
    given: [...ready, demands(REVERSE)],
    input: byChap({ AuthenticationType: 'MUTUALCHAP' }),
  },
  {
    code: IscsiStatus.invalidSecret,
    when: 'the secret of the initiator is the same as ChapSecret',
    given: [...ready, demands(REVERSE), ownSecret],
    input: byChap({ AuthenticationType: 'MUTUALCHAP', ChapSecret: OWN }),
  },
];

export const secretTables: readonly MethodTable[] = [
  tablesOf(SESSION_CLASS, SESSION_CLASS)('SetCHAPSecret', [
    {
      code: 0,
      when: 'it has 12 to 16 bytes',
      given: [...ready, demands(REVERSE)],
      input: { ChapSecret: OWN },
      shows: [
        {
          call: { method: 'Connect', on: TARGET_CLASS, input: byChap({ AuthenticationType: 'MUTUALCHAP' }) },
          answers: { ReturnValue: 0 },
        },
      ],
    },
    ...refusals([], { ChapSecret: OWN }),
    {
      code: IscsiStatus.invalidInitiatorSecret,
      when: 'it has not',
      given: ready,
      input: { ChapSecret: 'longer-than-16-bytes' },
    },
  ]),
];
