import { addressGroup } from '../auth/lock-out/address-group.js';
import { createRecentMap } from '../auth/lock-out/recent-map.js';
import { createTokenBucket, type TokenBucket } from '../auth/lock-out/token-bucket.js';
import { cutText } from './cut-text.js';
import type { Logger } from './logger.js';

/** Writes down why peers were refused, without letting them fill the disk: who is refused may try as often as it likes. */
export interface RefusalLog {
  /**
   * @param address the peer's
   * @param facts the true reason among them
   */
  warn(address: string, facts: object, message: string): void;
}

/** Lines of one peer, and of all, that are written at once; and how long it takes until there may be another one, in milliseconds. */
const OF_PEER = { lines: 20, refillMs: 1000 };
const OF_ALL = { lines: 200, refillMs: 50 };
const PEERS = 1000;
/** A reason holds names: of users up to 48 KB with NTLM. */
const MAX_FACT = 500;

/**
 * A line that was left out is counted, and the next one that is written tells how many there were. Each peer has its own share, so that
 * the noise of one does not hide another.
 *
 * @param now a clock in milliseconds that does not jump
 */
export function createRefusalLog(logger: Logger, now: () => number = () => performance.now()): RefusalLog {
  const all = createTokenBucket(OF_ALL.lines, OF_ALL.refillMs, now);
  const peers = createRecentMap<string, TokenBucket>(PEERS);
  let leftOut = 0;

  function bucketOf(address: string): TokenBucket {
    const group = addressGroup(address);
    const known = peers.get(group);
    if (known !== undefined) return known;
    const bucket = createTokenBucket(OF_PEER.lines, OF_PEER.refillMs, now);
    peers.set(group, bucket);
    return bucket;
  }

  return {
    warn(address, facts, message) {
      if (!logger.isLevelEnabled('warn')) return;
      if (!bucketOf(address).take() || !all.take()) {
        leftOut++;
        return;
      }
      logger.warn({ peer: address, ...cutFacts(facts), ...(leftOut > 0 && { leftOut }) }, message);
      leftOut = 0;
    },
  };
}

function cutFacts(facts: object): object {
  const entries = Object.entries(facts) as [string, unknown][];
  return Object.fromEntries(
    entries.map(([name, fact]) => [name, typeof fact === 'string' ? cutText(fact, MAX_FACT) : fact]),
  );
}
