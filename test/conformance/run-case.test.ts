import { describe, expect, it } from 'vitest';
import type { Case } from '../../conformance/case.js';
import { connect } from '../../conformance/connect.js';
import { runCase } from '../../conformance/run-case.js';
import { againstServer, envelope, faultXml } from './against-server.js';
import { oneCase, target } from './one-case.js';

describe('running a case', () => {
  const run = (testCase: Case, status: number, body: string) =>
    againstServer(status, body, (connection) => runCase(testCase, target, connection));
  const { steps } = oneCase();

  it('passes when every expectation is met', async () => {
    expect(await run(oneCase(), 200, envelope(''))).toMatchObject({ outcome: 'pass', reason: undefined });
  });

  it('says what was expected and what came', async () => {
    expect(await run(oneCase(), 500, '')).toMatchObject({ outcome: 'fail', reason: 'expected status 200; got 500' });
  });

  it('says at which of its steps', async () => {
    const result = await run(oneCase({ steps: [{ send: () => ({ body: '' }), expect: [] }, ...steps] }), 500, '');
    expect(result.reason).toBe('step 2: expected status 200; got 500');
  });

  it('gives later steps what it remembers of an answer', async () => {
    const sent: string[] = [];
    const remembering = oneCase({
      steps: [
        { send: () => ({ body: '' }), expect: [], remember: { code: 's:Body/s:Fault/s:Code/s:Value' } },
        { send: (_, { code = '' }) => ({ body: sent.push(code) > 0 ? code : '' }), expect: [] },
      ],
    });
    await run(remembering, 500, faultXml('a:Other'));
    expect(sent).toEqual(['s:Sender']);
  });

  it('fails when what it has to remember is missing', async () => {
    const remembering = oneCase({ steps: steps.map((step) => ({ ...step, remember: { id: 's:Body/*:Id' } })) });
    expect(await run(remembering, 200, envelope(''))).toMatchObject({
      outcome: 'fail',
      reason: 'step 1: s:Body/*:Id is missing',
    });
  });

  it('cleans up after a failure', async () => {
    const cleaned: string[] = [];
    const cleaning = oneCase({
      cleanUp: ({ run }) => {
        cleaned.push(run);
        return undefined;
      },
    });
    expect(await run(cleaning, 500, '')).toMatchObject({ outcome: 'fail' });
    expect(cleaned).toEqual(['test']);
  });

  it('calls an optional feature unsupported when the server says so', async () => {
    const result = await run(oneCase({ optional: true }), 500, faultXml('a:ActionNotSupported'));
    expect(result).toMatchObject({ outcome: 'unsupported', reason: 'no' });
  });

  it('calls another fault a failure even of an optional feature', async () => {
    expect(await run(oneCase({ optional: true }), 500, faultXml('a:Other'))).toMatchObject({ outcome: 'fail' });
  });

  it('skips what needs the lab elsewhere', async () => {
    const result = await againstServer(200, '', (connection) =>
      runCase(oneCase({ needs: 'lab' }), { ...target, lab: false }, connection),
    );
    expect(result).toMatchObject({ outcome: 'skipped', reason: 'needs the default lab of cimulator' });
  });

  it('fails when nobody answers', async () => {
    const connection = connect({ url: 'http://127.0.0.1:1/wsman', user: 'u', password: 'p' });
    const { outcome, reason } = await runCase(oneCase(), target, connection);
    expect({ outcome, reason }).toEqual({
      outcome: 'fail',
      reason: expect.stringMatching(/^no answer: .*ECONNREFUSED/),
    });
    connection.close();
  });
});
