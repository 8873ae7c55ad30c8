import { foldName, sameName } from '../cim/model/name-map.js';
import { type ComparisonOperator, comparisonNode } from './ast/comparison-node.js';
import type { ExpressionNode } from './ast/expression-node.js';
import { isaNode } from './ast/isa-node.js';
import { likeNode } from './ast/like-node.js';
import { type LiteralNode, literalNode } from './ast/literal-node.js';
import { logicalNode } from './ast/logical-node.js';
import { notNode } from './ast/not-node.js';
import { nullTestNode } from './ast/null-test-node.js';
import type { PropertyPathNode } from './ast/property-path-node.js';
import { parsePropertyPath } from './parse-property-path.js';
import { invalidQuery } from './query-error.js';
import type { TokenReader } from './token-reader.js';

/** Each operator and the one that means the same when the sides change places. */
const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
};

const wordLiterals: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** An expression on its way, in steps each of which takes no longer than a millisecond. */
type Parsing = Generator<void, ExpressionNode, void>;

/** Operands of a chain that are read in one step. */
const OPERANDS_OF_STEP = 64;

/** Reads a condition: OR binds weakest, then AND, then NOT. @throws CimError InvalidQuery */
export function* parseExpression(reader: TokenReader): Parsing {
  return yield* reader.nested(parseChain(reader, 'Or', parseConjunction));
}

function parseConjunction(reader: TokenReader): Parsing {
  return parseChain(reader, 'And', parseUnary);
}

function* parseChain(reader: TokenReader, kind: 'And' | 'Or', parseOperand: (reader: TokenReader) => Parsing): Parsing {
  const first = yield* parseOperand(reader);
  if (!reader.isWord(kind)) return first;
  const operands = [first];
  while (reader.acceptWord(kind)) {
    if (operands.length % OPERANDS_OF_STEP === 0) yield;
    operands.push(yield* parseOperand(reader));
  }
  return logicalNode(kind, operands);
}

function* parseUnary(reader: TokenReader): Parsing {
  if (reader.acceptWord('NOT')) return notNode(yield* reader.nested(parseUnary(reader)));
  if (!reader.accept('(')) return parsePredicate(reader);
  const inner = yield* parseExpression(reader);
  reader.expect(')', "AND, OR or ')'");
  return inner;
}

function parsePredicate(reader: TokenReader): ExpressionNode {
  const literal = acceptLiteral(reader);
  if (literal) {
    const operator = expectOperator(reader);
    if (isLiteral(reader)) throw invalidQuery(reader.current.at, 'one side of a comparison must be a property');
    return compare(mirrored[operator], parsePropertyPath(reader), literal);
  }
  if (reader.current.kind !== 'name') reader.fail('a condition');
  const path = parsePropertyPath(reader);
  if (reader.acceptWord('IS')) return parseNullTest(reader, path);
  if (reader.acceptWord('ISA')) return parseIsa(reader, path);
  if (reader.acceptWord('LIKE')) return parseLike(reader, path);
  const operator = expectOperator(reader);
  return compare(operator, path, acceptLiteral(reader) ?? reader.fail('a constant (text stands in quotes)'));
}

function compare(operator: ComparisonOperator, path: PropertyPathNode, literal: LiteralNode): ExpressionNode {
  if (literal.value !== null) return comparisonNode(operator, path, literal);
  if (operator === '=' || operator === '<>') return nullTestNode(path, operator === '<>');
  throw invalidQuery(literal.at, `'${operator}' cannot be used with NULL`);
}

/** A number or a boolean is a pattern without wildcards (MS-WMI 2.2.1.1: any constant may follow LIKE). */
function parseLike(reader: TokenReader, path: PropertyPathNode): ExpressionNode {
  const constant = reader.current.kind === 'string' ? undefined : acceptLiteral(reader);
  if (constant?.value === null) throw invalidQuery(constant.at, 'LIKE cannot be used with NULL');
  const { text, at } = constant ?? reader.expectPattern();
  return likeNode(path, text, at);
}

function parseNullTest(reader: TokenReader, path: PropertyPathNode): ExpressionNode {
  const negated = reader.acceptWord('NOT');
  reader.expectWord('NULL');
  return nullTestNode(path, negated);
}

function parseIsa(reader: TokenReader, path: PropertyPathNode): ExpressionNode {
  const className = reader.accept('string') ?? reader.expect('name', 'a class name');
  return isaNode(isSelf(path) ? undefined : path, className.text, className.at);
}

/** `__CLASS ISA` is how some write `__this ISA`. */
function isSelf({ steps: [first, ...rest] }: PropertyPathNode): boolean {
  return rest.length === 0 && (sameName(first.name, '__this') || sameName(first.name, '__class'));
}

function expectOperator(reader: TokenReader): ComparisonOperator {
  const { kind, at } = reader.current;
  if (reader.isWord('IN') || reader.isWord('BETWEEN')) {
    throw invalidQuery(at, `there are no lists and ranges of values; comparisons are joined by OR and AND`);
  }
  if (!isOperator(kind)) return reader.fail('a comparison, LIKE, IS or ISA');
  reader.take();
  return kind;
}

function isOperator(kind: string): kind is ComparisonOperator {
  return Object.hasOwn(mirrored, kind);
}

function isLiteral(reader: TokenReader): boolean {
  const { kind, text } = reader.current;
  if (kind === 'name') return text.length <= 5 && wordLiterals.has(foldName(text));
  return kind === 'string' || kind === 'integer' || kind === 'real';
}

function acceptLiteral(reader: TokenReader): LiteralNode | undefined {
  if (!isLiteral(reader)) return undefined;
  const { kind, text, value, at } = reader.take();
  if (kind === 'name') return literalNode(wordLiterals.get(foldName(text)) ?? null, at);
  return literalNode(kind === 'string' ? text : value, at, text);
}
