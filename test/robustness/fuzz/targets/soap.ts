import type { FuzzTarget, Verdict } from '../fuzz-target.js';
import { fuzzedService } from '../fuzzed-service.js';
import { atLeastOne } from '../read-corpus.js';
import { LAST_CONTEXT, SOAP_WORDS, soapMessages } from '../soap-messages.js';
import { readStrictXml } from '../strict-xml.js';

/** After so many messages the service is opened anew, since some of them create what others cannot create again. */
const OPENED_ANEW = 5_000;

/** Envelopes into the service, as HTTP hands them over. Every answer must be one that a client can read. */
export async function open(): Promise<FuzzTarget> {
  let service = await fuzzedService();
  let asked = 0;
  let context = LAST_CONTEXT;
  return {
    corpus: atLeastOne(soapMessages()),
    words: SOAP_WORDS,
    async run(input) {
      if (++asked % OPENED_ANEW === 0) {
        await service.close();
        service = await fuzzedService();
      }
      const body = Buffer.from(input.toString('latin1').replace(`>${LAST_CONTEXT}<`, `>${context}<`), 'latin1');
      const answer = await service.ask(body, asked % 8 === 0 ? undefined : asked % 8 === 1 ? 'reader' : 'writer');
      context = /EnumerationContext>(uuid:[\w-]+)</.exec(answer.text)?.[1] ?? context;
      // Faults are much alike, and reading them takes longer than making them.
      return answer.status === 500 && asked % 4 > 0 ? checkCause(answer) : check(answer);
    },
    close: () => service.close(),
  };
}

interface Answered {
  readonly status: number;
  readonly text: string;
  readonly user: string | undefined;
  readonly cause: unknown;
}

function checkCause({ text, cause }: Answered): Verdict {
  if (cause !== undefined) throw cause;
  if (!text.includes('<s:Fault>')) throw new Error(`no fault: ${text}`);
  return 'refused';
}

function check({ status, text, user, cause }: Answered): Verdict {
  if (cause !== undefined) throw cause;
  if (status === 204) return 'taken';
  if (status !== 200 && status !== 500) throw new Error(`an answer with the status ${status}`);
  const root = readStrictXml(text);
  if (root.localName !== 'Envelope') throw new Error(`an answer that is ${root.localName}`);
  const content = root.children.at(-1)?.children[0]?.localName;
  if ((content === 'Fault') !== (status === 500)) throw new Error(`${content} with the status ${status}`);
  if (status === 200 && user === undefined && content !== 'IdentifyResponse') throw new Error(`${content} for nobody`);
  return status === 200 ? 'taken' : 'refused';
}
