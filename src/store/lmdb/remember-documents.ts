import type { CimInstance } from '../../cim/model/cim-instance.js';
import { writeDocument } from '../durable/write-document.js';

/** The document of an instance, in UTF-8. */
export type DocumentOf = (instance: CimInstance) => Buffer;

/** Beyond so many bytes the documents of an append are not kept for the next. */
const MOST_BYTES = 2 ** 20;

/**
 * Documents of the instances of appends, each written once: one commit's `after` is the row and, in the log, the `before` of the next, which
 * may be of the append that follows. To be called for each append.
 */
export function rememberDocuments(): () => DocumentOf {
  let last: ReadonlyMap<CimInstance, Buffer> = new Map();
  return () => {
    const earlier = last;
    const documents = new Map<CimInstance, Buffer>();
    let bytes = 0;
    last = documents;
    return (instance) => {
      let document = documents.get(instance);
      if (document !== undefined) return document;
      document = earlier.get(instance) ?? Buffer.from(writeDocument(instance), 'utf8');
      documents.set(instance, document);
      bytes += document.length;
      if (bytes > MOST_BYTES && last === documents) last = new Map();
      return document;
    };
  };
}
