import { askServer, type ServerAnswers } from './ask-server.js';
import { type Check, check } from './check.js';
import { checkAccount } from './check-account.js';
import { checkClock, checkIdentify, checkSchemes, explainSilence } from './check-answers.js';
import { checkName, checkPort } from './check-network.js';
import { checkReady } from './check-ready.js';
import { checkTls } from './check-tls.js';
import { checkWindows } from './check-windows.js';
import { type DoctorTarget, hrefOf } from './doctor-target.js';

/**
 * Examines an endpoint from the client's side, from the bottom up; what cannot work because something below does not is not tried.
 * Works with any WS-Man server. Each step ends in time, and none sends a password where the client's commands would not.
 */
export async function* diagnose(target: DoctorTarget): AsyncGenerator<Check> {
  for (const step of [checkName, checkPort]) {
    const found = await step(target);
    yield found;
    if (found.status === 'fail') return;
  }

  let tlsIsFine = true;
  let isTrusted = true;
  if (target.url.protocol === 'https:') {
    const found = await checkTls(target);
    yield* found;
    if (found.length === 1) return;
    tlsIsFine = found.every(({ status }) => status === 'ok') && target.client.tls?.fingerprint256 === undefined;
    isTrusted = target.client.tls?.rejectUnauthorized === false || found.every(({ status }) => status !== 'fail');
  }

  let answers: ServerAnswers;
  try {
    answers = await askServer(target);
  } catch (error) {
    yield await explainSilence(error, target);
    return;
  }
  const identified = checkIdentify(answers, target);
  yield identified;
  if (identified.status === 'fail') return;
  yield* await checkReady(answers, target);
  yield checkClock(answers);
  yield checkSchemes(answers, target);
  yield checkWindows(answers, target, tlsIsFine);

  const { user, clientCertificate, auth } = target.client;
  if (user === undefined && clientCertificate === undefined && auth !== 'kerberos')
    yield check(
      'sign-in',
      'skip',
      'without an account: give --user to try',
      `cimulator doctor ${hrefOf(target)} --user NAME`,
    );
  else if (!isTrusted)
    yield check('sign-in', 'skip', 'nobody signs in to a server whose certificate is not trusted', 'see --fingerprint');
  else yield* checkAccount(target, answers);
}
