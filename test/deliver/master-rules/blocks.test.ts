import { blockRules } from '../../../src/deliver/master-rules/blocks.ts';
import { testRules } from './rule-suite.ts';

testRules(blockRules);
