import { beforeAll, describe, expect, it } from 'vitest';
import { checkTypescript, RESOLUTIONS } from '../support/check-typescript.js';
import { printExampleTypes } from '../support/print-example-types.js';

const head =
  "import type {} from './printer-types.js';\nimport { createClient, defineProvider, parseInstancePath, type Provider, type ProviderOf, startEndpoint } from 'cimulator';\n";
const client =
  "const client = createClient({ url: 'http://localhost' });\nconst path = parseInstancePath('ACME_Printer.PrinterID=\"p-1\"');\n";
const define = (methods: string, more = '') => `defineProvider('ACME_Printer', { methods: { ${methods} }, ${more} });`;

/** Programs of users that have the types of fixtures/examples/printer.mof. */
const right: Readonly<Record<string, string>> = {
  'a provider with the type of its class': `
    export const printer: ProviderOf<'ACME_Printer'> = {
      className: 'ACME_Printer',
      methods: {
        async Print({ Text, Copies }, { instance, store }) {
          if (Text.length > 100) return { ReturnValue: 2 };
          const PagesPrinted = BigInt(Copies ?? 1);
          await store.put(instance.with({ Pages: (instance.get('Pages') ?? 0n) + PagesPrinted }));
          return { ReturnValue: 0, PagesPrinted };
        },
      },
      instances: {
        async create(instance, { newUuid }) {
          return instance.with({ PrinterID: instance.getString('PrinterID') ?? newUuid() });
        },
        modify: ['Place'],
        delete: true,
      },
    };
    await startEndpoint({ providers: [printer, { namespace: 'root/x', provider: printer }] });`,
  'a defined provider, whose methods and rules may be synchronous': `
    const printer: Provider = ${define(
      'Print({ Text }) { return { ReturnValue: Text.length }; }, CountPrinters(_input, { instance }) { return { ReturnValue: instance ? 1 : 0, Count: 5 }; }',
      'instances: { create: (instance) => instance.with({ Place: instance.get("Place") }), delete: () => {} }',
    )}
    await startEndpoint({ providers: [printer] });`,
  'a provider that checks by itself what is required': define(
    'Print({ Text }) { const text: string | null | undefined = Text; return { ReturnValue: text ? 0 : 1 }; }',
    "requiredParameters: 'unchecked'",
  ),
  'providers of a class that nobody knows': `
    const one = defineProvider('LAB_Other', {
      methods: { Do({ A }, { instance }) { return { ReturnValue: typeof A === 'number' ? A : (instance?.get('X') ?? 0) }; } },
    });
    const two: Provider = { className: 'LAB_Other', methods: { Do: ({ A }) => ({ ReturnValue: A ?? 0 }) } };
    await startEndpoint({ providers: [one, two] });`,
  'a call of a method of an instance': `${client}
    const { outputs } = await client.invoke<'ACME_Printer', 'Print'>(path, 'Print', { Text: 'x', Copies: 2 });
    export const pages: bigint | null | undefined = outputs.get('PagesPrinted');`,
  'a call of a static method': `${client}
    const { returnValue, outputs } = await client.invoke('ACME_Printer', 'CountPrinters');
    export const code: number | undefined = returnValue;
    export const since: string | undefined = outputs.get('Since')?.toString();`,
  'a call of a class that nobody knows': `${client}
    const { outputs } = await client.invoke('LAB_Other', 'Do', { A: 1 }, { values: 'text' });
    export const value = outputs.get('B');`,
  'an instance that a client fetched': `${client}
    const printer = await client.get<'ACME_Printer'>(path);
    export const pages: bigint | null = printer.get('Pages');
    export const id: string = printer.get('PrinterID');`,
};

const wrong: Readonly<Record<string, readonly [program: string, message: RegExp]>> = {
  'a misspelt method': [define('Prnt() { return { ReturnValue: 0 }; }'), /'Prnt' does not exist/],
  'a misspelt parameter': [define('Print({ Txt }) { return { ReturnValue: 0 }; }'), /'Txt' does not exist/],
  'an output of another type': [define('Print() { return { ReturnValue: 0, PagesPrinted: 1 }; }'), /'number'/],
  'a method without ReturnValue': [define('Print() { return { PagesPrinted: 1n }; }'), /'ReturnValue' is missing/],
  'a misspelt property': [
    define("Print(_input, { instance }) { instance.get('Pagez'); return { ReturnValue: 0 }; }"),
    /"Pagez"/,
  ],
  'a property of another type': [
    define('Print(_input, { instance }) { instance.with({ Pages: 1 }); return { ReturnValue: 0 }; }'),
    /'number'/,
  ],
  'a key that is NULL': [
    define('Print(_input, { instance }) { instance.with({ PrinterID: null }); return { ReturnValue: 0 }; }'),
    /'null'/,
  ],
  'a misspelt property in a rule': [define('', "instances: { modify: ['Plaec'] }"), /"Plaec"/],
  'a misspelt rule': [define('', 'instances: { creat: true }'), /'creat' does not exist/],
  'a call without a required parameter': [
    `${client}await client.invoke<'ACME_Printer', 'Print'>(path, 'Print', {});`,
    /'Text' is missing/,
  ],
};

const name = (what: string) => `${what.replaceAll(' ', '-')}.ts`;
const files = new Map(
  [...Object.entries(right), ...Object.entries(wrong).map(([what, [text]]) => [what, text] as const)].map(
    ([what, text]) => [name(what), `${head}${text}\nexport {};\n`] as const,
  ),
);

describe.each(RESOLUTIONS)(
  'the types of a class that cimulator types wrote, in a strict program (%s)',
  (resolution) => {
    let found: ReadonlyMap<string, readonly string[]>;
    beforeAll(async () => {
      const types = await printExampleTypes('printer.mof');
      found = checkTypescript(new Map([...files, ['printer-types.ts', types]]), resolution);
    }, 120_000);

    it.each(['printer-types.ts', ...Object.keys(right).map(name)])('take %s', (file) => {
      expect(found.get(file)).toEqual([]);
    });

    it.each(Object.entries(wrong))('refuse %s', (what, [, message]) => {
      expect(found.get(name(what))?.join('\n')).toMatch(message);
    });
  },
);
