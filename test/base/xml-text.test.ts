import { expect, test } from 'vitest';
import { escapeXml } from '../../src/base/xml-text.ts';

test('what means something in XML is escaped, what XML cannot hold is left out', () => {
  expect(escapeXml('a < b & "c" > d\u0000\u001b\ud800é\u{1f3a7}')).toBe(
    'a &lt; b &amp; &quot;c&quot; &gt; dé\u{1f3a7}',
  );
});
