import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A second, small reader of MOF declarations. It shares nothing with the printer nor with the compiler in `src/mof`, so
 * that verifying the generated files means something. It knows what schema files hold: pragmas, qualifier types, classes.
 *
 * @typedef {string | number | boolean | null} Scalar
 * @typedef {Map<string, Scalar | Scalar[]>} Qualifiers Keyed by lower-case name.
 * @typedef {{ name: string; type: string; array: boolean; default: Scalar | Scalar[] | undefined; qualifiers: Qualifiers }} Element
 * @typedef {Element & { parameters: Element[] | undefined }} Member Properties have no parameters.
 * @typedef {{ kind: 'class'; namespace: string; name: string; superclass: string | undefined; qualifiers: Qualifiers; members: Member[] }} ClassDeclaration
 * @typedef {{ kind: 'qualifier'; namespace: string; name: string; type: string; array: boolean; flavors: Set<string> }} QualifierDeclaration
 */

const tokenPattern =
  /(?<skip>\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>"(?:[^"\\]|\\.)*")|(?<word>#?[A-Za-z_]\w*)|(?<number>[+-]?\d+)|(?<mark>[{}()[\];:,=])/y;

/**
 * @param {string} path
 * @param {{ namespace: string }} [state]
 * @returns {(ClassDeclaration | QualifierDeclaration)[]} In the order of the text, included files in place.
 */
export function readMof(path, state = { namespace: '' }) {
  const tokens = tokenize(readFileSync(path, 'utf8'), path);
  /** @type {(ClassDeclaration | QualifierDeclaration)[]} */
  const declarations = [];
  while (tokens.peek() !== undefined) {
    if (tokens.peek() === '#pragma') readPragma(tokens, path, state, declarations);
    else if (tokens.peek()?.toLowerCase() === 'qualifier')
      declarations.push(readQualifierType(tokens, state.namespace));
    else declarations.push(readClass(tokens, state.namespace));
  }
  return declarations;
}

/** @typedef {ReturnType<typeof tokenize>} Tokens */

/**
 * @param {string} text
 * @param {string} path
 */
function tokenize(text, path) {
  /** @type {string[]} */
  const list = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const start = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (!match) throw new Error(`${path}: cannot read at offset ${start}`);
    if (match.groups?.skip === undefined) list.push(match[0]);
  }
  let at = 0;
  return {
    peek: () => list[at],
    next() {
      const token = list[at];
      if (token === undefined) throw new Error(`${path}: ends too early`);
      at += 1;
      return token;
    },
    /** @param {string} token */
    expect(token) {
      const found = this.next();
      if (found.toLowerCase() !== token) throw new Error(`${path}: expected ${token}, found ${found} (token ${at})`);
    },
    /** @param {string} token */
    take(token) {
      if (list[at]?.toLowerCase() !== token) return false;
      at += 1;
      return true;
    },
  };
}

/**
 * @param {Tokens} tokens
 * @param {string} path
 * @param {{ namespace: string }} state
 * @param {(ClassDeclaration | QualifierDeclaration)[]} declarations
 */
function readPragma(tokens, path, state, declarations) {
  tokens.expect('#pragma');
  const name = tokens.next();
  tokens.expect('(');
  const value = String(readScalar(tokens));
  tokens.expect(')');
  if (name === 'namespace') state.namespace = value;
  else if (name === 'include') declarations.push(...readMof(join(dirname(path), value), state));
  else throw new Error(`${path}: unknown pragma ${name}`);
}

/**
 * @param {Tokens} tokens
 * @param {string} namespace
 * @returns {QualifierDeclaration}
 */
function readQualifierType(tokens, namespace) {
  tokens.expect('qualifier');
  const name = tokens.next();
  tokens.expect(':');
  const type = tokens.next();
  const array = readBrackets(tokens);
  if (tokens.take('=')) readValue(tokens);
  /** @type {Set<string>} */
  const flavors = new Set();
  while (tokens.take(',')) {
    const clause = tokens.next().toLowerCase();
    tokens.expect('(');
    do {
      const word = tokens.next().toLowerCase();
      if (clause === 'flavor') flavors.add(word);
    } while (tokens.take(','));
    tokens.expect(')');
  }
  tokens.expect(';');
  return { kind: 'qualifier', namespace, name, type, array, flavors };
}

/**
 * @param {Tokens} tokens
 * @param {string} namespace
 * @returns {ClassDeclaration}
 */
function readClass(tokens, namespace) {
  const qualifiers = readQualifiers(tokens);
  tokens.expect('class');
  const name = tokens.next();
  const superclass = tokens.take(':') ? tokens.next() : undefined;
  /** @type {Member[]} */
  const members = [];
  tokens.expect('{');
  while (!tokens.take('}')) members.push(readMember(tokens));
  tokens.expect(';');
  return { kind: 'class', namespace, name, superclass, qualifiers, members };
}

/**
 * @param {Tokens} tokens
 * @returns {Member}
 */
function readMember(tokens) {
  const element = readElement(tokens);
  /** @type {Element[] | undefined} */
  let parameters;
  if (tokens.take('(')) {
    parameters = [];
    while (!tokens.take(')')) {
      const parameter = readElement(tokens);
      parameters.push(tokens.take('=') ? { ...parameter, default: readValue(tokens) } : parameter);
      tokens.take(',');
    }
  }
  const value = tokens.take('=') ? readValue(tokens) : undefined;
  tokens.expect(';');
  return { ...element, default: value, parameters };
}

/**
 * @param {Tokens} tokens
 * @returns {Element}
 */
function readElement(tokens) {
  const qualifiers = readQualifiers(tokens);
  const type = tokens.next();
  const isReference = tokens.take('ref');
  const name = tokens.next();
  const array = readBrackets(tokens);
  return { name, type: isReference ? `${type} REF` : type, array, default: undefined, qualifiers };
}

/** @param {Tokens} tokens */
function readBrackets(tokens) {
  if (!tokens.take('[')) return false;
  tokens.expect(']');
  return true;
}

/**
 * @param {Tokens} tokens
 * @returns {Qualifiers}
 */
function readQualifiers(tokens) {
  /** @type {Qualifiers} */
  const qualifiers = new Map();
  if (!tokens.take('[')) return qualifiers;
  do {
    const name = tokens.next().toLowerCase();
    if (qualifiers.has(name)) throw new Error(`qualifier ${name} twice on one element`);
    if (tokens.take('(')) {
      qualifiers.set(name, readScalar(tokens));
      tokens.expect(')');
    } else qualifiers.set(name, tokens.peek() === '{' ? readValue(tokens) : true);
  } while (tokens.take(','));
  tokens.expect(']');
  return qualifiers;
}

/**
 * @param {Tokens} tokens
 * @returns {Scalar | Scalar[]}
 */
function readValue(tokens) {
  if (!tokens.take('{')) return readScalar(tokens);
  /** @type {Scalar[]} */
  const values = [];
  while (!tokens.take('}')) {
    values.push(readScalar(tokens));
    tokens.take(',');
  }
  return values;
}

/**
 * @param {Tokens} tokens
 * @returns {Scalar}
 */
function readScalar(tokens) {
  const token = tokens.next();
  if (token.startsWith('"')) {
    let text = unescapeLiteral(token);
    while (tokens.peek()?.startsWith('"')) text += unescapeLiteral(tokens.next());
    return text;
  }
  switch (token.toLowerCase()) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
  }
  if (!/^[+-]?\d+$/.test(token)) throw new Error(`expected a value, found ${token}`);
  return Number(token);
}

/** @param {string} literal */
function unescapeLiteral(literal) {
  return literal.slice(1, -1).replace(/\\(.)/g, '$1');
}
