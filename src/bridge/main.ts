import { writeSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { packageVersion } from '../package/package-version.js';
import { greeting } from './greeting.js';

// Ctrl+C in a terminal that both share is meant for the parent, which cancels the calls that it gives up.
process.on('SIGINT', () => {});
// What a stream leaves behind is small and soon dead: more room for it only makes the process larger, by 15 MB with the first call.
setFlagsFromString('--semi-space-growth-factor=1');
// Of a long stream much dies old: by itself V8 lets four times of what lives pile up, and the process grows by 40 MB over what it needs.
setFlagsFromString('--heap-growing-percent=100');
// The parent may go on once it has read this, while the rest is loaded.
writeSync(1, greeting(packageVersion()));
const { startBridge } = await import('./start-bridge.js');
await startBridge();
