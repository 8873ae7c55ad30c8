import { describe, expect, it } from 'vitest';
import { CimError } from '../../../src/cim/model/cim-error.js';
import { compileMof } from '../../../src/mof/compile-mof.js';
import type { MofDialectChoice } from '../../../src/mof/dialect.js';
import { IncludeError } from '../../../src/mof/include-error.js';
import { MofErrors } from '../../../src/mof/mof-error.js';
import { compileQualifierTypes, instancesOf, qualifierTypes, schemaOf, testNamespace } from '../../mof/compile-text.js';

const base = compileQualifierTypes();

function compile(text: string, dialect: MofDialectChoice = 'auto', files: Readonly<Record<string, string>> = {}) {
  return compileMof([{ file: 'test.mof', text }], {
    defaultNamespace: testNamespace,
    base,
    dialect,
    readInclude: (path) => {
      const found = files[path];
      if (found === undefined) throw new IncludeError(`${path} cannot be read: it does not exist`);
      return { file: path, text: found };
    },
  });
}

function errorsOf(text: string, dialect: MofDialectChoice = 'auto', files?: Readonly<Record<string, string>>) {
  try {
    compile(text, dialect, files);
    return [];
  } catch (error) {
    if (error instanceof MofErrors) return error.errors.map((one) => one.toString().replace(/^test\.mof:/, ''));
    throw error;
  }
}

const warningsOf = (text: string, dialect: MofDialectChoice = 'auto') =>
  compile(text, dialect).warnings.map((one) => one.toString().replace(/^test\.mof:/, ''));

const classOf = (text: string, name = 'T') => schemaOf(compile(text)).getClass(name);
const namesOf = (text: string) => [...schemaOf(compile(text)).classes].map(({ name }) => name);

describe('a text is read as Windows reads it when it shows its marks, and by flag', () => {
  it.each([
    [
      'a path to a namespace as WMI writes it',
      '#pragma namespace("\\\\\\\\.\\\\root\\\\x") class T { [Key, Foo] string k; };',
    ],
    ['a qualifier of WMI', '[dynamic, Foo] class T { [Key] string k; };'],
    ['a qualifier of WMI on a property', 'class T { [Key] string k; [WmiDataId(1), Foo] uint8 a; };'],
    ['a flavor of WMI', 'class T { [Key : ToInstance, Foo] string k; };'],
    ['a class of the system', 'class T : __ExtrinsicEvent { [Foo] string k; };'],
    ['a class of the configuration engine', 'class T : OMI_BaseResource { [Key, Foo] string k; };'],
    ['the head of a configuration', "/*\n@TargetNode='localhost'\n*/ class T { [Key, Foo] string k; };"],
    ['a type of WMI', 'class T { [Key, Foo] string k; object o; };'],
    ['a pragma of WMI', '#pragma autorecover\nclass T { [Key, Foo] string k; };'],
    ['a flavor for a qualifier', 'Qualifier Foo : ToSubclass; class T { [Key, Foo] string k; };'],
    ['a reference in a class that is no association', 'class T { [Key] string k; [Foo] T REF t; };'],
    ['such a reference below such a class', 'class A { [Key] string k; }; class T : A { [Foo] T REF t; };'],
    ['a class that is declared twice', 'class T { [Key] string k; }; class T { [Key, Foo] string k; string s; };'],
    ['an instance without keys', 'class T { [Foo] string k; }; instance of T { k = "1"; };'],
  ])('%s', (_what, text) => {
    expect(errorsOf(text)).toEqual([]);
    expect(errorsOf(text, 'dmtf')).not.toEqual([]);
  });

  it('but not for what is merely wrong', () => {
    expect(errorsOf('class T { [Kay] string k; };')).toEqual(['1:12: qualifier Kay is not declared']);
    expect(errorsOf('class T : Missing { };')).toEqual(['1:11: superclass Missing of T does not exist']);
    expect(errorsOf('class T { [Description("dynamic, object, __Event")] string k; }; // object x;')).toEqual([]);
    expect(errorsOf('class T { [Kay] string k; };', 'windows')).toEqual([]);
  });

  it('each file by itself, and what a file of Windows includes with it', () => {
    const files = {
      'w.mof': '[dynamic] class W { [Key, Foo] string k; };',
      'd.mof': 'class D { [Key, Bar] string k; };',
    };
    expect(errorsOf('#pragma include("w.mof")\n#pragma include("d.mof")', 'auto', files)).toEqual([
      'd.mof:1:17: qualifier Bar is not declared',
    ]);
    expect(errorsOf('#pragma autorecover\n#pragma include("d.mof")', 'auto', files)).toEqual([]);
  });

  it('also where nobody declared a qualifier, since the text counts on those that are there', () => {
    expect(errorsOf('#pragma namespace("root/bare") class T { [Key, Read] string k; };')).toEqual([]);
    expect(
      errorsOf('#pragma include("gone.mof")\n#pragma namespace("root/bare") class T { [Key] string k; };'),
    ).toEqual(['1:17: gone.mof cannot be read: it does not exist']);
  });
});

describe('qualifiers in Windows’ dialect', () => {
  it('are there in every namespace, those of DSP0004 and of WMI, and are declared where they are used', () => {
    const { namespaces, warnings } = compile(
      '#pragma namespace("root/a") [dynamic] class T { [Key, MaxLen(3), WmiDataId(1)] string k; };',
    );
    expect([...(namespaces.get('root/a')?.schema.qualifierTypes ?? [])].map(({ name }) => name)).toEqual([
      ...['Key', 'MaxLen', 'WmiDataId', 'Dynamic'],
    ]);
    expect(warnings).toEqual([]);
  });

  it('are taken with a warning when nobody knows them, with the type of their value', () => {
    const text = '[dynamic, Foo, Bar("x"), Baz{1, 2}, Qux(-5), Quux(1.5)] class T { [Key] string k; };';
    expect(warningsOf(text)).toEqual(
      [
        '1:11: qualifier Foo',
        '1:16: qualifier Bar',
        '1:26: qualifier Baz',
        '1:37: qualifier Qux',
        '1:46: qualifier Quux',
      ].map((start) => `${start} is not declared`),
    );
    const values = [...classOf(text).qualifiers.values()].map(({ name, value }) => [name, value]);
    expect(values).toEqual([
      ['Dynamic', true],
      ['Foo', true],
      ['Bar', 'x'],
      ['Baz', [1, 2]],
      ['Qux', -5],
      ['Quux', 1.5],
    ]);
  });

  it('get their flavors by a line of their own', () => {
    const text = 'Qualifier Foo : ToInstance, ToSubclass; class T { [Key, Foo(1)] string k; }; class U : T { };';
    expect(warningsOf(text)).toEqual([]);
    expect(classOf(text, 'U').properties.get('k')?.qualifiers.get('Foo')?.value).toBe(1);
    expect(classOf('[dynamic, Foo] class T { }; class U : T { };', 'U').qualifiers.has('Foo')).toBe(false);
  });

  it('have their values as the type asks, and are left out when that cannot be', () => {
    const text =
      '[dynamic, Locale(1033), Version(2)] class T { [Key, ValueMap("a"), WmiDataId("7"), MaxLen("x")] string k; };';
    const { qualifiers, properties } = classOf(text);
    expect([qualifiers.get('Locale')?.value, qualifiers.get('Version')?.value]).toEqual(['1033', '2']);
    const key = properties.get('k')?.qualifiers;
    expect([key?.get('ValueMap')?.value, key?.get('WmiDataId')?.value, key?.has('MaxLen')]).toEqual([['a'], 7, false]);
    expect(warningsOf(text)).toEqual(['1:84: qualifier MaxLen: string "x" where uint32 is wanted, and is left out']);
  });

  it('that only describe may stand anywhere, with a warning; those that say what an element is may not', () => {
    const text = '[dynamic] class T { [Key] string k; [Static, Read] uint32 M(); };';
    expect(warningsOf(text)).toEqual(['1:46: qualifier Read does not apply to a method, and is left out']);
    expect(errorsOf('[dynamic, Aggregation] class T { };')).toEqual([
      '1:11: qualifier Aggregation does not apply to a class',
    ]);
    expect(errorsOf('[dynamic, Key] class T { };')).toEqual(['1:11: qualifier Key does not apply to a class']);
    expect(errorsOf('[dynamic] class T { [Key(5)] string k; };')).toHaveLength(1);
  });

  it('may be declared again with other scopes; of two types the first counts', () => {
    expect(errorsOf('#pragma autorecover\nQualifier Key : boolean = false, Scope(any);')).toEqual([]);
    expect(warningsOf('#pragma autorecover\nQualifier Max : string, Scope(reference);')).toEqual([
      '2:11: qualifier Max is declared already, and otherwise: the first one counts',
    ]);
  });
});

describe('types of WMI', () => {
  const text = `class A { uint32 Ip = 1; };
    class T { [Key] string k; object Any; object:A One; A Two; A Many[]; ref:T Other; object ref Anything; T REF t;
      void Nothing(); uint32 M([In] object Start, [In] object:A Next, [In] A Last, [In] string Text = "default"); };`;

  it('are embedded objects and instances, and references', () => {
    const { properties, methods } = classOf(text);
    const types = [...properties.values()].map(({ name, type }) => [name, type.embedded ?? type.referenceClass]);
    expect(types.slice(1)).toEqual([
      ['Any', { kind: 'object' }],
      ['One', { kind: 'instance', className: 'A' }],
      ['Two', { kind: 'instance', className: 'A' }],
      ['Many', { kind: 'instance', className: 'A' }],
      ['Other', 'T'],
      ['Anything', 'object'],
      ['t', 'T'],
    ]);
    expect(properties.get('Many')?.type.array).toBeDefined();
    expect(methods.get('Nothing')?.returnType.name).toBe('uint32');
    const parameters = [...(methods.get('M')?.parameters.values() ?? [])];
    expect(parameters.map(({ type }) => type.embedded?.kind)).toEqual(['object', 'instance', 'instance', undefined]);
    expect(parameters.at(-1)?.defaultValue).toBe('default');
  });

  it('hold instances, and references to objects of any class', () => {
    const lab = `${text} instance of A as $A { Ip = 2; };
      instance of T { k = "1"; Any = instance of A { Ip = 3; }; Two = $A; Many = {$A, $A}; Anything = "T.k=\\"1\\""; };`;
    const [found] = instancesOf(compile(lab));
    expect(String(found?.get('Anything'))).toContain('T.k="1"');
    expect(found?.get('Two')).toMatchObject({ className: 'A' });
    expect(errorsOf(`${text} instance of T { k = "1"; Two = instance of T { }; };`)).toEqual([
      '3:149: Two: an instance of T where embedded A is wanted',
    ]);
  });

  it('name classes that exist, wherever they are declared', () => {
    expect(errorsOf('class T { [Key] string k; B b; }; class B { };')).toEqual([]);
    expect(errorsOf('class T { [Key] string k; strng b; };')).toEqual(['1:27: class strng does not exist']);
    expect(errorsOf('class T { [Key] string k; void b; };')).toEqual(['1:27: void is for methods only']);
  });

  it('are refused in DMTF’s dialect', () => {
    expect(errorsOf(text, 'dmtf').map((error) => error.replace(/^\d+:\d+: /, ''))).toContain(
      'parameter Text has a default, which is for properties',
    );
  });
});

describe('instances in Windows’ dialect', () => {
  it('may be of a class without keys: one is kept, and more are left out with a warning', () => {
    const text = 'class T { string s; }; instance of T { s = "a"; }; instance of T { s = "b"; };';
    expect(instancesOf(compile(text)).map((found) => [found.get('s'), String(found.path)])).toEqual([
      ['a', expect.stringMatching(/:T(=@)?$/)],
    ]);
    expect(warningsOf(text)).toEqual([
      '1:64: class T has no key, so this instance cannot be told from the first and is left out',
    ]);
  });

  it('may name a property and give it no value', () => {
    const [found] = instancesOf(compile('class T { [Key] string k; string s = "d"; }; instance of T { k = "1"; s; };'));
    expect(found?.get('s')).toBe('d');
  });

  it('take the place of an earlier one with the same keys', () => {
    const text =
      '[dynamic] class T { [Key] string k; string s; }; instance of T { k = "1"; s = "a"; }; instance of T { k = "1"; s = "b"; };';
    expect(instancesOf(compile(text)).map((found) => found.get('s'))).toEqual(['b']);
    expect(compile(text).counts.instances).toBe(1);
  });

  it('may be of the classes of the system, which are declared when they are needed', () => {
    const text = `#pragma namespace("\\\\\\\\.\\\\root\\\\test")
      instance of __EventFilter as $F { Name = "f"; Query = "select * from __Event"; QueryLanguage = "WQL"; };
      instance of CommandLineEventConsumer as $C { Name = "c"; CommandLineTemplate = "x"; };
      instance of __FilterToConsumerBinding { Filter = $F; Consumer = $C; };
      instance of __FilterToConsumerBinding { Filter = "__EventFilter.Name=\\"g\\""; Consumer = "LogFileEventConsumer.Name=\\"l\\""; };`;
    expect(instancesOf(compile(text))).toHaveLength(4);
    expect(namesOf('class T : __ExtrinsicEvent { };')).toEqual([
      ...['__SystemClass', '__IndicationRelated', '__Event', '__ExtrinsicEvent', 'T'],
    ]);
    expect(errorsOf('instance of __Nonsense { };')).toEqual([
      '1:13: class __Nonsense does not exist in namespace root/test',
    ]);
  });

  it('of __Namespace are namespaces', () => {
    const { namespaces } = compile('#pragma namespace("root") instance of __Namespace { Name = "Lab"; };');
    expect(namespaces.get('root/Lab')?.instances).toEqual([]);
  });
});

describe('classes that are changed and deleted', () => {
  const update =
    'class T { [Key] string k; string old; }; class U : T { }; instance of T { k = "1"; old = "x"; }; instance of U { k = "3"; old = "x"; };';

  it('are the later ones, for their subclasses and instances as well', () => {
    const text = `${update} class T { [Key] string k; string more; }; instance of U { k = "2"; more = "y"; };`;
    const compilation = compile(text);
    expect([...schemaOf(compilation).getClass('U').properties.keys()]).toEqual(['k', 'more']);
    expect(instancesOf(compilation).map((found) => [found.properties.has('old'), found.get('more')])).toEqual([
      [false, null],
      [false, null],
      [false, 'y'],
    ]);
    expect(compilation.counts.classes).toBe(2);
  });

  it('stay as they are when a subclass could not build on them', () => {
    expect(
      errorsOf(
        'class T { [Key] string k; string a; }; class U : T { string a; }; class T { [Key] string k; uint8 a; };',
      ),
    ).toEqual(['1:73: U builds on the class as it was: type string does not override uint8']);
    expect(errorsOf('class T { [Key] string k; }; class U : T { }; class T : U { };')).toHaveLength(1);
  });

  it('go in order, with their subclasses and the instances that are there', () => {
    const text = `${update} #pragma deleteclass("T", nofail)
      class T { [Key] uint8 n; }; instance of T { n = 5; };`;
    const compilation = compile(text);
    expect([...schemaOf(compilation).classes].map(({ name }) => name)).toEqual(['T']);
    expect(instancesOf(compilation).map(String)).toHaveLength(1);
    expect(instancesOf(compilation)[0]?.get('n')).toBe(5);
  });

  it('and aliases go with them', () => {
    const text = `class T { [Key] string k; T REF t; }; instance of T as $A { k = "1"; };
#pragma deleteclass("T", fail)
class T { [Key] string k; T REF t; }; instance of T { k = "2"; t = $A; };`;
    expect(errorsOf(text)).toEqual(['3:68: t: alias $A does not exist']);
  });

  it('must be there when the pragma says so', () => {
    expect(errorsOf('#pragma deleteclass("Gone", fail)')).toEqual(['1:21: class Gone does not exist']);
    expect(errorsOf('#pragma deleteclass("Gone", nofail)')).toEqual([]);
    expect(errorsOf('#pragma deleteclass("Gone")')).toEqual([]);
    expect(namesOf('class T { }; #pragma deleteclass("t", nofail)')).toEqual([]);
  });

  it('stay in DMTF’s dialect, which does not know the pragma', () => {
    const compilation = compile('class T { };\n#pragma deleteclass("T", nofail)', 'dmtf');
    expect([...schemaOf(compilation).classes]).toHaveLength(1);
  });

  it('do not change the classes that are built on', () => {
    const before = compileMof([{ file: 'a.mof', text: `${qualifierTypes} class T { [Key] string k; };` }], {
      defaultNamespace: testNamespace,
      readInclude: () => {
        throw new IncludeError('nothing');
      },
    });
    const after = compileMof([{ file: 'b.mof', text: '#pragma deleteclass("T", fail)' }], {
      defaultNamespace: testNamespace,
      base: before,
      dialect: 'windows',
      readInclude: () => {
        throw new IncludeError('nothing');
      },
    });
    expect(() => schemaOf(after).getClass('T')).toThrow(CimError);
    expect(schemaOf(before).getClass('T').name).toBe('T');
  });
});
