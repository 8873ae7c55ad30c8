import { testTargets } from './test-targets.js';

testTargets('wql', 'cql', 'cim-xml', 'wscim');
