import { InvalidArgumentError } from 'commander';

/** Names parted by commas. */
export function parseNames(value: string): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.every((name) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))) return names;
  throw new InvalidArgumentError('Expected names parted by commas.');
}
