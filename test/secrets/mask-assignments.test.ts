import { expect, it } from 'vitest';
import { maskAssignments } from '../../src/secrets/mask-assignments.js';

const isSecret = (name: string) => /^(password|secret)$/i.test(name);

function mask(text: string) {
  const found: string[] = [];
  return { masked: maskAssignments(text, isSecret, (value) => found.push(value)), found };
}

it.each([
  ['Password = "hun\\"ter";', 'Password = "***";', 'hun\\"ter'],
  ["SELECT * FROM X WHERE Name = 'a' AND Secret='b'", "SELECT * FROM X WHERE Name = 'a' AND Secret='***'", 'b'],
  ["WHERE 'b' = Secret AND Name = 'a'", "WHERE '***' = Secret AND Name = 'a'", 'b'],
  ["WHERE Secret LIKE 'b%'", "WHERE Secret LIKE '***'", 'b%'],
  ['LAB_Key.Secret="b",Name="a"', 'LAB_Key.Secret="***",Name="a"', 'b'],
  ['Secret = {1, 2};', 'Secret = ***;', '{1, 2}'],
  ['Secret = 12', 'Secret = ***', '12'],
  ['net use -Password b -Name a', 'net use -Password *** -Name a', 'b'],
  ["x --password 'b c' y", "x --password '***' y", 'b c'],
  ['https://user:b@host/a', 'https://user:***@host/a', 'b'],
  ['Password = "cut off', 'Password = "***"', 'cut off'],
  ['Password = "cut off\\', 'Password = "***"', 'cut off\\'],
  ['{"Name":"a","Password": "b"}', '{"Name":"a","Password": "***"}', 'b'],
  ['Server=a;Password=b;Port=1', 'Server=a;Password=***;Port=1', 'b'],
  ['LAB_Key?Password=b+Name=a', 'LAB_Key?Password=***+Name=a', 'b'],
  ["WHERE UpperCase(Secret) = 'b'", "WHERE UpperCase(Secret) = '***'", 'b'],
  ["WHERE Secret IN ('b') AND Name = 'a'", "WHERE Secret IN *** AND Name = 'a'", 'b'],
  ["WHERE Secret IN ('b", 'WHERE Secret IN ***', undefined],
])('%s becomes %s', (text, masked, value) => {
  expect(mask(text)).toEqual({ masked, found: value === undefined ? [] : [value] });
});

it('masks both ends of a range, and all of a list', () => {
  expect(mask("Secret NOT BETWEEN 'b' AND 'c' OR x = 1")).toEqual({
    masked: 'Secret NOT BETWEEN *** OR x = 1',
    found: ['b', 'c'],
  });
  expect(mask("Secret not in ('b', 'c')").found).toEqual(['b', 'c']);
});

it.each([
  'Name = "Password"',
  'Password',
  'Password = NULL',
  "it's 'Password'",
  'x = 1',
  'password: none',
  'Password = $key',
])('%s stays', (text) => {
  expect(mask(text)).toEqual({ masked: text, found: [] });
});

/** 0.4 s of the processor where nothing else runs; were it by the square of the length, minutes. */
it('takes time in proportion to the length', () => {
  const began = process.cpuUsage();
  for (const piece of [
    "a='",
    'a="\\',
    '{',
    '1',
    '1.',
    'a ',
    '=',
    '" ',
    'a in (',
    "a in ('",
    'a between 1 and ',
    'a":',
    'a)=',
    'a=b',
    ' not ',
  ])
    mask(piece.repeat(50_000));
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1e6).toBeLessThan(3);
});
