import { execFile } from 'node:child_process';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How long another Node may take to say where a mistake is, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Where in a module, or in one that it imports, the error arose that its import failed with.
 *
 * @param url of the module that was imported
 * @returns `file:line`, the file as seen from the working directory; undefined when it cannot be told
 */
export async function locateImportError(error: unknown, url: string): Promise<string | undefined> {
  if (!(error instanceof Error)) return undefined;
  const place = headOf(error.stack) ?? frameOf(error.stack);
  if (place !== undefined || !(error instanceof SyntaxError)) return place;
  // Node knows where text is no JavaScript, but prints it only when nobody catches the error. Nothing of the module runs for that:
  // all it imports is read before any of it begins.
  return headOf(await uncaughtError(url));
}

/** Where the text is that is no JavaScript: on the first line, before the text itself. */
function headOf(text = ''): string | undefined {
  const [, file, line] = /^(file:\/\/.+|\/.+|[A-Za-z]:\\.+):(\d+)\r?\n/.exec(text) ?? [];
  return file === undefined ? undefined : `${shown(file)}:${line}`;
}

/** The innermost call that is in a file, before those of the loader. */
function frameOf(stack = ''): string | undefined {
  const [inModule = ''] = stack.split(/^.*node:internal\/(?:modules|vm)\//m, 1);
  const [, file, line] = /\(?(file:\/\/[^\n]+?):(\d+):\d+\)?$/m.exec(inModule) ?? [];
  return file === undefined ? undefined : `${shown(file)}:${line}`;
}

function shown(file: string): string {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const fromHere = relative('', path);
  return fromHere.startsWith('..') ? path : fromHere;
}

/** What another Node prints when it imports the module. */
function uncaughtError(url: string): Promise<string> {
  const script = `import ${JSON.stringify(url)};`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { timeout: PATIENCE_MS },
      (_error, _stdout, stderr) => resolve(stderr),
    );
  });
}
