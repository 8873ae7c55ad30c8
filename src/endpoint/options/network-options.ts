import { ALLOW_UNENCRYPTED, type AllowUnencrypted } from '../../auth/schemes/allow-unencrypted.js';
import { type MemberChecks, members, oneOf, orWord, text, wholeNumber } from '../../options/option-checks.js';
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
   * From whom passwords, and messages in clear, are taken over plain HTTP: `never`, from nobody, as Windows' AllowUnencrypted demands
   * when it is false; `loopback`, the default and the same as false, from callers on this machine; `always`, the same as true, from
   * everybody. Negotiate seals its messages.
   */
  readonly allowUnencrypted?: boolean | AllowUnencrypted;
  /** How long connections are refused when a client restarts the computer, in seconds of the endpoint's clock. Default 2. */
  readonly rebootSeconds?: number;
}

/** The files of a server's certificate. */
export interface CertificateOptions {
  readonly certPath: string;
  readonly keyPath: string;
}

/** A day. */
export const LONGEST_REBOOT_S = 86_400;

const port = orWord('off', wholeNumber(0, 65_535));

export const networkChecks: MemberChecks<NetworkOptions> = {
  host: text,
  port,
  httpsPort: port,
  certificate: members<CertificateOptions>({ certPath: text, keyPath: text }, ['certPath', 'keyPath']),
  clientCertificates: clientCertificateChecks,
  allowUnencrypted: (name, value) => {
    if (typeof value !== 'boolean') oneOf(...ALLOW_UNENCRYPTED)(name, value);
  },
  rebootSeconds: wholeNumber(0, LONGEST_REBOOT_S),
};

/** The mode in words. */
export function unencryptedMode({ allowUnencrypted = 'loopback' }: NetworkOptions): AllowUnencrypted {
  if (typeof allowUnencrypted !== 'boolean') return allowUnencrypted;
  return allowUnencrypted ? 'always' : 'loopback';
}
