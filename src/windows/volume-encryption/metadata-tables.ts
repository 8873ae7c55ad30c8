import type { MethodTable, TableValues } from '../method-table.js';
import { because, objectPath } from '../table-paths.js';
import { FveCode } from './encryption-code.js';
import {
  hasFile,
  Id,
  ifLocked,
  ifPlain,
  KEY,
  PLAIN,
  PROTECTED,
  PROTECTED_NOTE,
  policy,
  refused,
  table,
  tells,
} from './table-volumes.js';

const id = (VolumeKeyProtectorID: string) => ({ VolumeKeyProtectorID });
const NAME = `${Id.external.replace(/[{}]/g, '')}.BEK`;
const PATH = `c:\\tools\\${NAME.toLowerCase()}`;
const save = (Path: string, protector: string = Id.external) => ({ ...id(protector), Path });
const ofType = (input: TableValues) => refused('invalidArgument', 'the key protector has no external key', { input });
/** The page has the decimal form of the code with a digit missing. */
const MISPRINTED = because('the method has no parameter that could be wrong', 214_794_287);
const vista = { set: PROTECTED_NOTE, to: { Version: 1 } };
const field = (IdentificationField: string) => ({ IdentificationField });

/** Methods of what BitLocker writes on a volume, and into files. */
export const metadataTables: readonly MethodTable[] = [
  table('GetExternalKeyFileName', [
    tells('it has an external key', { FileName: NAME }, { input: id(Id.external) }),
    ...[ofType(id(Id.password)), ifLocked(id(Id.external)), ifPlain(id(Id.none))],
  ]),
  table('SaveExternalKeyToFile', [
    {
      ...{ code: FveCode.success, when: 'there is the folder', input: save('C:\\Tools') },
      shows: [
        {
          get: objectPath('CIM_DataFile', { Name: PATH }),
          has: { System: true, Hidden: true, Writeable: false, Extension: 'bek' },
        },
        {
          call: { method: 'GetExternalKeyFromFile', on: PROTECTED, input: { PathWithFileName: PATH } },
          answers: { ExternalKey: KEY },
        },
      ],
    },
    refused('pathNotFound', 'there is no such folder', { input: save('C:\\None') }),
    ...[ofType(save('C:\\Tools', Id.password)), ifLocked(save('C:\\Tools')), ifPlain(save('C:\\Tools'))],
  ]),
  table('GetExternalKeyFromFile', [
    tells(
      'there is one in it',
      { ExternalKey: KEY },
      {
        given: [{ call: { method: 'SaveExternalKeyToFile', on: PROTECTED, input: save('C:\\Tools') } }],
        input: { PathWithFileName: PATH },
      },
    ),
    refused('fileNotFoundResult', 'there is no such file', { input: { PathWithFileName: 'c:\\none.bek' } }),
    refused('invalidArgument', 'there is no external key in it', {
      ...{ given: hasFile('c:\\tools\\other.bek', [1]), input: { PathWithFileName: 'c:\\tools\\other.bek' } },
    }),
  ]),
  table('PrepareVolume', [
    {
      ...{ code: FveCode.success, when: 'nothing of the volume is encrypted', on: PLAIN },
      input: { DiscoveryVolumeType: 'FAT32', ForceEncryptionType: 1 },
      shows: [
        { call: { method: 'GetVersion', on: PLAIN }, answers: { Version: 2 } },
        { get: PLAIN, has: { IsVolumeInitializedForProtection: false } },
      ],
    },
    refused('invalidArgument', 'DiscoveryVolumeType is none of those of the page, or hardware is to encrypt it', {
      ...{ on: PLAIN, input: { DiscoveryVolumeType: '<none>', ForceEncryptionType: 2 } },
    }),
    refused('notDecrypted', 'the volume is encrypted', { input: { DiscoveryVolumeType: '<default>' } }),
  ]),
  table(
    'GetVersion',
    [
      tells('as Windows 7 has it', { Version: 2 }),
      tells('as Windows Vista has it', { Version: 1 }, { given: [vista] }),
      tells('of a plain volume', { Version: 0 }, { on: PLAIN }),
      refused('invalidData', 'it is another one', { given: [{ set: PROTECTED_NOTE, to: { Version: 3 } }] }),
    ],
    MISPRINTED,
  ),
  table(
    'UpgradeVolume',
    [
      {
        ...{ code: FveCode.success, when: 'the volume is as Windows Vista has it', given: [vista] },
        shows: [{ call: { method: 'GetVersion', on: PROTECTED }, answers: { Version: 2 } }],
      },
      ...[ifLocked(), ifPlain()],
    ],
    MISPRINTED,
  ),
  table('GetIdentificationField', [
    tells('always', field('Lab'), { given: [{ set: PROTECTED_NOTE, to: field('Lab') }] }),
    ...[ifLocked(), ifPlain()],
  ]),
  table('SetIdentificationField', [
    {
      ...{ code: FveCode.success, when: 'it is given', input: field('Lab') },
      shows: [{ call: { method: 'GetIdentificationField', on: PROTECTED }, answers: field('Lab') }],
    },
    {
      ...{ code: FveCode.success, when: 'it is not: that of group policy' },
      given: [policy('IdentificationFieldString', 'Policy')],
      shows: [{ call: { method: 'GetIdentificationField', on: PROTECTED }, answers: field('Policy') }],
    },
    ...[ifLocked(), ifPlain()],
  ]),
];
