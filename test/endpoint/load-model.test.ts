import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadModel, type ModelSource } from '../../src/endpoint/load-model.js';

const KEY = 'Qualifier Key : boolean = false, Scope(property, reference);\n';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimulator-model-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function load(options: Partial<ModelSource>) {
  const { namespaces, instances, warnings } = await loadModel({
    defaultNamespace: 'root/cimv2/storage/iScsiTarget',
    schemaDirs: undefined,
    labs: ['none'],
    dialect: 'auto',
    cacheDir: undefined,
    ...options,
  });
  const classes = namespaces.flatMap(({ schema }) => [...schema.declarations].map(({ name }) => name));
  return { classes, instances: instances.map(({ path }) => `${path?.className}`), warnings: warnings.map(String) };
}

const failure = (options: Partial<ModelSource>) =>
  load(options).then(
    () => 'nothing',
    (error: unknown) => (error as Error).message,
  );

describe('schemas and labs', () => {
  it('may be several, folders and files, and are all loaded in their order', async () => {
    mkdirSync(join(folder, 'more'));
    const schemaDirs = [write('a.mof', `${KEY}class A { [Key] string k; };`), join(folder, 'more')];
    write('more/b.mof', 'class B : A { };');
    const labs = [write('one.mof', 'instance of B { k = "1"; };'), write('two.mof', 'instance of A { k = "2"; };')];
    expect(await load({ schemaDirs, labs })).toEqual({ classes: ['A', 'B'], instances: ['B', 'A'], warnings: [] });
  });

  it('may be built-in labs beside files', async () => {
    const more = write('more.mof', 'instance of MSFTSM_ComputerSystem { CreationClassName = "c"; Name = "n"; };');
    const [alone, both] = [await load({ labs: ['two-servers'] }), await load({ labs: ['two-servers', more] })];
    expect(both.instances).toHaveLength(alone.instances.length + 1);
  });

  it('may be no lab, and then no other', async () => {
    expect((await load({ labs: ['none'] })).instances).toEqual([]);
    expect(await failure({ labs: ['none', 'two-servers'] })).toContain("'none' stands for no lab");
  });
});

describe('a schema that the default lab does not fit', () => {
  const schema = () => [write('a.mof', `${KEY}class A { [Key] string k; };`)];

  it('is told together with what to do', async () => {
    const message = await failure({ schemaDirs: schema(), labs: undefined });
    expect(message).toContain(
      "the lab 'two-servers', which is there when none is named, does not fit the schema: '--lab none'",
    );
    expect(message.split('\n')).toHaveLength(1);
    expect((await load({ schemaDirs: schema(), labs: ['none'] })).classes).toEqual(['A']);
  });

  it('is told so when the lab was named, too', async () => {
    expect(await failure({ schemaDirs: schema(), labs: ['two-servers'] })).toMatch(
      /^the lab 'two-servers' does not fit the schema: '--lab none' starts without it \(.+\)$/,
    );
  });

  it('is not blamed on the lab when it is wrong itself, or when the lab is a file', async () => {
    const wrong = [write('wrong.mof', 'class A : B { };')];
    expect(await failure({ schemaDirs: wrong, labs: undefined })).toMatch(/wrong\.mof:1:11: superclass B/);
    const own = write('own.mof', 'instance of B { k = "1"; };');
    expect(await failure({ schemaDirs: schema(), labs: [own] })).toMatch(/own\.mof:\d+:\d+: /);
    expect(await failure({ schemaDirs: schema(), labs: [own, 'two-servers'] })).toMatch(/own\.mof:\d+:\d+: /);
  });
});

describe('the dialect', () => {
  const text = '[dynamic, Own] class W { [Key] string k; object o; };';

  it('is that of each file, or the one that is asked for', async () => {
    const labs = [write('w.mof', text)];
    expect(await load({ labs })).toMatchObject({ warnings: [`${labs[0]}:1:11: qualifier Own is not declared`] });
    expect(await failure({ labs, dialect: 'dmtf' })).toContain("'object' is not a type");
    const plain = [write('plain.mof', 'class P { [Key, Own] string k; };')];
    expect(await failure({ labs: plain })).toContain('qualifier Own is not declared');
    expect((await load({ labs: plain, dialect: 'windows' })).classes).toContain('P');
  });

  it('has a cache of its own, which keeps the warnings', async () => {
    const cacheDir = join(folder, 'cache');
    const schemaDirs = [write('s.mof', `${KEY}class S { [Key, Own] string k; };`)];
    const windows = await load({ schemaDirs, dialect: 'windows', cacheDir });
    expect(windows.warnings).toEqual([`${schemaDirs[0]}:2:17: qualifier Own is not declared`]);
    expect(await load({ schemaDirs, dialect: 'windows', cacheDir })).toEqual(windows);
    expect(await failure({ schemaDirs, dialect: 'auto', cacheDir })).toContain('qualifier Own is not declared');
    expect(await failure({ schemaDirs, dialect: 'dmtf', cacheDir })).toContain('qualifier Own is not declared');
  });

  it('of what the cache cannot hold makes no difference: a class as a value is compiled each time', async () => {
    const cacheDir = join(folder, 'cache');
    const more = 'Qualifier EmbeddedObject : boolean = false, Scope(property);';
    const text = `${KEY}${more} class H { [Key] string k; [EmbeddedObject] string o; };`;
    const labs = [write('h.mof', 'instance of H { k = "1"; o = "class X { };"; };')];
    const schemaDirs = [write('s.mof', text)];
    const first = await load({ schemaDirs, labs, cacheDir });
    expect(await load({ schemaDirs, labs, cacheDir })).toEqual(first);
    expect(first.instances).toEqual(['H']);
  });

  it('of classes read back from the cache keeps what only Windows takes', async () => {
    const cacheDir = join(folder, 'cache');
    const labs = [write('w.mof', 'class W { [Key] string k; W REF r; void M([In] string Text = "d"); };')];
    await load({ labs, cacheDir });
    const { namespaces } = await loadModel({
      defaultNamespace: 'root/cimv2/storage/iScsiTarget',
      schemaDirs: undefined,
      labs,
      dialect: 'auto',
      cacheDir,
    });
    const found = namespaces.flatMap(({ schema }) => schema.findClass('W') ?? []);
    expect(found.map(({ methods }) => methods.get('M')?.parameters.get('Text')?.defaultValue)).toEqual(['d']);
  });
});
