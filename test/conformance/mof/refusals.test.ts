import { describe, expect, it } from 'vitest';
import { compileText, errorsOf, instancesOf, qualifierTypes, schemaOf } from '../../mof/compile-text.js';

const more = `${qualifierTypes}
Qualifier OctetString : boolean = false, Scope(property, method, parameter);
Qualifier BitMap : string[], Scope(property, method, parameter);
Qualifier Deprecated : string[], Scope(any), Flavor(Restricted);
Qualifier Aggregation : boolean = false, Scope(association);
Qualifier Indication : boolean = false, Scope(class, indication);
Qualifier Exception : boolean = false, Scope(indication);
`;

const errors = (text: string) => errorsOf(`${more}\n${text}`).map((error) => error.replace(/^\d+:/, ''));

describe('is refused', () => {
  it.each([
    [
      'a key added below a keyed class',
      'class A { [Key] string k; }; class B : A { [Key] string l; };',
      '45: key l cannot be added: A has its keys already (k)',
    ],
    [
      'a key made of an inherited property below a keyed class',
      'class A { [Key] string k; string l; }; class B : A { [Key] string l; };',
      '55: key l cannot be added: A has its keys already (k)',
    ],
    [
      'a key added two levels below',
      'class A { [Key] string k; }; class B : A { }; class C : B { [Key] uint8 l; };',
      '62: key l cannot be added: B has its keys already (k)',
    ],
    ['a bit with two meanings', 'class A { [BitMap{"0", "1", "00"}] uint8 p; };', "12: BitMap of p has '00' twice"],
    ['an override of nothing', 'class A { [Override("p")] string p; };', '12: p overrides p, which is not inherited'],
    [
      'an override of what the superclass has not',
      'class A { string q; }; class B : A { [Override("p")] string p; };',
      '39: p overrides p, which is not inherited',
    ],
    [
      'a method that overrides nothing',
      'class A { [Override("m")] uint32 m(); };',
      '12: m overrides m, which is not inherited',
    ],
    [
      'an override under another name',
      'class A { string q; }; class B : A { [Override("q")] string p; };',
      '39: p overrides q, which has another name',
    ],
    [
      'an array of references as a property',
      'class A { [Key] string k; }; [Association] class B { [Key] A REF a; [Key] A REF b; A REF many[]; };',
      '90: property many is an array of references, which only parameters can be',
    ],
    [
      'OctetString on a string',
      'class A { [OctetString] string s; };',
      '12: OctetString is for arrays of uint8 or string, and s is none',
    ],
    [
      'OctetString on one uint8',
      'class A { [OctetString] uint8 s; };',
      '12: OctetString is for arrays of uint8 or string, and s is none',
    ],
    [
      'OctetString on an array of uint16 as a parameter',
      'class A { uint32 m([OctetString] uint16 p[]); };',
      '21: OctetString is for arrays of uint8 or string, and p is none',
    ],
    [
      'a value twice in a ValueMap',
      'class A { [ValueMap{"a", "b", "a"}] string s; };',
      "12: ValueMap of s has 'a' twice",
    ],
    [
      'an integer twice, in two forms',
      'class A { [ValueMap{"1", "0x1"}] uint8 s; };',
      "12: ValueMap of s has '0x1' twice",
    ],
    [
      'a value twice in the map of a parameter',
      'class A { uint32 m([ValueMap{"1", "1"}] uint8 p); };',
      "21: ValueMap of p has '1' twice",
    ],
    [
      'a qualifier of associations on a class',
      '[Aggregation] class A { };',
      '2: qualifier Aggregation does not apply to a class',
    ],
    [
      'a qualifier of indications on a class',
      '[Exception] class A { };',
      '2: qualifier Exception does not apply to a class',
    ],
    [
      'a qualifier of indications on an association',
      'class A { [Key] string k; }; [Association, Exception] class B { A REF a; A REF b; };',
      '44: qualifier Exception does not apply to a association',
    ],
  ])('%s', (_what, text, message) => {
    expect(errors(text)).toEqual([message]);
  });

  it.each([
    ['in a key', 'class A { [Key] string k; }; instance of A { k = "a\\x0000"; };'],
    ['in a value', 'class A { [Key] string k; string s[]; }; instance of A { k = "a"; s = {"b", "\\x1b"}; };'],
    ['in a default', 'class A { [Key] string k; string s = "\\x1"; };'],
    ['in a qualifier', 'class A { [Description("\\xFFFE")] string k; };'],
    ['in a character', "class A { [Key] char16 c; }; instance of A { c = '\\x7'; };"],
    ['half of one', 'class A { [Key] string k; }; instance of A { k = "\\xDC00"; };'],
    [
      'in a path',
      'class A { [Key] string k; }; [Association] class L { [Key] A REF a; A REF b; }; instance of L { a = "A.k=\\"\\x2\\""; };',
    ],
  ])('a character that no XML message can carry, %s', (_where, text) => {
    expect(errors(text)).toEqual([expect.stringMatching(/U\+[\dA-F]{4}.* no XML message can carry/)]);
  });

  it.each(['\u00a0', '\u2028', '\ufffe', '\u00d7', '\ud800'])('%j in a name', (character) => {
    expect(errors(`class A${character}B { };`)).toHaveLength(1);
  });

  it.each([
    ['structure', 'structure Lab_Point { sint32 X; };'],
    ['enumeration', 'enumeration Lab_Color : uint16 { Red = 1 };'],
    ['value of', 'value of Lab_Point as $P { X = 1; };'],
    ['value of', 'class A { [Key] string k; }; instance of A { k = value of Lab_Point { X = 1; }; };'],
    ['structure', '[Description("x")] structure Lab_Point : Lab_Base { };'],
    ['structure', 'class A { [Key] string k; structure Inner { uint8 x; }; };'],
  ])('MOF 3, by name: %s', (word, text) => {
    expect(errors(text)[0]).toContain(`'${word}' is of MOF 3 (DSP0221), which is not supported`);
  });

  it('MOF 3, each declaration of it', () => {
    expect(errors('enumeration E { A }; structure S { uint8 x; };')).toHaveLength(2);
  });
});

describe('is taken', () => {
  it.each([
    ['a key again', 'class A { [Key] string k; }; class B : A { [Key, Override("k")] string k; };'],
    ['a key below a class without', 'class A { string s; }; class B : A { [Key] string k; };'],
    ['an override that puts the class in front', 'class A { string p; }; class B : A { [Override("A.p")] string p; };'],
    ['OctetString on arrays', 'class A { [OctetString] uint8 s[]; [OctetString] string t[]; };'],
    ['OctetString where it was deprecated', 'class A { [OctetString, Deprecated{"B.s"}] string s; };'],
    ['ranges in a ValueMap', 'class A { [ValueMap{"1", "..", "5", "..", "9"}] uint8 s; };'],
    ['words of MOF 3 as names', 'class Structure { [Key] string Value; string structure; string enumeration; };'],
    [
      'a qualifier of associations below one',
      'class A { [Key] string k; }; [Association] class B { A REF a; A REF b; }; [Aggregation] class C : B { };',
    ],
    ['a scope for qualifiers', 'Qualifier Note : string, Scope(qualifier, class);'],
  ])('%s', (_what, text) => {
    expect(errors(text)).toEqual([]);
  });

  it('a class as the value of an embedded object, built on those of the namespace', () => {
    const lab = `class H { [Key] string k; [EmbeddedObject] string o; [EmbeddedObject] string many[]; };
instance of H { k = "h"; o = "class Inside { uint32 A = 1; string B; };";
  many = {"instance of H { k = \\"i\\"; };", "class Other : H { };"}; };`;
    const compilation = compileText(lab);
    const [found] = instancesOf(compilation);
    expect(found?.get('o')).toMatchObject({ name: 'Inside', properties: expect.anything() });
    expect(found?.get('many')).toMatchObject([{ className: 'H' }, { name: 'Other', superclass: { name: 'H' } }]);
    expect(schemaOf(compilation).findClass('Inside')).toBeUndefined();
  });

  it.each([
    ['One = "class X : Gone { };"', 'superclass Gone'],
    ['One = "class X { [Nope] string s; };"', 'qualifier Nope is not declared'],
    ['One = "class X { [Override(\\"p\\")] string p; };"', 'which is not inherited'],
    ['One = "class X { }; class Y { };"', 'nothing is expected behind the class'],
    ['One = "class X { object o; };"', "'object' is not a type"],
    ['Two = "class X { };"', 'class X where embedded H is wanted'],
  ])('but no wrong one: %s', (assignment, message) => {
    const text = `class H { [Key] string k; [EmbeddedObject] string One; [EmbeddedInstance("H")] string Two; };`;
    const [error] = errorsOf(`${text} instance of H { k = "h"; ${assignment}; };`);
    if (message.startsWith('superclass')) expect(error).toContain('class Gone does not exist');
    else expect(error).toContain(message);
  });
});
