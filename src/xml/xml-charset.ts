/** The character sets of WS-Management messages (DSP0226 §13, R13.1-1 and -2). */
export type XmlCharset = 'utf-8' | 'utf-16le' | 'utf-16be';
