import type { NativeFunction, Pointer } from './gss-library.js';
import { KerberosUnavailableError } from './kerberos-unavailable-error.js';

/** A type of C: its name, or what a library has made of others. */
export type KoffiType = string | { readonly [made: symbol]: never };

/** A shared library that is open. */
export interface KoffiLibrary {
  func(name: string, result: KoffiType, parameters: readonly KoffiType[]): NativeFunction;
}

/** What is used here of koffi, which calls functions of C. */
export interface Koffi {
  config(): object;
  config(settings: object): void;
  load(file: string): KoffiLibrary;
  struct(members: Readonly<Record<string, KoffiType | [alignment: number, KoffiType]>>): KoffiType;
  pointer(type: KoffiType): KoffiType;
  out(type: KoffiType): KoffiType;
  inout(type: KoffiType): KoffiType;
  view(pointer: Pointer, length: number): ArrayBuffer;
}

/**
 * Loads koffi, of which only the binaries are installed, the one for this platform: what wraps them is for other uses than ours, and
 * has an install script, which npm warns of.
 *
 * @throws KerberosUnavailableError when there is none: they are optional dependencies
 */
export async function loadKoffi(): Promise<Koffi> {
  const name = `@koromix/koffi-${process.platform}-${process.arch}`;
  try {
    const { default: koffi } = (await import(name)) as { default: Koffi };
    return koffi;
  } catch {
    throw new KerberosUnavailableError(`Kerberos: the optional dependency ${name} is not installed, or does not load`);
  }
}
