import { expect, it } from 'vitest';
import { checkedOptions } from '../../../src/endpoint/options/endpoint-options.js';
import { keptRequests } from '../../../src/endpoint/options/record-options.js';

it('10,000 messages are kept, and 32 MiB, unless something else is said', () => {
  expect(keptRequests({})).toEqual({ keep: 10_000, bytes: 33_554_432 });
  expect(keptRequests({ requests: { keep: 5 } })).toEqual({ keep: 5, bytes: 33_554_432 });
  expect(keptRequests({ requests: 'off' })).toBeUndefined();
});

it.each([
  [{ requests: { keep: 0 } }, 'requests.keep'],
  [{ requests: { kept: 1 } }, "unknown option 'kept': there are keep, bytes"],
  [{ requests: 'of' }, 'requests'],
  [{ secrets: ['a.b.c'] }, 'secrets[0]: expected Name or Class.Name'],
  [{ secrets: 'Pin' }, 'secrets: '],
  [{ revealSecrets: 'yes' }, 'revealSecrets'],
])('%j is refused', (options, message) => {
  expect(() => checkedOptions(options as object)).toThrow(message);
});
