import type { Delivery } from '../wsman/wsman-service.js';

/** How an answer is delivered, with every value one that can be carried out. */
export interface DeliveryPlan {
  readonly status: number;
  readonly delayMs: number;
  /** Undefined: as fast as it goes. */
  readonly bytesPerSecond: number | undefined;
  /** Bytes of the body that are sent. */
  readonly length: number;
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
  const length = lengthOf(delivery, bodyLength);
  return {
    status: isStatus(delivery.status) ? delivery.status : status,
    delayMs: positive(delivery.delayMs) ?? 0,
    bytesPerSecond: positive(delivery.bytesPerSecond),
    length,
    end: delivery.end?.how ?? (cutOf(delivery) === undefined ? undefined : 'close'),
    silent: delivery.end?.when === 'before',
  };
}

function lengthOf(delivery: Delivery, bodyLength: number): number {
  const cut = cutOf(delivery);
  if (cut !== undefined) return Math.min(cut, bodyLength);
  return delivery.end?.when === 'within' ? Math.floor(bodyLength / 2) : bodyLength;
}

function cutOf({ cutAfter }: Delivery): number | undefined {
  return cutAfter === undefined || Number.isNaN(cutAfter) ? undefined : Math.max(0, Math.floor(cutAfter));
}

/** A final status (RFC 9110 §15): after one of 1xx another would have to follow. */
function isStatus(status: number | undefined): status is number {
  return Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 999;
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}
