import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { WhichUser } from '../auth/accounts/change-users.js';
import { parseRoles, type Role } from '../auth/accounts/role.js';
import { USER_FILE } from '../auth/accounts/user-file.js';
import { openUserStore, type UserStore } from '../auth/accounts/user-store.js';
import { type SchemeName, schemes } from '../config/kinds/word-kinds.js';
import { DEFAULT_SCHEMES } from '../config/settings/account-settings.js';
import { defaultDataDirectory } from '../files/default-data-directory.js';
import { hasPassword, statePlace } from '../state/state-place.js';
import { argumentParser } from './argument-parser.js';
import { collect } from './collect.js';
import { ensureDataDirectory, requireDataDirectory } from './data-directory.js';
import { UsageError } from './exit-with-error.js';
import { formatTable } from './format-table.js';
import { printableJson } from './printable.js';
import { askNewPassword, type PasswordSource, processSource, readPasswordFrom } from './read-password.js';
import { withSharedAccounts } from './shared-accounts.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface UserFlags {
  readonly dataDir: string;
  readonly state?: string;
}

interface PasswordFlags extends UserFlags {
  readonly passwordStdin?: boolean;
  readonly auth: readonly SchemeName[];
  readonly role?: readonly string[];
}

interface ListFlags extends UserFlags {
  readonly json?: boolean;
}

const NOTES = `
With --state postgres://… (CIMULATOR_STATE) the accounts are those of the database, which all
endpoints on it have; with any other --state they lie in the data directory, as without.

A 'serve' that runs on the same data directory or database takes changes over within a second; a
new password or a removal ends what was signed in with the old one. With --user, 'serve' has the
accounts named there and no others.

Roles: read (Get, Enumerate, queries, associations, classes), write (Create, Put, Delete), execute
(methods), all, none; each of them everywhere, or for one place:
read@root/cimv2/storage/iScsiTarget, execute@root/cimv2/storage/iScsiTarget:CIM_NetworkPipe (a
class with its subclasses), write@winrm/config (the service's configuration). Identify is for
everybody.

Exit status: 0 when it is done, else 1.`;

/** Adds `cimulator user …` to the program. */
export function addUserCommand(
  program: Command,
  terminal: Terminal = processTerminal,
  source: PasswordSource = processSource,
): void {
  const user = program
    .command('user')
    .description('accounts of the data directory or a database: add, list, remove, passwd, roles')
    .addHelpText('after', NOTES);
  const run = (work: () => Promise<void>) => runCommand(terminal, work);

  withPassword(user.command('add <name>').description('add an account; its password is asked for'))
    .addOption(new Option('--role <list>', 'what it may do; may be repeated; default: everything').argParser(collect))
    .action((name: string, flags: PasswordFlags) =>
      run(async () => {
        // Before the password is asked for: a mistake here should not cost typing it twice.
        const roles = flags.role && parseRoles(flags.role);
        await setPassword(source, name, flags, { which: 'new', ...(roles && { roles }) });
      }),
    );

  withPassword(user.command('passwd <name>').description('give an account another password')).action(
    (name: string, flags: PasswordFlags) => run(() => setPassword(source, name, flags, { which: 'known' })),
  );

  inDataDir(
    user.command('roles <name> <roles...>').description("replace what an account may do; 'all': everything"),
  ).action((name: string, roles: readonly string[], flags: UserFlags) =>
    run(() => withStore(flags, { changes: true }, (store) => store.setRoles(name, parseRoles(roles)))),
  );

  inDataDir(user.command('remove <name>').description('remove an account')).action((name: string, flags: UserFlags) =>
    run(() =>
      withStore(flags, { changes: true }, async (store) => {
        await store.remove(name);
        if (store.list().length > 0) return;
        terminal.err(
          "That was the last account: nobody can sign in until there is one. The next start of 'serve' makes one if there is none.\n",
        );
      }),
    ),
  );

  inDataDir(user.command('list').description('show the accounts'))
    .option('--json', 'as JSON')
    .action((flags: ListFlags) =>
      run(() => withStore(flags, {}, async (store) => terminal.out(listOf(store, flags.json === true)))),
    );
}

function inDataDir(command: Command): Command {
  return command
    .addOption(
      new Option('--data-dir <dir>', 'where the accounts are kept')
        .env('CIMULATOR_DATA_DIR')
        .default(defaultDataDirectory()),
    )
    .option('--state <place>', "as for 'serve': the accounts of a database (env: CIMULATOR_STATE)");
}

function withPassword(command: Command): Command {
  return inDataDir(command)
    .option('--password-stdin', 'read the password from stdin instead of asking for it')
    .addOption(
      new Option('--auth <list>', "as for 'serve': without negotiate the file is left without any NT hash")
        .env('CIMULATOR_AUTH')
        .argParser(argumentParser(schemes))
        .default(DEFAULT_SCHEMES, 'negotiate,basic'),
    );
}

interface StoreTerms {
  /** NT hashes that are there stay, unless the operator says that there are to be none. */
  readonly ntHashes?: boolean;
  /** The folder is made when it is not there. */
  readonly makes?: boolean;
  /** Endpoints have to take over what is changed. */
  readonly changes?: boolean;
}

async function withStore(
  flags: UserFlags,
  terms: StoreTerms,
  work: (store: UserStore) => Promise<void>,
): Promise<void> {
  const { ntHashes = true, makes = false, changes = false } = terms;
  checkFlag(flags.state);
  const state = flags.state ?? process.env.CIMULATOR_STATE;
  if (isDatabase(state)) return withSharedAccounts(state, { ntHashes, changes }, work);
  await (makes ? ensureDataDirectory : requireDataDirectory)(flags.dataDir);
  await work(await openUserStore({ file: join(flags.dataDir, USER_FILE), ntHashes }));
}

function isDatabase(state: string | undefined): state is string {
  return state !== undefined && statePlace(state).kind === 'postgres';
}

/** @throws UsageError, which does not quote it: what is on the command line, others on this machine can read */
function checkFlag(state: string | undefined): void {
  if (state === undefined || !hasPassword(state)) return;
  throw new UsageError(
    '--state: everybody on this machine can read a password on the command line: set CIMULATOR_STATE, or leave the password out and let PGPASSFILE name the file that has it',
  );
}

async function setPassword(
  source: PasswordSource,
  name: string,
  flags: PasswordFlags,
  { which, roles }: { readonly which: WhichUser; readonly roles?: readonly Role[] },
): Promise<void> {
  const terms = { ntHashes: flags.auth.includes('negotiate'), makes: which === 'new', changes: which === 'known' };
  await withStore(flags, terms, async (store) => {
    store.checkName(name, which);
    const password = flags.passwordStdin ? await readPasswordFrom(source) : await askNewPassword(source, name);
    await store.add(name, password, roles, which);
  });
}

function listOf(store: UserStore, json: boolean): string {
  const users = store.describe();
  if (json) return `${printableJson(users)}\n`;
  const rows = users.map(({ name, roles, negotiate }) => [name, roles.join(',') || 'none', negotiate ? 'yes' : 'no']);
  return formatTable(['NAME', 'ROLES', 'NEGOTIATE'], rows);
}
