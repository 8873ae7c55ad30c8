import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { plainType } from '../../../src/cim/model/cim-type.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { Schema } from '../../../src/cim/schema/schema.js';
import { encodeClass, encodeQualifierType } from '../../../src/mof/cache/declaration-codec.js';
import { encodeInstance } from '../../../src/mof/cache/value-codec.js';
import { compileMof } from '../../../src/mof/compile-mof.js';
import type { MofNamespace } from '../../../src/mof/mof-compilation.js';
import { printClass, printInstance, printNamespace, printQualifierType } from '../../../src/mof/print/print-mof.js';
import { declarations, plainTypes, valuesOf } from '../arbitraries.js';
import { compileText, instancesOf, schemaOf, testNamespace } from '../compile-text.js';

const compile = (text: string) =>
  compileMof([{ file: 'printed.mof', text }], {
    defaultNamespace: testNamespace,
    readInclude: () => {
      throw new Error('printed texts include nothing');
    },
  });

describe('a printed text compiles to what was printed', () => {
  it('for qualifier types and classes', () => {
    fc.assert(
      fc.property(declarations, ({ qualifierTypes, declaration }) => {
        const schema = new Schema();
        for (const type of qualifierTypes) schema.addQualifierType(type);
        const text = [...qualifierTypes.map(printQualifierType), printClass(declaration, schema)].join('\n');
        const target = 'class Target { };';
        const compiled = schemaOf(compile(`${target}\n${text}`));
        expect([...compiled.qualifierTypes].map(encodeQualifierType)).toEqual(qualifierTypes.map(encodeQualifierType));
        const found = compiled.getDeclaration(declaration.name);
        expect(found && encodeClass(found)).toEqual(encodeClass(declaration));
      }),
      { numRuns: 200 },
    );
  });

  it('for instances with values of all types', () => {
    const typed = plainTypes.chain((type) => valuesOf(type).map((value) => ({ type, value })));
    fc.assert(
      fc.property(typed, ({ type, value }) => {
        const base = compileText(
          `class T { [Key] uint8 k; ${type.name} v${type.array ? `[${type.array.size ?? ''}]` : ''}; };`,
        );
        const keys = { k: 1 };
        const path = new InstancePath({ namespace: testNamespace, className: 'T', keys });
        const instance = new CimInstance(
          'T',
          new Map<string, CimValue>([
            ['k', 1],
            ['v', value],
          ]),
          path,
        );
        const text = printInstance(instance, schemaOf(base));
        const [found] = instancesOf(compileText(text, {}, base));
        expect(found && encodeInstance(found)).toEqual(encodeInstance(instance));
      }),
      { numRuns: 500 },
    );
  });

  it('for whole namespaces, with references and embedded instances', () => {
    const compiled = compileText(`
      class A { [Key] string k; [Key] char16 c; real32 r = 1.0e30; };
      [Association] class L { [Key] A REF a; [Key] A REF b; };
      class S { [EmbeddedInstance("S")] string s; datetime d; };
      class H { [Key] uint64 k; [EmbeddedInstance("S")] string one; [EmbeddedObject] string many[]; };
      instance of A as $A { k = "\\\\ \\" \\n"; c = '\\''; };
      instance of L { a = $A; b = "root/elsewhere:A.k=\\"\\\\\\"x\\",c=\\"y\\""; };
      instance of H { k = 18446744073709551615;
        one = instance of S { s = instance of S { d = "20240102030405.000000+000"; }; };
        many = {instance of A { k = "\\"inside\\""; }, NULL}; };
    `);
    const space = compiled.namespaces.get(testNamespace) as MofNamespace;
    const again = compile(printNamespace(space)).namespaces.get(testNamespace) as MofNamespace;
    expect(again.instances.map(encodeInstance)).toEqual(space.instances.map(encodeInstance));
    expect([...again.schema.declarations].map(encodeClass)).toEqual([...space.schema.declarations].map(encodeClass));
  });
});

describe('what MOF cannot say is refused', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])('%s', (value) => {
    const schema = schemaOf(compileText('class T { real64 v; };'));
    expect(() => printInstance(new CimInstance('T', [['v', value]]), schema)).toThrow(RangeError);
  });

  it('a class as a value', () => {
    const schema = schemaOf(compileText('class T { [EmbeddedObject] string v; };'));
    expect(() => printInstance(new CimInstance('T', [['v', schema.getClass('T')]]), schema)).toThrow(RangeError);
  });
});

describe('the form of printed text', () => {
  it('is one a person would write', () => {
    const text =
      '[Version("1.0")]\nclass B : A\n{\n  [Key, Description("say \\"it\\"")]\n  string k = "x";\n  [ValueMap{"1", "2"}]\n  uint8 m(\n    [In(false), Out] A REF a,\n    sint8 b[]\n  );\n};\n';
    const schema = schemaOf(compileText(`class A { };\n${text}`));
    const declaration = schema.getDeclaration('B');
    expect(declaration && printClass(declaration, schema)).toBe(text);
  });

  it('gives reals a point', () => {
    const schema = new Schema();
    schema.addClass({
      name: 'T',
      superclassName: undefined,
      qualifiers: [],
      methods: [],
      properties: [{ name: 'v', type: plainType('real64'), defaultValue: undefined, qualifiers: [] }],
    });
    const printed = [5, 1e21, 1e-7, -0].map((value) => printInstance(new CimInstance('T', [['v', value]]), schema));
    expect(printed.map((one) => /v = (.*);/.exec(one)?.[1])).toEqual(['5.0', '1.0e+21', '1.0e-7', '-0.0']);
  });
});
