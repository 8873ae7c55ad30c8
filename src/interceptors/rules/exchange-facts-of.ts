import type { Call } from '../../cim/contracts/call.js';
import type { CimOperation } from '../../cim/contracts/cim-operation.js';
import { namespaceOf } from '../../cim/contracts/namespace-of.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import type { NameMap } from '../../cim/model/name-map.js';
import type { Json } from '../../cimjson/cim-json-types.js';
import { plainValue, plainValues } from '../../cimjson/plain-values.js';
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
  readonly host: string | undefined;
  readonly #operation: WsmanOperation;
  #keys: NameMap<CimValue> | undefined;
  #isRead = false;

  constructor(operation: WsmanOperation, { user, host }: Pick<Call, 'user' | 'host'>) {
    this.operation = operation.name;
    this.method = operation.method;
    this.class = operation.className;
    this.namespace = operation.namespace;
    this.user = user;
    this.host = host;
    this.#operation = operation;
  }

  get selectors(): PlainValues {
    return plainValues(this.#target() ?? []);
  }

  valueNamed(member: 'selectors' | 'input', name: string): Json | undefined {
    return member === 'selectors' ? plainNamed(this.#target(), name) : undefined;
  }

  #target(): NameMap<CimValue> | undefined {
    if (!this.#isRead) this.#keys = this.#operation.target()?.keys;
    this.#isRead = true;
    return this.#keys;
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
  readonly host: string | undefined;
  readonly #path: InstancePath | undefined;
  readonly #message: ExchangeFacts;
  readonly #input: NameMap<CimValue> | undefined;

  constructor(operation: CimOperation, message: ExchangeFacts) {
    const path = pathOf(operation);
    this.operation = message.operation;
    this.cimOperations = [operation.kind];
    this.method = operation.kind === 'InvokeMethod' ? operation.method : message.method;
    this.class = path?.className ?? classOf(operation) ?? message.class;
    this.namespace = path?.namespace ?? namespaceOf(operation) ?? message.namespace;
    this.user = message.user;
    this.host = message.host;
    this.#path = path;
    this.#message = message;
    this.#input = inputOf(operation);
  }

  get selectors(): PlainValues | undefined {
    return this.#path === undefined ? this.#message.selectors : plainValues(this.#path.keys);
  }

  get input(): PlainValues | undefined {
    return this.#input && plainValues(this.#input);
  }

  valueNamed(member: 'selectors' | 'input', name: string): Json | undefined {
    if (member === 'input') return plainNamed(this.#input, name);
    return this.#path === undefined ? this.#message.valueNamed?.(member, name) : plainNamed(this.#path.keys, name);
  }
}

function plainNamed(values: NameMap<CimValue> | undefined, name: string): Json | undefined {
  const value = values?.get(name);
  return value === undefined ? undefined : plainValue(value);
}

function inputOf(operation: CimOperation): NameMap<CimValue> | undefined {
  switch (operation.kind) {
    case 'InvokeMethod':
      return operation.input;
    case 'CreateInstance':
      return operation.instance.properties;
    case 'ModifyInstance':
      return operation.changes;
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
