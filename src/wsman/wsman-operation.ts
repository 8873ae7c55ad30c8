import type { Call } from '../cim/contracts/call.js';
import type { InstancePath } from '../cim/model/instance-path.js';
import { interned } from '../strings/interned.js';
import { rememberByText } from '../strings/remember-by-text.js';
import { ns } from '../xml/namespaces.js';
import type { RequestHeader } from './header/request-header.js';
import type { OperationAnswer } from './operation.js';
import type { Resource } from './resource.js';
import { findTarget } from './target.js';

export type { OperationAnswer } from './operation.js';

/** The operations of WS-Man by the names that people give them: the last part of an action's URI, and `Invoke` for every method. */
export const WSMAN_OPERATIONS = [
  'Identify',
  'Get',
  'Put',
  'Create',
  'Delete',
  'Invoke',
  'Enumerate',
  'Pull',
  'Release',
  'GetStatus',
  'Renew',
] as const;

export type WsmanOperationName = (typeof WSMAN_OPERATIONS)[number];

/** What a message asks for, as far as its header tells: known before anything of it is carried out. */
export interface WsmanOperation {
  readonly name: WsmanOperationName;
  /** Undefined for Identify, and where the resource is no CIM object. */
  readonly namespace: string | undefined;
  /** The class that the resource URI names; it may not exist. */
  readonly className: string | undefined;
  /** Of an Invoke; the class may not have it. */
  readonly method: string | undefined;
  /** The instance, or class, that URI and selectors name; undefined where they name none. Read when it is asked for. */
  target(): InstancePath | undefined;
}

/**
 * The seam between message and CIM operation: stands before the operation of a message whose header has been read, whose caller is
 * known and may do it, and which has its time and its place in the quota. What it throws becomes the fault of the answer. For Identify
 * the answer's body is the whole envelope.
 */
export type WsmanOperationInterceptor = (
  operation: WsmanOperation,
  call: Call,
  next: () => Promise<OperationAnswer>,
) => Promise<OperationAnswer>;

/** Asked with each message, since what stands there may come and go: while nothing does, nothing is paid for it. */
export interface WsmanOperationSeam {
  readonly interceptor: WsmanOperationInterceptor | undefined;
}

/** What is known of Identify: nothing but that it is one. */
export const IDENTIFY: WsmanOperation = {
  name: 'Identify',
  namespace: undefined,
  className: undefined,
  method: undefined,
  target: () => undefined,
};

/** The operation of an action, and the method of an Invoke; undefined for one that is no operation, as `Cancel`. */
export const operationOfAction = rememberByText((action): Pick<WsmanOperation, 'name' | 'method'> | undefined => {
  const last = interned(action.slice(action.lastIndexOf('/') + 1));
  const name = WSMAN_OPERATIONS.find((one) => one === last);
  if (action === 'Identify' || STANDARDS.some((prefix) => action.startsWith(prefix)))
    return name && { name, method: undefined };
  return ONE_WAY.test(action) ? undefined : { name: 'Invoke', method: last };
});

const STANDARDS = [ns.transfer, ns.enumeration, ns.eventing].map((namespace) => `${namespace}/`);
const ONE_WAY = /^http:\/\/schemas\.microsoft\.com\/wbem\/wsman\/1\/wsman\/[^/]*$/;

/** @param isMethod the action is none of the standards' */
export function wsmanOperationOf(
  action: string,
  isMethod: boolean,
  resource: Resource,
  { selectors }: RequestHeader,
): WsmanOperation {
  const last = action.slice(action.lastIndexOf('/') + 1);
  const found = WSMAN_OPERATIONS.find((name) => name === last);
  return {
    name: isMethod || found === undefined ? 'Invoke' : found,
    namespace: resource.kind === 'config' ? undefined : resource.space.name,
    className: resource.kind === 'class' ? resource.className : undefined,
    method: isMethod ? last : undefined,
    target() {
      if (resource.kind !== 'class') return undefined;
      try {
        return findTarget(resource, selectors).path;
      } catch {
        // The operation says what is wrong with it.
        return undefined;
      }
    },
  };
}
