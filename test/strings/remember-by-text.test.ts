import { expect, test } from 'vitest';
import { rememberByText } from '../../src/strings/remember-by-text.js';

function counted(bounds?: { readonly entries?: number; readonly length?: number }) {
  const asked: string[] = [];
  const remembered = rememberByText((text) => {
    asked.push(text);
    return text.length;
  }, bounds);
  return { asked, remembered };
}

test('a text is computed once', () => {
  const { asked, remembered } = counted();
  expect([remembered('some'), remembered('text'), remembered('some')]).toEqual([4, 4, 4]);
  expect(asked).toEqual(['some', 'text']);
});

test('no more texts are kept than allowed', () => {
  const { asked, remembered } = counted({ entries: 2 });
  for (const text of ['a', 'b', 'c', 'c', 'a']) remembered(text);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});

test('a text that is too long is computed each time', () => {
  const { asked, remembered } = counted({ length: 3 });
  for (const text of ['long', 'abc', 'long', 'abc']) remembered(text);
  expect(asked).toEqual(['long', 'abc', 'long']);
});

test('of a text that comes to nothing nothing is kept', () => {
  let times = 0;
  const remembered = rememberByText(() => {
    times += 1;
    return undefined;
  });
  expect([remembered('no'), remembered('no'), times]).toEqual([undefined, undefined, 2]);
});

test('an error is thrown each time', () => {
  const remembered = rememberByText((text) => {
    throw new RangeError(text);
  });
  expect(() => remembered('no')).toThrow(RangeError);
  expect(() => remembered('no')).toThrow(RangeError);
});
