import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { compileText, errorsOf, instancesOf } from '../../mof/compile-text.js';

const classes = `
class CIM_A { [Key] string Name; uint8 Size = 3; string Note; datetime When; uint64 Big; char16 Letter; };
class CIM_B : CIM_A { boolean Flag; };
class CIM_Other { [Key] string Name; [Key] uint16 Number; };
[Abstract] class CIM_Idea { [Key] string Name; };
[Association] class CIM_Link { [Key] CIM_A REF From; [Key] CIM_A REF To; CIM_A REF Also; };
[Association] class CIM_LinkLink { [Key] CIM_Link REF One; [Key] CIM_Link REF Two; };
class CIM_Setting { string Text; uint8 Depth = 1; };
class CIM_SubSetting : CIM_Setting { string More; };
class CIM_Holder { [Key] string Name; [EmbeddedInstance("CIM_Setting")] string One;
  [EmbeddedInstance("CIM_Setting")] string Many[]; [EmbeddedObject] string Any; };
[Singleton] class WT_Only { string Text; };
class CIM_ArrayKey { [Key] uint8 k[]; };
`
  .trim()
  .replaceAll('\n', ' ');

const compiled = (text: string) => instancesOf(compileText(`${classes}\n${text}`));
/** Lines count from the line behind the classes. */
const errors = (text: string) => errorsOf(`${classes}\n${text}`).map((line) => line.replace(/^2:/, ''));

describe('an instance', () => {
  it('has its values, the defaults of its class, and a path in its namespace', () => {
    const [instance] = compiled('instance of cim_a { name = "x"; When = "20240102030405.000000+000"; };');
    expect(instance?.className).toBe('CIM_A');
    expect([...(instance?.properties.keys() ?? [])]).toEqual(['Name', 'Size', 'When']);
    expect(instance?.get('Size')).toBe(3);
    expect(instance?.path?.toString()).toBe('root/test:CIM_A.Name="x"');
  });

  it('keeps NULL apart from absent', () => {
    const [instance] = compiled('instance of CIM_A { Name = "x"; Size = NULL; };');
    expect(instance?.properties.get('Size')).toBeNull();
    expect(instance?.properties.has('Note')).toBe(false);
  });

  it('may have properties that are called like keywords', () => {
    const text =
      'class K { [Key] string Class; uint8 Instance; uint8 Qualifier; }; instance of K { Class = "c"; Instance = 1; Qualifier = 2; };';
    expect(instancesOf(compileText(text))[0]?.get('qualifier')).toBe(2);
  });

  it('may have qualifiers, which are checked and dropped', () => {
    expect(errors('[Description("x")] instance of CIM_A { [Description("y")] Name = "x"; };')).toEqual([]);
    expect(errors('instance of CIM_A { [Nope] Name = "x"; };')).toEqual(['22: qualifier Nope is not declared']);
  });

  it('of a class without keys may be the only one', () => {
    const [instance] = compiled('instance of WT_Only { Text = "x"; };');
    expect(instance?.path?.toString()).toBe('root/test:WT_Only');
  });

  it.each([
    ['instance of CIM_X { };', '13: class CIM_X does not exist in namespace root/test'],
    ['instance of CIM_Idea { Name = "x"; };', '13: class CIM_Idea is abstract and has no instances'],
    ['instance of CIM_A { };', '13: key Name is not set'],
    ['instance of CIM_A { Name = NULL; };', '28: key Name is NULL'],
    ['instance of CIM_A { Name = "x"; Nope = 1; };', '33: CIM_A has no property Nope'],
    ['instance of CIM_A { Name = "x"; NAME = "y"; };', '33: property NAME is set twice'],
    ['instance of CIM_A { Name = "x"; Size = 256; };', '40: Size: 256 is out of range for uint8 (0 to 255)'],
    ['instance of CIM_A { Name = 5; };', '28: Name: integer 5 where string is wanted'],
    ['instance of CIM_A { Name = "x"; Big = "5"; };', '39: Big: string "5" where uint64 is wanted'],
    [
      'instance of CIM_A { Name = "x"; }; instance of CIM_A { Name = "X"; };',
      '48: instance root/test:CIM_A.Name="X" exists already',
    ],
    [
      'instance of CIM_Setting { Text = "x"; };',
      '13: class CIM_Setting has no key, so its instance can only be a value',
    ],
    ['instance of CIM_ArrayKey { k = {1}; };', '32: key k of type uint8[] cannot be part of a path'],
    ['instance CIM_A { };', "10: 'of' is expected, not 'CIM_A'"],
    ['instance of CIM_A { Name "x"; };', "26: '=' is expected after Name, not a string"],
    ['instance of CIM_A { Name = "x" };', "32: ';' is expected after the value of Name, not '}'"],
    ['instance of CIM_A { Name = ; };', "28: a value is expected, not ';'"],
    ['instance of CIM_A { Name = maybe; };', "28: a value is expected, not 'maybe'"],
  ])('is refused: %s', (text, message) => {
    expect(errors(text)).toEqual([message]);
  });
});

describe('a reference', () => {
  const two = 'instance of CIM_A as $X { Name = "x"; }; instance of CIM_B as $Y { Name = "y"; };';
  const from = (instance: CimInstance | undefined, name = 'From') => instance?.get(name)?.toString();

  it('takes an alias, of a subclass as well', () => {
    const [, , link] = compiled(`${two} instance of CIM_Link { From = $x; To = $Y; };`);
    expect([from(link), from(link, 'To')]).toEqual(['root/test:CIM_A.Name="x"', 'root/test:CIM_B.Name="y"']);
  });

  it('takes an alias that is declared later', () => {
    const [link] = compiled(`instance of CIM_Link { From = $X; To = $Y; }; ${two}`);
    expect(from(link)).toBe('root/test:CIM_A.Name="x"');
  });

  it('takes a path, which need not lead anywhere', () => {
    const [, , link] = compiled(`${two} instance of CIM_Link { From = "CIM_A.Name=\\"gone\\""; To = $X; };`);
    expect(from(link)).toBe('root/test:CIM_A.Name="gone"');
  });

  it('gives the keys of a path their declared types', () => {
    const text = `class D { [Key] datetime t; [Key] uint64 n; };
      [Association] class L { [Key] D REF a; [Key] D REF b; };
      instance of D as $D { t = "20240102030405.000000+000"; n = 5; };
      instance of L { a = $D; b = "D.n=5,t=\\"20240102030405.000000+000\\""; };`;
    const link = instancesOf(compileText(text))[1];
    const a = link?.get('a');
    const b = link?.get('b');
    expect(a instanceof InstancePath && b instanceof InstancePath && b.keys.get('n')).toBe(5n);
    expect(a instanceof InstancePath && b instanceof InstancePath && a.equals(b)).toBe(true);
  });

  it.each([
    ['boolean', 'TRUE', 'true', true],
    ['char16', "'5'", '\\"5\\"', '5'],
    ['sint8', '-3', '-3', -3],
    ['string', '"a\\\\b"', '\\"a\\\\\\\\b\\"', 'a\\b'],
  ])('finds keys of type %s again', (type, literal, inPath, value) => {
    const text = `class K { [Key] ${type} k; }; [Association] class L { [Key] K REF a; [Key] K REF b; };
      instance of K as $K { k = ${literal}; }; instance of L { a = $K; b = "K.k=${inPath}"; };`;
    const link = instancesOf(compileText(text))[1];
    const [a, b] = [link?.get('a'), link?.get('b')];
    expect([a, b].map((path) => path instanceof InstancePath && path.keys.get('k'))).toEqual([value, value]);
  });

  it('may be a key of what another refers to by path', () => {
    const text = `class K { [Key] uint8 k; }; [Association] class L { [Key] K REF a; [Key] K REF b; };
      [Association] class M { [Key] L REF a; [Key] L REF b; };
      instance of M { a = "L.a=\\"K.k=1\\",b=\\"K.k=2\\""; b = "L.a=\\"K.k=1\\",b=\\"K.q=2\\""; };`;
    expect(errorsOf(text)).toEqual(['3:60: b: key b: the path to K lacks key k']);
  });

  it('may lie in a circle when it is no key', () => {
    const text = `class N { [Key] uint8 k; }; [Association] class E { [Key] uint8 k; N REF a; E REF next; };
      instance of E as $E1 { k = 1; next = $E2; }; instance of E as $E2 { k = 2; next = $E1; };`;
    expect(instancesOf(compileText(text))).toHaveLength(2);
  });

  it('to another namespace holds that namespace', () => {
    const path = compiled(
      'instance of CIM_A as $X { Name = "x"; }; instance of CIM_Link { From = "root/far:CIM_A.Name=\\"x\\""; To = $X; };',
    );
    expect(from(path[1])).toBe('root/far:CIM_A.Name="x"');
  });

  it.each([
    [`${two} instance of CIM_Link { From = $Z; To = $X; };`, /^\d+: From: alias \$Z does not exist$/],
    [
      'instance of CIM_Other as $O { Name = "o"; Number = 1; }; instance of CIM_Link { From = $O; To = $O; };',
      /^88: From: \$O is of class CIM_Other where CIM_A REF is wanted$/,
    ],
    [
      'instance of CIM_Link { From = "CIM_Other.Name=\\"o\\",Number=1"; To = "CIM_A.Name=\\"x\\""; };',
      /^31: From: a path to CIM_Other where CIM_A REF is wanted$/,
    ],
    [
      'instance of CIM_Link { From = "CIM_No.Name=\\"o\\""; To = NULL; };',
      /^31: From: class CIM_No of the path does not exist$/,
    ],
    ['instance of CIM_Link { From = "CIM_A"; To = NULL; };', /^31: From: the path to CIM_A lacks key Name$/],
    ['instance of CIM_Link { From = "CIM_A.Name=\\"x\\",X=1"; To = NULL; };', /^31: From: X is no key of CIM_A$/],
    [
      'instance of CIM_Link { From = "CIM_A.Name=1"; To = NULL; };',
      /^31: From: key Name: '1' is not a value of type string$/,
    ],
    ['instance of CIM_Link { From = "not a path"; To = NULL; };', /^31: From: 'not a path' is not an object path/],
    ['instance of CIM_Link { From = 5; To = NULL; };', /^31: From: integer 5 where CIM_A REF is wanted$/],
  ])('is refused: %s', (text, message) => {
    expect(errors(text)[0]).toMatch(message);
  });

  it('may not depend on itself', () => {
    expect(errors('instance of CIM_LinkLink { One = NULL; Two = NULL; };')).toHaveLength(2);
    const text = `class N { [Key] uint8 k; };
[Association] class E { [Key] E REF a; [Key] E REF b; };
instance of E as $E { a = $F; b = $F; };
instance of E as $F { a = $E; b = $E; };`;
    expect(errorsOf(text)).toEqual(['3:13: the value of $E depends on itself']);
  });

  it('may not stand in keys of references without end', () => {
    const chain = Array.from(
      { length: 40 },
      (_, index) => `instance of E as $E${index + 1} { a = $E${index}; b = $B; };`,
    );
    const text = `[Association] class E { [Key] E REF a; [Key] E REF b; };
      instance of E as $B { a = "E"; b = "E"; };`;
    expect(errorsOf(`${text} ${chain.join('\n')}`).length).toBeGreaterThan(0);
  });

  it('does not follow a class alias', () => {
    expect(errors('class CIM_C as $C { }; instance of CIM_Link { From = $C; To = NULL; };')[0]).toBe(
      '54: From: $C is a class where CIM_A REF is wanted',
    );
  });
});

describe('an embedded instance', () => {
  const value = (text: string, name = 'One') => {
    const found = compiled(`instance of CIM_Holder { Name = "h"; ${name} = ${text}; };`)[0]?.get(name);
    if (!(found instanceof CimInstance)) throw new Error('no instance');
    return found;
  };

  it('stands in a string', () => {
    const found = value('"instance of CIM_SubSetting { Text = \\"x\\"; };"');
    expect([found.className, found.get('Text'), found.get('Depth'), found.path]).toEqual([
      ...['CIM_SubSetting', 'x', 1, undefined],
    ]);
  });

  it('stands in adjacent strings', () => {
    expect(value('"instance of CIM_Setting { "\n "Text = \\"x\\"; };"').get('Text')).toBe('x');
  });

  it('may be written without a string', () => {
    expect(value('instance of CIM_Setting { Text = "x"; }').get('Text')).toBe('x');
  });

  it('may be an alias of an instance that has no keys', () => {
    const all = compiled(
      'instance of CIM_Setting as $S { Text = "x"; }; instance of CIM_Holder { Name = "h"; One = $S; };',
    );
    expect(all).toHaveLength(1);
    expect(all[0]?.get('One')).toBeInstanceOf(CimInstance);
  });

  it('may be an element of an array', () => {
    const [holder] = compiled('instance of CIM_Holder { Name = "h"; Many = {instance of CIM_Setting { }, NULL}; };');
    expect(holder?.get('Many')).toEqual([expect.any(CimInstance), null]);
  });

  it('may be of any class in an embedded object, abstract ones and ones without key values too', () => {
    expect(value('"instance of CIM_Idea { };"', 'Any').className).toBe('CIM_Idea');
  });

  it.each([
    [
      'One = "instance of CIM_A { Name = \\"x\\"; };"',
      '44: One: an instance of CIM_A where embedded CIM_Setting is wanted',
    ],
    ['One = 5', '44: One: integer 5 where embedded CIM_Setting is wanted'],
    ['One = "x"', "44: in the embedded instance, line 1, column 1: 'instance of' or 'class' is expected, not 'x'"],
    [
      'One = "instance of CIM_Setting {\\n  Text = 5;\\n};"',
      '44: in the embedded instance, line 2, column 10: Text: integer 5 where string is wanted',
    ],
    [
      'One = "instance of CIM_No { };"',
      '44: in the embedded instance, line 1, column 13: class CIM_No does not exist in namespace root/test',
    ],
  ])('is refused: %s', (text, message) => {
    expect(errors(`instance of CIM_Holder { Name = "h"; ${text}; };`)).toEqual([message]);
  });

  it('may not hold itself', () => {
    const text = 'class S { [EmbeddedObject] string o; }; instance of S as $S { o = $S; };';
    expect(errorsOf(text)).toEqual(['1:53: the value of $S depends on itself']);
  });

  it('may not nest without end', () => {
    const nested = `${'instance of CIM_Holder { Any = '.repeat(40)}NULL;${' };'.repeat(40)}`;
    expect(errors(nested)[0]).toMatch(/instances nest deeper than 16 levels$/);
  });
});
