import { trackRules } from '../../../src/deliver/master-rules/tracks.ts';
import { testRules } from './rule-suite.ts';

testRules(trackRules);
