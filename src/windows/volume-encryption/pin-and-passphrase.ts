import type { CimValue } from '../../cim/model/cim-value.js';
import { onlyOne } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { FveCode, VolumeType } from './encryption-code.js';
import { isFipsOnly, policyNumber, typePolicy } from './group-policy.js';
import type { VolumeWork } from './of-volume.js';

const LONGEST_PIN = 20;
const [SHORTEST_PASSPHRASE, LONGEST_PASSPHRASE] = [8, 256];

/**
 * A PIN. It has digits, or what can be typed when enhanced PINs are allowed.
 *
 * @param least how many characters it has at least, where group policy does not ask for more
 * @throws MethodRefusal
 */
export async function checkedPin(
  given: CimValue | undefined,
  least: number,
  { store }: VolumeWork['machine'],
): Promise<string> {
  const pin = typeof given === 'string' ? given : '';
  const shortest = Math.max(least, (await policyNumber(store, 'MinimumPIN')) ?? 0);
  if (pin.length < shortest || pin.length > LONGEST_PIN)
    throw new MethodRefusal(FveCode.invalidPinLength, `a PIN has ${shortest} to ${LONGEST_PIN} characters`);
  const isEnhanced = (await policyNumber(store, 'UseEnhancedPin')) === 1;
  if (!(isEnhanced ? /^[ -~]*$/ : /^\d*$/).test(pin))
    throw new MethodRefusal(
      FveCode.invalidPinCharacters,
      isEnhanced ? 'a PIN has letters, digits, symbols and spaces' : 'a PIN has digits alone',
    );
  return pin;
}

/** Whether a passphrase may protect the volume at all. @throws MethodRefusal */
export async function checkPassphraseAllowed({ state, type, machine }: VolumeWork): Promise<void> {
  const { store } = machine;
  const bootupState = (await onlyOne(machine, 'Win32_ComputerSystem'))?.getString('BootupState') ?? '';
  if (bootupState.startsWith('Fail-safe'))
    throw new MethodRefusal(FveCode.notAllowedInSafeMode, 'the system runs in safe mode');
  await checkFips(store);
  const policy = await typePolicy(store, type, 'Passphrase');
  if (type === VolumeType.system && policy !== 1)
    throw new MethodRefusal(FveCode.osPassphraseNotAllowed, 'the volume of the system takes none');
  if (policy === 0) throw new MethodRefusal(FveCode.passphraseNotAllowed, 'group policy allows no passphrase');
  if (state?.version === 1)
    throw new MethodRefusal(FveCode.keyProtectorNotSupported, 'the volume has the format of Windows Vista');
}

/** @throws MethodRefusal fipsPreventsPassphrase */
export async function checkFips(store: VolumeWork['machine']['store']): Promise<void> {
  if (await isFipsOnly(store))
    throw new MethodRefusal(FveCode.fipsPreventsPassphrase, 'only algorithms of FIPS 140 are allowed');
}

/** `…PassphraseComplexity`: required. */
const REQUIRED = 1;

/** A passphrase of the length and complexity that group policy asks for. @throws MethodRefusal */
export async function checkedPassphrase(
  given: CimValue | undefined,
  { type, machine }: Pick<VolumeWork, 'type' | 'machine'>,
): Promise<string> {
  const { store } = machine;
  const passphrase = typeof given === 'string' ? given : '';
  const shortest = Math.max(SHORTEST_PASSPHRASE, (await typePolicy(store, type, 'PassphraseLength')) ?? 0);
  if (passphrase.length < shortest || passphrase.length > LONGEST_PASSPHRASE)
    throw new MethodRefusal(
      FveCode.invalidPassphraseLength,
      `a passphrase has ${shortest} to ${LONGEST_PASSPHRASE} characters`,
    );
  if ((await typePolicy(store, type, 'PassphraseComplexity')) === REQUIRED && kindsIn(passphrase) < WANTED_KINDS)
    throw new MethodRefusal(FveCode.passphraseTooSimple, `it has fewer than ${WANTED_KINDS} kinds of characters`);
  return passphrase;
}

/** As passwords of Windows: of four kinds of characters, three. */
const KINDS = [/\p{Lu}/u, /\p{Ll}/u, /\d/, /[^\p{L}\d]/u];
const WANTED_KINDS = 3;

function kindsIn(text: string): number {
  return KINDS.filter((one) => one.test(text)).length;
}
