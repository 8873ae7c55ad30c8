import { readFileSync } from 'node:fs';

/** The version in package.json, in the folder above this file in the sources and in the build alike. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}
