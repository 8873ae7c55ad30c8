import { describe, expect, it } from 'vitest';
import type { CimProperty } from '../../src/cim/model/cim-class.js';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { plainType } from '../../src/cim/model/cim-type.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import type {
  ClassDeclaration,
  QualifierDeclaration,
  QualifierFlavor,
} from '../../src/cim/schema/class-declaration.js';
import type { Schema } from '../../src/cim/schema/schema.js';
import { writeClass } from '../../src/cimxml/write-class.js';
import type { WriteClassOptions } from '../../src/cimxml/write-class-options.js';
import { arrayOf, createTestSchema, property, reference } from '../support/test-schema.js';

const all: WriteClassOptions = {
  includeQualifiers: true,
  includeInheritedElements: true,
  includeInheritanceHierarchy: true,
  includeClassOrigin: true,
};
const bare: WriteClassOptions = { ...all, includeQualifiers: false };

const testSchema = createTestSchema();

function write(name: string, options: WriteClassOptions = all): string {
  return writeClass(testSchema.getClass(name), options);
}

/** The part of a text that matches; fails when there is none. */
function part(xml: string, pattern: RegExp): string {
  const found = pattern.exec(xml)?.[0];
  if (found === undefined) throw new Error(`no ${pattern} in ${xml}`);
  return found;
}

function schemaOf(...declarations: readonly ClassDeclaration[]): Schema {
  const schema = createTestSchema();
  for (const [name, flavor] of Object.entries(flavors)) {
    const type = name === 'EmbeddedObject' ? plainType('boolean') : plainType('string');
    schema.addQualifierType({ name, type, defaultValue: null, scopes: new Set(['any']), flavor });
  }
  for (const declaration of declarations) schema.addClass(declaration);
  return schema;
}

const standard: QualifierFlavor = { overridable: true, toSubclass: true, translatable: false };
const flavors: Readonly<Record<string, QualifierFlavor>> = {
  Fixed: { ...standard, overridable: false },
  Local: { ...standard, toSubclass: false },
  Translated: { ...standard, translatable: true },
  Plain: standard,
  EmbeddedObject: standard,
};

function qualified(name: string, value: CimValue): QualifierDeclaration {
  return { name, value, flavor: {} };
}

function classWith(parts: Partial<ClassDeclaration>): ClassDeclaration {
  return { name: 'A', superclassName: undefined, qualifiers: [], properties: [], methods: [], ...parts };
}

function writeDefault(type: CimProperty['type'], defaultValue: CimValue): string {
  const declaration = classWith({ properties: [{ name: 'P', type, defaultValue, qualifiers: [] }] });
  return part(writeClass(schemaOf(declaration).getClass('A'), bare), /<PROPERTY.*(?=<\/CLASS>)/);
}

describe('A CLASS', () => {
  it('stands alone, without declaration or namespace', () => {
    expect(write('TEST_Port', bare)).toBe(
      '<CLASS NAME="TEST_Port"><PROPERTY NAME="PortNumber" TYPE="uint16" CLASSORIGIN="TEST_Port"/></CLASS>',
    );
  });

  const threeLevels = schemaOf(
    classWith({ name: 'C' }),
    classWith({ name: 'B', superclassName: 'C' }),
    classWith({ superclassName: 'B' }),
  );

  it('names its superclass and all above it', () => {
    expect(writeClass(threeLevels.getClass('A'), all)).toBe('<CLASS NAME="A" SUPERCLASS="B" DERIVATION="B,C"/>');
  });

  it('leaves the hierarchy out when it is not wanted', () => {
    const options = { ...all, includeInheritanceHierarchy: false };
    expect(writeClass(threeLevels.getClass('A'), options)).toBe('<CLASS NAME="A" SUPERCLASS="B"/>');
  });

  it('has no DERIVATION when nothing is above it', () => {
    expect(part(write('TEST_System'), /<CLASS[^>]*>/)).toBe('<CLASS NAME="TEST_System">');
  });
});

describe('What a class inherits', () => {
  it('tells where it comes from', () => {
    expect(part(write('TEST_SubSystem'), /<PROPERTY NAME="Size"[^>]*>/)).toBe(
      '<PROPERTY NAME="Size" TYPE="uint64" CLASSORIGIN="TEST_System" PROPAGATED="true"/>',
    );
  });

  it('does not tell where it comes from when that is not wanted', () => {
    expect(write('TEST_SubSystem', { ...all, includeClassOrigin: false })).not.toContain('CLASSORIGIN');
  });

  it('is left out when only its own elements are wanted', () => {
    expect(write('TEST_SubSystem', { ...all, includeInheritedElements: false })).not.toMatch(/<(PROPERTY|METHOD)/);
  });

  it('keeps its origin, but is its own, when it is overridden', () => {
    const schema = schemaOf(
      classWith({ name: 'B', properties: [property('P', 'string')] }),
      classWith({ superclassName: 'B', properties: [property('P', 'string')] }),
    );
    expect(part(writeClass(schema.getClass('A'), bare), /<PROPERTY[^>]*>/)).toBe(
      '<PROPERTY NAME="P" TYPE="string" CLASSORIGIN="B"/>',
    );
  });

  it('comes without the qualifiers that are restricted to the superclass', () => {
    const local = { ...property('P', 'string'), qualifiers: [qualified('Local', 'x'), qualified('Plain', 'y')] };
    const schema = schemaOf(classWith({ name: 'B', properties: [local] }), classWith({ superclassName: 'B' }));
    expect(writeClass(schema.getClass('A'), all)).toMatch(/<PROPERTY[^>]*><QUALIFIER NAME="Plain".*?<\/PROPERTY>/);
  });

  it('leaves an override with its own qualifiers when only its own elements are wanted', () => {
    const overridden = { ...property('P', 'string'), qualifiers: [qualified('Plain', 'x'), qualified('Fixed', 'y')] };
    const schema = schemaOf(
      classWith({ name: 'B', properties: [overridden] }),
      classWith({
        superclassName: 'B',
        properties: [{ ...property('P', 'string'), qualifiers: [qualified('Plain', 'z')] }],
      }),
    );
    const xml = writeClass(schema.getClass('A'), { ...all, includeInheritedElements: false });
    expect(xml.match(/<QUALIFIER NAME="\w+"/g)).toEqual(['<QUALIFIER NAME="Plain"']);
  });
});

describe('A QUALIFIER', () => {
  const write1 = (name: string, value: CimValue) =>
    writeClass(schemaOf(classWith({ qualifiers: [qualified(name, value)] })).getClass('A'), all);

  it.each([
    ['Plain', '<QUALIFIER NAME="Plain" TYPE="string"><VALUE>x</VALUE></QUALIFIER>'],
    ['Fixed', '<QUALIFIER NAME="Fixed" TYPE="string" OVERRIDABLE="false"><VALUE>x</VALUE></QUALIFIER>'],
    ['Local', '<QUALIFIER NAME="Local" TYPE="string" TOSUBCLASS="false"><VALUE>x</VALUE></QUALIFIER>'],
    ['Translated', '<QUALIFIER NAME="Translated" TYPE="string" TRANSLATABLE="true"><VALUE>x</VALUE></QUALIFIER>'],
  ])('tells the flavors that are not the default: %s', (name, xml) => {
    expect(write1(name, 'x')).toBe(`<CLASS NAME="A">${xml}</CLASS>`);
  });

  it('has a VALUE.ARRAY when it is an array', () => {
    expect(write1('ValueMap', ['0', '', null])).toContain(
      '<VALUE.ARRAY><VALUE>0</VALUE><VALUE></VALUE><VALUE.NULL/></VALUE.ARRAY>',
    );
  });

  it('is left out when it is NULL, since MI refuses one without a value', () => {
    expect(write1('Plain', null)).toBe('<CLASS NAME="A"/>');
  });

  it('is left out when it says that a string is no embedded object, since MI reads the opposite', () => {
    expect(write1('EmbeddedObject', false)).toBe('<CLASS NAME="A"/>');
  });

  it('is marked as inherited when its value is', () => {
    const schema = schemaOf(
      classWith({ name: 'B', qualifiers: [qualified('Plain', 'x')] }),
      classWith({ superclassName: 'B' }),
    );
    expect(writeClass(schema.getClass('A'), all)).toContain('<QUALIFIER NAME="Plain" TYPE="string" PROPAGATED="true">');
  });

  it('is nowhere when qualifiers are not wanted', () => {
    expect(write('TEST_System', bare)).not.toContain('QUALIFIER');
  });
});

describe('A PROPERTY', () => {
  it.each([
    ['many_uint16', '<PROPERTY.ARRAY NAME="many_uint16" TYPE="uint16" CLASSORIGIN="TEST_EveryType"/>'],
    ['a_setting', '<PROPERTY NAME="a_setting" TYPE="string" CLASSORIGIN="TEST_EveryType" EmbeddedObject="instance"/>'],
    [
      'many_setting',
      '<PROPERTY.ARRAY NAME="many_setting" TYPE="string" CLASSORIGIN="TEST_EveryType" EmbeddedObject="instance"/>',
    ],
    ['an_object', '<PROPERTY NAME="an_object" TYPE="string" CLASSORIGIN="TEST_EveryType" EmbeddedObject="object"/>'],
  ])('has the form of its type: %s', (_, xml) => {
    expect(write('TEST_EveryType', bare)).toContain(xml);
  });

  it('that is a reference names the class', () => {
    expect(write('TEST_HostsPort', bare)).toContain(
      '<PROPERTY.REFERENCE NAME="Dependent" REFERENCECLASS="TEST_Port" CLASSORIGIN="TEST_HostsPort"/>',
    );
  });

  it('that is an array of fixed length tells the length', () => {
    expect(writeDefault(arrayOf('uint8', 8), null)).toBe(
      '<PROPERTY.ARRAY NAME="P" TYPE="uint8" ARRAYSIZE="8" CLASSORIGIN="A"/>',
    );
  });

  it.each([
    ['boolean', true, 'true'],
    ['sint8', -7, '-7'],
    ['uint64', 0xffff_ffff_ffff_ffffn, '18446744073709551615'],
    ['real64', 1, '1.0'],
    ['real64', 1e300, '1.0e+300'],
    ['real32', -1.5, '-1.5'],
    ['real64', -0, '-0.0'],
    ['real64', Number.NEGATIVE_INFINITY, '-INF'],
    ['real64', Number.NaN, 'NaN'],
    ['char16', '7', '7'],
    ['string', ' a\r<b> ', ' a&#13;&lt;b&gt; '],
    ['string', '\u0000\uFFFE', '??'],
    ['datetime', CimDateTime.parse('20240102030405.000006+060'), '20240102030405.000006+060'],
  ] as const)('has its default as CIM-XML writes a %s: %s', (type, value, text) => {
    expect(writeDefault(plainType(type), value)).toBe(
      `<PROPERTY NAME="P" TYPE="${type}" CLASSORIGIN="A"><VALUE>${text}</VALUE></PROPERTY>`,
    );
  });

  it('has an array as its default, with NULL elements', () => {
    expect(writeDefault(arrayOf('uint8'), [1, null])).toContain(
      '<VALUE.ARRAY><VALUE>1</VALUE><VALUE.NULL/></VALUE.ARRAY>',
    );
  });

  it('has no value when its default is NULL', () => {
    expect(writeDefault(plainType('string'), null)).not.toContain('VALUE');
  });

  it.each([
    [undefined, undefined, /^<INSTANCENAME CLASSNAME="T">.*<\/INSTANCENAME>$/],
    [
      'root/x',
      undefined,
      /^<LOCALINSTANCEPATH><LOCALNAMESPACEPATH><NAMESPACE NAME="root"\/><NAMESPACE NAME="x"\/><\/LOCALNAMESPACEPATH><INSTANCENAME/,
    ],
    ['root', 'h', /^<INSTANCEPATH><NAMESPACEPATH><HOST>h<\/HOST><LOCALNAMESPACEPATH>.*<\/NAMESPACEPATH><INSTANCENAME/],
  ])('has a path with as much as it knows as its default: %s, %s', (namespace, host, pattern) => {
    const path = new InstancePath({ host, namespace, className: 'T', keys: { K: 'v' } });
    const text = part(writeReferenceDefault(path), /(?<=<VALUE.REFERENCE>).*(?=<\/VALUE.REFERENCE>)/);
    expect(text).toMatch(pattern);
  });

  it('has the keys of a path with their kinds', () => {
    const inner = new InstancePath({ className: 'U', keys: { N: -1n } });
    const keys = { S: 'a', B: true, N: 1, D: CimDateTime.parse('00000001000000.000000:000'), R: inner };
    const xml = writeReferenceDefault(new InstancePath({ className: 'T', keys }));
    expect(xml.match(/<KEYBINDING NAME="\w"><KEYVALUE[^>]*>/g)).toEqual([
      '<KEYBINDING NAME="S"><KEYVALUE VALUETYPE="string" TYPE="string">',
      '<KEYBINDING NAME="B"><KEYVALUE VALUETYPE="boolean" TYPE="boolean">',
      '<KEYBINDING NAME="N"><KEYVALUE VALUETYPE="numeric" TYPE="uint64">',
      '<KEYBINDING NAME="D"><KEYVALUE VALUETYPE="string" TYPE="datetime">',
      '<KEYBINDING NAME="N"><KEYVALUE VALUETYPE="numeric" TYPE="sint64">',
    ]);
  });

  it('cannot be an array of references', () => {
    expect(() => writeClass(withProperty(arrayOf(reference('TEST_Port'))), all)).toThrow(
      expect.objectContaining({
        status: 7,
        message: expect.stringContaining('P, an array of references'),
      }),
    );
  });
});

function writeReferenceDefault(path: InstancePath): string {
  const cimClass = withProperty(reference('T'));
  const [found] = cimClass.properties.values();
  if (!found) throw new Error('no property');
  cimClass.properties.set('P', { ...found, defaultValue: path });
  return writeClass(cimClass, bare);
}

/** A class whose one property has a type that a class of its kind may not have. */
function withProperty(type: CimProperty['type']) {
  const cimClass = schemaOf(classWith({ properties: [property('P', 'string')] })).getClass('A');
  const [found] = cimClass.properties.values();
  if (!found) throw new Error('no property');
  cimClass.properties.set('P', { ...found, type });
  return cimClass;
}

describe('A METHOD', () => {
  const method = part(write('TEST_System'), /<METHOD NAME="Run".*?<\/METHOD>/);
  const parameter = (name: string) => part(method, new RegExp(`<PARAMETER[^<]* NAME="${name}".*?</PARAMETER`));

  it('has a type and an origin', () => {
    expect(method).toMatch(/^<METHOD NAME="Run" TYPE="uint32" CLASSORIGIN="TEST_System">/);
  });

  it('has its parameters in the order of the declaration', () => {
    const names = [...method.matchAll(/<PARAMETER[\w.]* NAME="(\w+)"/g)].map(([, name]) => name);
    expect(names).toEqual([
      'Name',
      'Count',
      'Numbers',
      'Flags',
      'System',
      'Systems',
      'Sub',
      'Subs',
      'Goal',
      'Both',
      'Result',
    ]);
  });

  it.each([
    ['Count', '<PARAMETER NAME="Count" TYPE="uint16">'],
    ['Numbers', '<PARAMETER.ARRAY NAME="Numbers" TYPE="uint16">'],
    ['Flags', '<PARAMETER.ARRAY NAME="Flags" TYPE="boolean" ARRAYSIZE="2">'],
    ['System', '<PARAMETER.REFERENCE NAME="System" REFERENCECLASS="TEST_System">'],
    ['Systems', '<PARAMETER.REFARRAY NAME="Systems" REFERENCECLASS="TEST_System">'],
    ['Goal', '<PARAMETER NAME="Goal" TYPE="string">'],
  ])('has a parameter in the form of its type: %s', (name, startTag) => {
    expect(parameter(name)).toContain(startTag);
  });

  it.each([
    ['Name', ['In=true']],
    ['Both', ['In=true', 'Out=true']],
    ['Result', ['In=false', 'Out=true']],
  ])('tells the direction of a parameter, the default too: %s', (name, directions) => {
    const found = [...parameter(name).matchAll(/NAME="(In|Out)" TYPE="boolean"[^>]*><VALUE>(\w+)/g)];
    expect(found.map(([, qualifier, value]) => `${qualifier}=${value}`)).toEqual(directions);
  });

  it('tells no direction when qualifiers are not wanted', () => {
    expect(write('TEST_System', bare)).toContain('<PARAMETER NAME="Name" TYPE="string"/>');
  });

  it('keeps telling the direction when only its own elements are wanted', () => {
    const run = { name: 'M', returnType: plainType('uint32'), qualifiers: [] };
    const out = { ...property('P', 'string'), qualifiers: [qualified('In', false), qualified('Out', true)] };
    const schema = schemaOf(
      classWith({ name: 'B', methods: [{ ...run, parameters: [out] }] }),
      classWith({ superclassName: 'B', methods: [{ ...run, parameters: [property('P', 'string')] }] }),
    );
    const xml = writeClass(schema.getClass('A'), { ...all, includeInheritedElements: false });
    expect(xml).toMatch(/NAME="In"[^>]*><VALUE>false<\/VALUE><\/QUALIFIER><QUALIFIER NAME="Out"[^>]*><VALUE>true</);
  });

  it('cannot return a reference', () => {
    const returnType = reference('TEST_Port');
    const schema = schemaOf(classWith({ methods: [{ name: 'M', returnType, parameters: [], qualifiers: [] }] }));
    expect(() => writeClass(schema.getClass('A'), all)).toThrow(
      expect.objectContaining({ status: 7, message: expect.stringContaining('M, a method that returns') }),
    );
  });
});
