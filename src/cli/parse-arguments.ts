import { type Command, Option } from 'commander';
import { foldName, NameMap } from '../cim/model/name-map.js';
import { type ClientScalar, type ClientValue, type MarkedTypeName, typed } from '../client/client-value.js';
import { collect } from './collect.js';
import { UsageError } from './exit-with-error.js';
import { parseTarget } from './parse-target.js';

/** The parameters of a call as the flags give them. */
export interface ArgumentFlags {
  /** `Name=value` or `Name:type=value`. */
  readonly arg?: readonly string[];
  /** `Name=PATH`. */
  readonly ref?: readonly string[];
  /** `Name`. */
  readonly null?: readonly string[];
}

/** @param what the values are of: a parameter or a property */
export function addArgumentOptions(command: Command, what: 'parameter' | 'property'): Command {
  return command
    .addOption(new Option('--arg <name[:type]=value>', `a ${what}; repeat the name for an array`).argParser(collect))
    .addOption(new Option('--ref <name=path>', `a ${what} that refers to an object`).argParser(collect))
    .addOption(new Option('--null <name>', `a ${what} that is NULL`).argParser(collect));
}

const ARGUMENT = /^([\p{L}_][\p{L}\p{N}_]*)(?::([A-Za-z0-9]+))?=(.*)$/su;

const markedTypes: ReadonlySet<string> = new Set<MarkedTypeName>([
  'boolean',
  'uint8',
  'sint8',
  'uint16',
  'sint16',
  'uint32',
  'sint32',
  'uint64',
  'sint64',
  'real32',
  'real64',
  'char16',
  'string',
  'datetime',
]);

/**
 * Reads the parameters. A name given several times has an array, in the order given.
 *
 * @throws UsageError
 */
export function parseArguments(flags: ArgumentFlags): Readonly<Record<string, ClientValue>> {
  const lists = new NameMap<ClientScalar[]>();
  const add = (name: string, value: ClientScalar) => {
    const list = lists.get(name);
    if (list) list.push(value);
    else lists.set(name, [value]);
  };
  for (const text of flags.arg ?? []) {
    const { name, type, value } = splitArgument(text, '--arg Name=value');
    add(name, type === undefined ? value : typedValue(name, type, value));
  }
  for (const text of flags.ref ?? []) {
    const { name, value } = splitArgument(text, '--ref Name=PATH');
    add(name, parseTarget(value, [], `--ref ${name}`));
  }
  const parameters: [string, ClientValue][] = [...lists].map(([name, list]) => [name, unwrap(list)]);
  for (const name of flags.null ?? []) {
    if (lists.has(name)) throw new UsageError(`--null ${name}: the parameter has a value as well`);
    parameters.push([name, null]);
  }
  return Object.fromEntries(parameters);
}

function splitArgument(text: string, form: string): { name: string; type: string | undefined; value: string } {
  const [, name, type, value] = ARGUMENT.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new UsageError(`expected ${form}, not '${text.slice(0, 60)}'`);
  return { name, type, value };
}

function typedValue(name: string, type: string, value: string): ClientScalar {
  const folded = foldName(type);
  if (!isMarkedType(folded)) {
    throw new UsageError(
      `--arg ${name}: ${type} is not a type (${[...markedTypes].join(', ')}); references go into --ref`,
    );
  }
  try {
    return typed(folded, value);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`--arg ${name}: ${error.message}`, { cause: error });
    throw error;
  }
}

function isMarkedType(name: string): name is MarkedTypeName {
  return markedTypes.has(name);
}

function unwrap(list: readonly ClientScalar[]): ClientValue {
  const [first] = list;
  return list.length === 1 && first !== undefined ? first : list;
}
