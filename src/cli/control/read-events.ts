/** One event of a stream (`text/event-stream`). */
export interface ServerEvent {
  readonly event: string;
  readonly id: number | undefined;
  /** JSON, read. */
  readonly data: unknown;
}

/** Reads server-sent events whose data is one line of JSON; comments are passed over. */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let open = '';
  for await (const chunk of body) {
    const blocks = `${open}${decoder.decode(chunk, { stream: true })}`.split('\n\n');
    open = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = readEvent(block);
      if (event) yield event;
    }
  }
}

function readEvent(block: string): ServerEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''));
  }
  const [event, id, data] = ['event', 'id', 'data'].map((name) => fields.get(name));
  if (event === undefined || data === undefined) return undefined;
  return { event, id: id === undefined ? undefined : Number(id), data: JSON.parse(data) };
}
