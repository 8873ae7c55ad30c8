/**
 * Installs PowerShell and Pester for the tests of `test/powershell` into `node_modules/.cache`, by the .NET SDK: neither is a package of npm.
 * What is there already is left.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const POWERSHELL = '7.6.9';
const PESTER = '6.2.0';
/** The kit works in it, too: powershell/test/KitPester.Tests.ps1. */
const PESTER_BEFORE = '5.7.1';

const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));
const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };
const dotnet = (...args) => execFileSync('dotnet', args, { env, encoding: 'utf8' });

if (!existsSync(`${cache}/pwsh/.store/powershell/${POWERSHELL}`)) {
  dotnet('tool', 'update', '--tool-path', `${cache}/pwsh`, 'PowerShell', '--version', POWERSHELL, '--allow-downgrade');
}

// Pester is a package that no program references: a project is restored for the folder that it comes to lie in.
const project = `${cache}/pester/restore.csproj`;
await mkdir(`${cache}/pester`, { recursive: true });
await writeFile(
  project,
  `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="Pester" Version="${PESTER}" ExcludeAssets="all" GeneratePathProperty="true" /><PackageDownload Include="Pester" Version="[${PESTER_BEFORE}]" /></ItemGroup>
</Project>
`,
);
dotnet('restore', project);
const folder = dotnet('msbuild', project, '-getProperty:PkgPester').trim();
await writeFile(`${cache}/pester/path.txt`, `${folder}/tools/Pester.psd1\n`);
