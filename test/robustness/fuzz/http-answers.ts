/** An answer as it came over a connection. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

const HEAD = /HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n((?:[\w-]+: [^\r\n]*\r\n)*)\r\n/y;

/**
 * Takes apart what a server sent over a connection: heads, and bodies of the length that they say.
 *
 * @param withoutBodies some of the requests asked for no body, so that none need to be there
 * @throws Error when anything is cut, or left over
 */
export function readHttpAnswers(bytes: Buffer, withoutBodies: boolean): readonly HttpAnswer[] {
  const text = bytes.toString('latin1');
  const answers: HttpAnswer[] = [];
  for (let at = 0; at < text.length; ) {
    HEAD.lastIndex = at;
    const [head, status, fields] = HEAD.exec(text) ?? [];
    if (head === undefined) throw new Error(`no answer: ${text.slice(at, at + 200)}`);
    const begin = at + head.length;
    const hasBody = !(withoutBodies && text.startsWith('HTTP/1.1 ', begin));
    const body = hasBody ? bodyAt(begin, fields ?? '', text) : '';
    at = begin + body.length;
    answers.push({ status: Number(status), body });
  }
  return answers;
}

const CHUNKS = /(?:[1-9a-f][\da-f]*\r\n[\s\S]*?\r\n)*?0\r\n\r\n/iy;

/** As it is on the wire. */
function bodyAt(begin: number, fields: string, text: string): string {
  if (/^transfer-encoding: chunked\r$/im.test(fields)) {
    CHUNKS.lastIndex = begin;
    return CHUNKS.exec(text)?.[0] ?? '';
  }
  const length = Number(/^content-length: (\d+)\r$/im.exec(fields)?.[1] ?? 0);
  if (begin + length > text.length) throw new Error('an answer that is cut');
  return text.slice(begin, begin + length);
}
