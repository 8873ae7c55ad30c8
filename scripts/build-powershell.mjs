/**
 * `npm run build:powershell`: compiles the module's C# by the .NET SDK and puts the assembly into `powershell/Cimulator/bin`, where the
 * npm package takes it from. The rest of the project builds without.
 */
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../powershell/src', import.meta.url));
const bin = fileURLToPath(new URL('../powershell/Cimulator/bin', import.meta.url));
const assembly = 'Cimulator.PowerShell.dll';

const { status, error } = spawnSync(
  'dotnet',
  ['build', sources, '--configuration', 'Release', '--nologo', '--verbosity', 'quiet'],
  { stdio: 'inherit', env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' } },
);
if (error) {
  const what =
    error.code === 'ENOENT' ? 'it is not installed (see https://dotnet.microsoft.com/download)' : error.message;
  console.error(`build:powershell needs the .NET SDK 8 or newer, as 'dotnet' in PATH: ${what}`);
  process.exit(1);
}
if (status !== 0) process.exit(status ?? 1);
await mkdir(bin, { recursive: true });
await copyFile(`${sources}/bin/Release/net8.0/${assembly}`, `${bin}/${assembly}`);
