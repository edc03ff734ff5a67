/** Names from outside (people, tenants, products), for places that read Markdown. */

const harmless: Readonly<Record<string, string>> = { '*': '∗', '[': '(', ']': ')', '<': '‹', '>': '›', '`': '’', '~': '∼', '|': '¦', '\\': '∕' }

/** The same to read, with nothing in it that Markdown takes for emphasis, a link or an address. */
export const foreign = (name: string): string =>
  name
    .replaceAll(/[*[\]<>`~|\\]/g, (sign) => harmless[sign] ?? sign)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '‗')
    .replaceAll('://', ': //')
