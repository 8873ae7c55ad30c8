import { describe, expect, it } from 'vitest';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { resolvePath } from '../../../src/cim/operations/resolve-path.js';
import { createTestBroker, link, pathOf, system, systemPath } from '../../support/test-broker.js';
import { createTestSchema, namespace } from '../../support/test-schema.js';

const schema = createTestSchema();
const [a, b] = [systemPath('a', 'TEST_SubSystem'), systemPath('b', 'TEST_OtherSystem')];
const hosts = link('TEST_Hosts', a, b);
const instances = [system('a', 'TEST_SubSystem'), system('b', 'TEST_OtherSystem'), hosts];
/** The same object, by its base class. */
const base = ({ keys }: InstancePath, place: string | undefined = namespace) =>
  new InstancePath({ namespace: place, className: 'TEST_System', keys });

async function resolve(path: InstancePath, wanted?: string) {
  const { store } = await createTestBroker(instances);
  return (await resolvePath(path, namespace, schema, store, wanted))?.path?.toString();
}

describe('a path', () => {
  it('may name a base class of the object', async () => {
    expect(await resolve(base(a))).toBe(a.toString());
  });

  it('means nothing but an object of the wanted class', async () => {
    expect(await resolve(base(a), 'TEST_SubSystem')).toBe(a.toString());
    expect([await resolve(base(a), 'TEST_OtherSystem'), await resolve(a, 'TEST_OtherSystem')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['a base class', base(a), b],
    ['base classes', base(a), base(b)],
    ['no namespace', base(a, undefined), base(b, undefined)],
  ])('of an association may name its ends by %s', async (_, Antecedent, Dependent) => {
    expect(await resolve(pathOf('TEST_Hosts', { Antecedent, Dependent }))).toBe(String(hosts.path));
  });

  it('of an association with other ends means nothing', async () => {
    expect(await resolve(pathOf('TEST_Hosts', { Antecedent: base(b), Dependent: base(a) }))).toBeUndefined();
  });
});
