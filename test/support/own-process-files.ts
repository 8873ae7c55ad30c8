import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * What changes the process in which it runs (modules that are put in the place of others, clocks, variables, the working folder), or measures
 * it: its memory, the budget of all messages in it, how long it does nothing else. A realm of Kerberos is told to it by variables.
 */
const OF_THE_PROCESS = new RegExp(
  [
    String.raw`\bvi\.(?:mock|spyOn|stubEnv|stubGlobal|useFakeTimers)\(`,
    String.raw`\bprocess\.(?:env(?:\.\w+|\[\w+\]) = |chdir\()`,
    String.raw`\bmemoryUsage\(|--expose-gc|\bmessageMemory\b|\bdescribeContextStore\(|\bmonitorEventLoopDelay\b`,
    String.raw`/kerberos-realm\.js'`,
  ].join('|'),
);

/**
 * The files of tests that need a process of their own, from the project's folder. The others share one: loading the sources takes longer
 * than most of them do.
 */
export function ownProcessFiles(): readonly string[] {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts') && OF_THE_PROCESS.test(readFileSync(join(root, file), 'utf8')))
    .sort();
}
