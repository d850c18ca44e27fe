import { idRules } from '../../../src/deliver/master-rules/ids.ts';
import { testRules } from './rule-suite.ts';

testRules(idRules);
