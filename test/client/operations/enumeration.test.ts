import { describe, expect, it, vi } from 'vitest';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import type { EnumerateOptions } from '../../../src/client/enumerate-options.js';
import { windowsInstance, windowsReference } from '../answers.js';
import { collect, outline, type Script, type ScriptedServer } from '../scripted-server.js';
import { useScript } from '../use-script.js';

const script = useScript({ values: 'text' });

const fan = (id: string) => windowsInstance('CIM_Fan', `<p:DeviceID>${id}</p:DeviceID>`);
const epr = (id: string) =>
  `<a:EndpointReference>${windowsReference('CIM_Fan', `<w:Selector Name="__cimnamespace">root/lab</w:Selector><w:Selector Name="DeviceID">${id}</w:Selector>`)}</a:EndpointReference>`;
const item = (id: string) => `<w:Item>${fan(id)}${epr(id)}</w:Item>`;

const enumerated = (context: string, items: string, end = false) =>
  `<n:EnumerateResponse><n:EnumerationContext>${context}</n:EnumerationContext><w:Items>${items}</w:Items>${end ? '<w:EndOfSequence/>' : ''}</n:EnumerateResponse>`;
const pulled = (context: string | undefined, items: string, end = false) =>
  `<n:PullResponse>${context === undefined ? '' : `<n:EnumerationContext>${context}</n:EnumerationContext>`}<n:Items>${items}</n:Items>${end ? '<n:EndOfSequence/>' : ''}</n:PullResponse>`;

const three: Script = {
  Enumerate: enumerated('c1', item('1')),
  Pull: [pulled('c2', item('2')), pulled(undefined, item('3'), true)],
  Release: '',
};

const actions = (started: ScriptedServer) => started.seen().map(({ action }) => action.split('/').pop());
const ids = (instances: readonly { getString(name: string): string | undefined }[]) =>
  instances.map((instance) => instance.getString('DeviceID'));

describe('an enumeration', () => {
  it('pulls to the end and gives the instances in order', async () => {
    const started = await script(three);
    expect(ids(await collect(started.client.enumerate('CIM_Fan')))).toEqual(['1', '2', '3']);
    expect(actions(started)).toEqual(['Enumerate', 'Pull', 'Pull']);
  });

  it('asks for objects with their paths, as the CIM cmdlets do', async () => {
    const started = await script({ Enumerate: enumerated('', '', true) });
    await collect(started.client.enumerate('CIM_Fan'));
    const [request] = started.seen();
    expect(request?.resourceUri).toBe('http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Fan');
    expect(request?.selectors).toEqual({ __cimnamespace: 'root/lab' });
    expect(outline(request?.body)).toBe(
      'Enumerate(OptimizeEnumeration MaxElements(1000) EnumerationMode(EnumerateObjectAndEPR))',
    );
  });

  it('sends the context of the last answer with the number of items it wants', async () => {
    const started = await script(three);
    await collect(started.client.enumerate('CIM_Fan', { maxElements: 7 }));
    expect(
      started
        .seen()
        .slice(1)
        .map(({ body }) => outline(body)),
    ).toEqual(['Pull(EnumerationContext(c1) MaxElements(7))', 'Pull(EnumerationContext(c2) MaxElements(7))']);
  });

  it('goes on with the old context when an answer names none', async () => {
    const started = await script({
      Enumerate: enumerated('c1', ''),
      Pull: [pulled(undefined, item('1')), pulled(undefined, '', true)],
    });
    await collect(started.client.enumerate('CIM_Fan'));
    expect(outline(started.seen()[2]?.body)).toContain('EnumerationContext(c1)');
  });

  it('sends nothing before the first instance is asked for', async () => {
    const started = await script(three);
    const fans = started.client.enumerate('CIM_Fan');
    expect(started.seen()).toEqual([]);
    await fans.next();
    expect(actions(started)).toEqual(['Enumerate']);
  });

  it('ends with EndOfSequence even when there is a context, as OMI writes it', async () => {
    const started = await script({ Enumerate: enumerated('c1', item('1'), true) });
    expect(await collect(started.client.enumerate('CIM_Fan'))).toHaveLength(1);
    expect(actions(started)).toEqual(['Enumerate']);
  });

  it('leaves out the first items when it is not to be optimized', async () => {
    const started = await script({
      Enumerate: '<n:EnumerateResponse><n:EnumerationContext>c1</n:EnumerationContext></n:EnumerateResponse>',
      Pull: pulled(undefined, item('1'), true),
    });
    expect(ids(await collect(started.client.enumerate('CIM_Fan', { optimize: false })))).toEqual(['1']);
    expect(outline(started.seen()[0]?.body)).toBe('Enumerate(EnumerationMode(EnumerateObjectAndEPR))');
  });

  it('is released when the loop is left early', async () => {
    const started = await script(three);
    for await (const _ of started.client.enumerate('CIM_Fan')) break;
    expect(actions(started)).toEqual(['Enumerate', 'Release']);
    expect(outline(started.seen()[1]?.body)).toBe('Release(EnumerationContext(c1))');
  });

  it('does not mind that the server cannot release', async () => {
    const started = await script({ Enumerate: enumerated('c1', item('1')) });
    for await (const _ of started.client.enumerate('CIM_Fan')) break;
    expect(actions(started)).toEqual(['Enumerate', 'Release']);
  });

  it('is not released when the server has ended it', async () => {
    const started = await script({ Enumerate: enumerated('', item('1') + item('2'), true) });
    for await (const _ of started.client.enumerate('CIM_Fan')) break;
    expect(actions(started)).toEqual(['Enumerate']);
  });

  it('is not released when the server has failed it', async () => {
    const started = await script({ Enumerate: enumerated('c1', '') });
    await expect(collect(started.client.enumerate('CIM_Fan'))).rejects.toThrow('ActionNotSupported');
    expect(actions(started)).toEqual(['Enumerate', 'Pull']);
  });

  it('is released when it is aborted between two answers', async () => {
    const started = await script(three);
    const abort = new AbortController();
    const fans = started.client.enumerate('CIM_Fan', { signal: abort.signal });
    await fans.next();
    abort.abort();
    await expect(fans.next()).rejects.toMatchObject({ failure: 'aborted' });
    expect(await fans.next()).toEqual({ done: true, value: undefined });
    await vi.waitFor(() => expect(actions(started).at(-1)).toBe('Release'));
  });

  it('is released as soon as it is aborted, also when nobody asks for the next', async () => {
    const started = await script(three);
    const abort = new AbortController();
    const fans = started.client.enumerate('CIM_Fan', { signal: abort.signal });
    await fans.next();
    abort.abort();
    await vi.waitFor(() => expect(actions(started)).toEqual(['Enumerate', 'Release']));
  });

  it('gives its first instance before the last answer is there', async () => {
    const started = await script({ ...three, Pull: [pulled('c2', item('2')), 'never'] });
    const fans = started.client.enumerate('CIM_Fan');
    const first = [await fans.next(), await fans.next()];
    expect(first.map(({ value }) => value?.getString('DeviceID'))).toEqual(['1', '2']);
    await fans.return();
  });

  describe('of which a Pull is under way', () => {
    const hanging: Script = { ...three, Pull: 'never' };

    async function pulling(answers: Script, options: EnumerateOptions = {}) {
      const started = await script(answers);
      const fans = started.client.enumerate('CIM_Fan', options);
      await fans.next();
      const awaited = fans.next();
      await vi.waitFor(() => expect(actions(started)).toEqual(['Enumerate', 'Pull']));
      return { started, fans, awaited };
    }

    it('is released at once when it is not wanted any more', async () => {
      const { started, fans, awaited } = await pulling(hanging);
      const returned = fans.return();
      expect(await awaited).toEqual({ done: true, value: undefined });
      await returned;
      expect(actions(started)).toEqual(['Enumerate', 'Pull', 'Release']);
      expect(outline(started.seen()[2]?.body)).toBe('Release(EnumerationContext(c1))');
    });

    it('is released at once when it is aborted, whose caller does not wait for that', async () => {
      const abort = new AbortController();
      const { started, awaited } = await pulling({ ...hanging, Release: 'never' }, { signal: abort.signal });
      abort.abort();
      await expect(awaited).rejects.toMatchObject({ failure: 'aborted', message: expect.stringContaining('aborted') });
      await vi.waitFor(() => expect(actions(started)).toEqual(['Enumerate', 'Pull', 'Release']));
    });

    it('is released before the client closes', async () => {
      const abort = new AbortController();
      const { started, awaited } = await pulling(hanging, { signal: abort.signal });
      abort.abort();
      await expect(awaited).rejects.toThrow();
      await started.client.close();
      expect(actions(started).at(-1)).toBe('Release');
    });

    it('is released when the answer does not come in time, which is told without waiting for that', async () => {
      const { started, awaited } = await pulling({ ...hanging, Release: 'never' }, { operationTimeoutMs: 100 });
      await expect(awaited).rejects.toMatchObject({ failure: 'timeout' });
      await vi.waitFor(() => expect(actions(started)).toEqual(['Enumerate', 'Pull', 'Release']));
    });

    it('does not keep who has enough waiting for a server that does not release', async () => {
      const { fans, awaited } = await pulling({ ...hanging, Release: 'never' }, { operationTimeoutMs: 100 });
      const begun = performance.now();
      await fans.return();
      expect(performance.now() - begun).toBeLessThan(3000);
      await awaited;
    });
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %d as a number of items', async (maxElements) => {
    const started = await script(three);
    await expect(started.client.enumerate('CIM_Fan', { maxElements }).next()).rejects.toThrow(TypeError);
    expect(started.seen()).toEqual([]);
  });

  it('refuses a class name that is none', async () => {
    const started = await script(three);
    await expect(started.client.enumerate('CIM Fan').next()).rejects.toThrow('is not a class name');
  });

  it('repeats its options in each message', async () => {
    const started = await script(three);
    await collect(started.client.enumerate('CIM_Fan', { options: { 'wmiarray:x': ['1', '2'] } }));
    expect(started.seen().map(({ options }) => options)).toEqual(Array(3).fill(['wmiarray:x=1', 'wmiarray:x=2']));
  });
});

describe('the items of an enumeration', () => {
  const first = async (items: string, options: EnumerateOptions = {}, className = 'CIM_Fan') => {
    const started = await script({ Enumerate: enumerated('', items, true) });
    const [instance] = await collect(started.client.enumerate(className, options));
    return { className: instance?.className, path: instance?.path, names: [...(instance?.properties.keys() ?? [])] };
  };

  it('are an object with its path', async () => {
    const { className, path } = await first(item('1'));
    expect([className, String(path)]).toEqual(['CIM_Fan', 'root/lab:CIM_Fan.DeviceID="1"']);
  });

  it('are objects without path when objects are asked for', async () => {
    expect(await first(fan('1'), { mode: 'object' })).toEqual({
      className: 'CIM_Fan',
      path: undefined,
      names: ['DeviceID'],
    });
  });

  it('are paths, with the keys as properties, when paths are asked for', async () => {
    const { path, names } = await first(epr('1'), { mode: 'epr' });
    expect([String(path), names]).toEqual(['root/lab:CIM_Fan.DeviceID="1"', ['DeviceID']]);
  });

  it('are of the class that the server names, not of the one that is enumerated', async () => {
    expect((await first(item('1'), {}, 'CIM_Device')).className).toBe('CIM_Fan');
  });

  it('are of the class of the query when Windows leaves it out', async () => {
    const projected = '<w:XmlFragment><DeviceID>1</DeviceID></w:XmlFragment>';
    const started = await script({ Enumerate: enumerated('', projected, true) });
    const [instance] = await collect(started.client.query('select DeviceID from CIM_Fan where On = TRUE'));
    expect([instance?.className, instance?.get('DeviceID')]).toEqual(['CIM_Fan', '1']);
  });

  it('are of the class of the query, and their paths of their own, when Windows leaves it out', async () => {
    const nil = '<Speed xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>';
    const projected = `<w:Item><w:XmlFragment><DeviceID>1</DeviceID>${nil}<When><Datetime>2026-01-02T03:04:05Z</Datetime></When></w:XmlFragment>${epr('1')}</w:Item>`;
    const started = await script({ Enumerate: enumerated('', projected, true) });
    const [instance] = await collect(started.client.query('SELECT DeviceID, Speed, When\nFROM  CIM_Device'));
    expect([instance?.className, String(instance?.path)]).toEqual(['CIM_Device', 'root/lab:CIM_Fan.DeviceID="1"']);
    expect([...(instance?.properties ?? [])].map(([name, value]) => [name, value && String(value)])).toEqual([
      ['DeviceID', '1'],
      ['Speed', null],
      ['When', '20260102030405.000000+000'],
    ]);
  });

  it('are of the class of the query also where the URI names another', async () => {
    const projected = '<w:XmlFragment><DeviceID>1</DeviceID></w:XmlFragment>';
    const started = await script({ Enumerate: enumerated('', projected, true) });
    const filter = { wql: 'select DeviceID from CIM_Fan' };
    const [instance] = await collect(started.client.enumerate('CIM_Device', { filter }));
    expect(instance?.className).toBe('CIM_Fan');
  });

  it('cannot be classes', async () => {
    const started = await script({ Enumerate: enumerated('', '<CLASS NAME="X"/>', true) });
    await expect(collect(started.client.query('select * from meta_class'))).rejects.toThrow('enumerateClasses');
  });
});

describe('a filter', () => {
  const ALL = 'http://schemas.dmtf.org/wbem/wscim/1/*';
  const object = new InstancePath({ namespace: 'root/lab', className: 'CIM_System', keys: { Name: 's' } });
  const objectOutline =
    'Object(Address(http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous) ReferenceParameters(' +
    'ResourceURI(http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_System) SelectorSet(Selector(root/lab) Selector(s))))';

  async function sent(run: (client: ScriptedServer['client']) => AsyncIterable<unknown>) {
    const started = await script({ Enumerate: enumerated('', '', true) });
    await collect(run(started.client));
    const [request] = started.seen();
    const filter = request?.body?.children.find(({ local }) => local === 'Filter');
    return {
      uri: request?.resourceUri,
      namespace: request?.selectors.__cimnamespace,
      dialect: filter?.attributes.get('{}Dialect'),
      text: outline(filter),
    };
  }

  it('is WQL over all classes for a query', async () => {
    expect(await sent((client) => client.query('select * from CIM_Fan where A < 1'))).toMatchObject({
      uri: ALL,
      dialect: 'http://schemas.microsoft.com/wbem/wsman/1/WQL',
      text: 'Filter(select * from CIM_Fan where A < 1)',
    });
  });

  it('is over all classes in the WMI form of the URI too', async () => {
    const { uri } = await sent((client) => client.query('select * from X', { resourceUriFamily: 'wmi' }));
    expect(uri).toBe('http://schemas.microsoft.com/wbem/wsman/1/wmi/root/lab/*');
  });

  it('is CQL', async () => {
    expect(await sent((client) => client.enumerate('*', { filter: { cql: 'SELECT * FROM X' } }))).toMatchObject({
      dialect: 'http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf',
      text: 'Filter(SELECT * FROM X)',
    });
  });

  it('is a set of selectors', async () => {
    const filter = { selectors: { Name: 'x', On: true } };
    expect(await sent((client) => client.enumerate('CIM_Fan', { filter }))).toMatchObject({
      uri: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Fan',
      dialect: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter',
      text: 'Filter(SelectorSet(Selector(x) Selector(true)))',
    });
  });

  it('names an object whose associated objects are wanted', async () => {
    expect(await sent((client) => client.associators(object))).toEqual({
      uri: ALL,
      namespace: 'root/lab',
      dialect: 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter',
      text: `Filter(AssociatedInstances(${objectOutline}))`,
    });
  });

  it('narrows associations in the order of the schema', async () => {
    const where = {
      properties: ['A', 'B'],
      resultRole: 'Dependent',
      role: 'Antecedent',
      resultClass: 'CIM_Fan',
      associationClass: 'CIM_Hosts',
    };
    const { text } = await sent((client) => client.associators(object, where));
    expect(text).toBe(
      `Filter(AssociatedInstances(${objectOutline} AssociationClassName(CIM_Hosts) Role(Antecedent) ` +
        'ResultClassName(CIM_Fan) ResultRole(Dependent) IncludeResultProperty(A) IncludeResultProperty(B)))',
    );
  });

  it('names an object whose associations are wanted', async () => {
    const { text } = await sent((client) => client.references(object, { resultClass: 'CIM_Hosts', role: 'A' }));
    expect(text).toBe(`Filter(AssociationInstances(${objectOutline} Role(A) ResultClassName(CIM_Hosts)))`);
  });

  it('is looked up in the namespace of the object', async () => {
    const { namespace } = await sent((client) => client.associators(object.inNamespace('root/other')));
    expect(namespace).toBe('root/other');
  });

  it.each([
    ['include', 'IncludeSubClassProperties'],
    ['exclude', 'ExcludeSubClassProperties'],
    ['none', 'None'],
  ] as const)('stands beside the polymorphism mode %s', async (polymorphism, text) => {
    const started = await script({ Enumerate: enumerated('', '', true) });
    await collect(started.client.enumerate('CIM_Fan', { polymorphism }));
    expect(outline(started.seen()[0]?.body)).toContain(`PolymorphismMode(${text})`);
  });
});
