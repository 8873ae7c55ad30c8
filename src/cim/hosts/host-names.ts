import { NameMap } from '../model/name-map.js';

/** One of the computers that an endpoint stands for. */
export interface HostDeclaration {
  /** As it is written: `srv01.lab.example`. */
  readonly name: string;
  /** What else it is called: `iscsi-a.lab.example`. */
  readonly aliases: readonly string[];
  /** It is meant where no host is named. Exactly one is. */
  readonly isDefault: boolean;
}

/** Why hosts cannot be together; `host` is the one that is one too many. */
export interface HostProblem {
  readonly host: HostDeclaration;
  readonly text: string;
}

/**
 * Computers by their names and aliases, in any case of the letters. A short name, the part before the first dot, counts as long as one host
 * alone has it.
 */
export class HostNames implements Iterable<HostDeclaration> {
  readonly #hosts: readonly HostDeclaration[];
  readonly #byName = new NameMap<HostDeclaration>();
  readonly #byShortName = new NameMap<HostDeclaration | undefined>();
  /** What is wrong with them together; undefined when nothing is. */
  readonly problem: HostProblem | undefined;

  constructor(hosts: readonly HostDeclaration[]) {
    this.#hosts = hosts;
    this.problem = hosts.map((host) => this.#add(host)).find((one) => one !== undefined) ?? twoDefaults(hosts);
  }

  get size(): number {
    return this.#hosts.length;
  }

  /** The one that says so, or else the first; undefined when there are none. */
  get default(): HostDeclaration | undefined {
    return this.#hosts.find(({ isDefault }) => isDefault) ?? this.#hosts[0];
  }

  find(name: string): HostDeclaration | undefined {
    return this.#byName.get(name) ?? this.#byShortName.get(name);
  }

  /** All names by which one is found, for whoever looks for the nearest. */
  known(): readonly string[] {
    return [...this.#byName.keys(), ...this.#byShortName.keys()];
  }

  [Symbol.iterator](): Iterator<HostDeclaration> {
    return this.#hosts.values();
  }

  #add(host: HostDeclaration): HostProblem | undefined {
    const { name, aliases } = host;
    for (const one of [name, ...aliases]) {
      const other = this.#byName.get(one);
      if (other === host) continue;
      if (other !== undefined) return { host, text: `'${one}' is ${other.name} already` };
      this.#byName.set(one, host);
      this.#addShort(shortName(one), host);
    }
    return undefined;
  }

  #addShort(name: string, host: HostDeclaration): void {
    const other = this.#byShortName.get(name);
    const isFree = !this.#byShortName.has(name) || other === host;
    this.#byShortName.set(name, isFree ? host : undefined);
  }
}

/** Hosts that are there, with those of others that are not. */
export function withHosts(there: readonly HostDeclaration[] = [], others: readonly HostDeclaration[] = []): HostNames {
  const known = new HostNames(there);
  const added = others.filter(({ name }) => known.find(name) === undefined);
  return added.length === 0 ? known : new HostNames([...there, ...added]);
}

/** `SRV01` of `SRV01.lab.example`; an address is none's short name. */
export function shortName(name: string): string {
  const [first = name] = name.split('.');
  return /^\d+$/.test(first) ? name : first;
}

function twoDefaults(hosts: readonly HostDeclaration[]): HostProblem | undefined {
  const [first, second] = hosts.filter(({ isDefault }) => isDefault);
  return first && second && { host: second, text: `${first.name} is the default host already` };
}
