#!/usr/bin/env node
// Nothing may be imported here before this is known: a Node that is too old fails at an import, with a page of errors.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 20 || (major === 20 && minor >= 19)) {
  const { run } = await import('./run.js');
  await run(process.argv.slice(2));
} else {
  process.stderr.write(
    `cimulator-conformance: this is Node ${process.versions.node}, and it needs 20.19 or newer (see https://nodejs.org)\n`,
  );
  process.exitCode = 2;
}
