/** What a path says of a file. All of it is lower case, as WMI shows files. */
export interface FilePath {
  /** `c:\tools\labtool.exe`; of the root of a drive `c:\`. */
  readonly name: string;
  /** `c:` */
  readonly drive: string;
  /** Of the folder, without the drive: `\tools\`. */
  readonly path: string;
  readonly fileName: string;
  readonly extension: string;
}

const LONGEST = 260;

/** The parts of an absolute path on a drive; undefined when it is none, or names what no file may be called. */
export function parseFilePath(text: string): FilePath | undefined {
  const [, drive, below = ''] = /^([a-z]:)\\(.*?)\\?$/i.exec(text) ?? [];
  if (drive === undefined || text.length > LONGEST) return undefined;
  const names = below === '' ? [] : below.split('\\');
  if (names.some((name) => name === '' || /^\.+$/.test(name) || /[<>:"/|?*\p{Cc}]/u.test(name))) return undefined;
  const lower = [drive, ...names].map((one) => one.toLowerCase());
  const [last = ''] = lower.slice(1).slice(-1);
  const dot = last.lastIndexOf('.');
  return {
    name: names.length === 0 ? `${drive.toLowerCase()}\\` : lower.join('\\'),
    drive: drive.toLowerCase(),
    path: names.length < 2 ? '\\' : `\\${lower.slice(1, -1).join('\\')}\\`,
    fileName: dot > 0 ? last.slice(0, dot) : last,
    extension: dot > 0 ? last.slice(dot + 1) : '',
  };
}

/** The folder that a file is in; undefined for the root of a drive. */
export function parentFolder(name: string): string | undefined {
  const at = name.lastIndexOf('\\');
  if (at < 0 || at === name.length - 1) return undefined;
  return name.slice(0, at).endsWith(':') ? name.slice(0, at + 1) : name.slice(0, at);
}

/** Whether a file is in a folder, however deep. */
export function isBelow(name: string, folder: string): boolean {
  const prefix = folder.endsWith('\\') ? folder : `${folder}\\`;
  return name.length > prefix.length && name.toLowerCase().startsWith(prefix.toLowerCase());
}
