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
  ['Password = "cut off', 'Password = "***"', 'cut off'],
  ['Password = "cut off\\', 'Password = "***"', 'cut off\\'],
])('%s becomes %s', (text, masked, value) => {
  expect(mask(text)).toEqual({ masked, found: [value] });
});

it.each(['Name = "Password"', 'Password', 'Password = NULL', "it's 'Password'", 'x = 1'])('%s stays', (text) => {
  expect(mask(text)).toEqual({ masked: text, found: [] });
});

it('takes time in proportion to the length', () => {
  const began = performance.now();
  for (const piece of ["a='", 'a="\\', '{', '1', '1.', 'a ', '=', '" ']) mask(piece.repeat(200_000));
  expect(performance.now() - began).toBeLessThan(3000);
});
