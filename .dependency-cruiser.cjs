/**
 * The layers of docs/architecture.md: each folder of src and what it may import of ours. The first four names a
 * folder may import are its neighbours below; nothing may import upwards.
 */
const layers = {
  strings: [],
  package: [],
  files: [],
  options: ['strings'],
  xml: ['strings'],
  cim: ['strings'],
  mof: ['cim', 'files', 'strings'],
  query: ['cim'],
  cimxml: ['cim', 'xml', 'strings'],
  wscim: ['cim', 'xml', 'cimxml', 'mof', 'strings'],
  soap: ['xml'],
  wsman: ['soap', 'wscim', 'cimxml', 'cim', 'xml', 'query', 'strings'],
  // What a shared state keeps for it.
  auth: ['strings', 'files', 'cim/contracts/shared-counts', 'cim/contracts/shared-text'],
  interceptors: [
    'cim',
    'wsman/wsman-service',
    'wsman/wsman-operation',
    'wsman/header/duration',
    'wsman/message-description',
    'soap',
    'cimjson',
    'secrets',
    'options',
    'strings',
  ],
  secrets: ['cim', 'xml', 'strings'],
  http: ['auth', 'cim/contracts', 'cim/long-work', 'wsman/wsman-service', 'strings', 'files'],
  matchers: ['interceptors/match', 'interceptors/record', 'options'],
  // The rules of counting wrong passwords, which auth has for itself as well.
  store: ['cim', 'strings', 'files', 'auth/lock-out/count-row'],
  iscsitarget: ['cim'],
  types: ['cim'],
  client: ['cim', 'auth', 'options'],
  // What comes next: an ability looks at the contracts below it and at nobody beside it; the core looks at none of them.
  cimjson: ['cim', 'strings'],
  control: [
    ...[
      'cim',
      'cimjson',
      'endpoint/endpoint',
      'endpoint/hosts/host-facts',
      'endpoint/test-kit',
      'interceptors/match',
      'interceptors/record/recorded-exchange',
    ],
    ...['interceptors/rules/rule', 'interceptors/rules/rule-schema', 'files', 'options', 'strings', 'package'],
    // A listener as those of the endpoint are, with their limits and refusals.
    ...['http/client-error', 'http/cut-text', 'http/host-in-url', 'http/http-limits', 'http/is-loopback'],
    ...['http/listen-error', 'http/logger', 'http/node-server', 'http/refusal'],
  ],
  bridge: ['client', 'cimjson', 'cim', 'package'],
  // Chooses and opens a store; what knows of labs and schemas stays above it.
  state: ['cim', 'store', 'lab', 'files', 'options', 'package', 'strings', 'http/logger'],
  lab: ['cim', 'mof', 'cimjson', 'client', 'secrets', 'strings', 'files'],
  // One schema of flags, environment and file; of the other layers the words and bounds that options have.
  config: [
    ...['options', 'strings', 'files', 'package', 'auth/accounts/account-name', 'auth/schemes/allow-unencrypted'],
    ...[
      'auth/certificates/certificate-map',
      'http/http-limits',
      'http/log-format',
      'http/log-level',
      'http/tell-reasons',
    ],
    ...['mof/dialect', 'mof/syntax/parse-namespace', 'endpoint/iscsi-target-namespace', 'endpoint/options'],
    ...['endpoint/check-provider', 'endpoint/place-providers', 'endpoint/find-labs', 'auth/accounts/role'],
    ...['interceptors/rules/read-rules-file', 'interceptors/rules/rule-error', 'state/state-place'],
  ],
  replay: [
    ...['cim', 'cimjson', 'client', 'options', 'secrets', 'soap', 'strings', 'wscim', 'xml', 'files'],
    ...['wsman/wsman-service', 'wsman/header/duration'],
  ],
  windows: ['cim', 'xml'],
  // Several processes as one server: above the endpoint, which knows of them by its seams alone.
  workers: [
    ...['endpoint', 'control', 'interceptors', 'http', 'cim', 'wsman/service-settings', 'config/load-providers'],
    ...['options', 'state', 'store/lmdb/open-parts'],
  ],
  endpoint: [
    ...['auth', 'cim', 'http', 'interceptors', 'files', 'iscsitarget', 'mof', 'options', 'store', 'strings', 'wsman'],
    ...['package', 'cimjson', 'secrets', 'lab', 'control', 'replay', 'query', 'state', 'windows'],
  ],
};

/** The stores beside one another: what two of them have in common lies in `durable`, which knows neither, and what memory shares with any in `parts`. */
const stores = {
  parts: [],
  memory: ['parts'],
  durable: ['parts'],
  lmdb: ['durable', 'parts'],
  postgres: ['durable', 'parts'],
};

const storeRules = Object.entries(stores).map(([folder, allowed]) => ({
  name: `store-${folder}`,
  severity: 'error',
  from: { path: `^src/store/${folder}/` },
  to: { path: '^src/store/', pathNot: [folder, ...allowed].map((name) => `^src/store/${name}/`) },
}));

const rules = Object.entries(layers).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: [folder, ...allowed].map((name) => `^src/${name}(/|\\.ts$)`) },
}));

module.exports = {
  forbidden: [
    ...rules,
    ...storeRules,
    {
      name: 'recall-behind-reader-memory',
      comment:
        'What is remembered of earlier messages is reached through `ReaderMemory` alone, so that reading can be understood without it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/xml/(recall/|read-xml\\.ts$)' },
      to: { path: '^src/xml/recall/' },
    },
    {
      name: 'no-circular',
      comment:
        'Two files that need each other at run time are one file, or a third is missing. Recursive descent is the exception: a grammar is as cyclic as its productions.',
      severity: 'error',
      from: { pathNot: '^src/(mof/(syntax|bind|print)|query)/(parse|bind|print|recover)' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-dev-dependency-in-package',
      severity: 'error',
      from: { path: '^(src|conformance)/' },
      // `lmdb` is joined in, and brings the binaries as optional dependencies of ours (docs/dependencies.md).
      to: { path: '.', pathNot: '^node_modules/lmdb/', dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'conformance-by-itself',
      comment: 'The conformance tool tests any server, ours too: what it shared with ours, it could not find wrong.',
      severity: 'error',
      from: { path: '^conformance/' },
      to: { path: '^(src|test|scripts|bench|dist)/' },
    },
    {
      name: 'nothing-from-conformance',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^conformance/' },
    },
    {
      name: 'conformance-ships-without-docs',
      comment: 'What writes docs/conformance.md reads the files of this project, which are not in the package.',
      severity: 'error',
      from: { path: '^conformance/', pathNot: '^conformance/docs/' },
      to: { path: '^conformance/(docs/|expected-failures)' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
