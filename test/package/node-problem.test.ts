import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nodeProblem } from '../../src/package/node-problem.js';

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const oldest = engines.node.replace('>=', '');

describe('the Node that a program runs on', () => {
  it.each([oldest, '20.20.0', '21.0.0', '22.1.0', '26.0.0'])('will do: %s', (version) => {
    expect(nodeProblem('cimulator', version)).toBeUndefined();
  });

  it.each(['14.21.3', '16.20.2', '18.20.8', '20.18.9', 'what'])('is too old, in one line: %s', (version) => {
    expect(nodeProblem('cimulator', version)).toBe(
      `cimulator: this is Node ${version}, and it needs 20.19 or newer (see https://nodejs.org)\n`,
    );
  });

  it.each([
    ['cli', 1],
    ['conformance', 2],
  ])('is looked at before anything is loaded, by dist/%s/main.js', (command, status) => {
    const main = fileURLToPath(new URL(`../../dist/${command}/main.js`, import.meta.url));
    expect(readFileSync(main, 'utf8')).not.toMatch(/^import /m);
    const asOldNode = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.8'})`;
    const result = spawnSync(process.execPath, ['--import', asOldNode, main], { encoding: 'utf8' });
    expect(result).toMatchObject({ status, stdout: '' });
    expect(result.stderr).toMatch(/^[^\n]*this is Node 18\.20\.8, and it needs 20\.19 or newer[^\n]*\n$/);
  });
});
