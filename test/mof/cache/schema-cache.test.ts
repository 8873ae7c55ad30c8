import { createHash, createHmac } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { decodeCompilation, encodeCompilation } from '../../../src/mof/cache/compilation-codec.js';
import { encodeClass } from '../../../src/mof/cache/declaration-codec.js';
import { CodecError, type Json } from '../../../src/mof/cache/json.js';
import { compileWithCache } from '../../../src/mof/cache/schema-cache.js';
import { decodeValue, encodeValue } from '../../../src/mof/cache/value-codec.js';
import type { MofCompilation } from '../../../src/mof/mof-compilation.js';
import { plainTypes, valuesOf } from '../arbitraries.js';
import { compileText, qualifierTypes } from '../compile-text.js';

let folder: string;
let cacheFile: string;
const compile = (version = '1', ...more: readonly string[]) =>
  compileWithCache([join(folder, 'main.mof'), ...more], { defaultNamespace: 'root/test', cacheFile, version });
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const classesOf = ({ namespaces }: MofCompilation) =>
  [...(namespaces.get('root/test')?.schema.classes ?? [])].map(({ name }) => name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mof-cache-'));
  cacheFile = join(folder, 'cache', 'schema.json');
  const text = `${qualifierTypes}\nclass A { [Key, Description("k")] string k; uint64 n = 18446744073709551615; };`;
  write('a.mof', `${text}\ninstance of A { k = "x"; };`);
  write('main.mof', '#pragma include("a.mof")\nclass B : A { datetime d = "20240102030405.000000+000"; };');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const codeOf = (content: string, key: string) => createHmac('sha256', key).update(content).digest('hex');
const keyFile = () => join(folder, 'cache', 'key');

/** Makes the cache tell a class that no file has, to see whether it is used. */
function plantClass(key = readFileSync(keyFile(), 'utf8')): void {
  const [, ...lines] = readFileSync(cacheFile, 'utf8').split('\n');
  const planted = lines.join('\n').replaceAll('"B"', '"PLANTED"');
  writeFileSync(cacheFile, `${codeOf(planted, key)}\n${planted}`);
}

describe('the cache', () => {
  it('gives back what was compiled', () => {
    const first = compile();
    expect(encodeCompilation(compile())).toEqual(encodeCompilation(first));
    expect(classesOf(compile())).toEqual(['A', 'B']);
  });

  it('holds instances too, but not thousands', () => {
    const instances = (count: number) =>
      Array.from({ length: count }, (_, n) => `instance of A { k = "${n}"; };`).join('\n');
    write('few.mof', instances(5));
    compile('1', join(folder, 'few.mof'));
    expect(readFileSync(cacheFile, 'utf8')).toContain('"4"');
    rmSync(cacheFile);
    write('many.mof', instances(5001));
    compile('1', join(folder, 'many.mof'));
    expect(existsSync(cacheFile)).toBe(false);
  });

  it('is used when the files are the same', () => {
    compile();
    plantClass();
    expect(classesOf(compile())).toContain('PLANTED');
  });

  it.each([
    ['nothing', () => plantClass('')],
    ['another key', () => plantClass('0'.repeat(64))],
    [
      'a plain digest',
      () => {
        const [, ...lines] = readFileSync(cacheFile, 'utf8').split('\n');
        const planted = lines.join('\n').replaceAll('"B"', '"PLANTED"');
        writeFileSync(cacheFile, `${createHash('sha256').update(planted).digest('hex')}\n${planted}`);
      },
    ],
  ])('is not believed when its code was made with %s', (_what, plant) => {
    compile();
    plant();
    expect(classesOf(compile())).toEqual(['A', 'B']);
  });

  it.skipIf(process.platform === 'win32')('is for its owner only, with its folder and its key', () => {
    compile();
    const modes = [cacheFile, keyFile(), join(folder, 'cache')].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o700]);
  });

  it.skipIf(process.platform === 'win32').each([
    [
      'the file',
      () => cacheFile,
      0o622,
      /^others may change .*schema\.json \(mode 0622\): chmod go-w \S*schema\.json$/,
    ],
    [
      'its folder',
      () => join(folder, 'cache'),
      0o777,
      /^others may change .*cache \(mode 0777\): chmod go-w \S*cache$/,
    ],
    ['its key', keyFile, 0o640, /^others may read or change .*key \(mode 0640\): chmod go= \S*key$/],
  ])('is refused when others may change %s', (_what, path, mode, message) => {
    compile();
    chmodSync(path(), mode);
    expect(() => compile()).toThrow(message);
  });

  it('makes another key when its own was cut off', () => {
    compile();
    writeFileSync(keyFile(), 'half');
    compile();
    compile();
    plantClass();
    expect(classesOf(compile())).toContain('PLANTED');
  });

  it.each([
    ['a file has changed', () => write('a.mof', `${readFileSync(join(folder, 'a.mof'), 'utf8')} class C { };`)],
    ['its body has changed', () => writeFileSync(cacheFile, readFileSync(cacheFile, 'utf8').replace(/"k"/, '"kk"'))],
    ['it is cut off', () => writeFileSync(cacheFile, readFileSync(cacheFile, 'utf8').slice(0, 900))],
    ['it is empty', () => writeFileSync(cacheFile, '')],
    ['it is something else', () => writeFileSync(cacheFile, '[]\n{}')],
    ['it is gone', () => rmSync(cacheFile)],
  ])('is written anew when %s', (_what, change) => {
    compile();
    plantClass();
    change();
    expect(classesOf(compile())).not.toContain('PLANTED');
    plantClass();
    expect(classesOf(compile())).toContain('PLANTED');
  });

  it('of another version is not used', () => {
    compile('1');
    plantClass();
    expect(classesOf(compile('2'))).not.toContain('PLANTED');
  });

  it('of other files is not used', () => {
    compile();
    plantClass();
    write('more.mof', 'class More { };');
    expect(classesOf(compile('1', join(folder, 'more.mof')))).toEqual(['A', 'B', 'More']);
  });

  it('leaves no other file behind', () => {
    compile();
    expect(readdirSync(join(folder, 'cache'))).toEqual(['key', 'schema.json']);
  });

  it('that cannot be written is no error', () => {
    write('cache', 'a file where the folder should be');
    expect(classesOf(compile())).toEqual(['A', 'B']);
  });

  it('does not hide errors of the files', () => {
    compile();
    write('a.mof', 'class');
    expect(() => compile()).toThrow(/a\.mof:1:6: the name of a class is expected/);
  });
});

describe('the JSON of a compilation', () => {
  it('gives back values of all types', () => {
    fc.assert(
      fc.property(
        plainTypes.chain((type) => valuesOf(type)),
        (value) => {
          const json = JSON.parse(JSON.stringify(encodeValue(value))) as Json;
          expect(encodeValue(decodeValue(json))).toEqual(encodeValue(value));
          if (typeof value !== 'object') expect(decodeValue(json)).toBe(value);
        },
      ),
    );
  });

  it('gives back numbers that JSON has not, paths, datetimes and instances', () => {
    const path = new InstancePath({
      host: 'h',
      namespace: 'root/a',
      className: 'A',
      keys: { k: 5n, d: CimDateTime.interval(1n) },
    });
    const instance = new CimInstance(
      'A',
      [
        ['list', [Number.NaN, -0, Number.POSITIVE_INFINITY, null]],
        ['ref', path],
      ],
      path,
    );
    const again = decodeValue(JSON.parse(JSON.stringify(encodeValue(instance))) as Json);
    expect(again).toEqual(instance);
    expect(again instanceof CimInstance && again.path?.equals(path)).toBe(true);
    expect(again instanceof CimInstance && again.get('list')).toEqual([Number.NaN, -0, Number.POSITIVE_INFINITY, null]);
  });

  it('gives back classes that resolve to the same', () => {
    const compiled = compileText('class A { [Key] uint8 k[3]; }; [Abstract] class B : A { uint32 m([In] A REF a); };');
    const again = decodeCompilation(encodeCompilation(compiled));
    const schema = again.namespaces.get('root/test')?.schema;
    expect([...(schema?.declarations ?? [])].map(encodeClass)).toEqual(
      [...(compiled.namespaces.get('root/test')?.schema.declarations ?? [])].map(encodeClass),
    );
    expect(schema?.getClass('b').isAbstract).toBe(true);
    expect([...(schema?.withSubclasses('A') ?? [])].map(({ name }) => name)).toEqual(['A', 'B']);
    expect(schema?.isA('B', 'A')).toBe(true);
  });

  it.each([
    [''],
    ['null'],
    ['[]'],
    ['[[[]],0,0,0,[]]'],
    ['[[["root/a",[["Q","string",{"what":1},["any"],{}]],[],[]]],0,0,0,[]]'],
    ['[[["root/a",[],[["A",null]],[]]],0,0,0,[]]'],
    ['[[],"one",0,0,[]]'],
  ])('%j is refused', (text) => {
    expect(() => decodeCompilation(text)).toThrow(/expected|JSON/);
  });

  it('has a line for each class, which is read when the class is asked for', () => {
    const compiled = compileText('class A { uint8 p; }; class B : A { }; class C { string s; };');
    const [index, a, b] = encodeCompilation(compiled).split('\n');
    const again = decodeCompilation([index, a, b, '["C",null,[],[["p","uint9",[]]],[]]'].join('\n'));
    const schema = again.namespaces.get('root/test')?.schema;
    expect([...(schema?.declarations ?? [])].map(({ name, superclassName }) => [name, superclassName])).toEqual([
      ['A', undefined],
      ['B', 'A'],
      ['C', undefined],
    ]);
    expect([...(schema?.getClass('B').properties.keys() ?? [])]).toEqual(['p']);
    expect(() => schema?.getClass('C')).toThrow(CodecError);
  });
});
