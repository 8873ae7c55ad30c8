import { describe, expect, it } from 'vitest';
import { Schema } from '../../src/cim/schema/schema.js';
import { namespaceTree } from '../../src/endpoint/namespace-tree.js';
import { compileText, qualifierTypes, schemaOf } from '../mof/compile-text.js';

const spaces = (...names: string[]) => names.map((name) => ({ name, schema: new Schema() }));
const pathsOf = (tree: ReturnType<typeof namespaceTree>) => tree.instances.map(({ path }) => String(path));
const listed = (schema: Schema | undefined) => [...(schema?.declarations ?? [])].map(({ name }) => name);

const rootOf = (mof: string) => {
  const name = 'root';
  return { name, schema: schemaOf(compileText(`#pragma namespace("${name}") ${qualifierTypes} ${mof}`), name) };
};

describe('the tree of namespaces', () => {
  it('has every namespace above those that are there, behind them', () => {
    const tree = namespaceTree(spaces('root/cimv2/storage/iScsiTarget', 'root/wmi'));
    expect(tree.names).toEqual([
      'root/cimv2/storage/iScsiTarget',
      'root/wmi',
      'root/cimv2/storage',
      'root/cimv2',
      'root',
    ]);
    expect(pathsOf(tree)).toEqual([
      'root/cimv2/storage:__NAMESPACE.Name="iScsiTarget"',
      'root/cimv2:__NAMESPACE.Name="storage"',
      'root:__NAMESPACE.Name="cimv2"',
      'root:__NAMESPACE.Name="wmi"',
    ]);
  });

  it('takes names for the same whatever case they are in, and is what it was where nothing is missing', () => {
    const tree = namespaceTree(spaces('ROOT/A/x', 'root/a', 'Root', 'root/A/y'));
    expect(tree.names).toEqual(['ROOT/A/x', 'root/a', 'Root', 'root/A/y']);
    expect(pathsOf(tree)).toEqual([
      'root/a:__NAMESPACE.Name="x"',
      'root/a:__NAMESPACE.Name="y"',
      'Root:__NAMESPACE.Name="A"',
    ]);
  });

  it('lists the class where a namespace lies below, and answers it everywhere', () => {
    const { namespaces } = namespaceTree(spaces('root/a'));
    expect(namespaces.map(({ name, schema }) => [name, listed(schema)])).toEqual([
      ['root/a', []],
      ['root', ['__SystemClass', '__NAMESPACE']],
    ]);
    for (const { schema } of namespaces)
      expect(schema.getClass('__namespace').keys.map(({ name }) => name)).toEqual(['Name']);
  });

  it('leaves what a namespace declares, also of its own namespaces', () => {
    const own = rootOf(
      'class __Namespace { [Key] string Name; string Purpose; }; class LAB_Other { [Key] string Id; };',
    );
    const tree = namespaceTree([...spaces('root/a'), own]);
    expect(tree.namespaces.map(({ name, schema }) => [name, listed(schema)])).toEqual([
      ['root/a', []],
      ['root', ['__Namespace', 'LAB_Other']],
    ]);
    expect(pathsOf(tree)).toEqual(['root:__Namespace.Name="a"']);
  });

  it('makes no instances of a class that has other keys', () => {
    const own = rootOf('class __NAMESPACE { [Key] uint32 Number; };');
    expect(namespaceTree([...spaces('root/a'), own]).instances).toEqual([]);
  });
});
