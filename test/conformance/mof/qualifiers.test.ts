import { describe, expect, it } from 'vitest';
import { stringQualifier } from '../../../src/cim/model/cim-class.js';
import { compileText, errorsOf, schemaOf, testNamespace } from '../../mof/compile-text.js';

const classOf = (text: string, name: string) => schemaOf(compileText(text)).getClass(name);

describe('a qualifier declaration', () => {
  it('says type, default, scopes and flavors', () => {
    const schema = schemaOf(
      compileText(
        'qualifier Q : sint32[] = {1, 2}, scope(class, Method), flavor(DisableOverride, Restricted, Translatable);',
      ),
    );
    const declared = schema.getQualifierType('q');
    expect(declared).toMatchObject({
      name: 'Q',
      type: { name: 'sint32', array: { size: undefined } },
      defaultValue: [1, 2],
      flavor: { overridable: false, toSubclass: false, translatable: true },
    });
    expect([...(declared?.scopes ?? [])]).toEqual(['class', 'method']);
  });

  it('has EnableOverride and ToSubclass when it names no flavor', () => {
    const schema = schemaOf(compileText('Qualifier Q : boolean, Scope(any);'));
    expect(schema.getQualifierType('Q')?.flavor).toEqual({ overridable: true, toSubclass: true, translatable: false });
  });

  it.each([
    ['Qualifier Q : boolean = 1, Scope(any);', '1:25: qualifier Q: integer 1 where boolean is wanted'],
    ['Qualifier Q : boolean;', "1:22: ',' is expected before the scope of a qualifier, not ';'"],
    ['Qualifier Q : boolean, Scope(none);', "1:30: 'none' is not a scope"],
    ['Qualifier Q : boolean, Scope(any), Flavor(Sweet);', "1:43: 'Sweet' is not a flavor"],
    ['Qualifier Q : A REF, Scope(any);', '1:15: a qualifier cannot be a reference'],
    [
      'Qualifier Q : boolean, Scope(any), Flavor(Restricted, ToSubclass);',
      '1:55: flavor ToSubclass contradicts an earlier one',
    ],
    ['Qualifier Key : string, Scope(any);', '1:11: qualifier Key is declared already, and otherwise'],
  ])('is refused: %s', (text, message) => {
    expect(errorsOf(text)).toEqual([message]);
  });

  it('may be repeated in the same words', () => {
    const text = 'Qualifier Q : boolean = false, Scope(any);';
    expect(compileText(`${text}${text}`).counts.qualifiers).toBe(1);
  });
});

describe('a qualifier on an element', () => {
  it('is true, NULL or empty when no value is written', () => {
    const found = classOf('class A { [Key, Description, ValueMap] string k; };', 'A');
    const qualifiers = found.properties.get('k')?.qualifiers;
    expect(['Key', 'Description', 'ValueMap'].map((name) => qualifiers?.get(name)?.value)).toEqual([true, null, []]);
  });

  it('takes values in parentheses and in braces', () => {
    const found = classOf(
      'class A { [Key(false), Max(5), ValueMap{"1", "2" "3"}, Description("a" "b")] string k; };',
      'A',
    );
    const qualifiers = found.properties.get('k')?.qualifiers;
    expect(['Key', 'Max', 'ValueMap', 'Description'].map((name) => qualifiers?.get(name)?.value)).toEqual([
      ...[false, 5, ['1', '23'], 'ab'],
    ]);
  });

  it('may be NULL', () => {
    expect(stringQualifier(classOf('[Description(NULL)] class A { };', 'A'), 'Description')).toBeUndefined();
  });

  it('takes flavors after a colon', () => {
    const found = classOf(
      '[Description("x"): DisableOverride Restricted Translatable, Version("1"): ToInstance] class A { };',
      'A',
    );
    expect(found.qualifiers.get('Description')?.flavor).toEqual({
      overridable: false,
      toSubclass: false,
      translatable: true,
    });
    expect(found.version).toBe('1');
  });

  it('has the name its declaration spells', () => {
    expect(classOf('[VERSION("1")] class A { };', 'A').qualifiers.get('version')?.name).toBe('Version');
  });

  it('belongs to the namespace it was declared in', () => {
    expect(errorsOf('#pragma namespace("root/other")\n[Version("1")] class A { };')).toEqual([
      '2:2: qualifier Version is not declared',
    ]);
    expect(schemaOf(compileText('class A { };'), testNamespace).getQualifierType('Version')).toBeDefined();
  });

  it.each([
    ['[Nope] class A { };', '1:2: qualifier Nope is not declared'],
    ['class A { [Nope] uint8 x; };', '1:12: qualifier Nope is not declared'],
    ['class A { uint8 m([Nope] uint8 x); };', '1:20: qualifier Nope is not declared'],
    ['[Key] class A { };', '1:2: qualifier Key does not apply to a class'],
    ['class A { [Version("1")] uint8 x; };', '1:12: qualifier Version does not apply to a property'],
    ['class A { uint8 m([Association] uint8 x); };', '1:20: qualifier Association does not apply to a parameter'],
    ['class A { [Key, KEY] uint8 x; };', '1:17: qualifier KEY is given twice'],
    ['class A { [Key("x")] uint8 x; };', '1:16: qualifier Key: string "x" where boolean is wanted'],
    [
      'class A { [ValueMap("x")] uint8 x; };',
      '1:21: qualifier ValueMap: string "x" where string[] is wanted: write {…}',
    ],
    ['class A { [Max{1}] uint8 x; };', '1:15: qualifier Max: an array where uint32 is wanted'],
    ['class A { [Key: Bitter] uint8 x; };', "1:17: 'Bitter' is not a flavor"],
    ['class A { [] uint8 x; };', "1:12: a qualifier is expected, not ']'"],
    ['class A { [Key uint8 x; };', "1:16: ']' is expected after the qualifiers, not 'uint8'"],
    [
      'class A { [Key] uint8 x; }; class B : A { [Override("x"), Key(false)] uint8 x; };',
      '1:59: qualifier Key may not be overridden (flavor DisableOverride)',
    ],
  ])('is refused: %s', (text, message) => {
    expect(errorsOf(text)).toEqual([message]);
  });
});
