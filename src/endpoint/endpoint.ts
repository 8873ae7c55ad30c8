import type { Broker } from '../cim/broker.js';
import type { IndicationListener } from '../cim/contracts/provider-host.js';
import type { StateKind } from '../cim/contracts/state.js';
import type { CertificateFingerprints } from '../http/certificate.js';
import type { RecordView } from '../interceptors/record/recorder.js';
import type { Hosts } from './hosts/hosts.js';
import type { ModelState, TestKit } from './test-kit.js';

/** Where one listener is. */
export interface EndpointListener {
  readonly url: string;
  readonly port: number;
}

/** The state of an endpoint (docs/state.md). */
export interface StateFacts {
  readonly kind: StateKind;
  /** A folder, a URL without its password, or `none`. */
  readonly place: string;
  /** False when the lab was applied just now. */
  readonly wasFound: boolean;
}

/** A running endpoint. */
export interface Endpoint
  extends AsyncDisposable,
    ModelState,
    RecordView,
    Pick<TestKit, 'addRule' | 'removeRule' | 'rules' | 'power' | 'start'> {
  readonly http?: EndpointListener;
  readonly https?: EndpointListener & { readonly fingerprints: CertificateFingerprints };
  /**
   * The computers that it stands for; none where it is the only one, without a name. What else is here is of all of them, or of the default one: where it
   * listens, its accounts, its model.
   */
  readonly hosts: Hosts;
  /** The control API, where it was asked for. */
  readonly control?: EndpointListener & { readonly token: string };
  /** The first account; its password only when it was given in `users` or made just now. */
  readonly account: { readonly name: string; readonly password?: string };
  /** The name of the lab, or of all of them, parted by commas; `none` for none. */
  readonly lab: string;
  /** Where its state is, and whether there was one when it started. */
  readonly state: StateFacts;
  /** The CIM operations on the same model, without the wire. */
  readonly broker: Broker;
  /** What happened since the start, in the text format of Prometheus. @throws OptionError unless the option `metrics` is set */
  metrics(): Promise<string>;
  /** Hears of every indication that a provider tells of, from now on. @returns what ends it */
  onIndication(listener: IndicationListener): () => void;
  /** Finishes running requests and stops. Safe to call twice, and at the same time. */
  close(): Promise<void>;
}

/** An endpoint that listens for plain HTTP, as it does unless `port` says `off`. */
export type HttpEndpoint = Endpoint & { readonly http: EndpointListener };
