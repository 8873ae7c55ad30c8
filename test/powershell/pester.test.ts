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
const host = findPesterHost();

/** Several files have tests that start PowerShell a few times. */
const TIMEOUT_MS = 300_000;

// Two at a time (maxConcurrency of vitest.config.ts): they wait as much as they compute.
describe.skipIf(host === undefined).concurrent('Pester', () => {
  it.each(files)('passes %s', { timeout: TIMEOUT_MS }, async (file) => {
    if (host === undefined) return;
    const { passed, problems, skipped } = await runPester(host, join(folder, file));
    expect(problems).toEqual([]);
    // In CI nothing may be left out.
    if (process.env.CIMULATOR_REQUIRE_LIVE_CLIENTS === '1') expect(skipped).toEqual([]);
    for (const reason of skipped) console.log(`skipped: ${reason}`);
    expect(passed).toBeGreaterThan(0);
  });
});
