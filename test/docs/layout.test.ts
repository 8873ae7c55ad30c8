import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Tests of several files, or of the whole. */
const OF_SEVERAL = ['conformance/', 'interop/', 'powershell/', 'robustness/', 'docs/', 'windows/consistency.'];

const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.test.ts'));

/** `cim/model/name-map.test.ts` and `name-map.speed.test.ts` are about `src/cim/model/name-map.ts`. */
function sourceOf(test: string): string {
  const [name = ''] = basename(test).split('.');
  return join('src', dirname(test), `${name}.ts`);
}

describe('where a test lies', () => {
  it('says which source file it is about, unless it is about several', () => {
    const ofOne = tests.filter((test) => !OF_SEVERAL.some((place) => test.startsWith(place)));
    expect(ofOne.length).toBeGreaterThan(100);
    expect(ofOne.filter((test) => !existsSync(join(root, sourceOf(test))))).toEqual([]);
  });
});
