import { type Command, Option } from 'commander';
import { createSecrets } from '../secrets/secrets.js';
import { collect } from './collect.js';
import { addSignInOptions, hasSignIn, type SignInFlags, signInOptions, urlOf } from './connection-options.js';
import { exitWithError, UsageError } from './exit-with-error.js';
import { addListenerOptions, type ListenerFlags, listen } from './listener-options.js';

interface RecordFlags extends ListenerFlags, Omit<SignInFlags, 'url'> {
  readonly upstream: string;
  readonly output: string;
  readonly secret?: readonly string[];
}

/** Bytes: the client's answers are handed on, whatever their size, as far as a server may send them. */
const MAX_ANSWER = 8 * 1024 * 1024;

const NOTES = `
Clients sign in here, with --account; here signs in upstream, with --user. The file has a message
and its answer in each line, decoded, without passwords and other secrets; it is made anew, for its
owner only. 'cimulator replay' answers from it.`;

/** Adds `cimulator record` to the program. */
export function addRecordCommand(program: Command): void {
  const command = program
    .command('record')
    .description('stand between clients and an endpoint, and write down what is said')
    .requiredOption('--upstream <url>', 'the endpoint to record, or its host alone')
    .requiredOption('-o, --output <file>', 'where to write; there must be no such file')
    .addOption(
      new Option(
        '--secret <[class.]name>',
        'a parameter or property that is not written down; may be repeated',
      ).argParser(collect),
    );
  addListenerOptions(addSignInOptions(command.optionsGroup('Upstream:')))
    .addHelpText('after', NOTES)
    .action(async (flags: RecordFlags) => {
      try {
        await record(flags);
      } catch (error) {
        exitWithError(error);
        process.stdin.unref?.();
      }
    });
}

async function record(flags: RecordFlags): Promise<void> {
  const url = urlOf(flags.upstream);
  if (!hasSignIn({ ...flags, url }))
    throw new UsageError('--user says who signs in upstream (or --client-cert, or --auth kerberos)');
  const [{ resolveClientOptions }, { createTransports }, { recorder }, { createRecording }] = await Promise.all([
    import('../client/client-options.js'),
    import('../client/transport/create-transports.js'),
    import('../replay/record.js'),
    import('../replay/recording-writer.js'),
  ]);
  const settings = resolveClientOptions({ ...(await signInOptions({ ...flags, url })), maxEnvelopeSize: MAX_ANSWER });
  const { authenticated } = createTransports(settings);
  const writer = await createRecording(flags.output, settings.url.origin + settings.url.pathname, new Date());
  const interceptor = recorder({ upstream: authenticated, write: writer.write, secrets: createSecrets(flags.secret) });
  await listen(flags, { lab: 'none', interceptors: { message: [interceptor] } }, async () => {
    await authenticated.close();
    await writer.close();
    process.stderr.write(`${flags.output}: ${writer.count} messages\n`);
  });
}
