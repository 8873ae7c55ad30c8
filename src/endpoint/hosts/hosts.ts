import type { Broker } from '../../cim/broker.js';
import type { IndicationListener } from '../../cim/contracts/provider-host.js';
import type { HostNames } from '../../cim/hosts/host-names.js';
import type { RecordView } from '../../interceptors/record/recorder.js';
import { OptionError } from '../../options/option-error.js';
import { didYouMean } from '../../strings/nearest-name.js';
import type { Endpoint } from '../endpoint.js';
import type { ModelState, TestKit } from '../test-kit.js';

/**
 * One of the computers that an endpoint stands for, with the face of an endpoint: its own model, listeners and accounts, what it was asked, and the
 * rules for it alone.
 *
 * `reset`, `snapshot` and `restore` are of the namespaces that it has of its own: what all hosts have together stays as it is.
 */
export interface HostEndpoint
  extends ModelState,
    RecordView,
    Pick<TestKit, 'addRule' | 'removeRule' | 'rules' | 'power' | 'start'>,
    Pick<Endpoint, 'http' | 'https' | 'account'> {
  /** As it is declared: `srv01.lab.example`. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** It is meant where no host is named, and listens where the endpoint does. */
  readonly isDefault: boolean;
  /** The CIM operations on its model, without the wire. */
  readonly broker: Broker;
  onIndication(listener: IndicationListener): () => void;
}

/** The computers that an endpoint stands for, in the order in which they are declared; none where it is the only one, without a name. */
export interface Hosts extends Iterable<HostEndpoint> {
  readonly size: number;
  /** By name, short name or alias, in any case of the letters. @throws OptionError with the nearest name */
  get(name: string): HostEndpoint;
  has(name: string): boolean;
}

/** @param hosts one for each of the names, in their order */
export function createHosts(names: HostNames, hosts: readonly HostEndpoint[]): Hosts {
  const find = (name: string) => {
    const declared = names.find(name);
    return hosts.find((host) => host.name === declared?.name);
  };
  return {
    size: hosts.length,
    get(name) {
      const found = find(name);
      if (found !== undefined) return found;
      throw new OptionError(`there is no host '${name.slice(0, 200)}'${didYouMean(name, names.known())}`);
    },
    has: (name) => find(name) !== undefined,
    [Symbol.iterator]: () => hosts.values(),
  };
}
