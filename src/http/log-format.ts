/** How a log line is written: `text` for a person, `json` for programs, `auto`: for a person on a terminal only. */
export const LOG_FORMATS = ['auto', 'text', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];
