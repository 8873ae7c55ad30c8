import { describe, expect, it } from 'vitest';
import { compileText, errorsOf, instancesOf, schemaOf, testNamespace } from '../../mof/compile-text.js';

describe('#pragma namespace', () => {
  it('puts what follows into that namespace', () => {
    const compilation = compileText('class A { };\n#pragma namespace("root/two")\nclass B { };');
    expect(schemaOf(compilation).findClass('B')).toBeUndefined();
    expect(schemaOf(compilation, 'ROOT/Two').findClass('B')).toBeDefined();
  });

  it.each(['root\\\\two', '\\\\\\\\.\\\\root\\\\two', '/root/two/', '//./root/two'])(
    'takes the spelling %s',
    (text) => {
      expect(compileText(`#pragma namespace("${text}")\nclass B { };`).namespaces.get('root/two')?.name).toBe(
        'root/two',
      );
    },
  );

  it('takes aliases of other namespaces along', () => {
    const text = `Qualifier Key : boolean = false, Scope(any);
      Qualifier Association : boolean = false, Scope(any);
      class A { [Key] uint8 k; };
      instance of A as $A { k = 1; };`;
    const link = `#pragma namespace("root/two")
      Qualifier Key : boolean = false, Scope(any);
      Qualifier Association : boolean = false, Scope(any);
      class A { };
      [Association] class L { [Key] A REF a; [Key] A REF b; };
      instance of L { a = $A; b = $A; };`;
    const compilation = compileText(`#pragma namespace("root/one")\n${text}\n${link}`);
    expect(instancesOf(compilation, 'root/two')[0]?.get('a')?.toString()).toBe('root/one:A.k=1');
  });

  it.each([
    ['#pragma namespace("")', "1:19: '' is not a namespace of this server"],
    ['#pragma namespace("root/a b")', "1:19: 'root/a b' is not a namespace of this server"],
    ['#pragma namespace("//host/root")', "1:19: '//host/root' is not a namespace of this server"],
    ['#pragma namespace', '1:9: pragma namespace needs a string'],
    ['#pragma namespace("root"', "1:25: ')' is expected after a pragma, not the end of the text"],
  ])('is refused: %s', (text, message) => {
    expect(errorsOf(text)).toEqual([message]);
  });
});

describe('#pragma include', () => {
  it('compiles the text in its place', () => {
    const text = '#pragma include("a.mof")\nclass B : A { };';
    expect(compileText(text, { 'a.mof': 'class A { };' }).counts.classes).toBe(2);
  });

  it('begins in the namespace of the pragma and leaves that alone', () => {
    const text = '#pragma namespace("root/two")\n#pragma include("a.mof")\nclass C { };';
    const compilation = compileText(text, { 'a.mof': 'class A { };\n#pragma namespace("root/three")\nclass B { };' });
    expect(schemaOf(compilation, 'root/two').findClass('A')).toBeDefined();
    expect(schemaOf(compilation, 'root/three').findClass('B')).toBeDefined();
    expect(schemaOf(compilation, 'root/two').findClass('C')).toBeDefined();
  });

  it('knows the aliases of all texts', () => {
    const files = { 'a.mof': 'instance of A as $A { k = 1; };' };
    const text = `class A { [Key] uint8 k; }; [Association] class L { [Key] A REF a; [Key] A REF b; };
      instance of L { a = $A; b = $A; };
      #pragma include("a.mof")`;
    expect(instancesOf(compileText(text, files))).toHaveLength(2);
  });

  it('may bring the same text twice', () => {
    expect(errorsOf('#pragma include("a.mof")\n#pragma include("a.mof")', { 'a.mof': 'class A { };' })).toEqual([]);
  });

  it('names the included file in errors', () => {
    expect(errorsOf('#pragma include("a.mof")', { 'a.mof': '\nclass A : X { };' })).toEqual([
      'a.mof:2:11: superclass X of A does not exist',
    ]);
  });

  it('refuses circles', () => {
    const files = { 'a.mof': '#pragma include("b.mof")', 'b.mof': 'class B { };\n#pragma include("a.mof")' };
    expect(errorsOf('#pragma include("a.mof")', files)).toEqual(['b.mof:2:17: a.mof includes itself']);
  });

  it('refuses to go too deep', () => {
    const files = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`${index}.mof`, `#pragma include("${index + 1}.mof")`]),
    );
    expect(errorsOf('#pragma include("0.mof")', files)).toEqual([
      '31.mof:1:17: files include each other deeper than 32 levels',
    ]);
  });

  it('says at the pragma that a file is missing', () => {
    expect(errorsOf('class A { };\n  #pragma include("gone.mof")')).toEqual(['2:19: gone.mof cannot be read']);
  });
});

describe('other pragmas', () => {
  it.each([
    '#pragma locale("en_US")',
    '#pragma instancelocale("de_DE")',
    '#PRAGMA AUTORECOVER',
    '#pragma deleteclass("A", NOFAIL)',
    '#pragma classflags("createonly")',
    '#pragma unheardof(1, {2}, x)',
  ])('%s changes nothing', (pragma) => {
    expect([...schemaOf(compileText(`${pragma}\nclass A { };`), testNamespace).classes]).toHaveLength(1);
  });

  it('must have a name', () => {
    expect(errorsOf('#pragma 5')).toEqual(['1:9: the name of a pragma is expected, not 5']);
    expect(errorsOf('#define X 1')).toEqual([
      "1:2: only 'pragma' is understood (there is no preprocessor), not 'define'",
    ]);
    expect(errorsOf('#include "x"')).toEqual(["1:2: 'pragma' is expected, not 'include'"]);
  });
});

describe('a base', () => {
  const base = compileText('class A { [Key] uint8 k; };\ninstance of A { k = 1; };');

  it('has the classes for instances of another text', () => {
    const compilation = compileText('instance of A { k = 2; };', {}, base);
    expect(instancesOf(compilation)).toHaveLength(2);
    expect(compilation.counts).toEqual({ classes: 0, instances: 1, qualifiers: 0 });
  });

  it('is not changed', () => {
    const compilation = compileText('class B : A { };\ninstance of B { k = 2; };', {}, base);
    expect(schemaOf(compilation).findClass('B')).toBeDefined();
    expect(schemaOf(base).findClass('B')).toBeUndefined();
    expect(instancesOf(base)).toHaveLength(1);
  });

  it('shares its schema when no class comes in', () => {
    expect(schemaOf(compileText('instance of A { k = 2; };', {}, base))).toBe(schemaOf(base));
  });

  it('has its instances counted as there already', () => {
    const compilation = compileText('instance of A { k = 1; };', {}, base);
    expect([instancesOf(compilation).length, compilation.counts.instances]).toEqual([1, 0]);
  });
});
