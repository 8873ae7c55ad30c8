import { testTargets } from './test-targets.js';

testTargets('soap', 'http');
