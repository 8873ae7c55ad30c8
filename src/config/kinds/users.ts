import { accountProblem } from '../../auth/accounts/account-name.js';
import { OptionError } from '../../options/option-error.js';
import type { Kind } from '../setting.js';

/** An account as it is given in a file. */
export interface UserEntry {
  readonly name: string;
  readonly password: string;
  readonly roles?: readonly string[];
}

/** `NAME:PASSWORD`, or `NAME` where the password comes from stdin; an entry of a file. */
export type GivenUser = string | UserEntry;

const MASK = '***';

/**
 * Accounts. A flag gives one; the variable several, one per line, or on one line with commas; a file one text, or a list of texts and of
 * maps, which may have roles.
 */
export const users: Kind<readonly GivenUser[]> = {
  placeholder: '<name:password>',
  read: (text, previous = []) => [...previous, text],
  readVariable: splitUsersVariable,
  schema: (type) => {
    const secret = { minLength: 1, writeOnly: true };
    const roles = type.Optional(type.Array(type.String({ minLength: 1 })));
    const entry = type.Object(
      { name: type.String({ minLength: 1 }), password: type.String(secret), roles },
      { additionalProperties: false },
    );
    const one = type.Union([type.String(secret), entry], { writeOnly: true });
    return type.Union([type.String(secret), type.Array(one, { minItems: 1 })], { writeOnly: true });
  },
  fromFile: (value) => {
    const given = (Array.isArray(value) ? value : [value]) as readonly GivenUser[];
    for (const one of given) {
      if (typeof one === 'string') continue;
      const problem = accountProblem(one.name, one.password);
      if (problem !== undefined) throw new OptionError(problem);
    }
    return given;
  },
  shown: (given) => given.map((one) => (typeof one === 'string' ? maskText(one) : { ...one, password: MASK })),
};

function maskText(text: string): string {
  const colon = text.indexOf(':');
  return colon < 0 ? text : `${text.slice(0, colon)}:${MASK}`;
}

/**
 * `CIMULATOR_USER` holds several accounts one per line, or on one line with commas. A comma parts two accounts where `NAME:` follows;
 * any other belongs to a password.
 */
export function splitUsersVariable(value: string): string[] {
  const entries = value.includes('\n') ? value.split('\n') : value.split(/,(?=[^,:]+:)/);
  // A list may end with what parts its entries.
  const isList = entries.length > 1 && !value.includes('\n');
  return entries
    .map((entry, at) => (isList && at === entries.length - 1 ? entry.trim().replace(/,$/, '') : entry).trim())
    .filter((entry) => entry !== '');
}
