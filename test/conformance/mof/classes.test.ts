import { describe, expect, it } from 'vitest';
import { describeType } from '../../../src/cim/model/cim-type.js';
import { compileText, errorsOf, schemaOf } from '../../mof/compile-text.js';

const classOf = (text: string, name: string) => schemaOf(compileText(text)).getClass(name);

describe('a class', () => {
  it('has properties of all types, arrays and references', () => {
    const found = classOf(
      `class B { [Key] string k; };
       [Association] class A {
         [Key] B REF From; [Key] B REF To;
         boolean b; char16 c; datetime d; real32 r; real64 s; sint8 t; sint16 u; sint32 v; sint64 w;
         uint8 x[]; uint16 y[4]; UINT64 Z;
       };`,
      'A',
    );
    expect([...found.properties.values()].map(({ name, type }) => `${describeType(type)} ${name}`)).toEqual([
      ...['B REF From', 'B REF To', 'boolean b', 'char16 c', 'datetime d', 'real32 r', 'real64 s'],
      ...['sint8 t', 'sint16 u', 'sint32 v', 'sint64 w', 'uint8[] x', 'uint16[4] y', 'uint64 Z'],
    ]);
  });

  it('has methods whose parameters may be arrays of references', () => {
    const found = classOf('class A { uint32 M([In] A REF One, [In(false), Out] A REF Many[], string Plain); };', 'A');
    const parameters = [...(found.methods.get('m')?.parameters.values() ?? [])];
    expect(parameters.map(({ name, type, isIn, isOut }) => [name, describeType(type), isIn, isOut])).toEqual([
      ['One', 'A REF', true, false],
      ['Many', 'A REF[]', false, true],
      ['Plain', 'string', true, false],
    ]);
  });

  it('inherits from a class of the same text', () => {
    const found = classOf('class A { [Key] string k; }; class B : A { uint8 x = 3; };', 'B');
    expect(found.keys.map(({ name }) => name)).toEqual(['k']);
    expect(found.properties.get('X')?.defaultValue).toBe(3);
  });

  it('tells a NULL default from none', () => {
    const found = classOf('class A { string n = NULL; string u; };', 'A');
    expect(found.properties.get('n')?.defaultValue).toBeNull();
    expect(found.properties.get('u')?.defaultValue).toBeUndefined();
  });

  it('may be referred to before it is declared', () => {
    expect(errorsOf('class A { uint8 M(B REF b); }; class B { };')).toEqual([]);
  });

  it('may have an alias', () => {
    expect(errorsOf('class A as $A { }; class B as $B : A { };')).toEqual([]);
  });

  it('may be declared again in the same words', () => {
    const { counts } = compileText('class A { uint8 x = 1; };\nclass A { /* again */ uint8 x = 0x1; };');
    expect(counts.classes).toBe(1);
  });

  it('may not be declared again in other words', () => {
    expect(errorsOf('class A { uint8 x; };\nclass a { uint8 y; };')).toEqual([
      '2:7: class a is declared already, and otherwise',
    ]);
  });

  it('takes keywords for names of members', () => {
    const found = classOf(
      'class A { string Class; uint8 ref; string Instance; boolean true; uint8 Qualifier(string of, string as); };',
      'A',
    );
    expect([...found.properties.keys(), ...found.methods.keys()]).toEqual([
      ...['Class', 'ref', 'Instance', 'true', 'Qualifier'],
    ]);
  });

  it('may have letters beyond ASCII in names', () => {
    expect(classOf('class Über_Größe { uint8 höhe; };', 'über_größe').properties.has('Höhe')).toBe(true);
  });

  it('takes keywords in any case', () => {
    const text = 'CLASS A { UINT8 X; }; Class B : A { String Y(a Ref z); };';
    expect(classOf(text, 'B').methods.get('y')?.returnType.name).toBe('string');
  });
});

describe('a default', () => {
  const association = (value: string) =>
    `class A { [Key] uint8 k; }; [Association] class L { [Key] A REF a = ${value}; [Key] A REF b; };`;

  it('of a reference is a path', () => {
    expect(classOf(association('"A.k=1"'), 'L').properties.get('a')?.defaultValue?.toString()).toBe('A.k=1');
  });

  it.each([
    [association('"?"'), /^1:69: default of a: '\?' is not an object path/],
    [association('5'), /^1:69: default of a: integer 5 where an object path is wanted$/],
    [association('instance of A { }'), /^1:69: default of a: an instance of A where an object path is wanted$/],
    [
      'class A { [EmbeddedObject] string s = "instance of A { };"; };',
      /^1:39: default of s: an embedded instance cannot be a default$/,
    ],
    ["class A { uint8 s = NULL; boolean b = 'x'; };", /^1:39: default of b: character 'x' where boolean is wanted$/],
  ])('is refused: %s', (text, message) => {
    expect(errorsOf(text)).toEqual([expect.stringMatching(message)]);
  });

  it('of an embedded instance may be NULL', () => {
    expect(errorsOf('class A { [EmbeddedObject] string s = NULL; };')).toEqual([]);
  });
});

describe('a wrong class is refused with the place', () => {
  it.each([
    ['class A : B { };', '1:11: superclass B of A does not exist'],
    ['class A { uint8 x;\n string X; };', '2:9: property X is declared twice'],
    ['class A { uint8 m();\n uint8 M(); };', '2:8: method M is declared twice'],
    ['class A { uint8 m(uint8 p,\n uint8 P); };', '2:8: parameter P is declared twice'],
    ['class A { void m(); };', "1:11: 'void' is not a type; a reference is written void REF"],
    ['class A { uint8 x = "a"; };', '1:21: default of x: string "a" where uint8 is wanted'],
    ['class A { uint8 x = 256; };', '1:21: default of x: 256 is out of range for uint8 (0 to 255)'],
    ['class A { uint8 x[2] = {1, 2, 3}; };', '1:24: default of x: 3 elements do not fit uint8[2]'],
    ['class A { uint8 x[0]; };', '1:19: a positive array size or ] is expected, not 0'],
    ['class A { uint8 m(B REF b); };', '1:19: class B does not exist'],
    ['class A {\n [EmbeddedInstance("B")] string s; };', '2:20: class B does not exist'],
    ['class A { [EmbeddedInstance("A")] uint8 s; };', /^1:41: EmbeddedInstance and EmbeddedObject are for/],
    ['[Association] class A { [Key] A REF One; };', '1:21: association A has fewer than two references'],
    ['class A { A REF a; };', '1:17: A has reference a but is no association'],
    ['class A { uint8 x; }; class B : A { string x; };', '1:44: type string does not override uint8'],
    ['class A { uint8 x = $y; };', '1:21: default of x: $y where uint8 is wanted'],
    ['class A { uint8 x }', "1:19: ';' is expected after a property, not '}'"],
    ['class { };', "1:7: the name of a class is expected, not '{'"],
    ['class 5 { };', '1:7: the name of a class is expected, not 5'],
    ['class A { };\nclass A as $A { }', "2:18: ';' is expected at the end of class A, not the end of the text"],
    ['class A as $X { }; class B as $x { };', '1:31: alias $x is given twice'],
  ])('%s', (text, message) => {
    expect(errorsOf(text)[0]).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });
});
