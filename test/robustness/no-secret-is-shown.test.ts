import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient, type Endpoint, InstancePath, startEndpoint, type WsmanClient } from '../../src/index.js';
import { escapeText } from '../../src/xml/escape-xml.js';

const MOF = `
class LAB_Account {
  [Key] string Name;
  [Static] uint32 Give([In] string Name, [In] string NewPassword, [In] string MyCode, [In] string Command);
};
`;
const said: string[] = [];
const say = (facts: object, text: string) =>
  void said.push(
    text,
    JSON.stringify(facts, (_, one) => (one instanceof Error ? [one.stack, one.message, one.cause ?? ''] : one)),
  );

let endpoint: Endpoint;
let client: WsmanClient;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-secrets-'));
  endpoint = await startEndpoint({
    users: [{ name: 'ci', password: 'ci' }],
    lab: { mof: MOF },
    secrets: ['MyCode'],
    traceSoap: folder,
    logger: { debug: say, info: say, warn: say, error: say },
    providers: [
      {
        className: 'LAB_Account',
        methods: {
          Give: ({ Name, NewPassword, MyCode, Command }) => {
            const text = `cannot give ${NewPassword} to ${Name} (code ${MyCode}) by ${Command}`;
            throw new Error(text, { cause: new TypeError(text) });
          },
        },
      },
    ],
  });
  client = createClient({ url: endpoint.http?.url ?? '', user: 'ci', password: 'ci' });
});
afterAll(async () => {
  await client.close();
  await endpoint.close();
  await rm(folder, { recursive: true });
});

/** What no other part of an exchange says by chance. */
const secret = fc
  .tuple(fc.string({ minLength: 2, maxLength: 12, unit: fc.constantFrom(...'aZ9 <&>"\'=;:,{}()\\%$äß') }), fc.uuid())
  .map(([text, id]) => `s${text}${id}e`);
const word = fc.uuid().map((id) => `w${id}`);
const command = word.chain((value) =>
  fc
    .constantFrom(`x -Password ${value}`, `x --user-password '${value}'`, `https://user:${value}@host/a`)
    .map((text) => ({
      value,
      text,
    })),
);

it('no secret that was given is in the log, in requests, or in traces', async () => {
  const given: string[] = [];
  const target = new InstancePath({ className: 'LAB_Account', keys: {} });
  await fc.assert(
    fc.asyncProperty(secret, secret, command, async (NewPassword, MyCode, { value, text }) => {
      given.push(NewPassword, MyCode, value);
      await client.invoke(target, 'Give', { Name: 'x', NewPassword, MyCode, Command: text }).catch(() => undefined);
    }),
    { numRuns: 30, seed: 14 },
  );
  await endpoint.waitForRequest({ input: { MyCode: given[1] ?? '' } }, { timeout: 1 }).catch((error: Error) => {
    said.push(error.message);
  });
  const requests = endpoint.requests();
  expect(requests).toHaveLength(30);
  expect(said.join()).toContain('cannot give');
  const shown = requests.map((one) => JSON.stringify([one, one.soap()]));
  // Traces come behind the answers.
  await expect.poll(async () => (await readdir(folder)).length).toBeGreaterThanOrEqual(60);
  const traced = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')));
  const all = [...said, ...shown, ...traced].join('\n');
  const forms = (value: string) => [value, JSON.stringify(value).slice(1, -1), escapeText(value)];
  expect(given.filter((value) => forms(value).some((form) => all.includes(form)))).toEqual([]);
});
