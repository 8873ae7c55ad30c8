import { describe, expect, it } from 'vitest';
import { effectiveSettings } from '../../src/config/effective-settings.js';
import { toldBySetting } from '../../src/config/told-by-setting.js';
import { CertificateError } from '../../src/http/certificate.js';
import { OptionError } from '../../src/options/option-error.js';

const inFile = (values: object) =>
  effectiveSettings({
    file: {
      file: 'cimulator.yaml',
      values,
      placeOf: ([name]) => ({ file: 'cimulator.yaml', line: name === 'cert' ? 3 : 7, column: 1 }),
    },
  });

describe('toldBySetting', () => {
  it('has the line of the file that names a certificate which is none', () => {
    const told = toldBySetting(
      inFile({ cert: 'tls/server.pem' }),
      new CertificateError('tls/server.pem holds no certificate'),
    );
    expect(String((told as Error).message)).toBe('cimulator.yaml:3:1: cert: tls/server.pem holds no certificate');
  });

  it('leaves the message alone that names a file which a flag gave', () => {
    const error = new CertificateError('tls/server.pem holds no certificate');
    expect(toldBySetting(effectiveSettings({ flags: { cert: 'tls/server.pem' } }), error)).toBe(error);
  });

  it('leaves errors about no setting as they are', () => {
    const error = new Error('the lab is closed');
    expect(toldBySetting(inFile({ cert: 'tls/server.pem' }), error)).toBe(error);
    expect(toldBySetting(inFile({ cert: 'tls/server.pem' }), 'text')).toBe('text');
  });

  it('calls an option by the variable that set it', () => {
    const told = toldBySetting(
      effectiveSettings({ variables: { port: 70_000 } }),
      Object.assign(new OptionError('port: expected at most 65535'), { option: 'port' }),
    );
    expect((told as Error).message).toBe('CIMULATOR_PORT: expected at most 65535');
  });
});
