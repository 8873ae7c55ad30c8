import { randomUUID } from 'node:crypto';
import type { Logger } from '../../http/logger.js';
import { ControlError } from '../control-error.js';
import type { ControlLimits } from '../control-limits.js';
import type { ListedSpace, SpaceSecrets, SpaceWish, StartedSpace, StartSpace } from './space.js';
import { checkSpaceName } from './space-name.js';

interface Entry {
  readonly name: string;
  readonly stream: string | undefined;
  readonly opened: Date;
  readonly expires: Date | undefined;
  readonly starting: Promise<StartedSpace>;
  started?: StartedSpace;
  timer?: NodeJS.Timeout;
  ending?: Promise<void>;
}

/** How long a space lives that belongs to no stream and whose opener said nothing, in milliseconds. */
const DEFAULT_LIFETIME_MS = 3_600_000;

/**
 * The spaces of an endpoint: endpoints of the same process, each with a state, ports, an account and a control API of its own. None
 * outlives the endpoint, nor the stream or the time that it was given.
 */
export class Spaces {
  readonly #start: StartSpace;
  readonly #limits: Pick<ControlLimits, 'maxSpaces'>;
  readonly #logger: Logger;
  /** By their names in lower case, in the order of their opening. */
  readonly #entries = new Map<string, Entry>();
  readonly #streams = new Set<string>();
  #made = 0;
  #isClosed = false;

  constructor(start: StartSpace, limits: Pick<ControlLimits, 'maxSpaces'>, logger: Logger) {
    this.#start = start;
    this.#limits = limits;
    this.#logger = logger;
  }

  /** @returns its id, and what ends it with its spaces */
  addStream(): { readonly id: string; remove(): Promise<void> } {
    const id = randomUUID();
    this.#streams.add(id);
    return {
      id,
      remove: async () => {
        this.#streams.delete(id);
        await this.#endAll(({ stream }) => stream === id);
      },
    };
  }

  /**
   * @throws ControlError 400 for a name that is none, 404 for a stream that there is not, 409 for a name that is taken, 429 when there are
   *   too many, 503 when the endpoint closes; what keeps an endpoint from starting
   */
  async open(wish: SpaceWish): Promise<ListedSpace & SpaceSecrets> {
    if (this.#isClosed) throw new ControlError(503, 'the endpoint closes');
    const entry = this.#add(wish);
    try {
      entry.started = await entry.starting;
    } catch (error) {
      this.#entries.delete(keyOf(entry.name));
      throw error;
    }
    if (entry.ending !== undefined) {
      await entry.ending;
      throw new ControlError(409, `space '${entry.name}' was closed before it was open`);
    }
    if (entry.expires !== undefined)
      entry.timer = setTimeout(
        () => void this.#end(entry, 'its time was over'),
        +entry.expires - +entry.opened,
      ).unref();
    return { ...listed(entry, entry.started), ...entry.started.secrets };
  }

  list(): readonly ListedSpace[] {
    return [...this.#entries.values()].flatMap((entry) =>
      entry.started === undefined || entry.ending !== undefined ? [] : [listed(entry, entry.started)],
    );
  }

  /** Waits until it is closed, whoever closes it. @returns false when there is none */
  async close(name: string): Promise<boolean> {
    const entry = this.#entries.get(keyOf(name));
    if (entry === undefined) return false;
    await this.#end(entry);
    return true;
  }

  /** Closes all; none can be opened any more. */
  async closeAll(): Promise<void> {
    this.#isClosed = true;
    await this.#endAll(() => true);
  }

  #add({ name: given, seed, stream, lifetime }: SpaceWish): Entry {
    if (stream !== undefined && lifetime !== undefined)
      throw new ControlError(400, 'lifetime: a space that belongs to a stream lives as long as that', {
        place: 'lifetime',
      });
    if (given !== undefined) this.#checkFree(given);
    if (stream !== undefined && !this.#streams.has(stream))
      throw new ControlError(404, 'stream: there is no such stream; GET /v1/spaces/stream opens one', {
        place: 'stream',
      });
    if (this.#entries.size >= this.#limits.maxSpaces)
      throw new ControlError(429, `there are ${this.#limits.maxSpaces} spaces at once already`);
    const name = given ?? this.#freeName();
    const opened = new Date();
    const expires = stream === undefined ? new Date(+opened + (lifetime ?? DEFAULT_LIFETIME_MS)) : undefined;
    const entry: Entry = { name, stream, opened, expires, starting: this.#start({ name, seed }) };
    this.#entries.set(keyOf(name), entry);
    return entry;
  }

  #checkFree(name: string): void {
    checkSpaceName(name);
    const found = this.#entries.get(keyOf(name));
    if (found === undefined) return;
    const why = found.ending === undefined ? 'there is one already' : 'the one of this name is closing';
    throw new ControlError(409, `name: space '${found.name}' cannot be opened: ${why}`, { place: 'name' });
  }

  #freeName(): string {
    for (;;) {
      this.#made += 1;
      const name = `space-${this.#made}`;
      if (!this.#entries.has(keyOf(name))) return name;
    }
  }

  async #endAll(isMeant: (entry: Entry) => boolean): Promise<void> {
    await Promise.all([...this.#entries.values()].filter(isMeant).map((entry) => this.#end(entry)));
  }

  #end(entry: Entry, why?: string): Promise<void> {
    if (why !== undefined) this.#logger.info({ space: entry.name, reason: why }, 'a space is closed');
    entry.ending ??= this.#finish(entry);
    return entry.ending;
  }

  /** Never fails: nobody could do anything about it. */
  async #finish(entry: Entry): Promise<void> {
    clearTimeout(entry.timer);
    try {
      const started = await entry.starting.catch(() => undefined);
      await started?.close();
    } catch (err) {
      this.#logger.error({ err, space: entry.name }, 'a space could not be closed whole');
    } finally {
      this.#entries.delete(keyOf(entry.name));
    }
  }
}

function keyOf(name: string): string {
  return name.toLowerCase();
}

function listed({ name, opened, expires }: Entry, { facts }: StartedSpace): ListedSpace {
  return {
    ...{ name, pid: process.pid, ...facts, opened: opened.toISOString() },
    ...(expires && { expires: expires.toISOString() }),
  };
}
