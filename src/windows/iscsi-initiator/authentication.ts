import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { MethodRefusal } from '../method-refusal.js';
import { findNote, note } from '../notes.js';
import { IscsiStatus } from './iscsi-status.js';

const TYPES = ['NONE', 'ONEWAYCHAP', 'MUTUALCHAP'] as const;
type AuthenticationType = (typeof TYPES)[number];

/** Bytes of a secret of CHAP: at least 96 bits, where no IPsec protects it. */
const SECRET_BYTES = { least: 12, most: 16 };
/** The longest name of CHAP, that of a node of iSCSI (RFC 3720, 3.2.6.1), in bytes. */
const MOST_NAME_BYTES = 223;

/** How an initiator wants to log on. */
export interface LogOn {
  readonly type: AuthenticationType;
  /** By which the target knows it. */
  readonly user: string;
  readonly secret: string;
  /** What the target has to know; undefined where it is not asked. */
  readonly own: string | undefined;
}

/**
 * What a Connect says of CHAP, as far as it can be judged before the target is asked.
 *
 * @param initiator name of the node, which is the name of CHAP where none is given
 * @throws MethodRefusal
 */
export async function logOnOf(input: MethodInput, initiator: string, context: MethodContext): Promise<LogOn> {
  const type = typeOf(input.AuthenticationType);
  if (type === 'NONE') return { type, user: '', secret: '', own: undefined };
  const user = textOf(input.ChapUsername) || initiator;
  if (Buffer.byteLength(user) > MOST_NAME_BYTES)
    throw new MethodRefusal(IscsiStatus.invalidUserName, `ChapUsername is longer than ${MOST_NAME_BYTES} bytes`);
  const secret = textOf(input.ChapSecret);
  if (!isSecret(secret)) throw new MethodRefusal(IscsiStatus.invalidTargetSecret, sizeOf('ChapSecret'));
  if (type === 'ONEWAYCHAP') return { type, user, secret, own: undefined };
  const own = textOf((await findNote(context, 'CIMULATOR_MachineNote'))?.get('InitiatorChapSecret'));
  if (own === '')
    throw new MethodRefusal(
      IscsiStatus.invalidInitiatorSecret,
      'the initiator has no secret: SetCHAPSecret gives it one',
    );
  if (own === secret)
    throw new MethodRefusal(IscsiStatus.invalidSecret, 'a secret of CHAP is for one direction alone (RFC 3720, 8.2.1)');
  return { type, user, secret, own };
}

/** Whether the target lets the initiator log on, and the initiator believes that it is the target. @throws MethodRefusal */
export function authenticate(logOn: LogOn, target: CimInstance | undefined): void {
  const demands = target?.get('EnableCHAP') === true;
  if (logOn.type === 'NONE') {
    if (demands) throw refused('the target demands CHAP');
    return;
  }
  if (!demands) throw refused('the target has no secret of CHAP');
  const isKnown = logOn.user === target.getString('CHAPUserName') && logOn.secret === target.getString('CHAPSecret');
  if (!isKnown) throw refused('the target knows no such name and secret');
  if (logOn.own === undefined) return;
  const answers = target.get('EnableReverseCHAP') === true && target.getString('ReverseCHAPSecret') === logOn.own;
  if (!answers) throw refused("the target does not know the initiator's secret");
}

/** Gives the initiator its secret, which targets have to know that are asked for it. @throws MethodRefusal */
export async function setInitiatorSecret(given: MethodInput[string], context: MethodContext): Promise<void> {
  const secret = textOf(given);
  if (!isSecret(secret)) throw new MethodRefusal(IscsiStatus.invalidInitiatorSecret, sizeOf('ChapSecret'));
  await note(context, 'CIMULATOR_MachineNote', { InitiatorChapSecret: secret });
}

/**
 * What the target's own classes say of who may log on: an instance of WT_Host of the computer that it is on.
 *
 * @param name of the target's node
 * @param system the SMI-S system that it is of
 */
export async function targetHost(
  store: InstanceReader,
  name: string,
  system: string,
): Promise<CimInstance | undefined> {
  const there = store.onHost ? store.onHost(system) : store;
  if (there === undefined) return undefined;
  for await (const one of there.scan('root/wmi', 'WT_Host'))
    if (sameName(one.getString('TargetIQN') ?? '', name)) return one;
  return undefined;
}

/** @throws MethodRefusal */
function typeOf(given: MethodInput[string]): AuthenticationType {
  if (given === undefined || given === null || given === '') return 'NONE';
  const known = TYPES.find((one) => sameName(one, String(given)));
  if (known) return known;
  throw new MethodRefusal(IscsiStatus.authenticationType, `AuthenticationType is none of ${TYPES.join(', ')}`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isSecret(secret: string): boolean {
  const bytes = Buffer.byteLength(secret);
  return bytes >= SECRET_BYTES.least && bytes <= SECRET_BYTES.most;
}

function sizeOf(name: string): string {
  return `${name} has not ${SECRET_BYTES.least} to ${SECRET_BYTES.most} bytes`;
}

function refused(why: string): MethodRefusal {
  return new MethodRefusal(IscsiStatus.authenticationFailure, why);
}
