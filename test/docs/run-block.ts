import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { GO_ENVIRONMENT } from '../interop/go-environment.js';
import { findLiveClient, type LiveClient } from '../interop/live-client.js';
import type { PageBlock } from '../support/page-blocks.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** How a block is run. */
export interface BlockRunner {
  readonly name: string;
  /** What it needs that not every machine has; undefined for what Node and this project bring along. */
  readonly client?: LiveClient;
  /** @param command what the client's probe found */
  readonly command: (file: string, command: string) => readonly string[];
}

const python: LiveClient = {
  name: 'pytest with pywinrm',
  debianPackage: 'python3-pytest python3-winrm',
  probes: [
    ['python3', '-c', 'import pytest, winrm'],
    ['/usr/bin/python3', '-c', 'import pytest, winrm'],
  ],
};

const go: LiveClient = {
  name: 'masterzen/winrm (Go)',
  debianPackage: 'golang-go golang-github-masterzen-winrm-dev',
  probes: [['go', 'version']],
};

// Whoever copies a page has a machine of their own; here a dozen of processes share two cores.
const PATIENT = ['--testTimeout=60000', '--hookTimeout=60000'];
const vitest: BlockRunner = {
  name: 'vitest',
  command: (file) => [
    ...[process.execPath, join(root, 'node_modules/vitest/vitest.mjs'), 'run'],
    ...['--root', '.', ...PATIENT, file],
  ],
};
const node: BlockRunner = {
  name: 'node',
  command: (file) => [process.execPath, '--import', './globals.mjs', file],
};
const nodeTest: BlockRunner = { name: 'node --test', command: (file) => [process.execPath, '--test', file] };
const bash: BlockRunner = { name: 'bash', command: (file) => ['bash', '-e', file] };
const pytest: BlockRunner = {
  name: 'pytest',
  client: python,
  command: (file, found) => [found, '-m', 'pytest', '-q', file],
};
const goTest: BlockRunner = {
  name: 'go test',
  client: go,
  command: (file, found) => [found, 'test', file.replace('_test.go', '.go'), file],
};

/** Who runs a block, by its language and what it imports; undefined for a language that nobody here runs. */
export function runnerOf({ language, code }: PageBlock): BlockRunner | undefined {
  if (language === 'ts' || language === 'js') {
    if (/from 'vitest'/.test(code)) return vitest;
    return /from 'node:test'/.test(code) ? nodeTest : node;
  }
  return { sh: bash, python: pytest, go: goTest }[language];
}

/** Finds what the runner needs; undefined, after saying so, where this machine has not. */
export function findCommand({ client }: BlockRunner): string | undefined {
  return client === undefined ? '' : findLiveClient(client);
}

/** An empty folder in which the package is installed, with the files that blocks name. */
export async function makeProject(blocks: readonly PageBlock[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-page-'));
  await mkdir(join(folder, 'node_modules/.bin'), { recursive: true });
  await symlink(root, join(folder, 'node_modules/cimulator'));
  await symlink(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'));
  await symlink(join(root, 'fixtures'), join(folder, 'fixtures'));
  // Blocks use what the pages speak of throughout without importing it (PREAMBLE of examples.test.ts).
  await writeFile(join(folder, 'globals.mjs'), "Object.assign(globalThis, await import('cimulator'));\n");
  await symlink('../cimulator/dist/cli/main.js', join(folder, 'node_modules/.bin/cimulator'));
  // npx would find it there, too; it takes half a second of a core each time (test/docs/pipelines.test.ts has the real one).
  await writeFile(join(folder, 'node_modules/.bin/npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  // By the link the package lies elsewhere, where vitest would take it for sources to be transformed.
  await writeFile(join(folder, 'vitest.config.mjs'), 'export default { resolve: { preserveSymlinks: true } };\n');
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const { file, code } of blocks) if (file !== undefined) await writeFile(join(folder, file), code);
  return folder;
}

/** Whether a block runs beside others in one process: it waits for nothing, and leaves nothing behind but its own endpoint. */
export function isRunTogether(block: PageBlock): boolean {
  return block.file === undefined && runnerOf(block) === node;
}

/** Runs blocks one after the other in one process, which compiles the schema once; what is said of an error names the file, `block-LINE.mjs`. */
export async function runTogether(folder: string, blocks: readonly PageBlock[]): Promise<Ended> {
  const code = blocks.map(({ line }) => `await import('./block-${line}.mjs');\n`).join('');
  await Promise.all(blocks.map((block) => writeFile(join(folder, fileOf(block)), toScript(block.code))));
  const all: PageBlock = { ...blocks[0], line: 0, language: 'js', code, file: undefined } as PageBlock;
  return runBlock(folder, all, node, '');
}

export interface Ended {
  readonly status: number | null;
  readonly said: string;
}

/** A compiler of Go that has nothing cached takes a minute on a machine that is busy. Milliseconds. */
const LONGEST = 200_000;

/** Runs a block in the folder, without what the environment says of the tests around it. */
export async function runBlock(folder: string, block: PageBlock, runner: BlockRunner, found: string): Promise<Ended> {
  const file = fileOf(block);
  if (block.file === undefined)
    await writeFile(join(folder, file), block.language === 'ts' ? toScript(block.code) : block.code);
  const [command = '', ...args] = runner.command(file, found);
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:CIMULATOR_|VITEST|NODE_ENV$|NODE_OPTIONS$|TEST$)/.test(name),
  );
  const env = {
    ...Object.fromEntries(inherited),
    HOME: folder,
    PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}`,
    ...GO_ENVIRONMENT,
  };
  // In a group of its own: what a block that fails leaves running ends with it.
  const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const end = () => endGroup(child.pid);
  const late = setTimeout(end, LONGEST);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve)).finally(end);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  clearTimeout(late);
  return { status: await ended, said: output + errors };
}

function fileOf({ file, line, language }: PageBlock): string {
  return file ?? `block-${line}.${language === 'sh' ? 'sh' : 'mjs'}`;
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

export function removeProject(folder: string): Promise<void> {
  return rm(folder, { recursive: true });
}

/** What Node 20 can run: types erased, `await using` written out. */
function toScript(code: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}
