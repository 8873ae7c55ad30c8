/** More is not padding any more. */
const MAX_PADDING_BYTES = 16;

/**
 * A message without the zeros at its end that were sealed along with it. libmi rounds the length of its envelopes up, and no XML may
 * hold a NUL, so that what does is never part of one.
 *
 * @param contentType of the message; in UTF-16 the last unit of a text may end with a zero, which stays
 */
export function withoutPadding(message: Buffer, contentType: string): Buffer {
  const earliest = Math.max(message.length - MAX_PADDING_BYTES, 0);
  let end = message.length;
  while (end > earliest && message[end - 1] === 0) end--;
  if (end < message.length && /charset="?utf-?16/i.test(contentType)) end += end % 2;
  return message.subarray(0, end);
}
