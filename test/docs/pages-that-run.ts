/** Pages whose blocks are run, one after the other, in a folder for the page; those that are not say why beside them. */
export const PAGES_THAT_RUN: readonly string[] = [
  'docs/breaking-things.md',
  'docs/control-api.md',
  'docs/requests.md',
  'docs/state.md',
  'docs/test-kit.md',
  'docs/watching.md',
];

/** Pages whose blocks need not say anything yet, and why. Their TypeScript and JavaScript is checked by `examples.test.ts` all the same. */
export const EXEMPT: Readonly<Record<string, string>> = {
  'README.md': 'for a server on port 5985, whose clients test/interop and test/powershell/documentation.test.ts run',
  'docs/authentication.md': 'wants KDCs, domains and certificates; test/interop has them',
  'docs/clients.md': 'goes on with the session of the README',
  'docs/configuration.md': 'configuration.test.ts reads its files',
  'docs/conformance.md': 'written by npm run conformance:docs',
  'docs/mof.md': 'for files of the reader’s',
  'docs/pester.md': 'run by powershell/test/KitPester.Tests.ps1',
  'docs/powershell.md': 'run by test/powershell/documentation.test.ts',
  'docs/releasing.md': 'publishes',
  'docs/writing-a-provider.md': 'parts of one example, which provider-example.test.ts runs',
};
