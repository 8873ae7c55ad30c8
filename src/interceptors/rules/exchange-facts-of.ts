import type { CimOperation } from '../../cim/contracts/cim-operation.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { plainValues } from '../../cimjson/plain-values.js';
import type { WsmanOperation } from '../../wsman/wsman-operation.js';
import type { ExchangeFacts } from '../match/exchange-facts.js';
import type { PlainValues } from '../match/exchange-match.js';

/** What the header of a message tells. A class, since there is one for each message; what is dear is read when it is asked for. */
export class MessageFacts implements ExchangeFacts {
  readonly operation: string;
  readonly method: string | undefined;
  readonly class: string | undefined;
  readonly namespace: string | undefined;
  readonly user: string | undefined;
  readonly #operation: WsmanOperation;
  #selectors: PlainValues | undefined;

  constructor(operation: WsmanOperation, user: string | undefined) {
    this.operation = operation.name;
    this.method = operation.method;
    this.class = operation.className;
    this.namespace = operation.namespace;
    this.user = user;
    this.#operation = operation;
  }

  get selectors(): PlainValues | undefined {
    this.#selectors ??= plainValues(this.#operation.target()?.keys ?? []);
    return this.#selectors;
  }
}

/** What a CIM operation that is about to be carried out tells besides. */
export class ModelFacts implements ExchangeFacts {
  readonly operation: string | undefined;
  readonly cimOperations: readonly string[];
  readonly method: string | undefined;
  readonly class: string | undefined;
  readonly namespace: string | undefined;
  readonly user: string | undefined;
  readonly #operation: CimOperation;
  readonly #path: InstancePath | undefined;
  readonly #message: ExchangeFacts;
  #selectors: PlainValues | undefined;
  #input: PlainValues | undefined;

  constructor(operation: CimOperation, message: ExchangeFacts) {
    const path = pathOf(operation);
    this.operation = message.operation;
    this.cimOperations = [operation.kind];
    this.method = operation.kind === 'InvokeMethod' ? operation.method : message.method;
    this.class = path?.className ?? classOf(operation) ?? message.class;
    this.namespace = path?.namespace ?? namespaceOf(operation) ?? message.namespace;
    this.user = message.user;
    this.#operation = operation;
    this.#path = path;
    this.#message = message;
  }

  get selectors(): PlainValues | undefined {
    if (this.#path === undefined) return this.#message.selectors;
    this.#selectors ??= plainValues(this.#path.keys);
    return this.#selectors;
  }

  get input(): PlainValues | undefined {
    this.#input ??= inputOf(this.#operation);
    return this.#input;
  }
}

function inputOf(operation: CimOperation): PlainValues | undefined {
  switch (operation.kind) {
    case 'InvokeMethod':
      return plainValues(operation.input);
    case 'CreateInstance':
      return plainValues(operation.instance.properties);
    case 'ModifyInstance':
      return plainValues(operation.changes);
    default:
      return undefined;
  }
}

function pathOf(operation: CimOperation): InstancePath | undefined {
  if ('path' in operation) return operation.path;
  return operation.kind === 'InvokeMethod' ? operation.target : undefined;
}

function classOf(operation: CimOperation): string | undefined {
  if (operation.kind === 'CreateInstance') return operation.instance.className;
  if ('className' in operation) return operation.className;
  // Of an enumeration of a class the message names it.
  return 'cursor' in operation && operation.cursor.classNames.length === 1 ? operation.cursor.classNames[0] : undefined;
}

function namespaceOf(operation: CimOperation): string | undefined {
  if ('namespace' in operation) return operation.namespace;
  return 'cursor' in operation ? operation.cursor.namespace : undefined;
}
