import type { Delivery } from '../wsman/wsman-service.js';

/** How an answer is delivered, with every value one that can be carried out. */
export interface DeliveryPlan {
  readonly status: number;
  readonly delayMs: number;
  /** Undefined: as fast as it goes. */
  readonly bytesPerSecond: number | undefined;
  /** Bytes of the body that are sent, or that are sent before it stands still. */
  readonly length: number;
  /** What is left of the body is not sent before the client gives up. */
  readonly stalls: boolean;
  /** How the connection ends afterwards; undefined: it goes on. */
  readonly end: 'close' | 'reset' | undefined;
  /** Nothing is sent at all. */
  readonly silent: boolean;
}

/**
 * Makes a plan of what somebody wants, who may have computed it: what is no number, or none that makes sense, is as if it were
 * not there.
 *
 * @param status that of the answer
 * @param bodyLength bytes
 */
export function planDelivery(delivery: Delivery, status: number, bodyLength: number): DeliveryPlan {
  const stall = wholeBytes(delivery.stallAfter);
  const { end, cutAfter } = delivery;
  const how = end?.how ?? (wholeBytes(cutAfter) === undefined ? undefined : 'close');
  return {
    status: isStatus(delivery.status) ? delivery.status : status,
    delayMs: positive(delivery.delayMs) ?? 0,
    bytesPerSecond: positive(delivery.bytesPerSecond),
    length: stall === undefined ? lengthOf(delivery, bodyLength) : Math.min(stall, bodyLength),
    stalls: stall !== undefined,
    end: stall === undefined ? how : undefined,
    silent: stall === undefined && end?.when === 'before',
  };
}

function lengthOf(delivery: Delivery, bodyLength: number): number {
  const cut = wholeBytes(delivery.cutAfter);
  if (cut !== undefined) return Math.min(cut, bodyLength);
  return delivery.end?.when === 'within' ? Math.floor(bodyLength / 2) : bodyLength;
}

function wholeBytes(bytes: number | undefined): number | undefined {
  return bytes === undefined || Number.isNaN(bytes) ? undefined : Math.max(0, Math.floor(bytes));
}

/** A final status (RFC 9110 §15): after one of 1xx another would have to follow. */
function isStatus(status: number | undefined): status is number {
  return Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 999;
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}
