import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileWindows } from '../../../src/endpoint/windows-schema/compile-windows.js';
import { windowsBase } from '../../../src/endpoint/windows-schema/windows-base.js';
import { dottedName, windowsNamespaces } from '../../../src/endpoint/windows-schema/windows-namespaces.js';
import { schemaDigest } from '../../../src/lab/schema-digest.js';
import { decodeCompilation } from '../../../src/mof/cache/compilation-codec.js';
import { compileMof } from '../../../src/mof/compile-mof.js';
import { readMofFiles } from '../../../src/mof/read-mof-files.js';
import { packageFile } from '../../../src/package/package-file.js';

describe('the namespaces of Windows', () => {
  it('are those that have an entry file', () => {
    const files = readdirSync(packageFile('schemas/')).filter(
      (file) => file.startsWith('root') && file.endsWith('.mof'),
    );
    expect(windowsNamespaces.map((name) => `${dottedName(name)}.mof`).sort()).toEqual(files.sort());
  });

  it.each(windowsNamespaces)('%s names no class that it does not have, and leaves nothing doubtful', (name) => {
    const { sources, readInclude } = readMofFiles([packageFile(`schemas/${dottedName(name)}.mof`)]);
    const { warnings, namespaces } = compileMof(sources, { defaultNamespace: name, dialect: 'windows', readInclude });
    expect(warnings).toEqual([]);
    expect(namespaces.get(name)?.schema.findDanglingReferences()).toEqual([]);
  });

  it('are read from what the build made of them, class by class, as from their MOF', () => {
    const text = compileWindows('root/cimv2', windowsBase('root/none')).text;
    const fromMof = decodeCompilation(text, () => windowsBase('root/none')).namespaces.get('root/cimv2')?.schema;
    const kept = windowsBase('root/cimv2').schema();
    expect([...kept.classNames]).toEqual([...(fromMof?.classNames ?? [])]);
    expect(kept.getClass('Win32_Service').keys.map(({ name }) => name)).toEqual(['Name']);
  });

  it('have the system classes, and so has every other namespace', () => {
    for (const name of [...windowsNamespaces, 'root/of/somebody']) {
      const schema = windowsBase(name).schema();
      expect(schema.getClass('__NAMESPACE').keys.map((key) => key.name)).toEqual(['Name']);
      expect(schema.findClass('__SystemSecurity')?.methods.has('GetSD')).toBe(true);
      expect(schema.findClass('MSFT_WmiError')?.superclass?.name).toBe('CIM_Error');
    }
  });

  it('have digests that are known without a look at their classes, and differ', () => {
    const digests = windowsNamespaces.map((name) => windowsBase(name).digest);
    expect(new Set(digests).size).toBe(windowsNamespaces.length);
    const digest = schemaDigest([{ name: 'root/cimv2', schema: windowsBase('root/cimv2').schema() }]);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
