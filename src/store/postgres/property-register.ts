import type { Session } from './database.js';
import { fromStorable } from './storable-text.js';

/** One property of one class that has an index. All names are folded. */
export interface PropertyIndex {
  readonly id: number;
  readonly namespace: string;
  readonly className: string;
  readonly property: string;
}

/** Which properties have an index: everybody who commits writes into them, and so has to know of all. */
export interface PropertyRegister {
  /** `state.register`: a commit with another one than the state has does not count. */
  readonly number: number;
  indicesOf(namespace: string, className: string): readonly PropertyIndex[];
}

const NONE: readonly PropertyIndex[] = [];

/** Of a state in which no property has an index. */
export const NO_PROPERTIES: PropertyRegister = { number: 0, indicesOf: () => NONE };

/** @param schema quoted */
export async function readRegister(session: Session, schema: string): Promise<PropertyRegister> {
  const rows = await session.query(
    `SELECT s.register, x.id, x.namespace, x.class, x.property FROM ${schema}.state s LEFT JOIN ${schema}.property_indices x ON true`,
  );
  const byClass = new Map<string, PropertyIndex[]>();
  for (const [, id, namespace, className, property] of rows) {
    if (id === null) continue;
    const text = (value: string | null | undefined) => fromStorable(value ?? '');
    const index = { id: Number(id), namespace: text(namespace), className: text(className), property: text(property) };
    const key = keyOf(index.namespace, index.className);
    byClass.set(key, [...(byClass.get(key) ?? []), index]);
  }
  return {
    number: Number(rows[0]?.[0] ?? 0),
    indicesOf: (namespace, className) => byClass.get(keyOf(namespace, className)) ?? NONE,
  };
}

function keyOf(namespace: string, className: string): string {
  return `${namespace.length}:${namespace}${className}`;
}
