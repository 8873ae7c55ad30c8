/**
 * The layers of docs/architecture.md: each folder of src and what it may import of ours. The first four names a
 * folder may import are its neighbours below; nothing may import upwards.
 */
const layers = {
  strings: [],
  options: ['strings'],
  xml: ['strings'],
  cim: ['strings'],
  mof: ['cim'],
  query: ['cim'],
  cimxml: ['cim', 'xml'],
  wscim: ['cim', 'xml', 'cimxml', 'mof', 'strings'],
  soap: ['xml'],
  wsman: ['soap', 'wscim', 'cimxml', 'cim', 'xml', 'query', 'strings'],
  auth: ['strings'],
  interceptors: ['cim', 'wsman/wsman-service'],
  http: ['auth', 'cim/contracts', 'wsman/wsman-service', 'strings'],
  store: ['cim'],
  iscsitarget: ['cim'],
  client: ['cim', 'auth', 'options'],
  endpoint: [
    ...['auth', 'cim', 'http', 'interceptors', 'iscsitarget', 'mof', 'options', 'store', 'wsman'],
    ...['package-file', 'package-version'],
  ],
};

const rules = Object.entries(layers).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: [folder, ...allowed].map((name) => `^src/${name}(/|\\.ts$)`) },
}));

module.exports = {
  forbidden: [
    ...rules,
    {
      name: 'no-circular',
      comment:
        'Two files that need each other at run time are one file, or a third is missing. Recursive descent is the exception: a grammar is as cyclic as its productions.',
      severity: 'error',
      from: { pathNot: '^src/(mof|query)/(parse|bind|print|recover)' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-dev-dependency-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
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
