import { type Call, MAX_REASONS, type Reason } from '../contracts/call.js';
import type { InstanceTransaction } from '../contracts/instance-store.js';
import type { InstanceContext } from '../contracts/provider.js';
import type { UuidSource } from '../contracts/uuid-source.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
import type { CimInstance } from '../model/cim-instance.js';
import { checkIndication } from '../providers/check-indication.js';
import type { Schema } from '../schema/schema.js';
import { resolvePath } from './resolve-path.js';

/**
 * What a provider is given for one attempt at an operation. What it explains, begins and tells of waits for the end of the
 * operation: an attempt that is made again has done nothing. A class, since there is one for each call.
 */
export class WorkContext implements InstanceContext {
  readonly namespace: string;
  readonly schema: Schema;
  readonly user: string | undefined;
  readonly store: InstanceTransaction;
  readonly attempt: number;
  readonly newUuid: UuidSource;
  readonly #call: Call;
  readonly #space: ServedNamespace;
  #reasons: Reason[] | undefined;
  #jobs: (() => void)[] | undefined;
  #indications: CimInstance[] | undefined;

  constructor(
    { newUuid }: HandlerContext,
    space: ServedNamespace,
    call: Call,
    store: InstanceTransaction,
    attempt: number,
  ) {
    this.namespace = space.name;
    this.schema = space.schema;
    this.user = call.user;
    this.store = store;
    this.attempt = attempt;
    this.newUuid = newUuid;
    this.#call = call;
    this.#space = space;
  }

  get signal(): AbortSignal {
    return this.#call.cancellation.signal;
  }

  // Providers take these out of the context (`{ store, resolve }`), so that they must do without `this`; most take none of them.

  get resolve(): InstanceContext['resolve'] {
    return (path) => resolvePath(path, this.namespace, this.schema, this.store);
  }

  get now(): InstanceContext['now'] {
    return () => this.#call.now();
  }

  get explain(): InstanceContext['explain'] {
    return (text, about = []) => {
      this.#reasons ??= [];
      if (this.#reasons.length < MAX_REASONS) this.#reasons.push({ text, about });
    };
  }

  get job(): InstanceContext['job'] {
    return (run) => {
      const begin = this.#space.jobs();
      this.#jobs ??= [];
      this.#jobs.push(() => begin(run));
    };
  }

  get indicate(): InstanceContext['indicate'] {
    return (indication) => {
      // Now, while the operation can still fail: after the commit it is too late.
      checkIndication(indication, { name: this.namespace, schema: this.schema });
      this.#indications ??= [];
      this.#indications.push(indication);
    };
  }

  /** To be called when the operation has ended with this attempt. */
  settle(succeeded: boolean): void {
    for (const { text, about } of this.#reasons ?? []) this.#call.explain(text, about);
    if (!succeeded) return;
    for (const indication of this.#indications ?? []) this.#space.host.indicate(indication);
    for (const begin of this.#jobs ?? []) begin();
  }
}
