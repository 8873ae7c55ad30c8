import { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { FILE_CLASS, FOLDER_CLASS } from '../files/file-rows.js';
import { allOf, type MachineContext, type MachineReader } from '../machine.js';
import { findNote, note } from '../notes.js';
import { uint64Of } from '../uint64-of.js';
import { bytesOf } from './volume-rows.js';

export const VOLUME_NOTE = 'CIMULATOR_VolumeNote';
/** Percent of the files of a volume that lie in pieces until somebody defragments it. */
const USUAL_FRAGMENTATION = 12;
/** Windows recommends it above so many percent. */
const WORTHWHILE = 10;

/** Percent of files in pieces. */
async function fragmentation(volume: CimInstance, context: MachineReader): Promise<number> {
  const noted = (await findNote(context, VOLUME_NOTE, deviceOf(volume)))?.get('FilePercentFragmentation');
  return typeof noted === 'number' ? noted : USUAL_FRAGMENTATION;
}

/** From now on the files of a volume lie in one piece each. */
export async function noteDefragmented(volume: CimInstance, context: MachineContext): Promise<void> {
  await note(context, VOLUME_NOTE, { FilePercentFragmentation: 0 }, deviceOf(volume));
}

export async function isFragmented(volume: CimInstance, context: MachineReader): Promise<boolean> {
  return (await fragmentation(volume, context)) > WORTHWHILE;
}

/** What an analysis says of a volume: counts are of the files that the lab has on it. */
export async function analyse(volume: CimInstance, context: MachineReader): Promise<CimInstance> {
  const drive = volume.getString('DriveLetter') ?? '';
  const isOn = (one: CimInstance) => sameName(one.getString('Drive') ?? '', drive);
  const files = (await allOf(context, FILE_CLASS)).filter(isOn);
  const folders = (await allOf(context, FOLDER_CLASS)).filter(isOn);
  const percent = await fragmentation(volume, context);
  const [capacity, free] = [bytesOf(volume, 'Capacity'), bytesOf(volume, 'FreeSpace')];
  const bytes = files.reduce((sum, one) => sum + uint64Of(one, 'FileSize'), 0n);
  const inPieces = BigInt(Math.ceil((files.length * percent) / 100));
  return new CimInstance('Win32_DefragAnalysis', [
    ...Object.entries({
      ...{ VolumeName: volume.get('Label'), VolumeSize: capacity, ClusterSize: bytesOf(volume, 'BlockSize') },
      ...{ FreeSpace: free, UsedSpace: capacity - free },
      FreeSpacePercent: capacity === 0n ? 0 : Number((free * 100n) / capacity),
      ...{ TotalFiles: BigInt(files.length), TotalFolders: BigInt(folders.length) },
      AverageFileSize: files.length === 0 ? 0n : bytes / BigInt(files.length),
      ...{ FilePercentFragmentation: percent, TotalPercentFragmentation: Math.trunc(percent / 2) },
      ...{ TotalFragmentedFiles: inPieces, TotalExcessFragments: inPieces },
      AverageFragmentsPerFile: files.length === 0 ? 1 : 1 + Number(inPieces) / files.length,
    }),
  ]);
}

function deviceOf(volume: CimInstance): string {
  return volume.getString('DeviceID') ?? '';
}
