import type { Answer } from './answer.js';
import type { Exchange, Expectation } from './case.js';
import { attribute, expandedName, findAll, qnameIn, textAt, textsAt } from './find.js';
import type { XmlNode } from './xml-node.js';

const FAULT = 's:Body/s:Fault';
const DETAIL_PREFIX = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/';

export function expectation(says: string, check: Expectation['check']): Expectation {
  return { says, check };
}

export function status(...allowed: number[]): Expectation {
  return expectation(`HTTP status ${allowed.join(' or ')}`, ({ answer }) =>
    allowed.includes(answer.status) ? undefined : `HTTP status ${answer.status}${saidBy(answer)}`,
  );
}

/** The operation succeeded: 200, an envelope, no fault. */
export const ok: Expectation = expectation('an answer that is no fault', ({ answer }) => {
  if (answer.status !== 200) return `HTTP status ${answer.status}${saidBy(answer)}`;
  if (answer.root === undefined) return answer.problem;
  return findAll(answer.root, FAULT).length > 0 ? `a fault with status 200${saidBy(answer)}` : undefined;
});

/**
 * A SOAP fault. SOAP's HTTP binding lets Sender faults go out with 400; Windows sends 500 for all.
 *
 * @param code `Sender`, `Receiver` …; null for any
 * @param subcode one that is right, with its prefix
 * @param detail last part of the FaultDetail URI; alternatives when several are right
 */
export function fault(
  code: string | null,
  subcode?: string | readonly string[],
  detail?: string | readonly string[],
): Expectation {
  const subcodes = subcode === undefined ? [] : [subcode].flat();
  const details = detail === undefined ? [] : [detail].flat();
  const says = ['fault', code, subcodes.join(' or '), details.join(' or ')].filter(Boolean).join(' ');
  return expectation(says, ({ answer }) => {
    if (answer.status !== 500 && answer.status !== 400) return `HTTP status ${answer.status}${saidBy(answer)}`;
    const [found] = findAll(answer.root, FAULT);
    if (found === undefined) return answer.problem ?? 'an answer without Fault';
    const codeName = qnameIn(findAll(found, 's:Code/s:Value')[0]);
    if (code !== null && codeName !== expandedName(`s:${code}`)) return `code ${codeName}${saidBy(answer)}`;
    const subcodeName = qnameIn(findAll(found, 's:Code/s:Subcode/s:Value')[0]);
    if (subcodes.length > 0 && !subcodes.some((name) => expandedName(name) === subcodeName)) {
      return `subcode ${subcodeName}${saidBy(answer)}`;
    }
    const uri = textAt(found, 's:Detail/w:FaultDetail');
    const right = details.length === 0 || details.some((name) => uri === DETAIL_PREFIX + name);
    return right ? undefined : `detail ${uri}${saidBy(answer)}`;
  });
}

/** Any fault at all: the specification asks for a refusal and leaves open which. */
export const anyFault: Expectation = fault(null);

/**
 * A fault whose detail is an error of the CIM server (DSP0227, faults).
 *
 * @param expected CIM status code in the CIM_Error of the fault
 */
export function cimStatus(expected: number): Expectation {
  return expectation(`a CIM error with status ${expected}`, ({ answer }) => {
    const errors = findAll(answer.root, `${FAULT}/s:Detail/*`).filter((node) =>
      isTrue(attribute(node, 'b:IsCIM_Error')),
    );
    if (errors.length !== 1) return `${errors.length} CIM errors in the detail${saidBy(answer)}`;
    const code = textAt(errors[0], '*:CIMStatusCode');
    return code === String(expected) ? undefined : `CIM status ${code}${saidBy(answer)}`;
  });
}

export function text(path: string, expected: string | ((exchange: Exchange) => string | undefined)): Expectation {
  const says = typeof expected === 'string' ? `${path} is '${expected}'` : `${path} is as expected`;
  return expectation(says, (exchange) => {
    const wanted = typeof expected === 'string' ? expected : expected(exchange);
    const found = textAt(exchange.answer.root, path);
    return found === wanted ? undefined : `${path} is ${quote(found)} instead of ${quote(wanted)}`;
  });
}

export function matches(path: string, pattern: RegExp): Expectation {
  return expectation(`${path} matches ${pattern}`, ({ answer }) => {
    const found = textAt(answer.root, path);
    return found !== undefined && pattern.test(found) ? undefined : `${path} is ${quote(found)}`;
  });
}

/**
 * The texts at a path.
 *
 * @param expected in document order
 */
export function texts(path: string, expected: readonly string[]): Expectation {
  return expectation(`${path} are ${expected.join(', ')}`, ({ answer }) => {
    const found = textsAt(answer.root, path);
    const same = found.length === expected.length && found.every((value, at) => value === expected[at]);
    return same ? undefined : `${path} are ${found.map(quote).join(', ') || 'none'}`;
  });
}

/**
 * The texts at a path.
 *
 * @param expected in any order
 */
export function sameTexts(path: string, expected: readonly string[]): Expectation {
  const wanted = expected.toSorted().join(', ');
  return expectation(`${path} are ${wanted} in any order`, ({ answer }) => {
    const found = textsAt(answer.root, path).toSorted().join(', ');
    return found === wanted ? undefined : `${path} are ${found || 'none'}`;
  });
}

/**
 * There is something at a path.
 *
 * @param count exactly as many; left out, at least one
 */
export function present(path: string, count?: number): Expectation {
  return expectation(`${path} is there${count === undefined ? '' : ` ${count} times`}`, ({ answer }) => {
    const found = path.includes('@') ? textsAt(answer.root, path).length : findAll(answer.root, path).length;
    return (count === undefined ? found > 0 : found === count) ? undefined : `${path} is there ${found} times`;
  });
}

export const absent = (path: string): Expectation => present(path, 0);

export function atMost(path: string, limit: number): Expectation {
  return expectation(`${path} at most ${limit} times`, ({ answer }) => {
    const found = findAll(answer.root, path).length;
    return found <= limit ? undefined : `${path} is there ${found} times`;
  });
}

/**
 * Elements are in a namespace.
 *
 * @param path of elements
 * @param uri namespace that each is in
 */
export function namespaceOf(path: string, uri: string): Expectation {
  return expectation(`${path} is in namespace ${uri}`, ({ answer }) => {
    const found = findAll(answer.root, path);
    if (found.length === 0) return `${path} is missing`;
    const wrong = found.find((node) => node.uri.toLowerCase() !== uri.toLowerCase());
    return wrong === undefined ? undefined : `${wrong.local} is in namespace ${wrong.uri}`;
  });
}

export function inDocument(
  says: string,
  check: (root: XmlNode, exchange: Exchange) => string | undefined,
): Expectation {
  return expectation(says, (exchange) =>
    exchange.answer.root === undefined ? exchange.answer.problem : check(exchange.answer.root, exchange),
  );
}

/** @param name of the header field, in lower case */
export function httpHeader(name: string, pattern: RegExp): Expectation {
  return expectation(`HTTP header ${name} matches ${pattern}`, ({ answer }) => {
    const value = [answer.headers[name] ?? ''].flat().join(', ');
    return pattern.test(value) ? undefined : `HTTP header ${name} is ${quote(value)}`;
  });
}

/** The reason of a fault, for the report. */
function saidBy(answer: Answer): string {
  const reason = textAt(answer.root, `${FAULT}/s:Reason/s:Text`);
  if (reason !== undefined) return `: ${textAt(answer.root, `${FAULT}/s:Code/s:Subcode/s:Value`) ?? ''} ${reason}`;
  return answer.root === undefined && answer.text !== '' ? `: ${answer.text.slice(0, 120).trim()}` : '';
}

function isTrue(value: string | undefined): boolean {
  return value === 'true' || value === '1' || value === 'TRUE';
}

function quote(value: string | undefined): string {
  return value === undefined ? 'missing' : `'${value.slice(0, 200)}'`;
}
