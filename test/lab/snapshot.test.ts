import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNamespaces } from '../../src/cim/contracts/namespaces.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { readSnapshot, SNAPSHOT_FORMAT, type Snapshot, takeSnapshot } from '../../src/lab/snapshot.js';
import { plainTypes, valuesOf } from '../mof/arbitraries.js';
import { compileText, qualifierTypes } from '../mof/compile-text.js';

const NAMESPACE = 'root/test';
const namespacesOf = (mof: string) => {
  const { namespaces } = compileText(`#pragma namespace("${NAMESPACE}") ${qualifierTypes} ${mof}`);
  return createNamespaces([...namespaces.values()].map(({ name, schema }) => ({ name, schema })));
};
const classes = 'class T { [Key] string Id; uint64 Count; }; class S : T { };';
const namespaces = namespacesOf(classes);
const instance = (id: string) =>
  new CimInstance(
    'T',
    [
      ['Id', id],
      ['Count', 5n],
    ],
    new InstancePath({ namespace: NAMESPACE, className: 'T', keys: { Id: id } }),
  );
const fromOutside = (snapshot: Snapshot): Snapshot => JSON.parse(JSON.stringify(snapshot)) as Snapshot;

/** As somebody writes it who knows how. */
function forged(state: string, { schema } = takeSnapshot({ instances: [], names: undefined }, namespaces)): Snapshot {
  const digest = createHash('sha256').update(`${SNAPSHOT_FORMAT}\n${schema}\n${state}`).digest('hex');
  return { format: SNAPSHOT_FORMAT, schema, state, digest };
}

describe('a snapshot', () => {
  it('comes back from JSON as it was, values of all types, absent and NULL apart', () => {
    const typed = plainTypes.chain((type) => fc.tuple(fc.constant(type), valuesOf(type), fc.boolean()));
    fc.assert(
      fc.property(typed, fc.nat(), ([type, value, isThere], count) => {
        const spaces = namespacesOf(
          `class V { [Key] string Id; ${type.name} V${type.array ? `[${type.array.size ?? ''}]` : ''}; };`,
        );
        const path = new InstancePath({ namespace: NAMESPACE, className: 'V', keys: { Id: 'v' } });
        const one = new CimInstance('V', Object.entries({ Id: 'v', ...(isThere && { V: value }) }), path);
        const content = { instances: [one], names: { row: '7', count } };
        expect(readSnapshot(fromOutside(takeSnapshot(content, spaces)), spaces)).toEqual(content);
      }),
      { numRuns: 200 },
    );
  });

  it('is what it was when it was taken, whoever asks for its text when', () => {
    const content = { instances: [instance('a')], names: undefined };
    const snapshot = takeSnapshot(content, namespaces);
    expect(readSnapshot(snapshot, namespaces)).toBe(content);
    expect(snapshot.state).toBe(snapshot.state);
    expect(Object.isFrozen(snapshot)).toBe(true);
  });

  it('is of the classes, whatever their order', () => {
    const snapshot = fromOutside(takeSnapshot({ instances: [instance('a')], names: undefined }, namespaces));
    const reordered = namespacesOf('class O { }; class T { [Key] string Id; uint64 Count; }; class S : T { };');
    expect(() => readSnapshot(snapshot, reordered)).toThrow('other classes');
    expect(readSnapshot(snapshot, namespacesOf(classes)).instances).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{"names":null,"inst', /cannot be read/],
    ['other members', '{"names":null,"instances":[],"rules":[]}', /rules: no such member/],
    ['a position that is none', '{"names":{"row":"7","count":-1},"instances":[]}', /names\.count/],
    [
      'a class that there is not',
      JSON.stringify({ names: null, instances: [json('U', 'a', 'a')] }),
      /instances\[0\]: Class U/,
    ],
    [
      'a key beside its path',
      JSON.stringify({ names: null, instances: [json('T', 'a', 'b')] }),
      /instances\[0\]: The keys of/,
    ],
    [
      'no path',
      JSON.stringify({ names: null, instances: [{ ...json('T', 'a', 'a'), path: undefined }] }),
      /has no path/,
    ],
  ])('with %s is refused, however well its digest fits', (_, state, message) => {
    expect(() => readSnapshot(forged(state), namespaces)).toThrow(message);
  });
});

function json(className: string, id: string, key: string) {
  const element = (value: string) => ({ Id: { type: 'string', value } });
  const path = { kind: 'path', namespace: NAMESPACE, class: className, keys: element(key) };
  return { kind: 'instance', class: className, path, properties: element(id) };
}
