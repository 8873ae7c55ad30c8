import { testTargets } from './test-targets.js';

testTargets('mof', 'mof-windows');
