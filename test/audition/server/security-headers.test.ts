import { expect, test } from 'vitest';
import { securityHeaders } from '../../../src/audition/server/security-headers.ts';

test('nothing inline, nothing from elsewhere, isolated, and no page may frame ours', () => {
  const policy = securityHeaders['Content-Security-Policy']!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy).toContain("style-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe-inline|data:|blob:|\*|https?:/);
  expect(securityHeaders).toMatchObject({
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  });
});
