import { MalformedTokenError } from '../malformed-token-error.js';
import type { Peer } from '../schemes/authentication-scheme.js';
import type {
  AuthenticatedStep,
  MechanismConversation,
  MechanismStep,
  SecurityMechanism,
} from '../schemes/security-mechanism.js';
import { type NegTokenInit, readNegTokenInit } from './neg-token-init.js';
import { type NegTokenResp, readNegTokenResp, writeNegTokenResp } from './neg-token-resp.js';

/** What was chosen, and what the rest of the conversation must know of it. */
interface Choice {
  readonly init: NegTokenInit;
  readonly oid: string;
  readonly conversation: MechanismConversation;
  /** Not the peer's first choice: somebody in between may have made it so (RFC 4178 §5). */
  readonly micRequired: boolean;
}

/**
 * The acceptor's side of SPNEGO (RFC 4178, MS-SPNG): takes the first mechanism on the peer's list that is enabled, and carries its
 * tokens.
 *
 * @param mechanisms the enabled ones
 */
export function startSpnego(mechanisms: readonly SecurityMechanism[], peer: Peer): MechanismConversation {
  let choice: Choice | undefined;
  let answered = false;
  /** Who has proven who they are, and now has to sign the list of mechanisms. */
  let unsigned: AuthenticatedStep | undefined;

  async function begin(token: Buffer): Promise<MechanismStep> {
    const init = readNegTokenInit(token);
    choice = choose(mechanisms, init, peer);
    if (choice === undefined) return refused(`none of the mechanisms is enabled: ${init.mechanisms.join(', ')}`);
    // The optimistic token is for the first mechanism of the list; it says nothing to another one (RFC 4178 §4.2.1).
    if (choice.micRequired || init.token === undefined) return answer(choice, { state: 'accept-incomplete' });
    return proceed(choice, init.token, undefined);
  }

  async function proceed(chosen: Choice, token: Buffer, mic: Buffer | undefined): Promise<MechanismStep> {
    const step = await chosen.conversation.step(token);
    if (step.kind === 'refused') return step;
    if (step.kind === 'authenticated') return complete(chosen, step, mic);
    return answer(chosen, { state: 'accept-incomplete', token: step.token });
  }

  async function complete(chosen: Choice, step: AuthenticatedStep, mic: Buffer | undefined): Promise<MechanismStep> {
    const { integrity } = step;
    const { mechList } = chosen.init;
    if (mic === undefined && chosen.micRequired && integrity) {
      if (step.token === undefined) return refused(`no mechListMIC, which is required (user "${step.user}")`);
      // The peer has its key when it has read this token, not before: it signs then, and reads our signature first (RFC 4178 §5).
      unsigned = step;
      const mechListMic = await integrity.sign(mechList);
      return answer(chosen, { state: 'accept-incomplete', token: step.token, mechListMic });
    }
    if (mic !== undefined && (await integrity?.verify(mechList, mic)) !== true) return refused(wrongMic(step));
    const last = answer(chosen, {
      state: 'accept-completed',
      token: step.token,
      mechListMic: mic === undefined ? undefined : await integrity?.sign(mechList),
    });
    return { ...step, token: last.token };
  }

  /** The peer is done since it signed: our signature went ahead, and no token must follow (RFC 4178 §5). */
  async function checkSignature(chosen: Choice, step: AuthenticatedStep, mic: Buffer | undefined) {
    unsigned = undefined;
    if (mic === undefined || (await step.integrity?.verify(chosen.init.mechList, mic)) !== true)
      return refused(wrongMic(step));
    const { token: _, ...rest } = step;
    return rest;
  }

  /** The first answer names the mechanism, and asks for the MIC where it is required. */
  function answer(chosen: Choice, resp: NegTokenResp): { kind: 'continue'; token: Buffer } {
    const first = !answered;
    answered = true;
    const asksForMic = first && chosen.micRequired && resp.state === 'accept-incomplete';
    return {
      kind: 'continue',
      token: writeNegTokenResp({
        ...resp,
        state: asksForMic ? 'request-mic' : resp.state,
        supportedMech: first ? chosen.oid : undefined,
      }),
    };
  }

  async function go(token: Buffer): Promise<MechanismStep> {
    if (choice === undefined) return begin(token);
    const resp = readNegTokenResp(token);
    if (resp.state === 'reject') return refused('the peer gave up');
    if (unsigned !== undefined) return checkSignature(choice, unsigned, resp.mechListMic);
    if (resp.token === undefined) return refused('a SPNEGO answer without a token');
    return proceed(choice, resp.token, resp.mechListMic);
  }

  return {
    async step(token) {
      try {
        return await go(token);
      } catch (error) {
        if (error instanceof MalformedTokenError) return refused(`SPNEGO: ${error.message}`);
        throw error;
      }
    },
  };
}

function choose(mechanisms: readonly SecurityMechanism[], init: NegTokenInit, peer: Peer): Choice | undefined {
  for (const [index, oid] of init.mechanisms.entries()) {
    const mechanism = mechanisms.find(({ oids }) => oids.includes(oid));
    if (mechanism !== undefined) return { init, oid, conversation: mechanism.start(peer), micRequired: index > 0 };
  }
  return undefined;
}

function wrongMic({ user }: AuthenticatedStep): string {
  return `a wrong mechListMIC (user "${user}")`;
}

function refused(reason: string): MechanismStep {
  return { kind: 'refused', reason };
}
