import type { CimType } from '../cim/model/cim-type.js';
import type { OperationCall } from './operation.js';

type TypeOf = (name: string) => CimType | undefined;

/** The types that a class declares for its properties, when there is a value without its type; else nothing is asked for. */
export async function propertyTypes(
  { client, namespace }: OperationCall,
  className: string,
  values: unknown,
): Promise<TypeOf | undefined> {
  if (!lacksType(values)) return undefined;
  const declared = await client.knownClass(className, namespace);
  return (name) => declared?.properties.get(name)?.type;
}

/** The types that a method declares for its parameters, likewise. */
export async function parameterTypes(
  { client, namespace }: OperationCall,
  [className, method]: readonly [className: string, method: string],
  values: unknown,
): Promise<TypeOf | undefined> {
  if (!lacksType(values)) return undefined;
  const declared = await client.knownClass(className, namespace);
  return (name) => declared?.methods.get(method)?.parameters.get(name)?.type;
}

function lacksType(values: unknown): boolean {
  if (typeof values !== 'object' || values === null) return false;
  return Object.values(values).some((value) => typeof value === 'object' && value !== null && !('type' in value));
}
