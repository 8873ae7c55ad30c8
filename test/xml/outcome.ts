import { XmlError } from '../../src/xml/xml-error.js';

/** What reading comes to: the tree, or what is wrong and where. */
export function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const { code, message, line, column, limit } = error;
    return { code, message, line, column, limit };
  }
}
