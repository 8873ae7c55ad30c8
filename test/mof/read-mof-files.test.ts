import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileMof } from '../../src/mof/compile-mof.js';
import type { MofCompilation } from '../../src/mof/mof-compilation.js';
import { MofErrors } from '../../src/mof/mof-error.js';
import { readMofFiles } from '../../src/mof/read-mof-files.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mof-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

function compile(...names: readonly string[]): MofCompilation {
  const { sources, readInclude } = readMofFiles(names.map((name) => join(folder, name)));
  return compileMof(sources, { defaultNamespace: 'root/test', readInclude });
}

/** Errors with file names relative to the folder. */
function errorsOf(...names: readonly string[]): readonly string[] {
  try {
    compile(...names);
    return [];
  } catch (error) {
    if (!(error instanceof MofErrors)) throw error;
    return error.errors.map((one) => one.toString().replaceAll(`${folder}/`, ''));
  }
}

const classesOf = ({ namespaces }: MofCompilation) =>
  [...(namespaces.get('root/test')?.schema.classes ?? [])].map(({ name }) => name);

describe('files', () => {
  it('are read one after another', () => {
    write({ 'a.mof': 'class A { };', 'b.mof': 'class B : A { };' });
    expect(classesOf(compile('a.mof', 'b.mof'))).toEqual(['A', 'B']);
  });

  it('include others by paths relative to themselves, with either slash', () => {
    write({
      'main.mof': '#pragma include("sub/one.mof")',
      'sub/one.mof': '#pragma include("deep\\\\two.mof")\n#pragma include("../three.mof")',
      'sub/deep/two.mof': 'class Two { };',
      'three.mof': 'class Three : Two { };',
    });
    expect(classesOf(compile('main.mof'))).toEqual(['Two', 'Three']);
  });

  it('do not include what is outside their folder', () => {
    write({ 'outside.mof': 'class A { };', 'lab/main.mof': '#pragma include("../outside.mof")' });
    expect(errorsOf('lab/main.mof')).toEqual([
      'lab/main.mof:1:17: ../outside.mof is outside the folder of the file that was given',
    ]);
  });

  it.each(['/etc/hostname', 'C:/x.mof', '..', 'sub/../../x.mof'])('do not include %s', (path) => {
    write({ 'lab/main.mof': `#pragma include("${path}")` });
    expect(errorsOf('lab/main.mof')).toEqual([
      `lab/main.mof:1:17: ${path} is outside the folder of the file that was given`,
    ]);
  });

  it('that include themselves are refused, whatever the path', () => {
    write({ 'main.mof': '#pragma include("./sub/../main.mof")', 'sub/x.mof': '' });
    expect(errorsOf('main.mof')).toEqual(['main.mof:1:17: main.mof includes itself']);
  });

  it('that are missing are named', () => {
    write({ 'main.mof': '\n#pragma include("gone.mof")' });
    expect(errorsOf('main.mof')).toEqual(['main.mof:2:17: gone.mof cannot be read: it does not exist']);
    expect(errorsOf('gone.mof')).toEqual(['gone.mof:1:1: the file cannot be read: it does not exist']);
  });

  it('must be files', () => {
    write({ 'main.mof': '#pragma include("sub")', 'sub/x.mof': '' });
    expect(errorsOf('main.mof')).toEqual(['main.mof:1:17: sub cannot be read: it is a folder']);
  });
});

describe('a folder', () => {
  it('stands for its schema.mof', () => {
    write({ 'f/schema.mof': '#pragma include("b.mof")', 'f/b.mof': 'class B { };', 'f/a.mof': 'class A : B { };' });
    expect(classesOf(compile('f'))).toEqual(['B']);
  });

  it('without one stands for its .mof files by name', () => {
    write({ 'f/2.mof': 'class B : A { };', 'f/1.MOF': 'class A { };', 'f/3.txt': '?', 'f/sub/4.mof': '?' });
    expect(classesOf(compile('f'))).toEqual(['A', 'B']);
  });

  it('without any is refused', () => {
    write({ 'f/readme.txt': '' });
    expect(errorsOf('f')).toEqual(['f:1:1: the folder has no .mof files']);
  });
});

describe('the encoding', () => {
  const text = 'class Größe { };';
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 little-endian', utf16],
    ['UTF-16 big-endian', Buffer.from(utf16).swap16()],
  ])('may be %s', (_what, bytes) => {
    write({ 'a.mof': bytes });
    expect(classesOf(compile('a.mof'))).toEqual(['Größe']);
  });

  it.each([
    ['Latin-1', Buffer.from('class A { };\n// Gr\xf6\xdfe', 'latin1'), '2:6: the text is not UTF-8'],
    ['a character cut off', Buffer.from('\ufffd class Größe').subarray(0, 13), '1:11: the text is not UTF-8'],
    ['a lone surrogate', Buffer.from('\ufeff\nab\ud800 \ufffd', 'utf16le'), '2:3: the text is not UTF-16LE'],
    ['half a code unit', Buffer.from(utf16).swap16().subarray(0, 7), '1:3: the text is not UTF-16BE'],
  ])('may not be %s', (_what, bytes, message) => {
    write({ 'a.mof': bytes, 'main.mof': '#pragma include("a.mof")' });
    expect(errorsOf('a.mof')).toEqual([`a.mof:${message}`]);
    expect(errorsOf('main.mof')).toEqual([`a.mof:${message}`]);
  });
});

describe('the schema of the project', () => {
  it('compiles, and the default lab on top of it', () => {
    const schema = readMofFiles(['schemas']);
    const base = compileMof(schema.sources, { defaultNamespace: 'root/test', readInclude: schema.readInclude });
    const lab = readMofFiles(['fixtures/labs/two-servers.mof']);
    const { counts } = compileMof(lab.sources, {
      defaultNamespace: 'root/test',
      base,
      readInclude: lab.readInclude,
    });
    expect(base.counts.classes).toBeGreaterThan(210);
    expect(counts.instances).toBeGreaterThan(50);
  });
});
