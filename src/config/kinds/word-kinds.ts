import { ALLOW_UNENCRYPTED, type AllowUnencrypted } from '../../auth/schemes/allow-unencrypted.js';
import { parseNamespace } from '../../mof/syntax/parse-namespace.js';
import { OptionError } from '../../options/option-error.js';
import type { Kind } from '../setting.js';
import { yesOrNo } from './text-kinds.js';

/** The ways to authenticate that can be listed. */
export const SCHEMES = ['negotiate', 'kerberos', 'basic'] as const;
export type SchemeName = (typeof SCHEMES)[number];

/** `negotiate,basic`, or others of them; in a file a list. */
export const schemes: Kind<readonly SchemeName[]> = {
  placeholder: '<list>',
  read: (text) => {
    const given = text.split(',').map((name) => name.trim().toLowerCase());
    const known = given.map((name) => SCHEMES.find((scheme) => scheme === name)).filter((name) => name !== undefined);
    if (known.length === given.length) return known;
    throw new OptionError("Expected a list of 'negotiate', 'kerberos' and 'basic', parted by commas.");
  },
  schema: (type) => type.Array(type.Union(SCHEMES.map((name) => type.Literal(name))), { minItems: 1 }),
};

/** A mode by its name, or, in text, as one says it of a switch. */
export const unencrypted: Kind<AllowUnencrypted> = {
  placeholder: '[when]',
  preset: 'always',
  read: (text) => {
    const word = text.toLowerCase();
    const mode = ALLOW_UNENCRYPTED.find((name) => name === word);
    if (mode !== undefined) return mode;
    const isOn = yesOrNo(word);
    if (isOn !== undefined) return isOn ? 'always' : 'loopback';
    throw new OptionError("Expected 'never', 'loopback' (or false), or 'always' (or true).");
  },
  schema: (type) => type.Union(ALLOW_UNENCRYPTED.map((mode) => type.Literal(mode))),
};

/** A namespace as MOF's pragma names it: `root/cimv2`, or with backslashes. */
export const namespaceName: Kind<string> = {
  placeholder: '<name>',
  read: readNamespace,
  schema: (type) => type.String({ minLength: 1 }),
  fromFile: (value) => readNamespace(String(value)),
};

function readNamespace(text: string): string {
  const name = parseNamespace(text);
  if (name !== undefined) return name;
  throw new OptionError('Expected a namespace, as root/cimv2.');
}
