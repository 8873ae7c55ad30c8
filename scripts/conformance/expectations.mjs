import { attribute, expandedName, findAll, qnameIn, textAt, textsAt } from './find.mjs';

/** @import { Answer, Exchange, Expectation, XmlNode } from './types.mjs' */

const FAULT = 's:Body/s:Fault';
const DETAIL_PREFIX = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/';

/** @param {string} says @param {Expectation['check']} check @returns {Expectation} */
export function expectation(says, check) {
  return { says, check };
}

/** @param {...number} allowed */
export function status(...allowed) {
  return expectation(`HTTP status ${allowed.join(' or ')}`, ({ answer }) =>
    allowed.includes(answer.status) ? undefined : `HTTP status ${answer.status}${saidBy(answer)}`,
  );
}

/** The operation succeeded: 200, an envelope, no fault. */
export const ok = expectation('an answer that is no fault', ({ answer }) => {
  if (answer.status !== 200) return `HTTP status ${answer.status}${saidBy(answer)}`;
  if (answer.root === undefined) return answer.problem;
  return findAll(answer.root, FAULT).length > 0 ? `a fault with status 200${saidBy(answer)}` : undefined;
});

/**
 * A SOAP fault. SOAP's HTTP binding lets Sender faults go out with 400; Windows sends 500 for all.
 *
 * @param {string | null} code `Sender`, `Receiver` …; null for any
 * @param {string | readonly string[]} [subcode] one that is right, with its prefix
 * @param {string | readonly string[]} [detail] last part of the FaultDetail URI; alternatives when several are right
 */
export function fault(code, subcode, detail) {
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
export const anyFault = fault(null);

/** @param {number} expected CIM status code in the CIM_Error of the fault */
export function cimStatus(expected) {
  return expectation(`a CIM error with status ${expected}`, ({ answer }) => {
    const errors = findAll(answer.root, `${FAULT}/s:Detail/*`).filter((node) =>
      isTrue(attribute(node, 'b:IsCIM_Error')),
    );
    if (errors.length !== 1) return `${errors.length} CIM errors in the detail${saidBy(answer)}`;
    const code = textAt(errors[0], '*:CIMStatusCode');
    return code === String(expected) ? undefined : `CIM status ${code}${saidBy(answer)}`;
  });
}

/** @param {string} path @param {string | ((exchange: Exchange) => string | undefined)} expected */
export function text(path, expected) {
  const says = typeof expected === 'string' ? `${path} is '${expected}'` : `${path} is as expected`;
  return expectation(says, (exchange) => {
    const wanted = typeof expected === 'string' ? expected : expected(exchange);
    const found = textAt(exchange.answer.root, path);
    return found === wanted ? undefined : `${path} is ${quote(found)} instead of ${quote(wanted)}`;
  });
}

/** @param {string} path @param {RegExp} pattern */
export function matches(path, pattern) {
  return expectation(`${path} matches ${pattern}`, ({ answer }) => {
    const found = textAt(answer.root, path);
    return found !== undefined && pattern.test(found) ? undefined : `${path} is ${quote(found)}`;
  });
}

/** @param {string} path @param {readonly string[]} expected in document order */
export function texts(path, expected) {
  return expectation(`${path} are ${expected.join(', ')}`, ({ answer }) => {
    const found = textsAt(answer.root, path);
    const same = found.length === expected.length && found.every((value, at) => value === expected[at]);
    return same ? undefined : `${path} are ${found.map(quote).join(', ') || 'none'}`;
  });
}

/** @param {string} path @param {readonly string[]} expected in any order */
export function sameTexts(path, expected) {
  const wanted = expected.toSorted().join(', ');
  return expectation(`${path} are ${wanted} in any order`, ({ answer }) => {
    const found = textsAt(answer.root, path).toSorted().join(', ');
    return found === wanted ? undefined : `${path} are ${found || 'none'}`;
  });
}

/** @param {string} path @param {number} [count] exactly as many; left out, at least one */
export function present(path, count) {
  return expectation(`${path} is there${count === undefined ? '' : ` ${count} times`}`, ({ answer }) => {
    const found = path.includes('@') ? textsAt(answer.root, path).length : findAll(answer.root, path).length;
    return (count === undefined ? found > 0 : found === count) ? undefined : `${path} is there ${found} times`;
  });
}

/** @param {string} path */
export const absent = (path) => present(path, 0);

/** @param {string} path @param {number} limit */
export function atMost(path, limit) {
  return expectation(`${path} at most ${limit} times`, ({ answer }) => {
    const found = findAll(answer.root, path).length;
    return found <= limit ? undefined : `${path} is there ${found} times`;
  });
}

/** @param {string} path of elements @param {string} uri namespace that each is in */
export function namespaceOf(path, uri) {
  return expectation(`${path} is in namespace ${uri}`, ({ answer }) => {
    const found = findAll(answer.root, path);
    if (found.length === 0) return `${path} is missing`;
    const wrong = found.find((node) => node.uri.toLowerCase() !== uri.toLowerCase());
    return wrong === undefined ? undefined : `${wrong.local} is in namespace ${wrong.uri}`;
  });
}

/** @param {string} says @param {(root: XmlNode, exchange: Exchange) => string | undefined} check */
export function inDocument(says, check) {
  return expectation(says, (exchange) =>
    exchange.answer.root === undefined ? exchange.answer.problem : check(exchange.answer.root, exchange),
  );
}

/** @param {string} name lower case @param {RegExp} pattern */
export function httpHeader(name, pattern) {
  return expectation(`HTTP header ${name} matches ${pattern}`, ({ answer }) => {
    const value = [answer.headers[name] ?? ''].flat().join(', ');
    return pattern.test(value) ? undefined : `HTTP header ${name} is ${quote(value)}`;
  });
}

/** @param {Answer} answer the reason of a fault, for the report */
function saidBy(answer) {
  const reason = textAt(answer.root, `${FAULT}/s:Reason/s:Text`);
  if (reason !== undefined) return `: ${textAt(answer.root, `${FAULT}/s:Code/s:Subcode/s:Value`) ?? ''} ${reason}`;
  return answer.root === undefined && answer.text !== '' ? `: ${answer.text.slice(0, 120).trim()}` : '';
}

/** @param {string | undefined} value */
function isTrue(value) {
  return value === 'true' || value === '1' || value === 'TRUE';
}

/** @param {string | undefined} value */
function quote(value) {
  return value === undefined ? 'missing' : `'${value.slice(0, 200)}'`;
}
