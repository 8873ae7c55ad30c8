import { expect, it, vi } from 'vitest';
import { windowsBase } from '../../../src/endpoint/windows-schema/windows-base.js';

// What the build has put beside it is in the form of another version, whichever that is.
vi.mock('../../../src/mof/cache/compilation-form.js', () => ({ COMPILATION_FORM: -1 }));
const compile = vi.hoisted(() => vi.fn());
vi.mock('../../../src/endpoint/windows-schema/compile-windows.js', async (original) => {
  const { compileWindows } = await original<typeof import('../../../src/endpoint/windows-schema/compile-windows.js')>();
  return { compileWindows: compile.mockImplementation(compileWindows) };
});

it('compiles anew what was kept in another form', () => {
  const base = windowsBase('root/cimv2/power');
  expect(
    base
      .schema()
      .findClass('Win32_PowerPlan')
      ?.keys.map(({ name }) => name),
  ).toEqual(['InstanceID']);
  expect(base.digest).toMatch(/^[0-9a-f]{128}$/);
  expect(new Set(compile.mock.calls.map(([namespace]) => namespace))).toEqual(new Set(['root/cimv2/power', 'system']));
});
