import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { UuidPosition } from '../cim/contracts/uuid-source.js';
import { CimError } from '../cim/model/cim-error.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { CimJsonError } from '../cimjson/cim-json-error.js';
import { decodeInstance } from '../cimjson/decode.js';
import { readList, readObject, readText, wrong } from '../cimjson/read-json.js';
import { writeInstance } from '../cimjson/write-instance.js';
import { checkStored } from './prepare-instance.js';
import type { ModelContent } from './snapshot.js';
import { SnapshotError } from './snapshot-error.js';

const MEMBERS: ReadonlySet<string> = new Set(['names', 'instances']);
const NAME_MEMBERS: ReadonlySet<string> = new Set(['row', 'count']);

/** The JSON of what a snapshot holds, instances in the form of docs/json.md. */
export function writeModelContent({ instances, names }: ModelContent, namespaces: Namespaces): string {
  const texts = instances.map((instance) => {
    const schema = namespaces.findNamespace(instance.path?.namespace ?? '')?.schema;
    return writeInstance(instance, (name) => schema?.findClass(name));
  });
  return `{"names":${JSON.stringify(names ?? null)},"instances":[${texts.join(',')}]}`;
}

/** @throws SnapshotError for what is no such JSON, and for instances that their classes do not have */
export function readModelContent(text: string, namespaces: Namespaces): ModelContent {
  try {
    const object = readObject(JSON.parse(text), '', MEMBERS);
    const instances = readList(object.instances, 'instances').map((json, at) => read(json, at, namespaces));
    return { instances, names: readPosition(object.names) };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof CimJsonError)) throw error;
    throw new SnapshotError(`the snapshot cannot be read: ${error.message}`);
  }
}

/** @throws CimJsonError */
function read(json: unknown, at: number, namespaces: Namespaces): CimInstance {
  const place = `instances[${at}]`;
  const instance = decodeInstance(json, place);
  try {
    checkStored(instance, namespaces);
  } catch (error) {
    if (!(error instanceof CimError)) throw error;
    throw new CimJsonError(place, error.message);
  }
  return instance;
}

/** @throws CimJsonError */
function readPosition(json: unknown): UuidPosition | undefined {
  if (json === null) return undefined;
  const object = readObject(json, 'names', NAME_MEMBERS);
  const { count } = object;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0)
    throw wrong(count, 'names.count', 'a whole number');
  return { row: readText(object, 'row', 'names'), count };
}
