/**
 * `npm publish` runs this first: it refuses what docs/releasing.md says must not be published, one line for each reason.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const { version, repository, bugs } = JSON.parse(readFileSync('package.json', 'utf8'));
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** The reserved name of RFC 2606, which is nobody's. */
const isNobodys = (url) => /\.example$/.test(new URL(url).hostname);

function changelogProblem() {
  const heading = /^## (.+)$/m.exec(readFileSync('CHANGELOG.md', 'utf8'))?.[1] ?? '';
  const [released = '', when = ''] = heading.split(' ');
  if (released !== version) return `CHANGELOG.md begins with '${heading}', not with ${version}`;
  return /^\(\d{4}-\d\d-\d\d\)$/.test(when) ? undefined : `CHANGELOG.md has no day for ${version}: '${heading}'`;
}

/** What is installed along is what was tested, and nothing that has taken its name since. */
function digestProblem() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const without = Object.entries(packages)
    .filter(([path, { dev, integrity }]) => path !== '' && !dev && !integrity?.startsWith('sha512-'))
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  return without.length > 0 ? `package-lock.json has no digest of ${without.join(', ')}` : undefined;
}

const problems = [
  changelogProblem(),
  isNobodys(repository.url) && `repository is nobody's address: ${repository.url}`,
  isNobodys(bugs.url) && `bugs is nobody's address: ${bugs.url}`,
  digestProblem(),
  !existsSync('powershell/Cimulator/bin/Cimulator.PowerShell.dll') &&
    'the PowerShell module is not built: npm run build:powershell',
  git('status', '--porcelain') !== '' && 'there are changes that are not committed',
  !git('tag', '--points-at', 'HEAD').split('\n').includes(`v${version}`) && `the commit has no tag v${version}`,
].filter((problem) => typeof problem === 'string');

for (const problem of problems) console.error(`not to be published: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
