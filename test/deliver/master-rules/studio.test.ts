import { studioRules } from '../../../src/deliver/master-rules/studio.ts';
import { testRules } from './rule-suite.ts';

testRules(studioRules);
