import { FatalError } from './fatal-error.js';

/** A line of the parent, its shape checked; the members of a call are its operation's to read. */
export type ParentMessage =
  | { readonly kind: 'call'; readonly id: number; readonly operation: string; readonly members: CallMembers }
  | { readonly kind: 'more'; readonly id: number; readonly count: number }
  | { readonly kind: 'cancel'; readonly id: number };

/** What stands in the line of a call besides `id` and `do`. */
export type CallMembers = Readonly<Record<string, unknown>>;

/**
 * Reads a line. No message quotes it, for it may hold a password.
 *
 * @throws FatalError for what is no JSON or none of the shapes
 */
export function readMessage(line: string): ParentMessage {
  const json = parse(line);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new FatalError('a line is no JSON object');
  const { id, do: operation, more, cancel, ...members } = json as Record<string, unknown>;
  const rest = Object.keys(members).length;
  if (cancel !== undefined) {
    if (id !== undefined || operation !== undefined || more !== undefined || rest > 0 || !isPositive(cancel))
      throw new FatalError('a line with cancel holds the id of a call, and nothing else');
    return { kind: 'cancel', id: cancel };
  }
  if (!isPositive(id)) throw new FatalError('a line has no id, which is an integer above 0');
  if (more !== undefined) {
    if (operation !== undefined || rest > 0 || !isPositive(more))
      throw new FatalError(`call ${id}: more is a number of items, an integer above 0, beside the id alone`);
    return { kind: 'more', id, count: more };
  }
  if (typeof operation !== 'string') throw new FatalError(`call ${id}: none of do, more and cancel stands in the line`);
  return { kind: 'call', id, operation, members };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    const place = /at position \d+/.exec(error instanceof Error ? error.message : '')?.[0];
    throw new FatalError(`a line is no JSON${place === undefined ? '' : ` (${place})`}`);
  }
}

function isPositive(json: unknown): json is number {
  return Number.isSafeInteger(json) && Number(json) > 0;
}
