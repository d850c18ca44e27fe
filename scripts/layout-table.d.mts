/** The text of layouts/README.md. */
export function layoutPage(modules: Readonly<Record<string, unknown>>): string;
