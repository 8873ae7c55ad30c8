import { expect, test } from 'vitest';
import type { MofDialectChoice } from '../../src/mof/dialect.js';
import { MofError, MofErrors } from '../../src/mof/mof-error.js';
import { compileWithHint } from '../../src/mof/windows-hint.js';

const wrong = new MofErrors([new MofError('a.mof', 1, 1, 'wrong')]);

/** What comes of files that compile in some dialects. */
function outcome(dialect: MofDialectChoice, taking: readonly MofDialectChoice[]) {
  try {
    return compileWithHint(dialect, (chosen) => {
      if (taking.includes(chosen)) return chosen;
      throw wrong;
    });
  } catch (error) {
    return error instanceof MofErrors ? [error.message, error.hint] : error;
  }
}

test('files that only the dialect of Windows takes are told so, with their errors', () => {
  expect(outcome('dmtf', ['windows'])).toEqual(['a.mof:1:1: wrong', 'with --dialect windows they are taken']);
  expect(outcome('auto', ['windows'])).toEqual(['a.mof:1:1: wrong', 'with --dialect windows they are taken']);
});

test('others are not', () => {
  expect(outcome('auto', ['auto', 'windows'])).toBe('auto');
  expect(outcome('dmtf', [])).toEqual(['a.mof:1:1: wrong', undefined]);
  expect(outcome('windows', [])).toEqual(['a.mof:1:1: wrong', undefined]);
});
