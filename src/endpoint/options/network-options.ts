import { flag, type MemberChecks, members, orWord, text, wholeNumber } from '../../options/option-checks.js';
import { type ClientCertificateOptions, clientCertificateChecks } from './client-certificate-options.js';

/** Where to listen. */
export interface NetworkOptions {
  /** Address or host name to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** HTTP port; 0, the default, for any free one; `off` for none. */
  readonly port?: number | 'off';
  /** HTTPS port; 0 for any free one; `off`, the default, for none. */
  readonly httpsPort?: number | 'off';
  /** PEM files of the TLS certificate (chain) and its key. Default: a self-signed certificate. */
  readonly certificate?: CertificateOptions;
  /** Client certificates, mapped to accounts, on HTTPS. Default: clients are not asked for one. */
  readonly clientCertificates?: ClientCertificateOptions;
  /**
   * Take passwords, and messages in clear, over plain HTTP from other machines than this one. Default false: Negotiate seals its
   * messages there.
   */
  readonly allowUnencrypted?: boolean;
}

/** The files of a server's certificate. */
export interface CertificateOptions {
  readonly certPath: string;
  readonly keyPath: string;
}

const port = orWord('off', wholeNumber(0, 65_535));

export const networkChecks: MemberChecks<NetworkOptions> = {
  host: text,
  port,
  httpsPort: port,
  certificate: members<CertificateOptions>({ certPath: text, keyPath: text }, ['certPath', 'keyPath']),
  clientCertificates: clientCertificateChecks,
  allowUnencrypted: flag,
};
