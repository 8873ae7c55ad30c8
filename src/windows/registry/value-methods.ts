import type { MethodImplementation, MethodInput } from '../../cim/contracts/provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { shorten } from '../../cim/model/shorten.js';
import { environmentVariables, expandVariables } from '../environment/environment-variables.js';
import { showInEnvironment } from '../environment/system-variables.js';
import { KeyRight } from './key-security.js';
import { onKey, textOf } from './on-key.js';
import { findValue, putValue, type RegistryValue } from './registry.js';
import { RegistryError, RegistryRefusal } from './registry-error.js';
import { RegistryType } from './registry-key.js';

/** A kind of value: the methods for it are named after it. */
interface ValueKind {
  /** The type that is written. */
  readonly type: number;
  /** What else may be read. */
  readonly alsoReads?: readonly number[];
  /** The parameter with the data. */
  readonly parameter: 'sValue' | 'uValue';
  /** Data as they are stored, from the parameter; undefined for a NULL that cannot stand for anything. */
  readonly stored: (given: CimValue) => CimValue | undefined;
  /** The parameter's value, from the data. */
  readonly shown?: (data: CimValue) => CimValue;
}

const text: ValueKind['stored'] = (given) => given ?? '';
const list: ValueKind['stored'] = (given) => given ?? [];
const number: ValueKind['stored'] = (given) => (given === null ? undefined : BigInt(given as number | bigint));

/** By the middle of the methods' names. Text that names variables is read by both methods for text, which expand it. */
const KINDS = {
  String: { type: RegistryType.text, alsoReads: [RegistryType.expandable], parameter: 'sValue', stored: text },
  ExpandedString: { type: RegistryType.expandable, parameter: 'sValue', stored: text },
  MultiString: { type: RegistryType.multiText, parameter: 'sValue', stored: list },
  Binary: { type: RegistryType.binary, parameter: 'uValue', stored: list },
  DWORD: { type: RegistryType.dword, parameter: 'uValue', stored: number, shown: Number },
  QWORD: { type: RegistryType.qword, parameter: 'uValue', stored: number },
} satisfies Readonly<Record<string, ValueKind>>;

/** `GetStringValue`, `SetStringValue` and so on, of each kind. */
export const valueMethods: Readonly<Record<string, MethodImplementation>> = Object.fromEntries(
  Object.entries<ValueKind>(KINDS).flatMap(([name, kind]) => [
    [`Get${name}Value`, reads(kind)],
    [`Set${name}Value`, writes(kind)],
  ]),
);

function reads(kind: ValueKind): MethodImplementation {
  return onKey(KeyRight.QueryValue, async (path, input, { store }) => {
    const name = textOf(input.sValueName);
    const value = await findValue(store, path, name);
    const where = shorten(`${path}: ${name}`, 500);
    if (value === undefined) throw new RegistryRefusal('valueNotFound', `there is no value ${where}`);
    if (value.type !== kind.type && !kind.alsoReads?.includes(value.type))
      throw new RegistryRefusal('typeMismatch', `${where} is of type ${value.type}`);
    const data = value.type === RegistryType.expandable ? await expanded(value, store) : value.data;
    return { ReturnValue: RegistryError.none, [kind.parameter]: kind.shown ? kind.shown(data) : data };
  });
}

async function expanded({ data }: RegistryValue, store: Parameters<typeof environmentVariables>[0]): Promise<CimValue> {
  if (typeof data !== 'string' || !data.includes('%')) return data;
  return expandVariables(data, await environmentVariables(store));
}

function writes({ type, parameter, stored }: ValueKind): MethodImplementation {
  return onKey(KeyRight.SetValue, async (path, input, { store }) => {
    const data = stored(dataOf(input, parameter));
    if (data === undefined) throw new CimError('InvalidParameter', `${parameter} is NULL: a number is wanted.`);
    const name = textOf(input.sValueName);
    await putValue(store, path, { name, type, data });
    await showInEnvironment(path, name, store);
    return { ReturnValue: RegistryError.none };
  });
}

/** NULLs in a list are as if they were not there. */
function dataOf(input: MethodInput, parameter: string): CimValue {
  const given = input[parameter] ?? null;
  return isCimArray(given) ? given.filter((one) => one !== null) : given;
}
