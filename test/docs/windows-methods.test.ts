import { describe, expect, it } from 'vitest';
import type { CimMethod } from '../../src/cim/model/cim-class.js';
import type { Schema } from '../../src/cim/schema/schema.js';
import { isReached, type MethodTable } from '../../src/windows/method-table.js';
import { methodTables } from '../../src/windows/method-tables.js';
import { createMachine } from '../windows/machine.js';

/** What a class calls a code; undefined for one that it does not name. */
function labelOf(method: CimMethod | undefined, code: number): string | undefined {
  const [codes, labels] = ['ValueMap', 'Values'].map(
    (name) => method?.qualifiers.get(name)?.value as string[] | undefined,
  );
  return labels?.[codes?.indexOf(String(code)) ?? -1];
}

function section({ className, method, codes }: MethodTable, schema: Schema): string {
  const declared = schema.getClass(className).methods.get(method);
  const rows = codes.map((row) => {
    const how = isReached(row) ? row.when : `– (${row.because})`;
    if (isReached(row) && row.isError) return `| 0x${row.code.toString(16)} | error | ${how} |`;
    return `| ${row.code} | ${labelOf(declared, row.code) ?? ''} | ${how} |`;
  });
  return `### ${method}\n\n| code | | when |\n|---|---|---|\n${rows.join('\n')}\n`;
}

function page(schemaOf: (namespace: string) => Schema): string {
  const classes = [...new Set(methodTables.map(({ className }) => className))];
  const sections = classes.map((className) => {
    const own = methodTables.filter((table) => table.className === className);
    return `## ${className}\n\n${own.map((table) => section(table, schemaOf(table.namespace))).join('\n')}`;
  });
  return `# Windows' classes: what methods answer, and when

The methods of Windows' classes that do their work, with each code that is documented for them and the state that leads to it. A dash: nothing leads to it, for the
reason beside it; a [rule](breaking-things.md) of the test kit gives any code. A test goes through all of it, reaches every code, and looks after 0 whether a fresh
Get, the associations and related classes show what was done (\`test/windows/method-tables.test.ts\`). Beside a code *error* says that the call ends with a CIM
error of this HRESULT. Methods that are not here answer the code that their page has for a method that is not supported, or that they are not available.

Nothing is ever run, and nothing of the machine that the endpoint runs on is asked or touched: services, processes and files are those of the lab.

This page is written from the tables in \`src/windows\`: \`npx vitest run test/docs/windows-methods.test.ts -u\`.

${sections.join('\n')}`;
}

describe('docs/windows-methods.md', () => {
  it('says of each method which codes it answers, and when', async () => {
    const { namespaces, close } = await createMachine();
    await expect(page((namespace) => namespaces.getNamespace(namespace).schema)).toMatchFileSnapshot(
      '../../docs/windows-methods.md',
    );
    await close();
  });
});
