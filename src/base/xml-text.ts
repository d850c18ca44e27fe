/** Text that needs no escape: most of it. */
const plain = /^[\t\n\r !#-%'-;=?-~]*$/;

/** Text for XML content and attribute values; characters that XML cannot hold are left out. */
export const escapeXml = (text: string): string =>
  plain.test(text)
    ? text
    : text
        .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;');
