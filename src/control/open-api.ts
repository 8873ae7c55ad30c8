import { createNamespaces } from '../cim/contracts/namespaces.js';
import type { TestKit } from '../endpoint/test-kit.js';
import { packageVersion } from '../package/package-version.js';
import { controlApp } from './control-app.js';
import { DEFAULT_CONTROL_LIMITS } from './control-limits.js';
import { OutsideMethods } from './methods/outside-methods.js';

let made: Promise<unknown> | undefined;

/** The OpenAPI document of the control API, from the schemas of its routes. Made once, when it is asked for. */
export function openApiDocument(): Promise<unknown> {
  made ??= make();
  return made;
}

async function make(): Promise<unknown> {
  const { default: swagger } = await import('@fastify/swagger');
  const namespaces = createNamespaces([]);
  const app = await controlApp(
    {
      // No request ever reaches these routes.
      kit: {} as TestKit,
      kitOf: () => ({}) as TestKit,
      namespaces,
      namespace: '',
      methods: new OutsideMethods(namespaces, DEFAULT_CONTROL_LIMITS),
      spaces: undefined,
      facts: { user: '', lab: '', state: { kind: 'memory', place: 'none', wasFound: false } },
      exportLab: async () => ({ mof: '', instances: 0, classes: 0 }),
      backup: async function* () {},
      logger: SILENT,
      limits: DEFAULT_CONTROL_LIMITS,
      matcher: () => () => false,
      metrics: undefined,
      document: make,
      closing: new AbortController().signal,
    },
    async (app) => {
      await app.register(swagger, {
        openapi: {
          openapi: '3.1.0',
          info: {
            title: 'Cimulator control API',
            version: packageVersion(),
            description: 'What a test does with an endpoint, from another process: docs/control-api.md.',
          },
          components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
          security: [{ token: [] }],
        },
        refResolver: { buildLocalReference: ({ $id }) => String($id) },
      });
    },
  );
  const document: unknown = app.swagger();
  await app.close();
  // Without what TypeBox marks its schemas with.
  return JSON.parse(JSON.stringify(document), (_name, value: unknown) => (isTuple(value) ? asTuple(value) : value));
}

interface OldTuple {
  readonly items: readonly unknown[];
}

/** As TypeBox writes it: JSON Schema before 2020-12, which OpenAPI 3.1 goes by. */
function isTuple(value: unknown): value is OldTuple {
  return typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items);
}

function asTuple(value: OldTuple): object {
  const { items, additionalItems: _none, ...rest } = value as OldTuple & { additionalItems?: unknown };
  return { ...rest, prefixItems: items, items: false };
}

const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  isLevelEnabled: () => false,
};
