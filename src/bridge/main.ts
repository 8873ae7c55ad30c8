import { writeSync } from 'node:fs';
import { packageVersion } from '../package/package-version.js';
import { greeting } from './greeting.js';

// Ctrl+C in a terminal that both share is meant for the parent, which cancels the calls that it gives up.
process.on('SIGINT', () => {});
// The parent may go on once it has read this, while the rest is loaded.
writeSync(1, greeting(packageVersion()));
const { startBridge } = await import('./start-bridge.js');
await startBridge();
