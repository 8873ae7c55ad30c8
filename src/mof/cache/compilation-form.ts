/** Changes whenever the form of what is kept, or what the compiler makes of a text, changes: what has another number is compiled anew. */
export const COMPILATION_FORM = 7;
