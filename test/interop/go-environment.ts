import { fileURLToPath } from 'node:url';

/**
 * Variables for Go's compiler. Debian keeps the sources of libraries where GOPATH says; nothing is fetched. What one test has compiled, the
 * others have: the libraries take seven seconds of a core.
 */
export const GO_ENVIRONMENT = {
  GO111MODULE: 'off',
  GOPATH: '/usr/share/gocode',
  GOFLAGS: '',
  GOCACHE: fileURLToPath(new URL('../../node_modules/.cache/go', import.meta.url)),
} as const;
