import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { printLab } from '../../src/lab/print-lab.js';
import { instancesIn, type Place } from '../../src/windows/derived-rows.js';
import type { Machine } from './machine.js';

/** The instances of classes that follow from others, as a text of a lab. */
export async function printRows(
  { store, namespaces }: Machine,
  head: string,
  places: readonly Place[],
): Promise<string> {
  const rows = await Promise.all(places.map(async (place) => sorted(await instancesIn(store, place))));
  const text = printLab(rows.flat(), (className, namespace) =>
    namespaces.getNamespace(namespace).schema.findClass(className),
  );
  return `// ${head} Written by a test: npx vitest run test/windows/network test/windows/smb -u.\n${text}`;
}

/** In one order, whatever was written first. */
function sorted(rows: readonly CimInstance[]): readonly CimInstance[] {
  const byName = (one: readonly [string, unknown], other: readonly [string, unknown]) => (one[0] < other[0] ? -1 : 1);
  const byPath = (one: CimInstance, other: CimInstance) => (String(one.path) < String(other.path) ? -1 : 1);
  return rows
    .map((row) => {
      const values = Array.from(row.properties).filter(([, value]) => value !== null);
      return new CimInstance(row.className, values.sort(byName), row.path);
    })
    .sort(byPath);
}
