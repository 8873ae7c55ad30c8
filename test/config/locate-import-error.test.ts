import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { locateImportError } from '../../src/config/locate-import-error.js';

const url = pathToFileURL('lab/provider.mjs').href;

function errorWith(...stack: string[]): Error {
  const error = new TypeError('no');
  error.stack = ['TypeError: no', ...stack].join('\n');
  return error;
}

describe('where an import failed', () => {
  it('is the innermost call in a file', async () => {
    const error = errorWith(
      '    at JSON.parse (<anonymous>)',
      `    at read (${url}:7:12)`,
      `    at ${url}:9:1`,
      '    at ModuleJob.run (node:internal/modules/esm/module_job:325:25)',
    );
    expect(await locateImportError(error, url)).toBe('lab/provider.mjs:7');
  });

  it('is not the place that asked for the import', async () => {
    const error = errorWith(
      '    at finalizeResolution (node:internal/modules/esm/resolve:275:11)',
      `    at async importFile (${pathToFileURL('dist/cli/main.js').href}:5:1)`,
    );
    expect(await locateImportError(error, url)).toBeUndefined();
  });

  it('is where Node says that a text is no JavaScript', async () => {
    const error = new SyntaxError('no');
    error.stack = `${url}:3\nconst = 1;\n      ^\n\nSyntaxError: no`;
    expect(await locateImportError(error, url)).toBe('lab/provider.mjs:3');
  });

  it('cannot be told of what is no error', async () => {
    expect(await locateImportError('no', url)).toBeUndefined();
  });
});
