import { elementRules } from '../../../src/deliver/master-rules/elements.ts';
import { testRules } from './rule-suite.ts';

testRules(elementRules);
