import type { ClientOptions } from '../../src/client/client-options.js';
import { createClient } from '../../src/client/create-client.js';
import type { WsmanClient } from '../../src/client/wsman-client.js';
import { windowsEnvelope, windowsFault } from './answers.js';
import { type FakeAnswer, type FakeServer, startFakeServer } from './fake-server.js';
import { find, findAll, readXml, type XmlTree } from './xml-tree.js';

/** What a request asked for. */
export interface SeenRequest {
  readonly action: string;
  readonly resourceUri: string;
  readonly selectors: Readonly<Record<string, string>>;
  /** `name=value`, in order. */
  readonly options: readonly string[];
  /** The element in the Body, if there is one. */
  readonly body: XmlTree | undefined;
  readonly xml: string;
}

export interface ScriptedServer {
  readonly client: WsmanClient;
  readonly server: FakeServer;
  seen(): readonly SeenRequest[];
  close(): Promise<void>;
}

/** The answer to an action's last segment: the markup of a Body, in turn; the last one again and again; `never` for none. */
export type Script = Readonly<Record<string, string | readonly string[] | FakeAnswer>>;

export const refusal: FakeAnswer = {
  status: 500,
  body: windowsFault('Sender', 'a:ActionNotSupported', 'not here', ''),
};

/** A server that answers by a script, and a client of it. Class declarations are refused unless GetClass is scripted. */
export async function startScript(script: Script, options: Partial<ClientOptions> = {}): Promise<ScriptedServer> {
  const turns = new Map<string, number>();
  const server = await startFakeServer((received) => {
    const request = readRequest(received.body.toString());
    const name = request.resourceUri.includes('/cim-xml/') ? 'GetClass' : (request.action.split('/').pop() ?? '');
    const answer = script[name];
    if (answer === undefined) return refusal;
    if (typeof answer === 'object' && !Array.isArray(answer)) return answer as FakeAnswer;
    const bodies = [answer].flat() as readonly string[];
    const turn = turns.get(name) ?? 0;
    turns.set(name, turn + 1);
    const body = bodies[Math.min(turn, bodies.length - 1)] ?? '';
    return body === 'never' ? body : { body: windowsEnvelope(body) };
  });
  const client = createClient({ url: server.url, namespace: 'root/lab', ...options });
  return {
    client,
    server,
    seen: () => server.requests.map(({ body }) => readRequest(body.toString())),
    async close() {
      await client.close();
      await server.close();
    },
  };
}

function readRequest(xml: string): SeenRequest {
  const envelope = readXml(xml);
  const header = find(envelope, 'Header');
  const list = (set: string, item: string) =>
    findAll(header, set)
      .flatMap((tree) => findAll(tree, item))
      .map((tree) => [tree.attributes.get('{}Name') ?? '', tree.text] as const);
  return {
    action: find(header, 'Action').text,
    resourceUri: find(header, 'ResourceURI').text,
    selectors: Object.fromEntries(list('SelectorSet', 'Selector')),
    options: list('OptionSet', 'Option').map(([name, value]) => `${name}=${value}`),
    body: find(envelope, 'Body').children[0],
    xml,
  };
}

/** An element as one line, to compare by: `{…}Name` without namespaces, attributes left out. */
export function outline(tree: XmlTree | undefined): string {
  if (!tree) return '';
  const content = tree.children.length > 0 ? tree.children.map(outline).join(' ') : tree.text;
  return content === '' ? tree.local : `${tree.local}(${content})`;
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
