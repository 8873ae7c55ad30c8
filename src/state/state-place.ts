import { resolve } from 'node:path';
import { OptionError } from '../options/option-error.js';

/** Which state is meant. */
export type StatePlace =
  | { readonly kind: 'memory' }
  | { readonly kind: 'lmdb'; readonly directory: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** The word that stands for a state which is gone with the process. */
export const NO_STATE = 'none';

const DATABASE = /^postgres(?:ql)?:\/\//i;
/** A drive of Windows is one letter. */
const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i;
/** The userinfo ends at the last @ before the path, so that a password with an @ that was not encoded is none of the host. */
const PASSWORD = /^(postgres(?:ql)?:\/\/[^/?#:@]*)(:[^/?#]*)?(?=@)/i;
const PASSWORD_PARAMETER = /([?&])password=[^&#]*/i;

/** @throws OptionError which quotes nothing that may hold a password */
export function statePlace(text: string): StatePlace {
  if (text === NO_STATE) return { kind: 'memory' };
  if (DATABASE.test(text)) return { kind: 'postgres', url: text };
  const scheme = SCHEME.exec(text)?.[1];
  if (scheme !== undefined)
    throw new OptionError(
      `expected a folder, ${NO_STATE}, or a URL postgres://USER@HOST:PORT/DATABASE, and not ${scheme}:`,
    );
  if (text === '' || text.includes('\0'))
    throw new OptionError(`expected a folder, ${NO_STATE}, or a URL postgres://…`);
  return { kind: 'lmdb', directory: resolve(text) };
}

/** Whether a password stands in a URL of a database. */
export function hasPassword(text: string): boolean {
  return DATABASE.test(text) && shownPlace(text) !== text;
}

/** The text for people, without a password. */
export function shownPlace(text: string): string {
  if (!DATABASE.test(text)) return text;
  return text.replace(PASSWORD, '$1').replace(PASSWORD_PARAMETER, '$1').replace(/[?&]$/, '').replace('?&', '?');
}
