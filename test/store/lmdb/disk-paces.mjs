/** Which thread waits for the disk, whatever the disk is like. */
const run = (wait) => wait();
const waits = { here: run, elsewhere: run };

export const PACES = {
  'this thread': { isHere: true, ...waits },
  'another thread': { isHere: false, ...waits },
};
