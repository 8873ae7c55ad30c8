import type { Call } from '../../cim/contracts/call.js';
import type { CimOperation, CimOperationKind } from '../../cim/contracts/cim-operation.js';
import { namespaceOf } from '../../cim/contracts/namespace-of.js';
import { operationOfAction } from '../../wsman/wsman-operation.js';
import type { Outcome, WsmanRequest, WsmanResponse } from '../../wsman/wsman-service.js';
import type { ExchangeOutcome } from '../match/exchange-match.js';
import { isLost } from './is-lost.js';

/** What is known of a message before it is looked into. */
export interface ExchangeHead {
  readonly id: string;
  readonly user: string | undefined;
  /** Which of several computers was asked. */
  readonly host: string | undefined;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  readonly peer: string | undefined;
  readonly tls: boolean;
  readonly sealed: boolean;
  readonly charset: string | undefined;
}

export function headOf({ charset, source }: WsmanRequest, call: Call): ExchangeHead {
  return {
    id: call.id,
    user: call.user,
    host: call.host,
    at: call.now(),
    peer: source?.address,
    tls: source?.tls === true,
    sealed: source?.sealed === true,
    charset,
  };
}

/**
 * What is kept of a message and its answer: references to what is there anyway, and nothing that holds what was read of the message
 * (its texts are pieces of all of it). What else there is to know of it is read from the body when somebody asks.
 */
export class KeptExchange implements ExchangeHead {
  /** Set when it has ended. */
  number = 0;
  /** By the clock of the machine, in milliseconds; set where its number is given by another process. */
  endedAt = 0;
  readonly id: string;
  readonly user: string | undefined;
  readonly host: string | undefined;
  readonly at: number;
  readonly peer: string | undefined;
  readonly tls: boolean;
  readonly sealed: boolean;
  readonly charset: string | undefined;
  /** Where the bodies lie, the answer's behind the request's; undefined for one that alone would take too much of the memory there is. */
  slab: Buffer | undefined;
  from = 0;
  requestBytes = 0;
  answerBytes = 0;
  durationMs = 0;
  operation: string | undefined;
  method: string | undefined;
  className: string | undefined;
  namespace: string | undefined;
  kinds: readonly CimOperationKind[] = NONE;
  returned: Outcome['returned'];
  instances: number | undefined;
  outcome: ExchangeOutcome = 'lost';
  status = 0;
  fault: string | undefined;
  reason: string | undefined;
  rule: string | undefined;
  readonly #startedAt = performance.now();

  constructor(head: ExchangeHead) {
    this.id = head.id;
    this.user = head.user;
    this.host = head.host;
    this.at = head.at;
    this.peer = head.peer;
    this.tls = head.tls;
    this.sealed = head.sealed;
    this.charset = head.charset;
  }

  get body(): Uint8Array | undefined {
    return this.slab?.subarray(this.from, this.from + this.requestBytes);
  }

  get answer(): Uint8Array | undefined {
    const from = this.from + this.requestBytes;
    return this.slab?.subarray(from, from + this.answerBytes);
  }

  /** Of a CIM operation that the message led to. */
  note(operation: CimOperation): void {
    this.kinds = this.kinds === NONE ? (alone[operation.kind] ?? [operation.kind]) : [...this.kinds, operation.kind];
    if (this.namespace !== undefined) return;
    switch (operation.kind) {
      case 'InvokeMethod':
        this.namespace = operation.target.namespace;
        break;
      case 'EnumerateInstances':
      case 'FindInstances':
        this.className ??= operation.className;
        this.namespace = operation.namespace;
        break;
      default:
        this.namespace = namespaceOf(operation);
    }
  }

  end(answer: WsmanResponse, request: WsmanRequest): void {
    const { status, outcome, delivery } = answer;
    const { action, className, fault, reason, returned, items, rule } = outcome;
    const operation = action === undefined ? undefined : operationOfAction(action);
    this.durationMs = performance.now() - this.#startedAt;
    this.operation = operation?.name;
    this.method = returned?.method ?? operation?.method;
    if (className !== undefined) this.className = className;
    this.status = delivery?.status ?? status;
    this.fault = fault;
    this.reason = reason;
    this.returned = returned;
    this.rule = rule;
    this.instances = items ?? (operation?.name === 'Get' && fault === undefined ? 1 : undefined);
    this.outcome = isLost(answer, request) ? 'lost' : fault === undefined ? 'answered' : 'fault';
  }
}

const NONE: readonly CimOperationKind[] = [];

/** Most messages lead to one operation: they share its list. */
const alone: Partial<Record<CimOperationKind, readonly CimOperationKind[]>> = {
  InvokeMethod: ['InvokeMethod'],
  GetInstance: ['GetInstance'],
  PullInstances: ['PullInstances'],
};
