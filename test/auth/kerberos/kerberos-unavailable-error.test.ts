import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

describe('without what Kerberos needs', () => {
  beforeEach(() => vi.resetModules());
  const binary = `@koromix/koffi-${process.platform}-${process.arch}`;
  afterEach(() => vi.doUnmock(binary));

  async function open(): Promise<unknown> {
    const { openKerberosAcceptor } = await import('../../../src/auth/kerberos/kerberos-acceptor.js');
    return openKerberosAcceptor({ keytab: '/none' });
  }

  it('the error says that koffi is not there', async () => {
    vi.doMock(binary, () => {
      throw new Error('Cannot find package');
    });
    await expect(open()).rejects.toMatchObject({
      name: 'KerberosUnavailableError',
      message: `Kerberos: the optional dependency ${binary} is not installed, or does not load`,
    });
  });

  it('the error says that the system has no GSSAPI', async () => {
    vi.doMock(binary, () => ({
      default: {
        config: () => ({}),
        load: () => {
          throw new Error('cannot open shared object file');
        },
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
