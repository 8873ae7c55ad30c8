import { describe, expect, it } from 'vitest';
import { cases } from '../../conformance/cases.js';
import { expectedFailures } from '../../conformance/expected-failures.js';
import { runCase } from '../../conformance/run-case.js';
import { againstServer, envelope, faultXml } from './against-server.js';
import { target } from './one-case.js';

async function namesThatPass(status: number, body: string): Promise<string[]> {
  return againstServer(status, body, async (connection) => {
    const names: string[] = [];
    for (const testCase of cases) {
      if ((await runCase(testCase, target, connection)).outcome === 'pass') names.push(testCase.name);
    }
    return names;
  });
}

describe('the protocol cases', () => {
  it('have different names', () => {
    const names = cases.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('include every expected failure', () => {
    const names = new Set(cases.map(({ name }) => name));
    expect(Object.keys(expectedFailures).filter((name) => !names.has(name))).toEqual([]);
  });

  it('all fail against a server that says yes to everything, or against one that says no', async () => {
    const yes = await namesThatPass(200, envelope(''));
    const no = await namesThatPass(500, faultXml('a:NobodyKnows'));
    expect(yes.filter((name) => no.includes(name))).toEqual([]);
  });

  it('all fail against a server that answers nothing', async () => {
    expect(await namesThatPass(503, '')).toEqual([]);
  });
});
