/** Milliseconds since 1970 on the server's clock: the only one that all endpoints have together. */
export const CLOCK_MS = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
