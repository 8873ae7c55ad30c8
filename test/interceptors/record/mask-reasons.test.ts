import { expect, it } from 'vitest';
import { createClient, defineProvider, parseInstancePath, startEndpoint } from '../../../src/index.js';

const mof = `class LAB_Door { [key] string Id; uint32 SetCode([In] string StartPassword, [In] uint8 PinCode, [In] string Note); };
instance of LAB_Door { Id = "d"; };`;

const door = defineProvider('LAB_Door', {
  methods: {
    async SetCode(input, { explain }) {
      explain(`the code ${input.StartPassword} is bad`);
      return { ReturnValue: 5 };
    },
  },
});

it.each([
  ['a provider', { StartPassword: 'hunter2' }, 'the code *** is bad'],
  ['a provider, of a long message', { Note: 'n '.repeat(40_000), StartPassword: 'hunter2' }, 'the code *** is bad'],
  [
    'a check of types of one',
    { Note: '<x/>'.repeat(20_000), PinCode: 'hunter2' },
    'Parameter PinCode: *** is not a value of type uint8.',
  ],
  ['a check of types', { PinCode: 'hunter2' }, "Parameter PinCode: '***' is not a value of type uint8."],
])('the log tells no secret that %s quotes', async (_who, input, reason) => {
  const lines: object[] = [];
  const write = (facts: object) => void lines.push(facts);
  const logger = { debug: write, info: write, warn: write, error: write };
  await using endpoint = await startEndpoint({
    lab: { mof },
    providers: [door],
    secrets: ['PinCode'],
    users: [{ name: 'ci', password: 'secret' }],
    requests: 'off',
    logger,
  });
  const client = createClient({ url: endpoint.http.url, user: 'ci', password: 'secret' });
  await client.invoke(parseInstancePath('LAB_Door.Id="d"'), 'SetCode', input).catch(() => undefined);
  await client.close();
  expect(lines).toContainEqual(expect.objectContaining({ operation: 'SetCode', reason }));
  expect(JSON.stringify(lines)).not.toContain('hunter2');
});
