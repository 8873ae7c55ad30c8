/** Base priorities by the priority classes of processes: idle, below normal, normal, above normal, high, real time. */
export const PRIORITIES: Readonly<Record<number, number>> = { 64: 4, 16384: 6, 32: 8, 32768: 10, 128: 13, 256: 24 };
