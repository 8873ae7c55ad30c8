import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renameInKeys } from '../../../src/cim/hosts/canonical-keys.js';
import { type CimKeyValue, InstancePath } from '../../../src/cim/model/instance-path.js';

const anyText = fc.oneof(fc.string(), fc.constantFrom('@3:a', '1:@', 'root/a', ':', '@'));
const { path: anyPath } = fc.letrec<{ path: InstancePath; value: CimKeyValue }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, depthSize: 'small' }, anyText, fc.nat(), fc.boolean(), tie('path')),
  path: fc
    .record({
      namespace: fc.constantFrom('root/a', 'ROOT/A', 'root/b', undefined),
      keys: fc.array(fc.tuple(fc.constantFrom('Id', 'Of', 'To'), tie('value')), { maxLength: 3 }),
    })
    .map(({ namespace, keys }) => new InstancePath({ namespace, className: 'X', keys })),
}));

/** The same with other namespaces, made by hand. */
function renamed(path: InstancePath): InstancePath {
  const keys = Array.from(path.keys, ([name, value]): [string, CimKeyValue] => {
    if (!(value instanceof InstancePath)) return [name, value];
    const inside = renamed(value);
    return [name, inside.namespace?.toLowerCase() === 'root/a' ? inside.inNamespace('@srv02/root/a') : inside];
  });
  return new InstancePath({ namespace: path.namespace, className: path.className, keys });
}

it('gives the canonical form of the keys with other namespaces, whatever is in them', () => {
  fc.assert(
    fc.property(anyPath, (path) => {
      const found = renameInKeys(path.canonicalKeys, (name) => (name === 'root/a' ? '@srv02/root/a' : name));
      expect(found).toBe(renamed(path).canonicalKeys);
    }),
  );
});
