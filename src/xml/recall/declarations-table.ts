import { interned } from '../../strings/interned.js';
import { bytesOfText, messageMemory } from '../../strings/message-memory.js';
import type { Declarations } from '../reader-memory.js';

// Bounded in number and length, because peers choose what they declare.
const MAX_KNOWN = 1024;
const MAX_LENGTH = 512;
let known = 0;

/** One of them with its two maps, without the texts. */
const NODE_BYTES = 640;

/** Ids given so far: those of declarations that are forgotten are not given again. */
let ids = 0;

/** Declarations that were made before, each with those that were made behind it, by URI and prefix. */
class KnownDeclarations implements Declarations {
  readonly uri: string;
  readonly id = ids++;
  readonly next = new Map<string, Map<string, KnownDeclarations>>();

  constructor(uri: string) {
    this.uri = uri;
  }

  with(prefix: string, uri: string): Declarations | undefined {
    if (prefix.length + uri.length > MAX_LENGTH) return undefined;
    return this.next.get(uri)?.get(prefix) ?? this.#keep(prefix, uri);
  }

  #keep(prefix: string, uri: string): Declarations | undefined {
    if (known >= MAX_KNOWN) {
      forget();
      memory.give(memory.used);
    }
    if (!memory.take(bytesOfText(uri) + bytesOfText(prefix) + NODE_BYTES)) return undefined;
    known++;
    const own = interned(uri);
    const after = new KnownDeclarations(own);
    const ofUri = this.next.get(own) ?? new Map<string, KnownDeclarations>();
    if (ofUri.size === 0) this.next.set(own, ofUri);
    ofUri.set(interned(prefix), after);
    return after;
  }
}

/** Where the declarations of every document begin. */
export const noDeclarations = new KnownDeclarations('');

const memory = messageMemory.join({ forget });

/** Documents that are being read go on with those that they have, which go with them. */
function forget(): void {
  noDeclarations.next.clear();
  known = 0;
}
