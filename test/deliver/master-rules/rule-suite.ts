import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { MasterRule } from '../../../src/deliver/master-rules/rule.ts';
import { jobFolder } from '../../job/scenes.ts';
import { faultsOfRules } from './master-faults.ts';
import {
  chunksOf,
  factsOfFile,
  faultsByRule,
  inFolder,
  riffOf,
  writeMaster,
  type Chunk,
} from './master-files.ts';

/**
 * Each rule holds for a whole master, is broken by its faults, and says what and where.
 * @param beyondFiles ids of rules that no short file can break; they are tested apart
 */
export function testRules(rules: readonly MasterRule[], beyondFiles: readonly string[] = []): void {
  const folder = jobFolder();
  const faults = faultsOfRules(rules);
  let whole: readonly Chunk[];
  beforeAll(async () => {
    whole = chunksOf(readFileSync(await writeMaster(inFolder(folder, 'whole'))));
  });

  test('a whole master keeps them all', async () => {
    const broken = faultsByRule(await factsOfFile(inFolder(folder, 'same'), riffOf(whole)));
    expect([...broken]).toEqual([]);
  });

  test('each has a fault that breaks it', () => {
    const tried = new Set([...faults.map(({ rule }) => rule), ...beyondFiles]);
    expect(rules.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
  });

  test.each(faults)('$name: $rule', async ({ rule, edit, found = /./, place = /^/ }) => {
    const facts = await factsOfFile(inFolder(folder, 'broken'), riffOf(edit(whole)));
    const [first] = faultsByRule(facts).get(rule) ?? [];
    expect(first?.found).toMatch(found);
    expect(first?.place).toMatch(place);
  });
}
