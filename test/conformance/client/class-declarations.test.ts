import { describe, expect, it } from 'vitest';
import { describeType } from '../../../src/cim/model/cim-type.js';
import { readClass } from '../../../src/client/message/read-class.js';
import { readResponseXml } from '../../../src/client/message/read-response-xml.js';
import { fanClass } from '../../client/answers.js';
import { collect, outline } from '../../client/scripted-server.js';
import { useScript } from '../../client/use-script.js';

const script = useScript();

describe('a class declaration', () => {
  const fan = readClass(readResponseXml(fanClass));

  it('says what the class is', () => {
    expect(fan).toMatchObject({
      name: 'CIM_Fan',
      superclass: 'CIM_Device',
      derivation: ['CIM_Device', 'CIM_Element'],
      keys: ['DeviceID'],
      version: '2.8.0',
      isAbstract: false,
      isAssociation: false,
    });
  });

  it.each([
    ['DeviceID', 'string'],
    ['Speed', 'uint64'],
    ['On', 'boolean'],
    ['Load', 'real32'],
    ['Letter', 'char16'],
    ['Made', 'datetime'],
    ['Modes', 'uint16[4]'],
    ['Code', 'uint8[]'],
    ['Goal', 'embedded CIM_Goal'],
    ['Anything', 'embedded object'],
    ['System', 'CIM_System REF'],
  ])('gives property %s the type %s', (name, type) => {
    const property = fan.properties.get(name);
    expect(property && describeType(property.type)).toBe(type);
  });

  it('tells keys, writable and inherited properties', () => {
    const { DeviceID, Speed } = Object.fromEntries(fan.properties);
    expect(DeviceID).toMatchObject({ isKey: true, isWritable: false, propagated: true, classOrigin: 'CIM_Device' });
    expect(Speed).toMatchObject({ isKey: false, isWritable: true, propagated: false, classOrigin: 'CIM_Fan' });
  });

  it('has default values in their types', () => {
    expect(fan.properties.get('Speed')?.defaultValue).toBe(100n);
    expect(fan.properties.get('Modes')?.defaultValue).toEqual([1, 2]);
    expect(fan.properties.get('On')?.defaultValue).toBeUndefined();
  });

  it('has qualifiers with their values', () => {
    const modes = fan.properties.get('Modes');
    expect([modes?.qualifiers.get('values'), modes?.type.array?.kind]).toEqual([['a', 'b'], 'Indexed']);
  });

  it('has methods with their parameters and directions', () => {
    const spin = fan.methods.get('Spin');
    expect([spin?.isStatic, spin && describeType(spin.returnType)]).toEqual([true, 'uint32']);
    const parameters = [...(spin?.parameters.values() ?? [])].map(({ name, type, isIn, isOut, isRequired }) =>
      [name, describeType(type), isIn, isOut, isRequired].join(' '),
    );
    expect(parameters).toEqual([
      'Fast boolean true false true',
      'Log string[] false true false',
      'Place CIM_Location REF true false false',
      'Others CIM_Fan REF[] true false false',
    ]);
  });

  it('has an empty derivation when there is no superclass', () => {
    expect(readClass(readResponseXml('<CLASS NAME="X"/>'))).toMatchObject({ superclass: undefined, derivation: [] });
  });

  it('takes its superclass for its derivation when the server does not tell', () => {
    expect(readClass(readResponseXml('<CLASS NAME="X" SUPERCLASS="Y"/>')).derivation).toEqual(['Y']);
  });
});

describe('getClass', () => {
  it('asks for the declaration in CIM-XML', async () => {
    const started = await script({ GetClass: fanClass });
    expect((await started.client.getClass('CIM_Fan')).name).toBe('CIM_Fan');
    expect(started.seen()[0]).toMatchObject({
      action: 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get',
      resourceUri: 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*',
      selectors: { __cimnamespace: 'root/lab', ClassName: 'CIM_Fan' },
      options: ['IncludeQualifiers=true', 'IncludeInheritedElements=true', 'IncludeInheritanceHierarchy=true'],
      body: undefined,
    });
  });

  it('asks for less when less is wanted, and in another namespace', async () => {
    const started = await script({ GetClass: fanClass });
    await started.client.getClass('CIM_Fan', {
      includeQualifiers: false,
      includeInherited: false,
      namespace: 'root/other',
    });
    expect(started.seen()[0]).toMatchObject({
      selectors: { __cimnamespace: 'root/other' },
      options: ['IncludeQualifiers=false', 'IncludeInheritedElements=false', 'IncludeInheritanceHierarchy=true'],
    });
  });

  it('refuses an answer that is no class', async () => {
    const started = await script({ GetClass: '<x/>' });
    await expect(started.client.getClass('CIM_Fan')).rejects.toThrow('holds no CLASS');
  });
});

describe('enumerateClasses', () => {
  const items = (content: string) =>
    `<n:EnumerateResponse><n:EnumerationContext/><w:Items>${content}</w:Items><w:EndOfSequence/></n:EnumerateResponse>`;

  it('asks for all classes of the namespace', async () => {
    const started = await script({ GetClass: items('<CLASS NAME="A"/><CLASS NAME="B"/>') });
    expect((await collect(started.client.enumerateClasses())).map(({ name }) => name)).toEqual(['A', 'B']);
    const [request] = started.seen();
    expect(request).toMatchObject({
      selectors: { ClassName: '' },
      options: expect.arrayContaining(['IncludeSubClasses=true']),
    });
    expect(outline(request?.body)).toBe('Enumerate(OptimizeEnumeration MaxElements(1000))');
  });

  it('asks for the subclasses of one, one level deep', async () => {
    const started = await script({ GetClass: items('') });
    await collect(started.client.enumerateClasses({ className: 'CIM_Device', deep: false }));
    expect(started.seen()[0]).toMatchObject({
      selectors: { ClassName: 'CIM_Device' },
      options: expect.arrayContaining(['IncludeSubClasses=false']),
    });
  });

  it('sends a query of classes over all classes', async () => {
    const started = await script({ Enumerate: items('<CLASS NAME="A"/>') });
    const found = await collect(started.client.enumerateClasses({ wql: 'select * from meta_class' }));
    expect(found.map(({ name }) => name)).toEqual(['A']);
    expect(started.seen()[0]?.resourceUri).toBe('http://schemas.dmtf.org/wbem/wscim/1/*');
  });

  it('refuses items that are no classes', async () => {
    const started = await script({ GetClass: items('<x/>') });
    await expect(collect(started.client.enumerateClasses())).rejects.toThrow('is no CLASS');
  });
});
