import { describe, expect, it } from 'vitest';
import { errorsOf } from '../compile-text.js';

describe('one run reports several errors', () => {
  it('in the members of a class', () => {
    const text = `class A {
  uint8 a = "x";
  uint8 b
  uint8 c;
  [Nope] uint8 d;
  uint8 e = 256;
};`;
    expect(errorsOf(text)).toEqual([
      "4:3: ';' is expected after a property, not 'uint8'",
      '2:13: default of a: string "x" where uint8 is wanted',
      '5:4: qualifier Nope is not declared',
      '6:13: default of e: 256 is out of range for uint8 (0 to 255)',
    ]);
  });

  it('in the values of an instance', () => {
    const text = `class A { [Key] uint8 k; uint8 x; string s; };
instance of A { k = "1"; x = 300; s = 5; };
instance of A { k = ; x = 1; };
instance of A { k = 1; k = 2; };`;
    expect(errorsOf(text)).toEqual([
      "3:21: a value is expected, not ';'",
      '2:21: k: string "1" where uint8 is wanted',
      '2:30: x: 300 is out of range for uint8 (0 to 255)',
      '2:39: s: integer 5 where string is wanted',
      '4:24: property k is set twice',
    ]);
  });

  it('in declaration after declaration', () => {
    const text = `class A : X { };
klass B { };
class C { uint8 c; };
Qualifier Q : uint8 = "x", Scope(any);
[Key] class D { };`;
    expect(errorsOf(text)).toEqual([
      '1:11: superclass X of A does not exist',
      "2:1: a class, an instance, a qualifier or a pragma is expected, not 'klass'",
      '4:23: qualifier Q: string "x" where uint8 is wanted',
      '5:2: qualifier Key does not apply to a class',
    ]);
  });
});

describe('an error brings no others with it', () => {
  it.each([
    ['a class that could not be read', 'class A { uint8 x = ; };\nclass B : A { };\ninstance of B { };', 1],
    ['a superclass that does not exist', 'class A : X { };\nclass B : A { };\nclass C : B { uint8 m(A REF a); };', 1],
    ['a key of the wrong type', 'class A { [Key] uint9 k; };\ninstance of A { k = 1; };', 1],
    [
      'an instance that is wrong',
      'class A { [Key] uint8 k; }; [Association] class L { [Key] A REF a; [Key] A REF b; };\ninstance of A as $A { k = 300; };\ninstance of L { a = $A; b = $A; };',
      1,
    ],
    ['an unknown qualifier', '[Nope, Version("1")] class A { };\nclass B : A { };', 1],
    ['a string that is not closed', 'class A {\n [Description("open)] uint8 x;\n uint8 y;\n};\nclass B : A { };', 1],
    ['a comment that is not closed', 'class A { uint8 x; };\n/* class B { };\nclass C : B { };', 1],
    ['a brace that is not closed', 'class A {\n [ValueMap{"1"] uint8 x;\n uint8 y;\n};\nclass B { };\nclass C { };', 1],
    ['a class that is not closed', 'class A {\n uint8 x;\nclass B { };\nclass C : B { };', 1],
    [
      'an instance that is not closed',
      'class A { [Key] uint8 k; };\ninstance of A { k = 1;\ninstance of A { k = 2; };',
      1,
    ],
    ['a brace too many', 'class A {\n uint8 x; }\n uint8 y;\n [Key] uint8 z; };\nclass B { };', 1],
    ['illegal characters', 'class A { uint8 \u0001\u0002\u0003 x; };\nclass B { };', 1],
    ['a wrong escape', 'class A { string s = "a\\q;}"; uint8 y; };\nclass B { };', 1],
    ['a wrong qualifier declaration', 'Qualifier Q : uint9, Scope(any);\n[Q] class A { };', 1],
    ['an include that is missing', '#pragma include("gone.mof")\nclass B : A { [Q] uint8 x; };\ninstance of C { };', 1],
  ])('%s', (_what, text, count) => {
    expect(errorsOf(text)).toHaveLength(count);
  });

  it('and what follows it is still checked', () => {
    expect(errorsOf('class A {\n uint8 x;\nclass B { uint8 y = 256; };')).toEqual([
      "3:1: '}' is expected at the end of class A, not 'class'",
      '3:21: default of y: 256 is out of range for uint8 (0 to 255)',
    ]);
  });
});

describe('the place of an error', () => {
  it.each([
    ['counts lines that end with LF, CR LF and CR', '\n\r\n\r  ?', "4:3: '?' does not belong here"],
    ['does not count a BOM twice', '\ufeff?', "1:2: '?' does not belong here"],
    [
      'is the opening quote of a string that is not closed',
      'class A { string s = "x',
      '1:22: the string is not closed on its line',
    ],
    ['is the start of a comment that is not closed', 'class A { };\n  /* x', '2:3: the comment is not closed'],
    ['is the escape in a string', 'class A { string s = "ab\\q"; };', "1:25: '\\q' is not an escape sequence"],
    [
      'is the end when something is missing there',
      'class A {\n',
      "2:1: '}' is expected at the end of class A, not the end of the text",
    ],
    ['is the character that is illegal', 'class A { uint8 x @ };', "1:19: '@' does not belong here"],
    ['is the slash that begins no comment', 'class A / { };', "1:9: '/' does not belong here"],
    ['is the control character', 'class A { \u0000 };', '1:11: character U+0000 does not belong here'],
    ['is the dollar without a name', 'class A as $ { };', "1:12: '$' does not belong here"],
  ])('%s', (_what, text, message) => {
    expect(errorsOf(text)[0]).toBe(message);
  });
});

describe('limits', () => {
  it('gives up after a hundred errors', () => {
    expect(errorsOf('class A : X { uint8 x = 256; };\n'.repeat(200))).toHaveLength(100);
  });

  it('bounds the length of a name', () => {
    expect(errorsOf(`class ${'x'.repeat(257)} { };`)[0]).toBe('1:7: a name may have at most 256 characters');
  });

  it('bounds the length of a string', () => {
    const literal = `"${'x'.repeat(1024 * 1024)}"`;
    expect(errorsOf(`class A { string s = ${literal.repeat(5)}; };`)[0]).toBe(
      '1:22: a string of 5242880 characters is too long',
    );
  });
});
