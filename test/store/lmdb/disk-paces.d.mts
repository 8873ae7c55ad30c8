import type { Pace } from '../../../src/store/lmdb/disk-pace.js';

export declare const PACES: Readonly<Record<'this thread' | 'another thread', Pace>>;
