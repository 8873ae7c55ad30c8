import type { HostNames } from './host-names.js';

/** A store as one of several computers has it. */
export interface HostScope {
  /** The host, as it is declared. */
  readonly name: string;
  readonly hosts: HostNames;
  readonly namespaces: readonly HostNamespace[];
}

export interface HostNamespace {
  readonly name: string;
  /**
   * Each host has one of its own; otherwise it is the same for all of them, so that what crosses hosts does so within one transaction, as is
   * one that is not named here.
   */
  readonly isOwn: boolean;
  /** The classes that can have instances. Asked for when a host is cleared. */
  classNames(): readonly string[];
}
