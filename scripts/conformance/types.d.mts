/** One thing that a specification asks of a server. */
export interface Requirement {
  /** Stable name: `area:subject[:aspect]`. */
  readonly id: string;
  /** Where it is said. */
  readonly clause: string;
  /** What the server does, in our words. */
  readonly behaviour: string;
  readonly level: 'must' | 'should';
  /** Why nothing here meets it yet; no test may claim it. */
  readonly deferred?: string;
}

/** The server under test, and what is known to exist on it. */
export interface Target {
  readonly namespace: string;
  /** A concrete class with instances. */
  readonly className: string;
  /** Keys of one instance of it, without `__cimnamespace`. */
  readonly selectors: Readonly<Record<string, string>>;
  /** A method of the class that takes no parameters, when one was named. */
  readonly method: string | undefined;
  /** True when the server runs the default lab of this project. */
  readonly lab: boolean;
  /** Distinguishes what this run creates from what is there. */
  readonly run: string;
}

/** What a case sends. */
export interface Message {
  readonly body: string | Uint8Array;
  /** MessageID in the body, when it has one. */
  readonly messageId?: string;
  /** HTTP header fields; they replace the usual ones of the same name, `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly method?: string;
  /** Path and query, instead of those of the URL under test. */
  readonly path?: string;
  /** Whose name goes along: the account under test (default), a wrong password, or nobody. */
  readonly credentials?: 'right' | 'wrong' | 'none';
  /** Send without Content-Length. */
  readonly chunked?: boolean;
}

export interface XmlAttribute {
  readonly uri: string;
  readonly local: string;
  readonly value: string;
}

/** An element as an XML reader that shares nothing with the server sees it. */
export interface XmlNode {
  readonly uri: string;
  readonly local: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  readonly text: string;
  /** Prefixes in scope: what a QName in the content means. */
  readonly scope: Readonly<Record<string, string>>;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** Document element; undefined when the body is empty or not XML. */
  readonly root: XmlNode | undefined;
  /** Why there is no document element. */
  readonly problem: string | undefined;
  /** True when the connection had served a request before. */
  readonly reused: boolean;
}

/** Texts that earlier steps of a case took from answers. */
export type Memory = Record<string, string>;

export interface Exchange {
  readonly target: Target;
  readonly sent: Message;
  readonly answer: Answer;
  readonly memory: Memory;
}

export interface Expectation {
  /** What is expected, as a phrase. */
  readonly says: string;
  /** What is wrong, or undefined when all is well. */
  readonly check: (exchange: Exchange) => string | undefined;
}

export interface Step {
  readonly send: (target: Target, memory: Memory) => Message;
  readonly expect: readonly Expectation[];
  /** Names for texts of the answer, each with the path where it stands. */
  readonly remember?: Readonly<Record<string, string>>;
}

export interface Case {
  /** Unique sentence. */
  readonly name: string;
  /** Ids of the requirements that it proves. */
  readonly verifies: readonly string[];
  /** `lab`: only against the default lab; `instance`: needs a known instance; `method`: needs a method without parameters. */
  readonly needs?: 'lab' | 'instance' | 'method';
  /** The specifications leave the feature to the server: a fault that says so is no failure. */
  readonly optional?: boolean;
  readonly steps: readonly Step[];
  /** Runs whatever became of the steps; what it answers is not looked at. */
  readonly cleanUp?: (target: Target, memory: Memory) => Message | undefined;
}

export type Outcome = 'pass' | 'fail' | 'unsupported' | 'skipped';

export interface CaseResult {
  readonly case: Case;
  readonly outcome: Outcome;
  /** What went wrong, what the server said, or what is missing. */
  readonly reason: string | undefined;
}

/** A way to a server. */
export interface Connection {
  send(message: Message): Promise<Answer>;
  close(): void;
}

export interface ConnectionOptions {
  /** `http://host:5985/wsman` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Take any TLS certificate. */
  readonly insecure?: boolean;
  /** Milliseconds for one exchange. */
  readonly timeout?: number;
}
