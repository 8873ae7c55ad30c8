import { type FaultKey, faultTable } from './fault-table.js';

/** A header block that nobody here understands. */
export interface NotUnderstoodBlock {
  readonly namespaceUri: string;
  readonly localName: string;
}

/** A fault of the protocol layers. Thrown anywhere above the CIM model, written in one place (`writeFault`). */
export class WsmanFault extends Error {
  override readonly name = 'WsmanFault';
  readonly key: FaultKey;
  /** English text for the client: what was wrong with this very request. Never a stack or a path. */
  readonly reason: string;
  /** For key `MustUnderstand`: the blocks to name in `s:NotUnderstood`. */
  readonly notUnderstood: readonly NotUnderstoodBlock[];

  /**
   * @param key row of the fault table
   * @param reason precise text; left out, the table's own
   */
  constructor(key: FaultKey, reason?: string, notUnderstood: readonly NotUnderstoodBlock[] = []) {
    const text = reason ?? faultTable[key].reason;
    super(text);
    this.key = key;
    this.reason = text;
    this.notUnderstood = notUnderstood;
  }
}
