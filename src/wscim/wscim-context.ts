import type { Schema } from '../cim/schema/schema.js';

/** What decoding needs to know of the endpoint. */
export interface WscimContext {
  /** The namespace of the request: where references without a namespace of their own point. */
  readonly namespace: string;
  readonly schema: Schema;
  /** The schema of another namespace; undefined when it is not served here. */
  findSchema(namespace: string): Schema | undefined;
  /** Set while XML that came as escaped text is read: such text is not unpacked a second time. */
  readonly insideText?: boolean;
}
