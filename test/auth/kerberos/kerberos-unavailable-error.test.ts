import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

describe('without what Kerberos needs', () => {
  beforeEach(() => vi.resetModules());
  afterEach(() => vi.doUnmock('koffi'));

  async function open(): Promise<unknown> {
    const { openKerberosAcceptor } = await import('../../../src/auth/kerberos/kerberos-acceptor.js');
    return openKerberosAcceptor({ keytab: '/none' });
  }

  it('the error says that koffi is not there', async () => {
    vi.doMock('koffi', () => {
      throw new Error('Cannot find package');
    });
    await expect(open()).rejects.toMatchObject({
      name: 'KerberosUnavailableError',
      message: 'Kerberos: the optional dependency koffi is not installed, or not for this platform',
    });
  });

  it('the error says that the system has no GSSAPI', async () => {
    vi.doMock('koffi', () => ({
      config: () => ({}),
      load: () => {
        throw new Error('cannot open shared object file');
      },
    }));
    await expect(open()).rejects.toMatchObject({
      name: 'KerberosUnavailableError',
      message: expect.stringMatching(/^Kerberos: the system has no GSSAPI library of MIT Kerberos \(.*libgssapi/),
    });
  });

  it('the error says that the platform has none', async () => {
    const platform = vi.spyOn(process, 'platform', 'get').mockReturnValue('win32');
    await expect(open()).rejects.toMatchObject({ message: 'Kerberos: there is no GSSAPI of MIT on win32' });
    platform.mockRestore();
  });
});
