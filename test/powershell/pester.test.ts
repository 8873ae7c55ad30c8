import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findPesterHost } from './find-pwsh.js';
import { runPester } from './run-pester.js';

const folder = fileURLToPath(new URL('../../powershell/test', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.Tests.ps1'))
  .sort();

/**
 * Those that leave nothing behind but endpoints that they stop have a PowerShell together: its start, and the first test of Pester in it, take
 * longer than most of them do. The others are about the process, or change what the module starts.
 */
const TOGETHER: readonly RegExp[] = [
  /^(?:Checklist|Completion|Errors|Genuine|Help|Siblings|Surface)\./,
  /^(?:Cdxml|Cmdlets|KitCalls|KitMethods|KitSpaces|KitState|Queries|Scripts|StorageSpaces|Tasks|WholeScripts)\./,
  // These start a PowerShell for all that they do.
  /^(?:KitPester|Objects\/(?:Fallback|Libmi))\./,
  /^Objects\/(?:Classes|Instances|Serialization|Sessions|Types)\./,
];
const runs = [
  ...TOGETHER.map((names) => files.filter((file) => names.test(file))),
  ...files.filter((file) => !TOGETHER.some((names) => names.test(file))).map((file) => [file]),
];
const host = findPesterHost();

/** Several files have tests that start PowerShell a few times. */
const TIMEOUT_MS = 600_000;

// Two at a time (maxConcurrency of vitest.config.ts): they wait as much as they compute.
describe.skipIf(host === undefined).concurrent('Pester', () => {
  it.each(runs.map((run) => [run.join(', '), run] as const))(
    'passes %s',
    { timeout: TIMEOUT_MS },
    async (_names, run) => {
      if (host === undefined) return;
      const { passed, problems, skipped } = await runPester(
        host,
        run.map((file) => join(folder, file)),
      );
      expect(problems).toEqual([]);
      // In CI nothing may be left out.
      if (process.env.CIMULATOR_REQUIRE_LIVE_CLIENTS === '1') expect(skipped).toEqual([]);
      for (const reason of skipped) console.log(`skipped: ${reason}`);
      expect(passed).toBeGreaterThan(0);
    },
  );
});
