import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import type { FuzzTarget } from '../fuzz-target.js';
import { type Asker, type FuzzedService, fuzzedService } from '../fuzzed-service.js';
import { atLeastOne } from '../read-corpus.js';
import { LAST_CONTEXT, SOAP_WORDS, soapMessages } from '../soap-messages.js';

const BYTES_OF_LESS = 0x3c;
/** After so many messages the services are opened anew, since some of them create what others cannot create again. */
const OPENED_ANEW = 10_000;

/**
 * The service with all that it remembers between messages, and the same service with a budget of no bytes: the same messages of two
 * users, in UTF-8 and in UTF-16, are answered alike to the last character, but for the UUIDs that each makes.
 */
export async function open(): Promise<FuzzTarget> {
  const corpus = atLeastOne(soapMessages());
  const [remembering, forgetful] = [await compared(fuzzedService), await compared(await withoutMemory())];
  let asked = 0;
  return {
    corpus,
    words: SOAP_WORDS,
    async run(input) {
      asked += 1;
      const user: Asker = asked % 3 === 0 ? 'reader' : 'writer';
      const isWide = asked % 2 === 0 && input[0] === BYTES_OF_LESS;
      const [one, other] = [await remembering.ask(input, user, isWide), await forgetful.ask(input, user, isWide)];
      if (one !== other) throw new Error(`with its memory the service answers\n${one}\nand without it\n${other}`);
      return one.startsWith('500') ? 'refused' : 'taken';
    },
    async close() {
      await Promise.all([remembering.close(), forgetful.close()]);
    },
  };
}

/** The same modules made into a program of their own, with a budget of no bytes in the place of the one that they share. */
async function withoutMemory(): Promise<() => Promise<FuzzedService>> {
  const bundle = await rolldown({
    cwd: ROOT,
    input: 'test/robustness/fuzz/fuzzed-service.ts',
    platform: 'node',
    tsconfig: 'tsconfig.json',
    external: /^[^./]/,
    plugins: [{ name: 'forget', transform: (code, id) => (MEMORY.test(id) ? forgetting(code) : undefined) }],
  });
  await bundle.write({ dir: BUILT, format: 'esm', cleanDir: true });
  await bundle.close();
  const built = pathToFileURL(`${BUILT}/fuzzed-service.js`).href;
  return ((await import(/* @vite-ignore */ built)) as { readonly fuzzedService: typeof fuzzedService }).fuzzedService;
}

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const BUILT = `${ROOT}node_modules/.cache/fuzz-without-memory`;
const MEMORY = /[\\/]strings[\\/]message-memory\.ts$/;

function forgetting(code: string): string {
  const changed = code.replace('new MemoryBudget(MAX_BYTES)', 'new MemoryBudget(0)');
  if (changed === code) throw new Error('the budget is made in another way than this test knows');
  return changed;
}

async function compared(open: () => Promise<FuzzedService>) {
  let service = await open();
  let asked = 0;
  const numbers = new Map<string, number>();
  let context = LAST_CONTEXT;
  return {
    /** The status and the answer, with UUIDs by the order in which they were seen first. */
    async ask(input: Buffer, user: Asker, isWide: boolean): Promise<string> {
      if (++asked % OPENED_ANEW === 0) {
        await service.close();
        service = await open();
        numbers.clear();
      }
      const text = input.toString('latin1').replace(`>${LAST_CONTEXT}<`, `>${context}<`);
      const body = isWide
        ? Buffer.from(`\ufeff${Buffer.from(text, 'latin1').toString('utf8')}`, 'utf16le')
        : Buffer.from(text, 'latin1');
      const { status, contentType, text: answer } = await service.ask(body, user);
      context = /EnumerationContext>(uuid:[\w-]+)</.exec(answer)?.[1] ?? context;
      return `${status} ${contentType} ${answer.replaceAll(UUID, (uuid) => `uuid ${numberOf(uuid, numbers)}`)}`;
    },
    close: () => service.close(),
  };
}

const UUID = /[\dA-F]{8}-(?:[\dA-F]{4}-){3}[\dA-F]{12}/gi;

function numberOf(uuid: string, numbers: Map<string, number>): number {
  const known = numbers.get(uuid) ?? numbers.size;
  numbers.set(uuid, known);
  return known;
}
