import { nearestName } from '../strings/nearest-name.js';
import { variableOf } from './setting.js';
import { SETTINGS } from './setting-groups.js';

const PREFIX = 'CIMULATOR_';

/** Variables of commands and of the PowerShell module, which are no settings. */
const OTHERS = [
  ...['CONFIG', 'PASSWORD', 'URL', 'HTTPS_URL', 'CONTROL_URL', 'CONTROL_TOKEN', 'FINGERPRINT', 'CLIENT_AUTH'],
  ...['NODE', 'STARTED', 'PLAIN_OBJECTS', 'ALLOW_OTHER'],
];

/** More letters than that are not left out by mistake: a script may have variables of its own beside ours. */
const MOST_LETTERS = 3;

/** A variable that is set, that nobody reads, and that looks like one that is read. */
export interface UnknownVariable {
  readonly name: string;
  readonly nearest: string;
}

/** Those that are probably misspelt. */
export function unknownVariables(environment: NodeJS.ProcessEnv): readonly UnknownVariable[] {
  const known = [...OTHERS, ...[...SETTINGS.keys()].map((name) => variableOf(name).slice(PREFIX.length))];
  return Object.keys(environment).flatMap((name) => {
    const word = name.slice(PREFIX.length);
    if (!name.toUpperCase().startsWith(PREFIX) || known.includes(word.toUpperCase())) return [];
    const nearest = nearestName(word, known);
    if (nearest === undefined || Math.abs(nearest.length - word.length) > MOST_LETTERS) return [];
    return [{ name, nearest: `${PREFIX}${nearest}` }];
  });
}

/** One line of it. The value, which may be a password, is not shown. */
export function unknownVariableText({ name, nearest }: UnknownVariable): string {
  return `the variable ${name} is none that is read: did you mean '${nearest}'?`;
}
