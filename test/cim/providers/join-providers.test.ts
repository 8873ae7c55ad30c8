import { describe, expect, it } from 'vitest';
import type { Provider } from '../../../src/cim/contracts/provider.js';
import { joinProviders } from '../../../src/cim/providers/join-providers.js';
import { ProviderDefinitionError } from '../../../src/cim/providers/provider-definition-error.js';
import { createTestSchema, namespace } from '../../support/test-schema.js';

const schema = createTestSchema();
const done = async () => ({ ReturnValue: 0 });
const provider = (parts: Partial<Provider>): Provider => ({ className: 'TEST_System', methods: {}, ...parts });
const join = (...providers: readonly (Provider | readonly [string, Provider])[]) =>
  joinProviders(
    { name: namespace, schema },
    providers.map((one, at) =>
      'className' in one
        ? { name: `providers[${at}]`, isBuiltIn: false, provider: one }
        : { name: one[0], isBuiltIn: one[0] === 'built-in', provider: one[1] },
    ),
  );
const methodsOf = (joined: ReturnType<typeof join>) =>
  [...(joined.get('TEST_System')?.methods ?? [])].map(([name, { from, kind }]) => `${name} ${kind} of ${from.name}`);

describe('providers of one class', () => {
  it('each have some of its methods', () => {
    const joined = join(provider({ methods: { Run: done } }), provider({ methods: { Make: done } }));
    expect(methodsOf(joined)).toEqual(['Run plain of providers[0]', 'Make plain of providers[1]']);
  });

  it('take the place of the built-in one, method by method', () => {
    const builtIn = provider({ methods: { Run: done, Make: done }, otherMethods: 'not-supported', instances: {} });
    const joined = join(['built-in', builtIn], provider({ methods: { make: done } }));
    expect(methodsOf(joined)).toEqual(['Run plain of built-in', 'Make plain of providers[1]']);
    expect(joined.get('test_system')).toMatchObject({ otherMethods: 'not-supported', instances: {} });
  });

  it('may not both implement a method', () => {
    const both = () =>
      join(['a.mjs', provider({ methods: { Run: done } })], ['b.mjs', provider({ methods: { Run: done } })]);
    expect(both).toThrow(ProviderDefinitionError);
    expect(both).toThrow('a.mjs and b.mjs both implement TEST_System.Run: one of them must go');
  });

  it('may not both have rules for instances', () => {
    const both = () => join(provider({ instances: {} }), provider({ instances: { delete: true } }));
    expect(both).toThrow('providers[0] and providers[1] both have rules for the instances of TEST_System');
  });
});

describe('derived properties', () => {
  it('are joined one by one, and those of users take the place of built-in ones', () => {
    const [mine, theirs] = [() => 'a', () => 'b'];
    const joined = join(
      ['built-in', provider({ derived: { Caption: theirs, Size: theirs } })],
      provider({ derived: { size: mine } }),
    );
    expect(Array.from(joined.get('TEST_System')?.derived ?? [], ([name, { derive }]) => [name, derive])).toEqual([
      ['Caption', theirs],
      ['Size', mine],
    ]);
  });

  it('may not be derived by two', () => {
    const one = provider({ derived: { Size: () => 1n } });
    expect(() => join(one, one)).toThrow('providers[0] and providers[1] both derive TEST_System.Size');
  });

  it('are no keys', () => {
    expect(() => join(provider({ derived: { Name: () => '' } }))).toThrow('Name is a key of TEST_System');
  });
});

describe('a name that is not declared', () => {
  it.each<[string, Partial<Provider>, string]>([
    [
      'of a class',
      { className: 'TEST_Sytem' },
      "no class TEST_Sytem in namespace root/test: did you mean 'TEST_System'?",
    ],
    ['of a method', { methods: { Rnu: done } }, "class TEST_System declares no method Rnu: did you mean 'Run'?"],
    [
      'of a derived property',
      { derived: { Nmae: () => '' } },
      "class TEST_System has no property Nmae: did you mean 'Name'?",
    ],
    [
      'of a property',
      { instances: { modify: ['Nmae'] } },
      "class TEST_System has no property Nmae: did you mean 'Name'?",
    ],
  ])('%s is told with the nearest one', (_, parts, message) => {
    expect(() => join(provider(parts))).toThrow(message);
  });
});

describe('how a method wants to be run', () => {
  it.each<[string, Partial<Provider>, string]>([
    ['a function', { methods: { Run: done } }, 'plain'],
    ['two halves', { methods: { Run: { prepare: () => 1, commit: done } } }, 'prepared'],
    ['a method that says so', { methods: { Run: { exclusive: true, run: done } } }, 'exclusive'],
    ['a provider that says so', { exclusive: true, methods: { Run: done } }, 'exclusive'],
    [
      'a provider that says so of two halves',
      { exclusive: true, methods: { Run: { prepare: () => 1, commit: done } } },
      'exclusive',
    ],
  ])('is told by %s', (_, parts, kind) => {
    expect(join(provider(parts)).get('TEST_System')?.methods.get('Run')?.kind).toBe(kind);
  });

  it.each([[1], [null], [{ prepare: done }], [{}]])('is not told by %j', (method) => {
    const broken = { methods: { Run: method } } as unknown as Partial<Provider>;
    expect(() => join(provider(broken))).toThrow("method Run is neither a function, nor has it 'prepare' and 'commit'");
  });
});
