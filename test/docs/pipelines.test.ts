import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findPesterHost } from '../powershell/find-pwsh.js';
import { type DockerStep, dockerSteps } from './docker-steps.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(join(root, 'docs/ci', file), 'utf8');

let folder: string;
let tarball: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimulator-pipelines-'));
  mkdirSync(join(folder, 'installed'));
  const args = ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder];
  const { status, stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The environment without what is set for the tests; npm fetches each package once for all of them. */
function environment(more: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CIMULATOR_'));
  const npm = {
    npm_config_cache: join(folder, 'npm-cache'),
    npm_config_prefer_offline: 'true',
    npm_config_update_notifier: 'false',
  };
  return { ...Object.fromEntries(inherited), ...npm, ...more } as Record<string, string>;
}

// The first: those below have what it installs, and what npm fetched for it.
describe('the package, installed from its file into an empty folder', () => {
  const check = join(root, 'scripts/check-install.mjs');
  const said = (version: string) =>
    expect.stringMatching(new RegExp(`^Node ${version}\\S*: ok, added \\d+ packages in \\S+\n$`));

  it('starts, is called, has after a kill what it had, and says what is missing where LMDB has no binary', () => {
    const { stdout, status } = spawnSync(process.execPath, [check, tarball, join(folder, 'installed')], {
      env: environment({}),
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, said('')]);
  }, 240_000);

  const own = process.versions.node.split('.')[0];
  const others = ['22', '24', '26'].filter((version) => version !== own);
  it.each(others)(
    'does so on Node %s',
    async (version) => {
      const args = ['--yes', `node@${version}`, check, tarball];
      const asked = promisify(execFile)('npx', args, { env: environment({}) });
      const { stdout } = await asked.catch((error: { readonly stdout: string }) => error);
      expect(stdout).toEqual(said(version));
    },
    240_000,
  );
});

describe('docs/ci/Dockerfile', () => {
  const steps = dockerSteps(read('Dockerfile'));
  const of = (name: string) => steps.filter(({ instruction }) => instruction === name).map(({ text }) => text);

  it('is not run as root', () => {
    expect(of('USER')).toEqual(['node']);
  });

  it('makes what starts, is healthy and stops, step by step in an empty folder', async () => {
    const image = mkdtempSync(join(tmpdir(), 'cimulator-image-'));
    try {
      const { place, variables, here } = runSteps(image, steps);
      const [entry = ''] = JSON.parse(of('ENTRYPOINT')[0] ?? '[]').map(here);
      const env = environment({
        ...variables,
        CIMULATOR_PORT: '0',
        CIMULATOR_HTTPS_PORT: 'off',
        CIMULATOR_USER: 'a:b',
      });
      const server = spawn(entry, [...JSON.parse(of('CMD')[0] ?? '[]'), '--ready-json'], { cwd: place, env });
      const [line] = await Promise.race([once(server.stdout, 'data'), once(server, 'exit')]);
      const { port } = new URL(JSON.parse(line).http);
      const [health = ''] = of('HEALTHCHECK');
      const [command = '', ...args] = JSON.parse(health.slice(health.indexOf('[')));
      const asked = spawnSync(here(command), args, {
        env: environment({ CIMULATOR_URL: `http://127.0.0.1:${port}` }),
        encoding: 'utf8',
      });
      expect([asked.status, asked.stdout]).toEqual([0, 'ready\n']);
      server.kill('SIGTERM');
      expect(await once(server, 'exit')).toEqual([0, null]);
    } finally {
      rmSync(image, { recursive: true });
    }
  }, 180_000);
});

/** Does what the steps say, with a folder in the place of the root of the image; the user stays who it is. */
function runSteps(image: string, steps: readonly DockerStep[]) {
  const here = (text: string) => text.replaceAll(/(?<![\w.])\/(?=(?:app|home)\b)/g, `${image}/`);
  let place = image;
  // A step of it empties npm's cache.
  const cache = join(image, 'npm-cache');
  cpSync(join(folder, 'npm-cache'), cache, { recursive: true });
  let variables: Readonly<Record<string, string>> = { HOME: join(image, 'home/node'), npm_config_cache: cache };
  const doStep: Readonly<Record<string, (text: string) => void>> = {
    WORKDIR: (text) => {
      place = here(text);
      mkdirSync(place, { recursive: true });
    },
    COPY: (text) => copyFileSync(tarball, join(place, text.split(/\s+/).at(-1) ?? '')),
    RUN: (text) => {
      const env = environment(variables);
      const { status, stderr } = spawnSync('sh', ['-ec', here(text)], { cwd: place, env, encoding: 'utf8' });
      expect([text, status, status === 0 ? '' : stderr]).toEqual([text, 0, '']);
    },
    ENV: (text) => {
      variables = { ...variables, ...Object.fromEntries([text.split('=')]) };
    },
  };
  mkdirSync(join(image, 'home/node'), { recursive: true });
  for (const { instruction, text } of steps) doStep[instruction]?.(text);
  return { place, variables, here };
}

describe('docs/ci/compose.yaml', () => {
  it('builds that image, and is a file of Compose', () => {
    const { services, volumes } = parse(read('compose.yaml'));
    expect(services.cimulator.build.dockerfile).toBe('docs/ci/Dockerfile');
    expect(services.cimulator.volumes).toEqual([`${Object.keys(volumes)[0]}:/home/node/.local/share/cimulator`]);
  });
});

interface Job {
  readonly steps: readonly { readonly run?: string; readonly shell?: string }[];
}

const linux: Job = parse(read('github-actions.yml')).jobs.linux;
const scripts: readonly (readonly [string, readonly string[]])[] = [
  ['github-actions.yml, linux', linux.steps.flatMap(({ run }) => (run === undefined ? [] : [run]))],
  ['gitlab-ci.yml', parse(read('gitlab-ci.yml')).cim.script],
];

describe.skipIf(process.platform === 'win32')('the lines of a pipeline (for bash)', () => {
  it.concurrent.each(scripts)(
    'do what they should: %s',
    async (_, lines) => {
      const project = mkdtempSync(join(tmpdir(), 'cimulator-pipeline-'));
      try {
        const port = 20_000 + Math.floor(Math.random() * 20_000);
        const env = environment({
          ...{ CIMULATOR_USER: 'lab:secret', CIMULATOR_PORT: String(port), HOME: project },
          CIMULATOR_URL: `http://127.0.0.1:${port}/wsman`,
        });
        // In place of the registry's package ours, which is installed already.
        const script = lines.filter((line) => line !== 'npm install --no-save cimulator');
        expect(script).toHaveLength(lines.length - 1);
        symlinkSync(join(folder, 'installed/node_modules'), join(project, 'node_modules'));
        const text = ['set -e', "trap 'kill $(jobs -p)' EXIT", ...script, ''].join('\n');
        writeFileSync(join(project, 'run.sh'), text);
        const { stdout } = await promisify(execFile)('bash', ['run.sh'], { cwd: project, env });
        expect(stdout).toContain('iscsi-a.lab.example');
      } finally {
        rmSync(project, { recursive: true });
      }
    },
    180_000,
  );
});

describe('the job for Windows', () => {
  const { steps }: Job = parse(read('github-actions.yml')).jobs.windows;
  const [script = ''] = steps.filter(({ shell }) => shell === 'pwsh').map(({ run }) => run);
  const pwsh = findPesterHost()?.pwsh;

  it.skipIf(pwsh === undefined)('has a script that PowerShell can parse (needs PowerShell)', () => {
    const file = join(folder, 'windows.ps1');
    writeFileSync(file, script);
    const check = `$errors = $null; [void][System.Management.Automation.Language.Parser]::ParseFile('${file}', [ref]$null, [ref]$errors); $errors.Message; exit $errors.Count`;
    const { status, stdout } = spawnSync(pwsh ?? '', ['-NoProfile', '-Command', check], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '']);
  });
});
