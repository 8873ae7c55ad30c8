import { testTargets } from './test-targets.js';

testTargets('basic', 'der', 'ntlm', 'sealed-message', 'spnego');
