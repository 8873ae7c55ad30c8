import type { HostNames } from '../../cim/hosts/host-names.js';
import type { Recorder } from '../../interceptors/record/recorder.js';
import type { Rules } from '../../interceptors/rules/rules.js';
import { type ModelStateParts, openModelState } from '../open-model-state.js';
import type { Record } from '../open-record.js';
import type { Tls } from '../open-tls.js';
import { hostRules, isOf } from './host-rules.js';
import { hostStateParts } from './host-state.js';
import type { HostEndpoint } from './hosts.js';
import type { ListeningHost } from './listen-all.js';
import type { SeedParts } from './seed-parts.js';

/** What hosts have together, once all of them run. */
export interface HostCommons {
  readonly names: HostNames;
  /** Of the whole model. */
  readonly state: ModelStateParts;
  readonly rules: Rules;
  readonly record: Pick<Record, 'viewOf'> & { readonly watch: Pick<Recorder, 'reset'> | undefined };
  readonly tls: Tls | undefined;
  readonly seed: Pick<SeedParts, 'putSeedOn'>;
}

/** One of several hosts with the face of an endpoint; none for the only one, without a name. */
export function hostEndpoints(
  { placed, own, prepared, listeners }: ListeningHost,
  { names, state, rules, record, tls, seed }: HostCommons,
): readonly HostEndpoint[] {
  if (placed === undefined) return [];
  const { name, aliases } = placed.declaration;
  const { http, https } = listeners;
  const model = openModelState({
    ...hostStateParts(state, placed, own, prepared),
    putSeed: (instances) => seed.putSeedOn(name, instances),
    resets: {
      tell() {
        rules.reset(isOf(name));
        record.watch?.reset(name);
      },
    },
  });
  const endpoint: HostEndpoint = {
    ...{ name, aliases, isDefault: names.default === placed.declaration },
    ...model,
    ...record.viewOf(name),
    ...hostRules(name, names, rules),
    power: () => prepared.power.state,
    start: () => prepared.power.start(),
    ...(http && { http }),
    ...(https && tls && { https: { ...https, fingerprints: tls.identity.fingerprints } }),
    account: prepared.accounts.first,
    broker: prepared.broker,
    onIndication: prepared.onIndication,
  };
  return [endpoint];
}
