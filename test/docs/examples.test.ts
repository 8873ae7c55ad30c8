import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkTypescript, RESOLUTIONS } from '../support/check-typescript.js';
import { findExamples } from '../support/markdown-examples.js';
import { printExampleTypes } from '../support/print-example-types.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

const documents = ['README.md', ...list('docs').filter((file) => file.endsWith('.md'))];
const sources = list('src').filter((file) => file.endsWith('.ts') && !file.includes('/generated/'));

function list(folder: string): readonly string[] {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`);
}

/**
 * What an example may use without saying so: the things that the pages speak of throughout. A global, so that an example which
 * declares one of the names itself has its own.
 */
const PREAMBLE = `
import type * as cimulator from 'cimulator';
declare global {
  const startEndpoint: typeof cimulator.startEndpoint;
  const createClient: typeof cimulator.createClient;
  const defineProvider: typeof cimulator.defineProvider;
  const parseInstancePath: typeof cimulator.parseInstancePath;
  type ProviderOf<C extends string> = cimulator.ProviderOf<C>;
  const client: cimulator.WsmanClient;
  const service: cimulator.InstancePath;
  const SourceSystem: cimulator.InstancePath;
  const TargetSystem: cimulator.InstancePath;
  const password: string;
  const uri: string;
  const XmlWriter: typeof import('../src/xml/xml-writer.js').XmlWriter;
}
`;

/** The files that the pages speak of: the provider of fixtures/examples, and the types of its class. */
async function thermostat(): Promise<readonly (readonly [name: string, text: string])[]> {
  return [
    ['thermostat.mjs', readFileSync(`${root}fixtures/examples/thermostat.mjs`, 'utf8')],
    ['thermostat-types.ts', await printExampleTypes('thermostat.mof')],
  ];
}

/** JavaScript has no way to say the type of a parameter but in a comment. */
function isUntypedParameter(file: string, problem: string): boolean {
  return file.endsWith('.js') && /Parameter '\w+' implicitly has an 'any' type/.test(problem);
}

interface Place {
  readonly where: string;
  readonly file: string;
}

const places: Place[] = [{ where: 'fixtures/examples/thermostat.mjs', file: 'thermostat.mjs' }];
const files = new Map<string, string>([['preamble.ts', PREAMBLE]]);
for (const document of [...documents, ...sources]) {
  for (const { language, line, code } of findExamples(readFileSync(`${root}${document}`, 'utf8'))) {
    const file = `${document.replaceAll(/[/.]/g, '-')}-${line}.${language}`;
    places.push({ where: `${document}:${line}`, file });
    files.set(file, `${code}\nexport {};\n`);
  }
}

describe.each(RESOLUTIONS)('each example in documents and comments is right in a strict program (%s)', (resolution) => {
  let found: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    found = checkTypescript(new Map([...files, ...(await thermostat())]), resolution);
  }, 120_000);

  it.each(places)('$where', ({ file }) => {
    expect(found.get(file)?.filter((problem) => !isUntypedParameter(file, problem))).toEqual([]);
  });
});
