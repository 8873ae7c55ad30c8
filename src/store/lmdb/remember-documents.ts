import type { CimInstance } from '../../cim/model/cim-instance.js';
import { writeDocument } from '../durable/write-document.js';

export type DocumentOf = (instance: CimInstance) => string;

/**
 * Documents of the instances of one append, each written once: one commit's `after` is the row and, in the log, the `before` of the
 * next.
 */
export function rememberDocuments(): DocumentOf {
  const documents = new Map<CimInstance, string>();
  return (instance) => {
    let document = documents.get(instance);
    if (document === undefined) {
      document = writeDocument(instance);
      documents.set(instance, document);
    }
    return document;
  };
}
