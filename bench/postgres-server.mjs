import { readFile } from 'node:fs/promises';
import typescript from 'typescript';

const source = new URL('../test/store/postgres/start-postgres.ts', import.meta.url);

/**
 * A PostgreSQL of our own, as the tests start it, which waits for its disk; undefined where it is not installed, after saying that rows are
 * left out.
 */
export async function startPostgres() {
  // Node does not read TypeScript by itself; the file imports nothing of ours.
  const { module, target } = { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 };
  const { outputText } = typescript.transpileModule(await readFile(source, 'utf8'), {
    compilerOptions: { module, target },
  });
  const tests = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
  const bin = tests.findPostgres();
  if (bin === undefined) return undefined;
  const server = await tests.startPostgres(bin, { isDurable: true });
  return { ...server, bin, password: tests.password };
}
