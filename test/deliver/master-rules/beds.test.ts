import { bedRules } from '../../../src/deliver/master-rules/beds.ts';
import { testRules } from './rule-suite.ts';

testRules(bedRules);
