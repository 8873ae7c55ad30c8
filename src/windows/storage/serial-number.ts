/** A new serial number of a volume, from a new UUID: repeatable when the endpoint was started with a seed. */
export function newSerialNumber({ newUuid }: { newUuid(): string }): number {
  return Number.parseInt(newUuid().slice(0, 8), 16);
}
