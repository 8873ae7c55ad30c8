import type { CimValue } from '../cim/model/cim-value.js';
import type { NameMap } from '../cim/model/name-map.js';
import type { WsmanRequest } from './wsman-service.js';

/** What can be read of a message without carrying it out: as much as there is, and no more. */
export interface MessageDescription {
  readonly namespace: string | undefined;
  /** The class that the resource URI names; it may not exist. */
  readonly className: string | undefined;
  /** What the selectors name: keys of the class, or their texts where they are none. */
  readonly selectors: NameMap<CimValue> | undefined;
  /**
   * Of an Invoke the parameters, of a Create the properties, of a Put those that are to change. Where they do not fit their declaration,
   * or nobody knows that, their texts.
   */
  readonly input: NameMap<CimValue> | undefined;
  /** A query; of an association what WQL would say; of a selector filter its selectors. */
  readonly filter: string | undefined;
}

/** Where a method is declared, as far as is known. */
export interface NamedMethod {
  readonly namespace: string | undefined;
  readonly className: string | undefined;
  readonly method: string | undefined;
}

export interface MethodResult {
  readonly returnValue: CimValue;
  readonly outputs: NameMap<CimValue>;
}

/** Reads messages once more, when somebody wants to see them: what is kept of them is what came. */
export interface MessageReader {
  describe(message: Pick<WsmanRequest, 'body' | 'charset'>): MessageDescription;
  /** What a method gave back, by its declaration; undefined for what is no answer of it. */
  result(answer: Uint8Array, method: NamedMethod): MethodResult | undefined;
  /** The envelope as text; what is no text of its character set is read as far as it is. */
  text(message: Pick<WsmanRequest, 'body' | 'charset'>): string;
}
