import { beforeAll, describe, expect, it } from 'vitest';
import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { bytes, COMPUTERS, text, useComputers } from './computers.js';

/** What the computers of the built-in labs are made of, and how they are set up. */
const { all, isFurnished, turnTo, tied } = useComputers();

const KIB = 1024n;

describe.each(COMPUTERS)('$name of the lab $lab', (one) => {
  beforeAll(() => turnTo(one));

  it('has firmware that says what the machine, its board and its BIOS say', async () => {
    if (!isFurnished()) return;
    const [told] = await all('MS_SystemInformation', 'root/wmi');
    const [[system], [board], [bios]] = await Promise.all([
      all('Win32_ComputerSystem'),
      all('Win32_BaseBoard'),
      all('Win32_BIOS'),
    ]);
    expect(text(told, 'SystemProductName')).toBe(text(system, 'Model'));
    expect(text(told, 'SystemManufacturer')).toBe(text(system, 'Manufacturer'));
    expect(text(told, 'SystemFamily')).toBe(text(system, 'SystemFamily'));
    expect(text(told, 'BaseBoardProduct')).toBe(text(board, 'Product'));
    expect(text(told, 'BIOSVersion')).toBe(text(bios, 'SMBIOSBIOSVersion'));
    expect(told?.get('BiosMajorRelease')).toBe(bios?.get('SystemBiosMajorVersion'));
    const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text(told, 'BIOSReleaseDate')) ?? [];
    expect(String(bios?.get('ReleaseDate'))).toMatch(`${year}${month}${day}`);
  });

  it('has memory that adds up, in devices that lie one behind the other', async () => {
    if (!isFurnished()) return;
    const [system] = await all('Win32_ComputerSystem');
    const modules = await all('Win32_PhysicalMemory');
    const sum = modules.reduce((total, module) => total + bytes(module, 'Capacity'), 0n);
    expect(sum).toBe(bytes(system, 'TotalPhysicalMemory'));
    const [array] = await all('Win32_PhysicalMemoryArray');
    expect(array?.get('MemoryDevices')).toBe(modules.length);
    expect(bytes(array, 'MaxCapacity') * KIB).toBe(sum);
    let next = 0n;
    for (const device of await all('Win32_MemoryDevice')) {
      expect(bytes(device, 'StartingAddress')).toBe(next);
      next = bytes(device, 'EndingAddress') + 1n;
    }
    expect(next * KIB).toBe(sum);
  });

  it('has a monitor of the size that its adapter shows', async () => {
    if (!isFurnished()) return;
    const [monitor] = await all('Win32_DesktopMonitor');
    const [adapter] = await all('Win32_VideoController');
    expect(monitor?.get('ScreenWidth')).toBe(adapter?.get('CurrentHorizontalResolution'));
    expect(monitor?.get('ScreenHeight')).toBe(adapter?.get('CurrentVerticalResolution'));
    const devices = new Set((await all('Win32_PnPEntity')).map((device) => text(device, 'DeviceID')));
    expect(devices).toContain(text(adapter, 'PNPDeviceID'));
  });

  it('is joined to its firmware, processor, time zone and start', async () => {
    if (!isFurnished()) return;
    const associations = ['Win32_SystemBIOS', 'Win32_ComputerSystemProcessor', 'Win32_SystemTimeZone'];
    const ties = await Promise.all([...associations, 'Win32_SystemBootConfiguration'].map((name) => all(name)));
    expect(ties.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
    for (const path of ties.flat().flatMap(endsOf)) {
      const known = (await all(path.className)).map((instance) => instance.path?.canonicalKeys);
      expect(known).toContain(path.canonicalKeys);
    }
  });

  it('keeps its dumps and registry under the name of its system, and features below others that it has', async () => {
    if (!isFurnished()) return;
    const [system] = await all('Win32_OperatingSystem');
    for (const className of ['Win32_OSRecoveryConfiguration', 'Win32_Registry']) {
      const found = await all(className);
      expect(found.map((instance) => text(instance, 'Name'))).toEqual([text(system, 'Name')]);
    }
    const features = await all('Win32_ServerFeature');
    expect(features.length > 0).toBe(system?.get('ProductType') !== 1);
    const known = new Set(features.map((feature) => feature.get('ID')));
    for (const feature of features)
      expect(known.has(feature.get('ParentID') || feature.get('ID')), text(feature, 'Name')).toBe(true);
  });

  it('has a value in each power plan for each setting that there is', async () => {
    const power = 'root/cimv2/power';
    const settings = (await all('Win32_PowerSetting', power)).map((setting) => guidOf(text(setting, 'InstanceID')));
    const indexOf = await tied('Win32_PowerSettingDataIndexInPlan', 'GroupComponent', 'PartComponent', power);
    expect(settings.length).toBeGreaterThan(0);
    for (const plan of await all('Win32_PowerPlan', power)) {
      const ids = indexOf(plan).map((path) => String(path.keys.get('InstanceID')));
      expect(ids.map(guidOf).sort()).toEqual([...settings].sort());
      for (const id of ids) expect(id).toContain(`\\${guidOf(text(plan, 'InstanceID'))}\\AC\\`);
    }
  });
});

function endsOf(tie: CimInstance): InstancePath[] {
  return Array.from(tie.properties.values()).filter((value) => value instanceof InstancePath);
}

/** The last one of an InstanceID. */
function guidOf(id: string): string {
  return /\{[^}]*\}$/.exec(id)?.[0] ?? '';
}
