import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from '../../src/replay/compare-requests.js';
import type { MessageRequest } from '../../src/replay/message-request.js';
import { MASK } from '../../src/secrets/mask-assignments.js';

const invoke: MessageRequest = {
  operation: 'Invoke',
  resource: 'root/cimv2:Win32_Service',
  method: 'Change',
  selectors: { Name: 'Spooler' },
  input: {
    StartMode: 'Automatic',
    Password: MASK,
    Order: ['1', '2'],
    Host: { reference: 'root/cimv2:Win32_Host', selectors: { Id: '1' } },
  },
};

describe('differences', () => {
  it.each<[string, MessageRequest]>([
    ['itself', invoke],
    ['names in other letters', { ...invoke, resource: 'ROOT/CIMV2:win32_service', method: 'change' }],
    ['keys in other letters', { ...invoke, selectors: { NAME: 'SPOOLER' } }],
    ['another secret', { ...invoke, input: { ...(invoke.input as object), Password: 'hush' } }],
    ['NULL for what is left out', { ...invoke, input: { ...(invoke.input as object), DisplayName: null } }],
  ])('are none to %s', (_, came) => {
    expect(differences(invoke, came)).toEqual([]);
  });

  it.each<[string, MessageRequest, string]>([
    ['a key', { ...invoke, selectors: { Name: 'BITS' } }, 'selectors.Name'],
    [
      'a text in other letters',
      { ...invoke, input: { ...(invoke.input as object), StartMode: 'automatic' } },
      'input.StartMode',
    ],
    ['an element', { ...invoke, input: { ...(invoke.input as object), Order: ['1', '3'] } }, 'input.Order[1]'],
    ['the length of a list', { ...invoke, input: { ...(invoke.input as object), Order: ['1'] } }, 'input.Order'],
    [
      'a key within a reference',
      {
        ...invoke,
        input: { ...(invoke.input as object), Host: { reference: 'root/cimv2:Win32_Host', selectors: { Id: '2' } } },
      },
      'input.Host.selectors.Id',
    ],
    ['what came in addition', { ...invoke, fragment: 'State' }, 'fragment'],
  ])('name %s', (_, came, place) => {
    expect(differences(invoke, came).map((one) => one.place)).toEqual([place]);
  });

  it('are none between equal requests of any shape, and some where one value differs', () => {
    const value = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.constant(null),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie('json'), { maxKeys: 3 }),
      ),
    })).json;
    fc.assert(
      fc.property(value, fc.string({ minLength: 1 }), (input, other) => {
        fc.pre(other !== MASK);
        const request = { operation: 'Invoke', input: { v: input } } as MessageRequest;
        expect(differences(request, structuredClone(request))).toEqual([]);
        const changed = { ...request, input: { v: input, extra: other } } as MessageRequest;
        expect(differences(request, changed).map(({ place }) => place)).toEqual(['input.extra']);
      }),
    );
  });
});
