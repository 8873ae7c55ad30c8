import type { TObject, TSchema, Type } from '@sinclair/typebox';
import { flagOf, type Setting, variableOf } from './setting.js';
import { SETTING_GROUPS } from './setting-groups.js';

/** The format that this version reads and writes. */
export const CONFIGURATION_VERSION = 1;

/** What a file of settings may say: one member for each setting, by its name, and the version of the format. */
export async function configurationSchema(): Promise<TObject> {
  const { Type } = await import('@sinclair/typebox');
  const rows = Object.values(SETTING_GROUPS).flatMap((group) => Object.entries<Setting<unknown>>(group));
  const members: Record<string, TSchema> = {
    $schema: Type.Optional(Type.String({ description: 'where an editor finds this schema' })),
    version: Type.Literal(CONFIGURATION_VERSION, { description: 'of the format of this file' }),
  };
  for (const [name, row] of rows) members[name] = Type.Optional(memberSchema(Type, name, row));
  return Type.Object(members, {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of Cimulator',
    description:
      'What the flags of cimulator serve and their variables can say. The command line wins, then the environment.',
    additionalProperties: false,
  });
}

function memberSchema(type: typeof Type, name: string, row: Setting<unknown>): TSchema {
  const description = `${row.text} (${flagOf(name)}, ${variableOf(name)})`;
  const isSaid = row.said?.page !== undefined;
  const isDefaultKnown = row.default !== undefined && !isSaid;
  return { ...row.kind.schema(type), description, ...(isDefaultKnown && { default: row.default }) };
}

/** The schema as it is given to editors: plain JSON Schema. */
export async function printConfigurationSchema(): Promise<string> {
  return `${JSON.stringify(await configurationSchema(), undefined, 2)}\n`;
}
