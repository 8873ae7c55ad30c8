import type { Call } from '../../cim/contracts/call.js';
import type { CimOperation, CimOperationKind } from '../../cim/contracts/cim-operation.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import type { NameMap } from '../../cim/model/name-map.js';
import { operationOfAction } from '../../wsman/wsman-operation.js';
import type { Delivery, Outcome, WsmanRequest, WsmanResponse } from '../../wsman/wsman-service.js';
import type { ExchangeOutcome } from '../match/exchange-match.js';

/**
 * What is kept of a message and its answer: references to what is there anyway, and nothing that holds what was read of the message
 * (its texts are pieces of all of it). What else there is to know of it is read from the body when somebody asks.
 */
export class KeptExchange {
  /** Set when it has ended. */
  number = 0;
  readonly id: string;
  readonly user: string | undefined;
  readonly at: number;
  readonly peer: string | undefined;
  readonly tls: boolean;
  readonly sealed: boolean;
  readonly charset: string | undefined;
  /** Undefined for one that alone would take too much of the memory there is. */
  body: Uint8Array | undefined;
  durationMs = 0;
  operation: string | undefined;
  method: string | undefined;
  className: string | undefined;
  namespace: string | undefined;
  readonly kinds: CimOperationKind[] = [];
  returnValue: CimValue | undefined;
  returned: Outcome['returned'];
  outputs: NameMap<CimValue> | undefined;
  instances: number | undefined;
  outcome: ExchangeOutcome = 'lost';
  status = 0;
  fault: string | undefined;
  reason: string | undefined;
  rule: string | undefined;
  answer: string | Uint8Array | undefined;
  readonly #startedAt = performance.now();

  constructor({ body, charset, source }: WsmanRequest, call: Call) {
    this.id = call.id;
    this.user = call.user;
    this.at = call.now();
    this.peer = source?.address;
    this.tls = source?.tls === true;
    this.sealed = source?.sealed === true;
    this.charset = charset;
    this.body = ofItsOwn(body);
  }

  /** Bytes of the bodies. */
  get bytes(): number {
    return (this.body?.byteLength ?? 0) + (this.answer?.length ?? 0);
  }

  /** Of a CIM operation that the message led to. */
  note(operation: CimOperation): void {
    this.kinds.push(operation.kind);
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

  end({ status, body, outcome, delivery }: WsmanResponse, { client }: WsmanRequest): void {
    const { action, className, fault, reason, returned, items, rule } = outcome;
    const operation = action === undefined ? undefined : operationOfAction(action);
    this.durationMs = performance.now() - this.#startedAt;
    this.operation = operation?.name;
    this.method = returned?.method ?? operation?.method;
    if (className !== undefined) this.className = className;
    this.status = delivery?.status ?? status;
    this.answer = body;
    this.fault = fault;
    this.reason = reason;
    this.returned = returned;
    this.rule = rule;
    this.instances = items ?? (operation?.name === 'Get' && fault === undefined ? 1 : undefined);
    const isLost = client.aborted || isNeverWhole(delivery);
    this.outcome = isLost ? 'lost' : fault === undefined ? 'answered' : 'fault';
  }
}

/** A view of a buffer that is much larger, as the one that a connection reads into, would keep all of that. */
function ofItsOwn(body: Uint8Array): Uint8Array {
  return body.byteLength * 2 < body.buffer.byteLength ? Buffer.from(body) : body;
}

/** Whether somebody wants the client not to get all of it. */
function isNeverWhole(delivery: Delivery | undefined): boolean {
  if (delivery === undefined) return false;
  return delivery.cutAfter !== undefined || (delivery.end !== undefined && delivery.end.when !== 'after');
}

function namespaceOf(operation: CimOperation): string | undefined {
  if ('path' in operation) return operation.path.namespace;
  if ('cursor' in operation) return operation.cursor.namespace;
  return 'namespace' in operation ? operation.namespace : undefined;
}
