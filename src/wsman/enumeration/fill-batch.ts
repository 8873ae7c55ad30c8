import { LongWork } from '../../cim/long-work.js';
import { CimError } from '../../cim/model/cim-error.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { parseInstancePath } from '../../cim/model/parse-instance-path.js';
import type { BoundQuery } from '../../query/bound-query.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import { pathFromText } from '../../wscim/path-from-text.js';
import type { OperationContext, OperationRequest } from '../operation.js';
import type { CimResource, Resource } from '../resource.js';
import { readPart } from './enumeration-contexts.js';
import type { EnumerationState } from './enumeration-state.js';
import { type Batch, type BatchLimits, GrowingBatch } from './growing-batch.js';
import { measured, type WrittenItem } from './remembered-items.js';
import { writeClassItem } from './write-class-item.js';
import { createItemWriters } from './write-item.js';

/** Room for everything in an answer that is no item. */
const ENVELOPE_BYTES = 2048;

/** Instances read from the store at once: enough to be quick, few enough to keep memory and latency low. */
const PAGE = 256;

/** Something still to be written: an instance at hand, or what `pending` holds. */
type Waiting = CimInstance | string;

/**
 * Takes as many items as the limits allow. An item that does not fit waits for the next answer. One that alone is too large for the
 * client's envelopes could never be sent: a Pull is told so by a fault (MS-WSMV 3.1.4.1.29), and the next goes on behind it; an Enumerate
 * leaves it for the Pull, since who has no context yet could not go on.
 *
 * @param id of the context that is pulled from; undefined for an Enumerate
 * @throws WsmanFault MaxEnvelopeSizeExceeded when the MaxCharacters of this Pull are too few for the next item: another may allow more
 */
export async function fillBatch(
  state: EnumerationState,
  id: string | undefined,
  limits: BatchLimits,
  request: OperationRequest<Resource>,
  context: OperationContext,
): Promise<Batch> {
  const work = new LongWork(request.call.cancellation);
  const judge = await loadJudge(state, work, request, context);
  const supply = createSupply(state, id, judge, work, request, context);
  const write = createWriter(state, judge, work, request, context);
  const room = request.maxEnvelopeSize - ENVELOPE_BYTES;
  const maxBytes = roomFor(limits, room);
  const batch = new GrowingBatch(limits, maxBytes, request.charset);
  while (batch.wantsMore()) {
    if (work.isDue()) await work.pause();
    // Most items are at hand, and waiting costs more than they do.
    const next = supply.takeAtHand() ?? (await supply.take());
    if (next === undefined) return batch.end(undefined);
    const written = write(next, !supply.isLong());
    const item = written instanceof Promise ? await written : written;
    if (item === undefined || batch.add(item)) continue;
    if (id !== undefined && batch.isEmpty()) {
      const passedOver = tooLarge(batch.sizeOf(item), room, maxBytes);
      return { ...batch.end((await supply.rest()) ?? endOf(state)), passedOver };
    }
    supply.putBack();
    break;
  }
  return batch.end(await supply.rest());
}

function roomFor({ maxCharacters = Number.POSITIVE_INFINITY }: BatchLimits, room: number): number {
  return Math.min(room, maxCharacters);
}

/** What decides which items are wanted. It is loaded when there is a filter: most enumerations have none. */
async function loadJudge(
  { filter }: EnumerationState,
  work: LongWork,
  { resource }: OperationRequest<Resource>,
  context: OperationContext,
): Promise<BoundQuery['judge'] | undefined> {
  if (filter === undefined) return undefined;
  const { makeFilter } = await import('./make-filter.js');
  const query = await makeFilter(filter, requireCim(resource), context, work);
  return query.judge;
}

/** What was passed over last leaves nothing behind it: the next Pull learns that, and not that there is no such enumeration. */
function endOf(state: EnumerationState): EnumerationState {
  return { ...state, pending: [], position: state.partItems, cursor: undefined };
}

/** @throws WsmanFault when it could be sent, but for MaxCharacters */
function tooLarge(size: number, room: number, withCharacters: number): WsmanFault {
  if (size <= room) throw tooFewCharacters(size, withCharacters);
  return new WsmanFault(
    'MaxEnvelopeSizeExceeded',
    `One item of ${size} bytes does not fit into the ${room} bytes that MaxEnvelopeSize leaves for items: it is passed over, and the next Pull goes on behind it.`,
  );
}

function tooFewCharacters(size: number, room: number): WsmanFault {
  return new WsmanFault(
    'MaxEnvelopeSizeExceeded',
    `The next item of ${size} bytes does not fit into the ${room} bytes that MaxCharacters allows.`,
  );
}

interface Supply {
  /** The next item when it need not be waited for. */
  takeAtHand(): Waiting | undefined;
  take(): Promise<Waiting | undefined>;
  /** What was taken last comes next. */
  putBack(): void;
  /** More instances than are read at once. */
  isLong(): boolean;
  /** What has not been taken; undefined when there is nothing more. */
  rest(): Promise<EnumerationState | undefined>;
}

function createSupply(
  state: EnumerationState,
  id: string | undefined,
  judge: BoundQuery['judge'] | undefined,
  work: LongWork,
  { call, broker }: OperationRequest<Resource>,
  { contexts }: OperationContext,
): Supply {
  let queue: readonly Waiting[] = state.pending;
  let at = 0;
  let isFromPart = false;
  let { position, cursor } = state;
  let isLong = cursor?.after !== undefined;

  /** Fills the empty queue; false when there is nothing more. */
  async function refill(): Promise<boolean> {
    queue = [];
    at = 0;
    call.cancellation.throwIfAborted();
    isFromPart = id !== undefined && position < state.partItems;
    if (id !== undefined && isFromPart) {
      queue = await readPart(contexts, id, position);
      position += queue.length;
      return true;
    }
    if (cursor === undefined) return false;
    const page = await broker.pullInstances(cursor, PAGE);
    cursor = page.next;
    isLong ||= cursor !== undefined;
    queue = judge ? await work.filter(page.instances, judge) : page.instances;
    return true;
  }

  function takeAtHand(): Waiting | undefined {
    return at < queue.length ? queue[at++] : undefined;
  }

  async function take(): Promise<Waiting | undefined> {
    while (at >= queue.length) if (!(await refill())) return undefined;
    return takeAtHand();
  }

  return {
    takeAtHand,
    take,
    putBack() {
      at -= 1;
    },
    isLong: () => isLong,
    async rest() {
      // An end that is known now spares the client a Pull that brings nothing.
      const next = await take();
      if (next === undefined) return undefined;
      at -= 1;
      if (isFromPart) return { ...state, pending: [], position: position - (queue.length - at), cursor };
      const pending = queue.slice(at).map((item) => (item instanceof CimInstance ? String(item.path) : item));
      return { ...state, pending, position, cursor };
    },
  };
}

function createWriter(
  { shape }: EnumerationState,
  judge: BoundQuery['judge'] | undefined,
  work: LongWork,
  request: OperationRequest<Resource>,
  { namespaces }: OperationContext,
): (item: Waiting, isKept: boolean) => WrittenItem | undefined | Promise<WrittenItem | undefined> {
  if (shape.kind === 'markup') return (item) => measured(String(item));
  const { broker } = request;
  const resource = requireCim(request.resource);
  if (shape.kind === 'classes') {
    const { name: namespace } = resource.space;
    return async (name) => {
      const cimClass = await unlessRefused(() => broker.getClass(namespace, String(name)));
      return cimClass && measured(writeClassItem(cimClass, shape, namespace));
    };
  }
  const write = createItemWriters(shape, resource.space, namespaces, request.call.cancellation);
  const writeAt = async (path: string, isKept: boolean) => {
    const found = pathFromText(path, 'enumeration', resource.wscim) ?? parseInstancePath(path);
    const instance = await unlessRefused(() => broker.getInstance(found));
    return instance && (!judge || (await work.settle(judge(instance)))) ? write(instance, isKept) : undefined;
  };
  return (item, isKept) => (item instanceof CimInstance ? write(item, isKept) : writeAt(item, isKept));
}

/** @throws WsmanFault InvalidEnumerationContext for the configuration: CIM enumerations are not begun there */
function requireCim(resource: Resource): CimResource {
  if (resource.kind !== 'config') return resource;
  throw new WsmanFault('InvalidEnumerationContext', 'The enumeration was begun with another resource URI.');
}

/** What stands behind a pending path or name; undefined when it has been deleted since, or is not for this caller any more. */
async function unlessRefused<T>(find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof CimError) return undefined;
    throw error;
  }
}
