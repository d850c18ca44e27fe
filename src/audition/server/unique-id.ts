/** An id that is fit for a URL and not among those taken: the text in small letters, what is special as a dash. */
export function uniqueId(text: string, taken: readonly string[]): string {
  const base =
    text
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9.+]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '') || 'source';
  let id = base;
  for (let count = 2; taken.includes(id); count++) id = `${base}-${count}`;
  return id;
}
