import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { DMTF, ENUMERATION, NAMESPACE, request, WQL } from '../../support/envelopes.js';
import { at, readFault, readTree, type Tree, textAt } from '../../support/read-answer.js';
import { runEndpoint } from '../../support/running-endpoint.js';

const CIM_BINDING = 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd';
const BOXES = 1300;

const colourOf = (index: number) => (index % 2 === 0 ? 'red' : 'blue');
const boxName = (index: number) => `box${String(index).padStart(4, '0')}`;

/** Every tenth box is of the subclass, and each of those is tied to the box after it. */
function labOfBoxes(): string {
  const mof = [
    'class DEMO_Box { [Key] string Name; [Write] string Colour; uint32 Size; };',
    'class DEMO_DeepBox : DEMO_Box { uint32 Depth; };',
    '[Association] class DEMO_Above { [Key] DEMO_Box REF Upper; [Key] DEMO_Box REF Lower; };',
  ];
  for (let index = 0; index < BOXES; index += 1) {
    const isDeep = index % 10 === 0;
    const className = isDeep ? 'DEMO_DeepBox' : 'DEMO_Box';
    const alias = index < 30 ? ` as $b${index}` : '';
    const depth = isDeep ? ' Depth = 3;' : '';
    mof.push(
      `instance of ${className}${alias} { Name = "${boxName(index)}"; Colour = "${colourOf(index)}"; Size = ${index};${depth} };`,
    );
  }
  for (let index = 0; index < 29; index += 1)
    mof.push(`instance of DEMO_Above { Upper = $b${index}; Lower = $b${index + 1}; };`);
  return mof.join('\n');
}

const directory = mkdtempSync(join(tmpdir(), 'cimulator-pull-'));
const lab = join(directory, 'boxes.mof');
writeFileSync(lab, labOfBoxes());
afterAll(() => rmSync(directory, { recursive: true }));

const running = runEndpoint({ lab });

const list = (found: Tree | Tree[] | string | undefined) =>
  found === undefined ? [] : Array.isArray(found) ? found : [found];

interface Items {
  readonly names: readonly string[];
  readonly id: string;
  readonly isLast: boolean;
  readonly text: string;
}

function read(text: string, response: string): Items {
  const answer = at(readTree(text), 'Envelope', 'Body', response);
  const items = at(answer, 'Items');
  const named = [...list(at(items, 'DEMO_Box')), ...list(at(items, 'DEMO_DeepBox'))];
  return {
    names: named.map((one) => String(at(one, 'Name'))),
    id: textAt(answer as Tree, 'EnumerationContext') ?? '',
    isLast: at(answer, 'EndOfSequence') !== undefined,
    text,
  };
}

async function send(operation: string, inside: string, className = '*') {
  const resourceUri = className === '*' ? 'http://schemas.dmtf.org/wbem/wscim/1/*' : DMTF + className;
  const body = `<n:${operation} xmlns:n="${ENUMERATION}">${inside}</n:${operation}>`;
  const action = `${ENUMERATION}/${operation}`;
  const selectors = { __cimnamespace: NAMESPACE };
  return (await running.post(request({ action, resourceUri, selectors, body }))).text;
}

const filter = (query: string) => `<w:Filter Dialect="${WQL}">${query.replaceAll('<', '&lt;')}</w:Filter>`;
const polymorphism = (mode: string) => `<b:PolymorphismMode xmlns:b="${CIM_BINDING}">${mode}</b:PolymorphismMode>`;
const start = async (inside: string, className = '*') =>
  read(await send('Enumerate', inside, className), 'EnumerateResponse');
const pull = async (id: string, count: number) =>
  read(
    await send('Pull', `<n:EnumerationContext>${id}</n:EnumerationContext><n:MaxElements>${count}</n:MaxElements>`),
    'PullResponse',
  );

async function repaint(index: number, colour: string): Promise<void> {
  const path = new InstancePath({ namespace: NAMESPACE, className: 'DEMO_Box', keys: { Name: boxName(index) } });
  await running.endpoint.broker.modifyInstance(path, new NameMap([['Colour', colour]]));
}

const RED = 'select * from DEMO_Box where Colour = "red"';
/** Answered from an index, and by a scan. */
const redQueries = [RED, 'select * from DEMO_Box where Colour like "red"'];

describe('Pull', () => {
  it.each(redQueries)('goes through the outcome of %s in batches of any size, each item once', async (query) => {
    const { id } = await start(filter(query));
    const found: string[] = [];
    for (const count of [1, 499, 1, 100, 32000]) found.push(...(await pull(id, count)).names);
    const expected = Array.from({ length: BOXES / 2 }, (_, index) => boxName(index * 2));
    expect(found.sort()).toEqual(expected);
  });

  it('says with the last item that it is the last, also where a part of the list ends', async () => {
    const { id } = await start(filter(RED));
    expect((await pull(id, 500)).isLast).toBe(false);
    expect((await pull(id, 150)).isLast).toBe(true);
    expect(readFault((await pull(id, 1)).text)).toMatchObject({ subcode: 'n:InvalidEnumerationContext' });
  });

  it.each([...redQueries, 'select * from DEMO_Box'])(
    'never gives an item twice to Pulls at the same time: %s',
    async (query) => {
      const { id } = await start(filter(query));
      const answers = await Promise.all(Array.from({ length: 8 }, () => pull(id, 30)));
      const found = answers.flatMap(({ names }) => names);
      expect(found).toHaveLength(240);
      expect(new Set(found).size).toBe(240);
    },
  );

  it('gives the last items to one of several only; the others are told that the context has ended', async () => {
    const { id } = await start(filter('select * from DEMO_Box where Size < 20'));
    const answers = await Promise.all(Array.from({ length: 4 }, () => pull(id, 100)));
    expect(answers.map(({ names }) => names.length).sort()).toEqual([0, 0, 0, 20]);
    const faults = answers.filter(({ names }) => names.length === 0).map(({ text }) => readFault(text).subcode);
    expect(faults).toEqual(Array.from({ length: 3 }, () => 'n:InvalidEnumerationContext'));
  });

  it.each(redQueries)('leaves out what no longer meets %s', async (query) => {
    const { id } = await start(`<w:OptimizeEnumeration/><w:MaxElements>1</w:MaxElements>${filter(query)}`);
    await repaint(24, 'blue');
    const { names } = await pull(id, 32000);
    await repaint(24, 'red');
    expect(names).not.toContain(boxName(24));
    expect(names).toContain(boxName(26));
  });

  it('goes on after a Renew at the same time', async () => {
    const { id } = await start(filter(RED));
    const renew = `<n:EnumerationContext>${id}</n:EnumerationContext><n:Expires>PT50S</n:Expires>`;
    const [first, renewed, second] = await Promise.all([pull(id, 50), send('Renew', renew), pull(id, 50)]);
    expect(textAt(readTree(renewed), 'Envelope', 'Body', 'RenewResponse', 'Expires')).toMatch(/^PT(50|49)/);
    expect(new Set([...first.names, ...second.names]).size).toBe(100);
  });

  it('ends with a Release at the same time', async () => {
    const { id } = await start(filter(RED));
    await Promise.all([pull(id, 50), send('Release', `<n:EnumerationContext>${id}</n:EnumerationContext>`)]);
    expect(readFault((await pull(id, 1)).text)).toMatchObject({ subcode: 'n:InvalidEnumerationContext' });
  });
});

describe('a query by a reference', () => {
  const boxPath = (index: number, className: string) => `${className}.Name='${boxName(index)}'`;
  const find = async (query: string) => {
    const { text } = await start(`<w:OptimizeEnumeration/><w:MaxElements>100</w:MaxElements>${filter(query)}`);
    return list(at(readTree(text), 'Envelope', 'Body', 'EnumerateResponse', 'Items', 'DEMO_Above')).length;
  };

  it.each([
    [`Upper = "${boxPath(10, 'DEMO_DeepBox')}"`, 1],
    [`Upper = "${NAMESPACE}:${boxPath(10, 'demo_deepbox')}"`, 1],
    [`Upper = "root/other:${boxPath(10, 'DEMO_DeepBox')}"`, 0],
    [`Upper = "${boxPath(10, 'DEMO_DeepBox')}" and Lower = "${boxPath(11, 'DEMO_Box')}"`, 1],
    [`Upper = "${boxPath(10, 'DEMO_DeepBox')}" and Lower = "${boxPath(12, 'DEMO_Box')}"`, 0],
    [`Upper = "${boxPath(10, 'DEMO_DeepBox')}" or Lower = "${boxPath(12, 'DEMO_Box')}"`, 2],
  ])('%s finds %i', async (condition, count) => {
    expect(await find(`select * from DEMO_Above where ${condition}`)).toBe(count);
  });
});

describe('the class that items are written as', () => {
  const two = '<w:OptimizeEnumeration/><w:MaxElements>10</w:MaxElements>';
  const shown = ({ text }: Items) => {
    const items = at(readTree(text), 'Envelope', 'Body', 'EnumerateResponse', 'Items');
    return Object.keys(Object(items))
      .filter((name) => name.startsWith('DEMO_'))
      .sort();
  };

  it.each([
    ['IncludeSubClassProperties', '*', ['DEMO_Box', 'DEMO_DeepBox']],
    ['ExcludeSubClassProperties', '*', ['DEMO_Box']],
    ['ExcludeSubClassProperties', 'DEMO_Box', ['DEMO_Box']],
    ['ExcludeSubClassProperties', 'DEMO_Above', ['DEMO_Box']],
    ['None', '*', ['DEMO_Box']],
  ])('with %s on %s is that behind FROM or a subclass: %j', async (mode, className, expected) => {
    const query = filter('select * from DEMO_Box where Size >= 0 and Size < 9');
    expect(shown(await start(two + query + polymorphism(mode), className))).toEqual(expected);
  });

  it('leaves out subclasses with None also when the query asks for one', async () => {
    const query = filter('select * from DEMO_Box where __this isa "DEMO_DeepBox"');
    expect(shown(await start(two + query + polymorphism('None')))).toEqual([]);
  });

  it('is that of each object along associations, whatever the resource URI names', async () => {
    const selectors = `<w:SelectorSet><w:Selector Name="__cimnamespace">${NAMESPACE}</w:Selector><w:Selector Name="Name">${boxName(11)}</w:Selector></w:SelectorSet>`;
    const object = `<b:Object><a:Address/><a:ReferenceParameters><w:ResourceURI>${DMTF}DEMO_Box</w:ResourceURI>${selectors}</a:ReferenceParameters></b:Object>`;
    const dialect = 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter';
    const associated = `<w:Filter Dialect="${dialect}" xmlns:b="${CIM_BINDING}"><b:AssociatedInstances>${object}</b:AssociatedInstances></w:Filter>`;
    const answer = await start(two + associated + polymorphism('ExcludeSubClassProperties'), 'DEMO_Above');
    expect(shown(answer)).toEqual(['DEMO_Box', 'DEMO_DeepBox']);
  });
});
