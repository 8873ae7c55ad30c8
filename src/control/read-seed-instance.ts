import type { CimInstance } from '../cim/model/cim-instance.js';
import { CimJsonError } from '../cimjson/cim-json-error.js';
import { placeOf, readName, readObject, readOptional, readText } from '../cimjson/read-json.js';
import type { DescribedModel } from './described-model.js';

const MEMBERS: ReadonlySet<string> = new Set(['kind', 'namespace', 'class', 'path', 'properties']);

/**
 * An instance to begin with: that of docs/json.md, whose values may be plain; the path is what its keys make.
 *
 * @throws CimJsonError, ControlError with the place in the body
 */
export function readSeedInstance(json: unknown, model: DescribedModel, place: string): CimInstance {
  const object = readObject(json, place, MEMBERS);
  try {
    const space = model.spaceOf(readOptional(readText, object, 'namespace', ''));
    const cimClass = model.classOf(space, readName(object, 'class', ''));
    return model.newInstance(space, cimClass, model.readProperties(object.properties ?? {}, space, cimClass));
  } catch (error) {
    throw within(error, place);
  }
}

/** The same error with the whole place. */
function within(error: unknown, place: string): unknown {
  if (!(error instanceof Error)) return error;
  const { place: inner = '', nearest } = error as Error & { place?: string; nearest?: string };
  if (inner === '') return new CimJsonError(place, error.message);
  return new CimJsonError(placeOf(place, inner), error.message.replace(`${inner}: `, ''), nearest);
}
