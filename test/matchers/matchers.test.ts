import { beforeAll, describe, expect, it } from 'vitest';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { createClient } from '../../src/client/create-client.js';
import { matchers } from '../../src/matchers/main.js';
import { METHOD, NAMESPACE, SERVICE_CLASS, serviceKeys } from '../support/envelopes.js';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';

expect.extend(matchers);

const running = runEndpoint();
const hiding = runEndpoint({ secrets: ['CIM_Service.PipeElementName'] });
const service = new InstancePath({ className: SERVICE_CLASS, namespace: NAMESPACE, keys: serviceKeys });

beforeAll(async () => {
  const client = createClient({ url: running.url, user: USER, password: PASSWORD });
  for (const PipeElementName of ['first', 'other'])
    await client.invoke(service, METHOD, { PipeElementName }).catch(() => undefined);
  await client.get(service);
});

/** The message of an expectation that is not met. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('it was met');
}

describe('expect(endpoint)', () => {
  it('has invoked what a client invoked', () => {
    const { endpoint } = running;
    expect(endpoint).toHaveInvoked(METHOD);
    expect(endpoint).toHaveInvoked(METHOD, { PipeElementName: 'first' });
    expect(endpoint).toHaveInvoked(METHOD, { PipeElementName: expect.stringMatching(/^f/) }, { times: 1, user: USER });
    expect(endpoint).toHaveInvoked(
      METHOD,
      {},
      { times: 2, class: 'CIM_Service', selectors: { Name: serviceKeys.Name } },
    );
    expect(endpoint).not.toHaveInvoked('RequestStateChange');
    expect(endpoint).not.toHaveInvoked(METHOD, { PipeElementName: 'third' });
    expect(endpoint).not.toHaveInvoked(METHOD, {}, { times: 1 });
  });

  it.each([
    ['not', () => expect(running.endpoint).not.toHaveInvoked('CreateOrModifyReplicationPip')],
    ['no times', () => expect(running.endpoint).toHaveInvoked('CreateOrModifyReplicationPip', {}, { times: 0 })],
  ])('is no proof that a method was not invoked which there is not (%s)', (_, expectation) => {
    expect(failure(expectation)).toBe(
      `method: there is no method 'CreateOrModifyReplicationPip': did you mean '${METHOD}'?`,
    );
  });

  it('tells a class that there is not, where nobody asked for it', () => {
    expect(failure(() => expect(running.endpoint).not.toHaveReceived({ class: 'CIM_Servise' }))).toBe(
      "class: there is no class 'CIM_Servise': did you mean 'CIM_Service'?",
    );
  });

  it('has options that are checked', () => {
    const { endpoint } = running;
    const misspelt: object = { tims: 1 };
    expect(failure(() => expect(endpoint).toHaveReceived({}, misspelt))).toBe(
      "toHaveReceived: unknown option 'tims': did you mean 'times'?",
    );
    expect(failure(() => expect(endpoint).toHaveInvoked(METHOD, {}, { times: -1 }))).toBe(
      'times: -1 is not a whole number from 0',
    );
  });

  it('has received what came', () => {
    expect(running.endpoint).toHaveReceived({ operation: 'GetInstance', class: SERVICE_CLASS }, { times: 1 });
    expect(running.endpoint).not.toHaveReceived({ operation: 'Delete' });
  });

  it('tells what came and what differs when nothing matched', () => {
    const text = failure(() => expect(running.endpoint).toHaveInvoked(METHOD, { PipeElementName: 'third' }));
    expect(text).toContain(`Expected a request of {"operation":"Invoke","method":"${METHOD}"`);
    expect(text).toContain('0 matched. 4 came.\nThe nearest:\n  #2 Invoke');
    expect(text).toContain('input.PipeElementName: "other" where "third" is wanted');
    expect(text).toContain(`The others:\n  #3 Get ${SERVICE_CLASS}`);
  });

  it('tells how many came where another number is wanted', () => {
    const often = failure(() => expect(running.endpoint).toHaveInvoked(METHOD, undefined, { times: 3 }));
    expect(often).toContain('Expected 3 requests of');
    expect(often).toContain('2 matched.');
  });

  it('takes superclasses for what they are in its messages, too', () => {
    const text = failure(() => expect(running.endpoint).toHaveReceived({ class: 'CIM_Service', user: 'nobody' }));
    expect(text).toContain('user: ');
    expect(text).not.toContain('class: ');
  });

  it('lists what came though it should not', () => {
    const text = failure(() => expect(running.endpoint).not.toHaveInvoked(METHOD));
    expect(text).toMatch(/^Expected no request of .*; 2 came:\n {2}#1 Invoke .*\n {2}#2 Invoke/);
  });

  it('tells no secret that is wanted, also where the setting says that it is one, and nobody has called', async () => {
    const { endpoint } = hiding;
    const wanted = { PipeElementName: 'hunter2' };
    const texts = [failure(() => expect(endpoint).toHaveInvoked(METHOD, wanted))];
    const client = createClient({ url: hiding.url, user: USER, password: PASSWORD });
    await client.invoke(service, METHOD, {}).catch(() => undefined);
    texts.push(
      failure(() => expect(endpoint).toHaveInvoked(METHOD, wanted)),
      await endpoint.waitForRequest({ method: METHOD, input: wanted }, { timeout: 1 }).then(String, String),
    );
    for (const text of texts) {
      expect(text).toContain('{"PipeElementName":"***"}');
      expect(text).not.toContain('hunter2');
    }
    expect(failure(() => expect(running.endpoint).toHaveInvoked(METHOD, wanted))).toContain('hunter2');
  });

  it('is an endpoint, and a filter is one', () => {
    expect(failure(() => expect({}).toHaveInvoked('A'))).toContain('an endpoint is wanted');
    expect(failure(() => expect(running.endpoint).toHaveReceived({ operation: 'Gett' }))).toContain(
      "did you mean 'Get'?",
    );
  });
});
