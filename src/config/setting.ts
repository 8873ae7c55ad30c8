import type { TSchema, Type } from '@sinclair/typebox';

/**
 * What values a setting may have, and how each of the three places says them: text after a flag or in a variable, data in a file.
 * TypeBox comes as an argument, since a start without a file does not load it.
 */
export interface Kind<V> {
  /** What stands for the value after the flag: `<n|off>`, or `[when]` where it may be left out; undefined for a switch. */
  readonly placeholder: string | undefined;
  /** What a flag without its value stands for. */
  readonly preset?: string;
  /** All values, where they are words. */
  readonly words?: readonly string[];
  /** @param previous what the same flag said before @throws OptionError, without the name of the setting */
  read(text: string, previous: V | undefined): V;
  /** Of a whole variable; default: as after a flag. @throws OptionError */
  readVariable?(text: string): V;
  /** What may stand in a file. */
  schema(type: typeof Type): TSchema;
  /**
   * The value that a file means by what its schema has let through; default: that very value.
   *
   * @param folder of the file; empty: the working directory
   * @throws OptionError, without the name of the setting
   */
  fromFile?(value: unknown, folder: string): V;
  /** What may be shown of it; default: all. */
  shown?(value: V): unknown;
}

/** One row of what can be set. Flag, variable and member of the file follow from its name. */
export interface Setting<V, D extends V | undefined = V | undefined> {
  readonly kind: Kind<V>;
  readonly text: string;
  readonly default: D;
  /** How help and pages say the default; for one that the machine decides, pages alone. */
  readonly said?: { readonly help?: string; readonly page?: string };
}

export function setting<V>(kind: Kind<V>, text: string): Setting<V, undefined>;
export function setting<V>(kind: Kind<V>, text: string, value: NoInfer<V>, said?: Setting<V>['said']): Setting<V, V>;
export function setting<V>(kind: Kind<V>, text: string, value?: V, said?: Setting<V>['said']): Setting<V> {
  return { kind, text, default: value, ...(said && { said }) };
}

/** Settings that belong together: where one looks for them in help. */
// biome-ignore lint/suspicious/noExplicitAny: settings of all kinds, which are invariant in their values
export type SettingGroup = Readonly<Record<string, Setting<any, any>>>;

/** The values of a group: those without a default may be missing. */
export type ValuesOf<G extends SettingGroup> = {
  readonly [N in keyof G as G[N]['default'] extends undefined ? never : N]: KindValue<G[N]>;
} & { readonly [N in keyof G as G[N]['default'] extends undefined ? N : never]?: KindValue<G[N]> };

type KindValue<S> = S extends { readonly kind: Kind<infer V> } ? V : never;

/** `httpsPort` is `--https-port`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** `httpsPort` is `CIMULATOR_HTTPS_PORT`. */
export function variableOf(name: string): string {
  return `CIMULATOR_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
