import { expect, it } from 'vitest';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { plainValues } from '../../src/cimjson/plain-values.js';
import { createSecrets } from '../../src/secrets/secrets.js';

const secrets = createSecrets(['LAB_Door.Code']);
const mask = (values: Record<string, CimValue>, className?: string) =>
  plainValues(secrets.begin().values(Object.entries(values), className));

it('masks what has the name of a secret, whatever its type', () => {
  expect(mask({ Password: 'a', CHAPSecret: ['a', 'b'], SharedSecret: [1, 2], ApiKey: 5n, Name: 'a' })).toEqual({
    ...{ Password: '***', CHAPSecret: '***', SharedSecret: '***', ApiKey: '***', Name: 'a' },
  });
});

it('leaves what hides nothing', () => {
  const moment = CimDateTime.parse('20261129200000.000000+000');
  expect(mask({ Password: null, Secret: '', UserPassword: true, OldPassword: moment, Pwd: [] })).toEqual({
    ...{ Password: null, Secret: '', UserPassword: true, OldPassword: moment.toString(), Pwd: [] },
  });
});

it('masks within embedded instances, arrays of them and paths, by their own classes', () => {
  const door = new CimInstance('LAB_Door', Object.entries({ Code: '1234', Name: 'a' }));
  const path = new InstancePath({ className: 'LAB_Door', keys: { Code: '1234', Name: 'a' } });
  expect(mask({ Doors: [door, null], Door: path, Code: 'shown' }, 'LAB_House')).toMatchObject({
    Doors: [{ properties: { Code: '***', Name: 'a' } }, null],
    Door: { keys: { Code: '***', Name: 'a' } },
    Code: 'shown',
  });
  expect(mask({ Code: '1234' }, 'LAB_Door')).toEqual({ Code: '***' });
});

it('masks within strings that carry an instance or a query', () => {
  const text = '<INSTANCE CLASSNAME="LAB_Door"><PROPERTY NAME="Code"><VALUE>1234</VALUE></PROPERTY></INSTANCE>';
  expect(mask({ Settings: text, Query: "SELECT * FROM A WHERE Password='b'", Name: 'a=b' })).toEqual({
    Settings: '<INSTANCE CLASSNAME="LAB_Door"><PROPERTY NAME="Code">***</PROPERTY></INSTANCE>',
    Query: "SELECT * FROM A WHERE Password='***'",
    Name: 'a=b',
  });
});
