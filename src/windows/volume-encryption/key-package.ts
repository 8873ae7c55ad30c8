import { createCipheriv, createHash } from 'node:crypto';
import { isCimArray } from '../../cim/model/cim-value.js';
import { idOf, type KeyProtector } from './key-protectors.js';

/**
 * What may salvage a volume: its key, encrypted with what a key protector holds. The form is our own: the GUID of the protector in 16
 * bytes, and the key by AES-256-GCM with its tag; the nonce is the first bytes of the GUID's hash, as each protector has one key.
 *
 * @param volumeKey 256 bits in base64
 * @param protector a numerical password, or an external key
 */
export function keyPackage(volumeKey: string, protector: KeyProtector): readonly number[] {
  const guid = Buffer.from(idOf(protector).replace(/[{}-]/g, ''), 'hex');
  const external = protector.get('ExternalKey');
  const secret = isCimArray(external)
    ? Buffer.from(external.map(Number))
    : createHash('sha256')
        .update(protector.getString('NumericalPassword') ?? '')
        .digest();
  const nonce = createHash('sha256').update(guid).digest().subarray(0, 12);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce);
  const sealed = Buffer.concat([cipher.update(Buffer.from(volumeKey, 'base64')), cipher.final()]);
  return [...guid, ...sealed, ...cipher.getAuthTag()];
}
