import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseInstancePath } from '../../../src/cim/model/parse-instance-path.js';
import { parseTarget } from '../../../src/cli/parse-target.js';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import { collect } from '../../client/scripted-server.js';
import { PASSWORD, runEndpoint, USER } from '../../support/running-endpoint.js';

const NAMESPACE = 'root/cimv2/storage/iScsiTarget';
const running = runEndpoint({ lab: fileURLToPath(new URL('object-paths-lab.mof', import.meta.url)) });

let client: WsmanClient;
beforeAll(() => {
  client = createClient({ url: running.url, user: USER, password: PASSWORD });
});
afterAll(() => client.close());

const found = async (wql: string) => {
  const instances = await collect(client.query(wql));
  return instances.map(({ path }) => `${path?.className}=${[...(path?.keys.values() ?? [])].join()}`).sort();
};

const one = 'WILD_Name=two words,WILD_Num=31,WILD_One='.split(',');

describe('WQL takes the object path', () => {
  it.each([
    ['{WILD_One=@}', ['WILD_Name=two words', 'WILD_Num=31']],
    [`{${NAMESPACE}:WILD_One=@}`, ['WILD_Name=two words', 'WILD_Num=31']],
    ['{WILD_Flag=TRUE}', ['WILD_Name=c:\\temp', 'WILD_Num=31']],
    ['{WILD_Flag.B=true}', ['WILD_Name=c:\\temp', 'WILD_Num=31']],
    ["{WILD_Name='c:\\\\temp'}", ['WILD_Flag=true', 'WILD_Num=31']],
    ["{WILD_Name='c:\\temp'}", ['WILD_Flag=true', 'WILD_Num=31']],
    ['{WILD_Name.Name="two%20words"}', one.slice(1)],
    ["{WILD_Name.Name='two words'}", one.slice(1)],
    ['{WILD_Name="it\'s \\"50%2520\\""}', []],
    ['{WILD_Num=0x1f}', ['WILD_Flag=true', 'WILD_Name=c:\\temp', 'WILD_Name=two words', 'WILD_One=']],
    [`{\\\\.\\root\\cimv2\\storage\\iScsiTarget:WILD_Num.N=31} WHERE ResultClass = WILD_One`, ['WILD_One=']],
  ])('%s', async (path, expected) => {
    expect(await found(`ASSOCIATORS OF ${path}`)).toEqual(expected);
  });

  it.each([
    ['{WILD_One}', 'WILD_One names a class; its only object is WILD_One=@, and for a class SchemaOnly is needed'],
    ['{WILD_One="x"}', 'class WILD_One has no keys: its only object is WILD_One=@'],
    ['{WILD_Num=@}', "'=@' is for a class without keys, and WILD_Num has N"],
    ['{WILD_Two="a"}', 'class WILD_Two has 2 keys (A, B), each of which needs its name'],
    ["{WILD_Name='c:\\temp}", 'a quoted value in the object path is not closed'],
  ])('and refuses %s: %s', async (path, why) => {
    await expect(found(`ASSOCIATORS OF ${path}`)).rejects.toThrow(why);
    await expect(found(`REFERENCES OF ${path}`)).rejects.not.toThrow('__key');
  });

  it.each([
    ['Name = \'WILD_Name="two words"\'', ['WILD_Tie=1', 'WILD_Tie=3']],
    ['Num = "WILD_Num=31"', ['WILD_Tie=1', 'WILD_Tie=2']],
    ['One = "WILD_One=@"', ['WILD_Tie=1']],
    ['__RELPATH = \'WILD_Tie="2"\'', ['WILD_Tie=2']],
  ])('WHERE %s', async (where, expected) => {
    expect(await found(`SELECT * FROM WILD_Tie WHERE ${where}`)).toEqual(expected);
  });
});

describe('the client takes the object path', () => {
  it.each([
    ['WILD_Num=31', '31'],
    ['WILD_Num=0x1F', '31'],
    ['WILD_Num="31"', '31'],
    ['WILD_One=@', ''],
    ["WILD_Name='two words'", 'two words'],
    ["root/cimv2/storage/iScsiTarget:WILD_Name='two%20words'", 'two words'],
    ["WILD_Name='sub'", 'sub'],
    ['WILD_Flag=TRUE', 'true'],
    ["WILD_Name='c:\\\\temp'", 'c:\\temp'],
    [`WILD_Name="it's \\"50%2520\\""`, 'it\'s "50%20"'],
  ])('%s, as commands do', async (text, key) => {
    for (const path of [parseInstancePath(text), parseTarget(text, [], 'object')]) {
      const instance = await client.get(path);
      expect([...(instance.path?.keys.values() ?? [])].join()).toBe(key);
    }
    const path = parseInstancePath(text).inNamespace(NAMESPACE);
    expect((await running.endpoint.broker.getInstance(path)).className).toMatch(/^WILD_/);
  });

  it('in every operation, of objects and in values', async () => {
    const tie = await client.create('WILD_Tie', { Id: '9', Num: parseInstancePath('WILD_Num=31') });
    expect(String((await client.get(tie)).get('Num'))).toContain('WILD_Num.N="31"');
    await client.put(parseInstancePath('WILD_Tie="9"'), { Name: parseInstancePath("WILD_Name='sub'") });
    const { properties } = await client.get(tie);
    expect(String(properties.get('Name'))).toContain('WILD_SubName.Name="sub"');
    expect(await collect(client.references(parseInstancePath("WILD_Name='sub'")))).toHaveLength(1);
    expect(await collect(client.associators(parseInstancePath("WILD_Name='sub'")))).toHaveLength(1);
    await client.delete(parseInstancePath("WILD_Tie='9'"));
    await expect(client.get(tie)).rejects.toThrow('There is no instance');
  });

  it('and says what is wrong with it', async () => {
    await expect(client.get(parseInstancePath('WILD_Two="a"'))).rejects.toThrow('class WILD_Two has 2 keys (A, B)');
    await expect(client.get(parseInstancePath('WILD_One="a"'))).rejects.toThrow('class WILD_One has no keys');
    await expect(client.get(parseInstancePath('WILD_None="a"'))).rejects.toThrow(
      'does not say which key class WILD_None has',
    );
    const path = parseInstancePath('WILD_Two="a"').inNamespace(NAMESPACE);
    await expect(running.endpoint.broker.getInstance(path)).rejects.toThrow('class WILD_Two has 2 keys (A, B)');
  });
});
