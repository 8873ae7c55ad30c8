/** Who is told why a call ended as it did, in the header field `Cimulator-Reason`: nobody, callers on this machine, or all. */
export const TELL_REASONS = ['never', 'loopback', 'always'] as const;
export type TellReasons = (typeof TELL_REASONS)[number];
