import { afterEach, describe, expect, it } from 'vitest';
import { type Endpoint, startEndpoint } from '../../src/index.js';
import { runCommandLine } from './control/run-command.js';

let endpoint: Endpoint | undefined;
afterEach(async () => {
  await endpoint?.close();
});

async function started() {
  endpoint = await startEndpoint({ lab: 'none', users: [{ name: 'lab', password: 'secret' }], control: {} });
  const { url = '', token = '' } = endpoint.control ?? {};
  return ['--control-url', url, '--control-token', token];
}

describe('cimulator spaces', () => {
  it('opens one for the environment of others, lists and closes it', async () => {
    const at = await started();
    const { out } = await runCommandLine('spaces', 'open', 'a', '--lifetime', '60', ...at);
    const variables = Object.fromEntries(
      out
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/).slice(0, 2)),
    );
    expect(Object.keys(variables)).toEqual([
      ...['CIMULATOR_URL', 'CIMULATOR_USER', 'CIMULATOR_PASSWORD', 'CIMULATOR_CONTROL_URL', 'CIMULATOR_CONTROL_TOKEN'],
    ]);
    const inIt = [
      '--control-url',
      variables.CIMULATOR_CONTROL_URL,
      '--control-token',
      variables.CIMULATOR_CONTROL_TOKEN,
    ];
    expect((await runCommandLine('reset', ...inIt)).exitCode).toBe(0);

    const { out: table } = await runCommandLine('spaces', 'list', ...at);
    expect(table.split('\n')[2]).toMatch(
      /^a +http:\/\/127\.0\.0\.1:\d+\/wsman +http:\/\/127\.0\.0\.1:\d+ +20\d\d-\S+Z$/,
    );
    expect((await runCommandLine('spaces', 'close', 'a', ...at)).exitCode).toBe(0);
    expect((await runCommandLine('spaces', 'list', ...at)).out).toBe('');
    expect((await runCommandLine('spaces', 'close', 'a', ...at)).err).toBe("cimulator: there is no space 'a'\n");
  });

  it('says in a line what is wrong', async () => {
    const at = await started();
    expect((await runCommandLine('spaces', 'open', 'a b', ...at)).err).toMatch(/^cimulator: name: 'a b' is no name/);
    expect(JSON.parse((await runCommandLine('spaces', 'open', '--json', '--seed', '3', ...at)).out).name).toBe(
      'space-1',
    );
  });
});
