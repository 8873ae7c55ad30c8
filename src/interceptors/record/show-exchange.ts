import type { Namespaces } from '../../cim/contracts/namespaces.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import type { Json } from '../../cimjson/cim-json-types.js';
import { plainValue, plainValues } from '../../cimjson/plain-values.js';
import type { Masking, Secrets } from '../../secrets/secrets.js';
import type { MessageDescription, MessageReader } from '../../wsman/message-description.js';
import type { PlainValues } from '../match/exchange-match.js';
import type { KeptExchange } from './kept-exchange.js';
import type { RecordedExchange } from './recorded-exchange.js';

/** What showing needs. */
export interface Showing {
  readonly reader: MessageReader;
  readonly namespaces: Namespaces;
  readonly secrets: Secrets;
}

/**
 * An exchange as people see it. What is dear to make (values, texts) is made when it is asked for first: members are plain data to
 * whoever reads, lists, compares or serialises them.
 */
export function showExchange(kept: KeptExchange, { reader, namespaces, secrets }: Showing): RecordedExchange {
  const described = once((): Partial<MessageDescription> => {
    const { body, charset } = kept;
    return body === undefined ? {} : reader.describe({ body, charset });
  });
  const classOf = once(() => classNameOf(kept, described, namespaces));
  // What names the values of secrets comes first, so that they are found where they are quoted.
  const masked = once(() => {
    const masking = secrets.begin();
    const input = described().input;
    return { masking, input: input && plainValues(masking.values(input, classOf())) };
  });
  const selectors = once(() => plain(described().selectors, masked().masking, classOf()));
  const result = once(() => {
    const { answer, operation, fault, namespace, method } = kept;
    if (answer === undefined || operation !== 'Invoke' || fault !== undefined) return undefined;
    return reader.result(answer, { namespace, className: classOf(), method });
  });
  const outputs = once(() => plain(result()?.outputs, masked().masking, classOf()));
  const quoting = (text: string | undefined) => (text === undefined ? undefined : masked().masking.quoting(text));
  const reason = once(() => quoting(kept.reason));
  const filter = once(() => {
    const text = described().filter;
    return text === undefined ? undefined : masked().masking.text(text, classNames(classOf()));
  });
  const { id, number, user, host, peer, operation, method, kinds, outcome, status, instances, fault, rule, returned } =
    kept;
  return {
    id,
    number,
    at: new Date(kept.at).toISOString(),
    durationMs: Math.round(kept.durationMs * 1000) / 1000,
    user,
    host,
    peer,
    transport: kept.tls ? 'https' : 'http',
    sealed: kept.sealed,
    operation,
    cimOperations: [...kinds],
    get namespace() {
      return kept.namespace ?? described().namespace;
    },
    get class() {
      return classOf();
    },
    method,
    get selectors() {
      return selectors();
    },
    get input() {
      return masked().input;
    },
    get filter() {
      return filter();
    },
    outcome,
    status,
    get returnValue() {
      return returnValueOf(kept, result);
    },
    returnLabel: returned?.label,
    get outputs() {
      return outputs();
    },
    instances,
    fault,
    get reason() {
      return reason();
    },
    rule,
    soap: () => soapOf(kept, reader, masked().masking, classNames(classOf())),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function classNameOf(
  kept: KeptExchange,
  described: () => Partial<MessageDescription>,
  namespaces: Namespaces,
): string | undefined {
  const name = kept.className ?? described().className;
  const namespace = kept.namespace ?? described().namespace;
  if (name === undefined || namespace === undefined) return name;
  return namespaces.findNamespace(namespace)?.schema.findClass(name)?.name ?? name;
}

function classNames(className: string | undefined): readonly string[] {
  return className === undefined ? [] : [className];
}

function plain(
  values: Iterable<readonly [string, CimValue]> | undefined,
  masking: Masking,
  className: string | undefined,
): PlainValues | undefined {
  return values && plainValues(masking.values(values, className));
}

function returnValueOf(
  { returned }: KeptExchange,
  result: () => { readonly returnValue: CimValue } | undefined,
): Json | undefined {
  if (returned === undefined) return undefined;
  // Nearly all methods return a number, for which the answer need not be read.
  const number = Number(returned.value);
  if (returned.value !== '' && Number.isSafeInteger(number)) return number;
  return plainValue(result()?.returnValue ?? null);
}

function soapOf(
  { body, charset, answer, fault }: KeptExchange,
  reader: MessageReader,
  masking: Masking,
  classes: readonly string[],
): ReturnType<RecordedExchange['soap']> {
  const request = body && masking.text(reader.text({ body, charset }), classes);
  if (answer === undefined || body === undefined) return { request, response: undefined };
  const text = reader.text({ body: answer, charset: undefined });
  return { request, response: fault === undefined ? masking.text(text, classes) : masking.quoting(text, classes) };
}
