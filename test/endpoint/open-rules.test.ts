import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { METHOD } from '../support/envelopes.js';

const users = [{ name: 'u', password: 'p' }];
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-rules-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(text: string): Promise<string> {
  const file = join(folder, 'rules.yaml');
  await writeFile(file, text);
  return file;
}

describe('the rules that an endpoint starts with', () => {
  it('come from a file, and are the same after a reset, without those that were added', async () => {
    const rules = await fileOf(`- { id: kept, when: { method: ${METHOD} }, then: { returnValue: 4 } }\n`);
    await using endpoint = await startEndpoint({ users, rules });
    expect(endpoint.addRule({ when: {}, then: { http: 503 } })).toMatchObject({ id: 'rule-2', initial: false });
    await endpoint.reset();
    expect(endpoint.rules()).toEqual([
      { id: 'kept', when: { method: METHOD }, then: { returnValue: 4 }, matched: 0, fired: 0, initial: true },
    ]);
    expect(endpoint.addRule({ when: {}, then: { http: 503 } }).id).toBe('rule-2');
  });

  it('have it not start where one is wrong, and say which', async () => {
    const rules = [
      { when: {}, then: { http: 503 } },
      { when: { method: 'Creat' }, then: { http: 503 } },
    ] as const;
    await expect(startEndpoint({ users, rules })).rejects.toThrow(
      /^rules\[1\]\.when\.method: there is no method 'Creat'/,
    );
  });

  it('have it not start where one of a file is wrong, and say the line', async () => {
    const rules = await fileOf('rules:\n  - when:\n      operation: Gat\n    then: { http: 503 }\n');
    await expect(startEndpoint({ users, rules })).rejects.toThrow(
      "rules.yaml:3: rules[0].when.operation: there is no operation 'Gat': did you mean 'Get'?",
    );
  });

  it('are a list or a path', async () => {
    const wrong = { users, rules: 5 } as unknown as { rules: string };
    await expect(startEndpoint(wrong)).rejects.toThrow(
      'rules: expected a list of rules, or the path of a file of them',
    );
  });
});
