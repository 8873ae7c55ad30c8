import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileMof } from '../../src/mof/compile-mof.js';
import type { MofDialectChoice } from '../../src/mof/dialect.js';
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

function compileAs(dialect: MofDialectChoice | undefined, ...names: readonly string[]): MofCompilation {
  const { sources, readInclude } = readMofFiles(names.map((name) => join(folder, name)));
  return compileMof(sources, { defaultNamespace: 'root/test', readInclude, dialect });
}

const compile = (...names: readonly string[]) => compileAs(undefined, ...names);

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

  it('do not leave their folder through symbolic links, of files or of folders on the way', () => {
    write({ 'outside/secret.mof': 'secret', 'lab/one.mof': '#pragma include("link.mof")' });
    write({
      'lab/two.mof': '#pragma include("folder/secret.mof")',
      'lab/three.mof': '#pragma include("sub\\\\..\\\\link.mof")',
    });
    mkdirSync(join(folder, 'lab/sub'));
    symlinkSync('../outside/secret.mof', join(folder, 'lab/link.mof'));
    symlinkSync(join(folder, 'outside'), join(folder, 'lab/folder'));
    const leads = 'is outside the folder of the file that was given: a symbolic link leads there';
    expect(errorsOf('lab/one.mof')).toEqual([`lab/one.mof:1:17: link.mof ${leads}`]);
    expect(errorsOf('lab/two.mof')).toEqual([`lab/two.mof:1:17: folder/secret.mof ${leads}`]);
    expect(errorsOf('lab/three.mof')).toEqual([`lab/three.mof:1:17: sub\\..\\link.mof ${leads}`]);
    expect(errorsOf('lab')).toEqual(['lab/link.mof:1:1: a symbolic link leads out of the folder that was given']);
  });

  it('may be symbolic links to files within their folder, and the given file may be one to anywhere', () => {
    write({ 'lab/real/a.mof': 'class A { };', 'lab/main.mof': '#pragma include("a.mof")' });
    symlinkSync('real/a.mof', join(folder, 'lab/a.mof'));
    symlinkSync('lab', join(folder, 'same'));
    expect(classesOf(compile('lab/main.mof'))).toEqual(['A']);
    expect(classesOf(compile('same/main.mof'))).toEqual(['A']);
    symlinkSync('lab/real/a.mof', join(folder, 'given.mof'));
    expect(classesOf(compile('given.mof'))).toEqual(['A']);
  });

  it.each(['/dev/zero', '/dev/null', '/dev/tty'])('are regular files: %s is not read, given or included', (device) => {
    write({ 'main.mof': '#pragma include("d.mof")' });
    symlinkSync(device, join(folder, 'd.mof'));
    expect(errorsOf('d.mof')).toEqual([
      expect.stringMatching(/^d\.mof:1:1: the file cannot be read: it is no regular file$/),
    ]);
    expect(errorsOf('main.mof')).toHaveLength(1);
  });

  it.skipIf(process.platform === 'win32')('are regular files: a FIFO that nobody writes to is refused at once', () => {
    write({ 'main.mof': '#pragma include("pipe.mof")' });
    execFileSync('mkfifo', [join(folder, 'pipe.mof')]);
    expect(errorsOf('main.mof')).toEqual(['main.mof:1:17: pipe.mof cannot be read: it is no regular file']);
    expect(errorsOf('pipe.mof')).toEqual(['pipe.mof:1:1: the file cannot be read: it is no regular file']);
  });

  it('may be links in a circle, which is said', () => {
    write({ 'main.mof': '#pragma include("a.mof")' });
    symlinkSync('a.mof', join(folder, 'a.mof'));
    expect(errorsOf('main.mof')).toEqual(['main.mof:1:17: a.mof cannot be read: its symbolic links go in a circle']);
  });

  it('are not read when they are too large, which their size says', () => {
    write({ 'main.mof': '#pragma include("large.mof")', 'large.mof': '' });
    truncateSync(join(folder, 'large.mof'), 64 * 1024 * 1024 + 1);
    const message = 'large.mof cannot be read: a file of 67108865 bytes is too large';
    expect(errorsOf('main.mof')).toEqual([`main.mof:1:17: ${message}`]);
  });

  it('may be named in another case, folders on the way too', () => {
    write({ 'main.mof': '#pragma include("sub\\\\cim_x.mof")', 'Sub/CIM_X.MOF': 'class X { };' });
    expect(classesOf(compile('main.mof'))).toEqual(['X']);
    write({ 'up.mof': '#pragma include("sub/../other/A.mof")', 'Other/a.mof': 'class A { };' });
    expect(classesOf(compile('up.mof'))).toEqual(['A']);
  });

  it('are those of the case that was written where there are several', () => {
    write({ 'main.mof': '#pragma include("a.mof")', 'A.mof': 'class Upper { };', 'a.mof': 'class Lower { };' });
    expect(classesOf(compile('main.mof'))).toEqual(['Lower']);
    write({ 'other.mof': '#pragma include("AA.mof")', 'Aa.mof': 'class First { };', 'aA.mof': 'class Second { };' });
    expect(classesOf(compile('other.mof'))).toEqual(['First']);
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

describe('a text in Windows-1252', () => {
  const bytes = Buffer.from('class A { };\nclass Gr\xf6\xdfe { }; // \x80 \x93x\x94', 'latin1');

  it.each(['auto', 'windows'] as const)('is read by %s, and what was assumed is said', (dialect) => {
    write({ 'a.mof': bytes, 'main.mof': '#pragma include("a.mof")' });
    for (const name of ['a.mof', 'main.mof']) {
      const compilation = compileAs(dialect, name);
      expect(classesOf(compilation)).toEqual(['A', 'Größe']);
      expect(compilation.warnings.map((one) => one.toString().replaceAll(`${folder}/`, ''))).toEqual([
        'a.mof:2:9: the text is not UTF-8: it is read as Windows-1252 (ANSI)',
      ]);
    }
  });

  it.each([
    ['control characters', Buffer.from('class A { }; // \xf6\x01', 'latin1')],
    ['a byte that is no character', Buffer.from('class A { }; // \xf6\x81', 'latin1')],
    ['characters in UTF-8 beside', Buffer.concat([Buffer.from('// Größe '), Buffer.of(0xf6)])],
    ['zeros', Buffer.of(0xf6, 0, 0xf6, 0)],
  ])('is no text with %s', (_what, content) => {
    write({ 'a.mof': content });
    expect(() => compileAs('auto', 'a.mof')).toThrow('the text is not UTF-8');
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
