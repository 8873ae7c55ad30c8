import { describe, expect, it } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { ClientOptions } from '../../../src/client/client-options.js';
import type { Script, ScriptedServer } from '../scripted-server.js';
import { useScript } from '../use-script.js';

const parameter = (name: string, type: string, element = 'PARAMETER') =>
  `<${element} NAME="${name}" TYPE="${type}"><QUALIFIER NAME="Out" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></${element}>`;

const GetClass = `<CLASS NAME="CIM_Fan"><PROPERTY NAME="Speed" TYPE="uint64"/><METHOD NAME="Spin" TYPE="uint32">${[
  parameter('Turns', 'uint64'),
  parameter('Load', 'real32'),
  parameter('Fast', 'boolean'),
  parameter('Until', 'datetime'),
  parameter('Steps', 'uint16', 'PARAMETER.ARRAY'),
  '<PARAMETER NAME="Goal" TYPE="string"><QUALIFIER NAME="EmbeddedInstance" TYPE="string"><VALUE>CIM_Fan</VALUE></QUALIFIER></PARAMETER>',
].join('')}</METHOD><METHOD NAME="IsOn" TYPE="boolean"/></CLASS>`;

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const output = (content: string, method = 'Spin') =>
  `<p:${method}_OUTPUT xmlns:p="urn:p" ${XSI}>${content}</p:${method}_OUTPUT>`;

const start = useScript();
const spin = (script: Script, options: Partial<ClientOptions> = {}) => start({ GetClass, ...script }, options);

const actions = (one: ScriptedServer) => one.seen().map(({ action }) => action.split('/').pop());

describe('the outputs of a method', () => {
  it.each([
    ['a 64-bit integer is a bigint', '<p:Turns>18446744073709551615</p:Turns>', 'Turns', 2n ** 64n - 1n],
    ['a real is a number', '<p:Load>0.5</p:Load>', 'Load', 0.5],
    ['a boolean is a boolean', '<p:Fast>true</p:Fast>', 'Fast', true],
    [
      'a datetime in its 25 characters',
      '<p:Until>20260102030405.000000+000</p:Until>',
      'Until',
      CimDateTime.parse('20260102030405.000000+000'),
    ],
    ['an array of one element is an array', '<p:Steps>1</p:Steps>', 'Steps', [1]],
    ['a name in other letter case', '<p:turns>5</p:turns>', 'Turns', 5n],
  ])('have the types of the declaration: %s', async (_what, xml, name, value) => {
    const { client } = await spin({ Spin: output(xml) });
    const { outputs } = await client.invoke('CIM_Fan', 'Spin');
    expect(outputs.get(name)).toEqual(value);
  });

  it('have embedded instances whose properties are typed, too', async () => {
    const goal = '<p:Goal xmlns:f="urn:f" xsi:type="f:CIM_Fan_Type"><f:Speed>7</f:Speed></p:Goal>';
    const { client } = await spin({ Spin: output(goal) });
    const { outputs } = await client.invoke('CIM_Fan', 'Spin');
    expect(outputs.get('Goal')).toEqual(new CimInstance('CIM_Fan', [['Speed', 7n]]));
  });

  it('have a ReturnValue that is no integer, in its type', async () => {
    const { client } = await spin({ IsOn: output('<p:ReturnValue>true</p:ReturnValue>', 'IsOn') });
    const { returnValue, outputs } = await client.invoke('CIM_Fan', 'IsOn');
    expect([returnValue, outputs.get('ReturnValue')]).toEqual([undefined, true]);
  });

  it('stay text where a value does not fit its declared type', async () => {
    const { client } = await spin({ Spin: output('<p:Turns>many</p:Turns>') });
    expect((await client.invoke('CIM_Fan', 'Spin')).outputs.get('Turns')).toBe('many');
  });

  it.each([
    ['the server declares no classes', { status: 500 }],
    ['its declaration cannot be read', { body: '<nothing/>' }],
  ])('stay text, and are not lost, when %s', async (_what, answer) => {
    const { client } = await spin({ GetClass: answer, Spin: output('<p:Turns>5</p:Turns>') });
    expect((await client.invoke('CIM_Fan', 'Spin')).outputs.get('Turns')).toBe('5');
  });
});

describe('a method call', () => {
  const turns = output('<p:Turns>5</p:Turns>');

  it('has the class fetched with the first outputs of the class, and not again', async () => {
    const started = await spin({ Spin: turns });
    await started.client.invoke('CIM_Fan', 'Spin');
    await started.client.invoke('CIM_Fan', 'Spin');
    expect(actions(started)).toEqual(['Spin', 'Get', 'Spin']);
  });

  it('has no class fetched for a ReturnValue and outputs that are NULL', async () => {
    const started = await spin({ Spin: output('<p:Turns xsi:nil="true"/><p:ReturnValue>0</p:ReturnValue>') });
    const { returnValue, outputs } = await started.client.invoke('CIM_Fan', 'Spin');
    expect([returnValue, outputs.get('Turns'), actions(started)]).toEqual([0, null, ['Spin']]);
  });

  it('has no class fetched for a client that wants text', async () => {
    const started = await spin({ Spin: turns }, { values: 'text' });
    const { outputs } = await started.client.invoke('CIM_Fan', 'Spin');
    expect([outputs.get('Turns'), actions(started)]).toEqual(['5', ['Spin']]);
  });

  it('has no class fetched when the call wants text', async () => {
    const started = await spin({ Spin: turns });
    const { outputs } = await started.client.invoke('CIM_Fan', 'Spin', {}, { values: 'text' });
    expect([outputs.get('Turns'), actions(started)]).toEqual(['5', ['Spin']]);
  });

  it('can have its outputs typed by a client that wants text elsewhere', async () => {
    const { client } = await spin({ Spin: turns }, { values: 'text' });
    const { outputs } = await client.invoke('CIM_Fan', 'Spin', {}, { values: 'typed' });
    expect(outputs.get('Turns')).toBe(5n);
  });
});
