import type { CommitsAfter, StoredCommit } from '../durable/backend.js';
import type { Row } from './database.js';
import { commitOfVersion, readCommitsAfter } from './logged-commits.js';

/** Reads the log, and remembers the last commit of it: when its version is somebody else's, the state was put back. */
export class KnownLog {
  #last: Pick<StoredCommit, 'version' | 'id'> | undefined;

  appended(commits: readonly StoredCommit[]): void {
    this.#last = commits.at(-1);
  }

  /** @param rows what `commitsAfterText` gave */
  read(after: number, rows: readonly Row[]): CommitsAfter {
    const known = this.#last?.version === after ? this.#last.id : undefined;
    const answer = readCommitsAfter(after, known, rows);
    this.#last = answer.kind === 'forgotten' ? undefined : (answer.commits.at(-1) ?? commitOfVersion(after, rows));
    return answer;
  }
}
