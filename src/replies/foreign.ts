/** Names from outside (people, tenants, products), for places that read Markdown, templates and functions of cards. */

const harmless: Readonly<Record<string, string>> = { '*': '∗', '[': '(', ']': ')', '<': '‹', '>': '›', '`': '’', '~': '∼', '|': '¦', '\\': '∕', '&': '＆' }
/** At the beginning they would make a heading, a list or a rule. */
const harmlessFirst: Readonly<Record<string, string>> = { '#': '＃', '-': '‐', '+': '＋', '=': '＝' }

/** The same to read, with nothing in it that is taken for emphasis, a link, an address, a mention, a heading, a list, `{{DATE(…)}}` or `${…}`. */
export const foreign = (name: string): string =>
  name
    .replaceAll(/[*[\]<>`~|\\]|&(?=#|\w+;)/g, (sign) => harmless[sign] ?? sign)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '‗')
    .replaceAll(/^\s*[#+=-]+/g, (signs) => signs.replaceAll(/./g, (sign) => harmlessFirst[sign] ?? sign))
    .replaceAll(/^(\s*\d+)([.)])(?=\s|$)/g, (_all, number: string, sign: string) => number + (sign === '.' ? '․' : '）'))
    .replaceAll(/[{}]/g, (brace) => (brace === '{' ? '❴' : '❵'))
    .replaceAll(/:?\/\//g, (sign) => (sign === '//' ? '/ /' : ': / /'))
    .replaceAll(/(www|mailto|javascript)(?=[.:])/gi, '$1 ')
