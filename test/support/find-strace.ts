import { spawnSync } from 'node:child_process';

/**
 * Whether system calls can be traced here. Where not, that is said; CI sets CIMULATOR_REQUIRE_LIVE_CLIENTS, and then it is an error.
 *
 * @param what is left out then
 */
export function hasStrace(what: string): boolean {
  if (spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0) return true;
  const reason = `${what}: strace is not installed, or may not trace`;
  if (process.env.CIMULATOR_REQUIRE_LIVE_CLIENTS === '1') throw new Error(reason);
  console.warn(`skipped: ${reason}`);
  return false;
}
