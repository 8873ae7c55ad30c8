/** An event of a stream, its data read. */
export interface ReadEvent {
  readonly event: string;
  readonly id?: number;
  readonly data: Record<string, unknown>;
}

/** The events of a stream, as they come; comments are passed over. */
export async function* readEvents(response: Response): AsyncGenerator<ReadEvent> {
  let text = '';
  for await (const chunk of (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]));
      const id = fields.get('id');
      if (!fields.has('event')) continue;
      yield {
        event: fields.get('event') ?? '',
        ...(id !== undefined && { id: Number(id) }),
        data: JSON.parse(fields.get('data') ?? 'null'),
      };
    }
  }
}

/** The next so many. */
export async function take(events: AsyncGenerator<ReadEvent>, count: number): Promise<readonly ReadEvent[]> {
  const taken: ReadEvent[] = [];
  while (taken.length < count) {
    const { value, done } = await events.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}
