import { expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import type { Json } from '../../../src/cimjson/cim-json-types.js';
import type { ExchangeFilter } from '../../../src/interceptors/match/exchange-match.js';
import { maskedFilter } from '../../../src/interceptors/match/masked-filter.js';
import { createSecretNames } from '../../../src/secrets/secret-names.js';

const { isSecret } = createSecretNames(['PinCode', 'LAB_Door.Code'], (name) =>
  name === 'LAB_FireDoor' ? ['LAB_FireDoor', 'LAB_Door'] : [name],
);
const masked = (filter: ExchangeFilter, ...classNames: string[]) => maskedFilter(filter, isSecret, classNames);

it('masks what is secret by its name, of every class or of one and those below it', () => {
  const filter = {
    method: 'Open',
    selectors: { Name: 'a', PinCode: 7 },
    input: { UserPassword: 'x', Code: '1234', Size: 5 },
  };
  expect(masked(filter)).toEqual({
    ...filter,
    selectors: { Name: 'a', PinCode: '***' },
    input: { ...filter.input, UserPassword: '***' },
  });
  expect(masked(filter, 'LAB_FireDoor').input).toEqual({ UserPassword: '***', Code: '***', Size: 5 });
  expect(masked(filter, 'LAB_Window').input).toMatchObject({ Code: '1234' });
});

it('masks within paths, instances and lists of them, by the class that they say', () => {
  const door = { kind: 'instance', class: 'LAB_Door', properties: { Code: '1', Width: 2 } };
  const hidden = { ...door, properties: { Code: '***', Width: 2 } };
  expect(masked({ input: { Doors: [door, { ...door, class: 'LAB_Window' }] } }).input).toEqual({
    Doors: [hidden, { ...door, class: 'LAB_Window' }],
  });
  const instance: unknown = new CimInstance('LAB_Door', [['Code', '1']]);
  const path: unknown = new InstancePath({ className: 'LAB_Door', keys: [['PinCode', '2']] });
  expect(masked({ input: { At: path as Json, Was: instance as Json } }).input).toMatchObject({
    At: { class: 'LAB_Door', keys: { PinCode: '***' } },
    Was: { class: 'LAB_Door', properties: { Code: '***' } },
  });
});

it('leaves what hides nothing, and what a test runner compares by', () => {
  const any: unknown = expect.any(String);
  const input = { PinCode: null, Password: '', ApiKey: true, Name: any as Json };
  expect(masked({ input }).input).toEqual(input);
  expect(masked({ input: { PinCode: any as Json } }).input).toEqual({ PinCode: '***' });
});
