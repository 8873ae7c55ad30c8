/** In place of `msgpackr`, in which `lmdb` writes values that have no other encoding: all of ours have. For bundles alone. */
export class Encoder {
  constructor() {
    throw new Error('a table without an encoding');
  }
}
