import { afterAll } from 'vitest';
import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import type { HostEndpoint } from '../../src/endpoint/hosts/hosts.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { CIMV2 } from '../../src/windows/namespaces.js';

/** A computer of a built-in lab. */
export interface Computer {
  readonly lab: string;
  readonly name: string;
}

export const COMPUTERS: readonly Computer[] = [
  ...['srv01', 'srv02'].map((name) => ({ lab: 'two-servers', name })),
  ...['dc01', 'member01', 'member02'].map((name) => ({ lab: 'domain', name })),
  { lab: 'workstation', name: 'ws01' },
  { lab: 'storage-spaces', name: 'srv01' },
  { lab: 'empty', name: 'host01' },
];

const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** The computers for a file of tests, one at a time: an endpoint for each lab. */
export function useComputers() {
  const endpoints = new Map<string, Endpoint>();
  let host: HostEndpoint;
  let computer: Computer;
  afterAll(async () => {
    await Promise.all(Array.from(endpoints.values(), (one) => one.close()));
  });
  const all = (className: string, namespace = CIMV2) => host.cim.find(`SELECT * FROM ${className}`, namespace);

  return {
    all,
    host: () => host,
    computer: () => computer,
    /** Whether it is more than a name and a system. */
    isFurnished: () => computer.lab !== 'empty',
    async turnTo(next: Computer): Promise<void> {
      computer = next;
      const { lab, name } = next;
      const endpoint = endpoints.get(lab) ?? (await startEndpoint({ port: 0, logger, lab }));
      endpoints.set(lab, endpoint);
      host = endpoint.hosts.get(name);
    },
    /** The other ends of an association, by the key of an instance. */
    async tied(association: string, from: string, to: string, namespace = CIMV2) {
      const ties = await all(association, namespace);
      return (instance: CimInstance) =>
        ties
          .filter((tie) => {
            const end = tie.get(from);
            return end instanceof InstancePath && end.canonicalKeys === instance.path?.canonicalKeys;
          })
          .flatMap((tie) => {
            const end = tie.get(to);
            return end instanceof InstancePath ? [end] : [];
          });
    },
  };
}

export const bytes = (instance: CimInstance | undefined, property: string) =>
  BigInt(Number(instance?.get(property) ?? 0));
export const text = (instance: CimInstance | undefined, property: string) => instance?.getString(property) ?? '';
export const isAt = (path: InstancePath) => (instance: CimInstance) =>
  instance.path?.canonicalKeys === path.canonicalKeys;
