import type { TSchema } from '@sinclair/typebox';
import type { ValueError, ValueErrorType } from '@sinclair/typebox/value';
import { didYouMean } from '../../strings/nearest-name.js';
import { DocumentError } from './document-error.js';
import { expectedOf, wordsOf } from './expected-of.js';
import type { DocumentPath, LocatedDocument } from './parse-document.js';

/** As much of a value as a message quotes. */
const QUOTED = 60;
/** A list of names that short is told in full to whoever gave another one. */
const FEW = 12;

/**
 * Looks whether what a file says is what the schema wants.
 *
 * @throws DocumentError with the place of the first thing that is wrong, what it should be, and for a name that there is not the
 *   nearest one. A value whose schema says `writeOnly` is a secret, and not quoted.
 */
export async function checkDocument(schema: TSchema, document: LocatedDocument): Promise<void> {
  const { Value, ValueErrorType } = await import('@sinclair/typebox/value');
  const { ObjectAdditionalProperties: oneTooMany } = ValueErrorType;
  const first = mostTelling(Value.Errors(schema, document.value), oneTooMany);
  if (first === undefined) return;
  const { type, path, value, schema: part, isSecret } = innermost(first, oneTooMany, false);
  const steps = stepsOf(path);
  const name = nameOf(steps);
  if (type === oneTooMany) {
    const known = Object.keys((part.properties ?? {}) as object);
    const member = String(steps.at(-1));
    const hint = didYouMean(member, known);
    const all = hint === '' && known.length <= FEW ? `: there are ${known.join(', ')}` : hint;
    throw new DocumentError(document.placeOf(steps, 'name'), `${withinOf(steps)}unknown name '${short(member)}'${all}`);
  }
  const expected = expectedOf(part);
  if (value === undefined) throw new DocumentError(document.placeOf(steps), `${name} is missing: it is ${expected}`);
  const hint = typeof value === 'string' && !isSecret ? didYouMean(value, wordsOf(part)) : '';
  const given = isSecret ? 'what is given' : quote(value);
  throw new DocumentError(document.placeOf(steps), `${name}: ${given} is not ${expected}${hint}`);
}

interface Wrong extends Pick<ValueError, 'type'> {
  readonly path: string;
  readonly value: unknown;
  readonly schema: TSchema;
  readonly isSecret: boolean;
}

/** The first error; but a name that there is not comes before one that is missing, which it probably was meant for. */
function mostTelling(errors: Iterable<ValueError>, oneTooMany: ValueErrorType): ValueError | undefined {
  let first: ValueError | undefined;
  for (const error of errors) {
    if (error.type === oneTooMany) return error;
    first ??= error;
  }
  return first;
}

/** Of several shapes that a value may have, the one that it seems to have: what is wrong within that says more. */
function innermost(error: ValueError, oneTooMany: ValueErrorType, within: boolean): Wrong {
  const { type, path, value, schema } = error;
  const isSecret = within || schema.writeOnly === true;
  const branches = (schema.anyOf ?? []) as readonly TSchema[];
  const at = branches.findIndex((branch) => branch.type === shapeOf(value));
  const inner = at < 0 ? undefined : mostTelling(error.errors[at] ?? [], oneTooMany);
  return inner === undefined || inner.path === path
    ? { type, path, value, schema, isSecret }
    : innermost(inner, oneTooMany, isSecret);
}

function shapeOf(value: unknown): 'array' | 'object' | undefined {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' && value !== null ? 'object' : undefined;
}

/** A JSON pointer (RFC 6901). */
function stepsOf(pointer: string): DocumentPath {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** `user[0].name` */
function nameOf(steps: DocumentPath): string {
  if (steps.length === 0) return 'the whole';
  return steps
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`))
    .join('');
}

function withinOf(steps: DocumentPath): string {
  return steps.length > 1 ? `${nameOf(steps.slice(0, -1))}: ` : '';
}

function quote(value: unknown): string {
  const shape = shapeOf(value);
  if (shape !== undefined) return shape === 'array' ? 'a list' : 'a map';
  return typeof value === 'string' ? `'${short(value)}'` : String(value);
}

function short(text: string): string {
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}
