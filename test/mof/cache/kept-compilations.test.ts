import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileFiles, compileTexts } from '../../../src/mof/cache/kept-compilations.js';

const KEY = 'Qualifier Key : boolean = false, Scope(property, reference);\n';
const options = { defaultNamespace: 'root/test', dialect: 'auto' } as const;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimulator-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('a compilation', () => {
  it('of the same bytes is the same one', () => {
    const file = write('a.mof', `${KEY}class A { [Key] string k; };`);
    const first = compileFiles([file], options);
    expect(compileFiles([file], options)).toBe(first);
    write('a.mof', `${KEY}class A { [Key] string k; };`);
    expect(compileFiles([file], options)).toBe(first);
  });

  it('is another one when a file has changed, also one that is included, or when one has come into a folder', () => {
    mkdirSync(join(folder, 'all'));
    write('all/part.mof', `${KEY}class A { [Key] string k; };`);
    write('all/whole.mof', '#pragma include("part.mof")');
    const names = () => {
      const { schema } = compileFiles([join(folder, 'all')], options).namespaces.get('root/test') ?? {};
      return [...(schema?.declarations ?? [])].map(({ name }) => name);
    };
    expect(names()).toEqual(['A']);
    write('all/part.mof', `${KEY}class B { [Key] string k; };`);
    expect(names()).toEqual(['B']);
    write('all/zoo.mof', 'class Z : B { };');
    expect(names()).toEqual(['B', 'Z']);
  });

  it('is another one for another namespace, dialect or base', () => {
    const file = write('a.mof', `${KEY}class A { [Key] string k; };`);
    const more = write('b.mof', 'class B : A { };');
    const first = compileFiles([file], options);
    expect(compileFiles([file], { ...options, defaultNamespace: 'root/other' })).not.toBe(first);
    expect(compileFiles([file], { ...options, dialect: 'windows' })).not.toBe(first);
    const onFirst = compileFiles([more], { ...options, base: first });
    expect(onFirst.namespaces.get('root/test')?.schema.findClass('B')).toBeDefined();
    expect(() => compileFiles([more], options)).toThrow('superclass A');
    expect(first.namespaces.get('root/test')?.schema.findClass('B')).toBeUndefined();
  });

  it('that fails is not kept', () => {
    const file = write('a.mof', 'class A : None { };');
    expect(() => compileFiles([file], options)).toThrow('None');
    expect(() => compileFiles([file], options)).toThrow('None');
    write('a.mof', `${KEY}class A { [Key] string k; };`);
    expect(compileFiles([file], options).counts.classes).toBe(1);
  });

  it('of texts is kept by the texts', () => {
    const mof = `${KEY}class A { [Key] string k; };`;
    const first = compileTexts([{ name: 'one', mof }], options);
    expect(compileTexts([{ name: 'one', mof }], options)).toBe(first);
    expect(compileTexts([{ name: 'one', mof: `${mof} ` }], options)).not.toBe(first);
    expect(() => compileTexts([{ name: 'two', mof: '#pragma include("a.mof")' }], options)).toThrow(
      'two:1:17: a text that is no file includes none',
    );
  });

  it('of files of the program is kept without a look at them', () => {
    const file = write('a.mof', `${KEY}class A { [Key] string k; };`);
    const isProgram = (name: string) => name === file;
    const first = compileFiles([file], { ...options, isProgram });
    rmSync(file);
    expect(compileFiles([file], { ...options, isProgram })).toBe(first);
  });
});
