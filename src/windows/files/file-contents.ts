import type { InstanceReader, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { isCimArray } from '../../cim/model/cim-value.js';
import { notePath } from '../notes.js';

const NOTE = 'CIMULATOR_FileNote';

/** What is in a file, as bytes; undefined when nothing is known of it, which is so of nearly all files. @param name its path */
export async function contentOf(
  store: Pick<InstanceReader, 'get'>,
  name: string,
): Promise<readonly number[] | undefined> {
  const content = (await store.get(notePath(NOTE, name.toLowerCase())))?.get('Content') ?? null;
  return isCimArray(content) ? content.map(Number) : undefined;
}

/** Notes what is in a file. @param content bytes */
export async function putContent(store: InstanceTransaction, name: string, content: readonly number[]): Promise<void> {
  const path = notePath(NOTE, name.toLowerCase());
  await store.put(new CimInstance(NOTE, [...path.keys, ['Content', [...content]]], path));
}

/** A copy has in it what the file has. */
export async function copyContent(store: InstanceTransaction, name: string, to: string): Promise<void> {
  const content = await contentOf(store, name);
  if (content) await putContent(store, to, content);
}

export async function dropContent(store: InstanceTransaction, name: string): Promise<void> {
  await store.delete(notePath(NOTE, name.toLowerCase()));
}
