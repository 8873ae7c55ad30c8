import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentOf, putContent } from '../../../src/windows/files/file-contents.js';
import { createMachine, type Machine } from '../machine.js';

const FILE = 'c:\\tools\\readme.txt';
const path = (name: string) => `CIM_DataFile.Name="${name.replaceAll('\\', '\\\\')}"`;

describe('what is in a file', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await createMachine();
    await machine.store.transaction((store) => putContent(store, FILE, [1, 2, 3]));
  });
  afterEach(() => machine.close());
  const content = (name: string) => contentOf(machine.store, name);

  it('goes with it when it is renamed', async () => {
    await machine.call('Rename', path(FILE), { FileName: 'C:\\Tools\\other.txt' });
    expect([await content(FILE), await content('C:\\Tools\\other.txt')]).toEqual([undefined, [1, 2, 3]]);
  });

  it('is in a copy as well', async () => {
    await machine.call('Copy', path(FILE), { FileName: 'C:\\Tools\\other.txt' });
    expect([await content(FILE), await content('c:\\tools\\other.txt')]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('is gone with it', async () => {
    await machine.call('Delete', path(FILE));
    expect(await content(FILE)).toBeUndefined();
  });
});
