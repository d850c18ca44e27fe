import { structureRules } from '../../../src/deliver/master-rules/structure.ts';
import { testRules } from './rule-suite.ts';

testRules(structureRules);
