import type { CimValue } from '../cim/model/cim-value.js';
import type { InstancePath } from '../cim/model/instance-path.js';
import type { NameMap } from '../cim/model/name-map.js';
import { escapeText } from '../xml/escape-xml.js';
import { MASK } from './mask-assignments.js';
import { maskText } from './mask-markup.js';
import { maskPath, maskValues, type ValueMasks } from './mask-value.js';
import { createSecretNames, type LineageOf, type SecretNames } from './secret-names.js';

/** Masks what belongs together: a message and its answer, an instance. What names its values comes first. */
export interface Masking {
  /** @param className what the names are parameters or properties of */
  values(values: Iterable<readonly [string, CimValue]>, className?: string): NameMap<CimValue>;
  path(path: InstancePath): InstancePath;
  /** A text of any kind: SOAP, CIM-XML, MOF, a query. @param classNames whose secrets it may have besides those that it names */
  text(text: string, classNames?: Iterable<string>): string;
  /** The same for what may quote a secret that was masked before, without saying its name: a reason, a fault. */
  quoting(text: string, classNames?: Iterable<string>): string;
}

/** What must not be shown. */
export interface Secrets extends SecretNames {
  begin(): Masking;
}

/**
 * @param more what is secret besides what is known: `Name`, of every class, or `Class.Name`; `*` stands for any letters
 * @param lineageOf the superclasses of a class, which hand their secrets down
 */
export function createSecrets(more: readonly string[] = [], lineageOf?: LineageOf): Secrets {
  const names = createSecretNames(more, lineageOf);
  return { ...names, begin: () => createMasking(names) };
}

/** Shows everything. */
export const NO_SECRETS: Secrets = {
  isSecret: () => false,
  isListed: () => false,
  placesIn: () => [],
  begin: () => ({
    values: (values) => maskValues(values, undefined, showAll),
    path: (path) => path,
    text: (text) => text,
    quoting: (text) => text,
  }),
};

const showAll: ValueMasks = { isSecret: () => false, maskString: (text) => text, found: () => undefined };

/** Shorter ones stand in too many words. */
const SHORTEST = 4;
/** Of one exchange. */
const MOST_FOUND = 100;

function createMasking(names: SecretNames): Masking {
  const values = new Set<string>();
  let isFragmentSecret = false;

  function found(value: string): void {
    if (value.length >= SHORTEST && value !== MASK && values.size < MOST_FOUND) values.add(value);
  }

  function maskAny(text: string, classNames: Iterable<string>): string {
    const concerned = [...classNames, ...classesNamedIn(text)].filter((name) => names.isListed(name));
    const isNamed = (name: string) => names.isSecret(name, concerned);
    isFragmentSecret ||= namesOfFragment(text).some(isNamed);
    const isSecret = (name: string) => isNamed(name) || (isFragmentSecret && name === 'XmlFragment');
    return maskText(text, { isSecret, found });
  }

  const masks: ValueMasks = {
    found,
    isSecret: (name, className) => names.isSecret(name, className === undefined ? [] : [className]),
    maskString: (text, className) =>
      CARRIES.test(text) ? maskAny(text, className === undefined ? [] : [className]) : text,
  };
  return {
    values: (given, className) => maskValues(given, className, masks),
    path: (path) => maskPath(path, masks),
    text: (text, classNames = []) => maskAny(text, classNames),
    quoting: (text, classNames = []) => maskQuoted(maskAny(text, classNames), values),
  };
}

function maskQuoted(text: string, values: Iterable<string>): string {
  let masked = text;
  // The longest first: one may be a part of another.
  for (const value of [...values].sort((a, b) => b.length - a.length))
    for (const form of new Set([value, escapeText(value), escapeText(value).replaceAll('"', '&quot;')]))
      if (masked.includes(form)) masked = masked.replaceAll(form, MASK);
  return masked;
}

/** Of a part of an instance (DSP0226 §7.7) only the header says what it is. */
function namesOfFragment(text: string): readonly string[] {
  const path = /FragmentTransfer\b[^<>]{0,1000}>([^<]{0,1000})</.exec(text)?.[1] ?? '';
  return path.match(/\w+/g) ?? [];
}

/** A string with none of these carries no names. */
const CARRIES = /[<=:]|\b(?:in|like|between)\b|(?:^|\s)--?[a-z]/i;

const MOST_CLASSES = 500;

/** Names of classes have a schema and an underscore in front. */
function classesNamedIn(text: string): Iterable<string> {
  const classes = new Set<string>();
  for (const [name] of text.matchAll(/[A-Za-z][A-Za-z0-9]{0,30}_\w{1,80}/g)) {
    classes.add(name);
    if (classes.size >= MOST_CLASSES) break;
  }
  return classes;
}
