import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { contentOf, putContent } from '../files/file-contents.js';
import { parseFilePath } from '../files/file-path.js';
import { findFile, hasFolder, writeFile } from '../files/file-rows.js';
import { MethodRefusal } from '../method-refusal.js';
import { stored } from '../on-instance.js';
import { FveCode, ProtectorType } from './encryption-code.js';
import { bytesIn, idOf, KEY_TYPES, type KeyProtector } from './key-protectors.js';
import { namedProtector, ofVolume, open } from './of-volume.js';

/** What a file begins with that has an external key in it: the name of the form, which is our own. */
const MARK = [...Buffer.from('FVEKEY01', 'latin1')];
const KEY_BYTES = 32;
/** Those whose key the page lets save. */
const SAVED_TYPES = [ProtectorType.externalKey, ProtectorType.tpmAndStartupKey, ProtectorType.tpmAndPinAndStartupKey];

/** `6F9619FF-8B86-4D01-B42D-00CF4FC964FF.BEK`: what the file of a key protector is called. */
export function keyFileName(protector: KeyProtector): string {
  return `${idOf(protector).replace(/[{}]/g, '')}.BEK`;
}

/** The external key in a file; undefined when there is none in it. */
export function readKeyFile(content: readonly number[] | undefined): readonly number[] | undefined {
  const isOne = content?.length === MARK.length + KEY_BYTES && MARK.every((byte, at) => byte === content[at]);
  return isOne ? content.slice(MARK.length) : undefined;
}

/** External keys in files, of which a computer reads those on removable drives when it starts. */
export const keyFileMethods: Readonly<Record<string, MethodImplementation>> = {
  GetExternalKeyFileName: open(async (work) => ({ FileName: keyFileName(await namedProtector(work, KEY_TYPES)) })),

  SaveExternalKeyToFile: open(async (work) => {
    const { input, machine } = work;
    const protector = await namedProtector(work, SAVED_TYPES);
    const given = typeof input.Path === 'string' ? input.Path : '';
    const folder = parseFilePath(given.endsWith('\\') ? given : `${given}\\`);
    if (!folder || !(await hasFolder(machine, folder.name)))
      throw new MethodRefusal(FveCode.pathNotFound, 'Path names no folder of the computer');
    const at = parseFilePath(`${folder.name.replace(/\\$/, '')}\\${keyFileName(protector)}`);
    if (!at) throw new MethodRefusal(FveCode.pathNotFound, 'the path of the file would be too long');
    const content = [...MARK, ...(bytesIn(protector, 'ExternalKey') ?? [])];
    await writeFile(machine, at, BigInt(content.length), 'BEK File');
    const file = stored(await findFile(machine, at.name));
    if (file) await machine.store.put(file.with({ System: true, Hidden: true, Writeable: false }));
    await putContent(machine.store, at.name, content);
    return {};
  }),

  GetExternalKeyFromFile: ofVolume(async ({ input, machine }) => {
    const at = typeof input.PathWithFileName === 'string' ? parseFilePath(input.PathWithFileName) : undefined;
    if (!at || !(await findFile(machine, at.name)))
      throw new MethodRefusal(FveCode.fileNotFoundResult, 'PathWithFileName names no file of the computer');
    const ExternalKey = readKeyFile(await contentOf(machine.store, at.name));
    if (!ExternalKey) throw new MethodRefusal(FveCode.invalidArgument, 'there is no external key in the file');
    return { ExternalKey };
  }),
};
