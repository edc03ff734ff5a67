const mostCharacters = 64

/**
 * A name from outside as one line of plain text: no control or direction characters, no line breaks, 64 characters at most; undefined
 * when nothing is left. It may still hold Markdown, which whoever shows it has to escape.
 */
export const plainText = (name: string | null | undefined, most = mostCharacters): string | undefined => {
  const clean = (name ?? '')
    .normalize('NFC')
    .replace(/[\p{Zs}\p{Zl}\p{Zp}\t\n\v\f\r]+/gu, ' ')
    // Joiners belong to some scripts; every other format character only deceives.
    .replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    // More than two marks on a letter spill over the lines around it.
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .trim()
  const short = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(clean)].map(({ segment }) => segment)
  const text =
    short.length > most
      ? `${short
          .slice(0, most - 1)
          .join('')
          .trimEnd()}…`
      : clean
  return text || undefined
}

/** An e-mail-like sign-in name, or undefined when it is not one to rely on. It may hold an apostrophe, which an address has to encode. */
export const plainUserName = (name: string | null | undefined): string | undefined => {
  const text = plainText(name, 254)
  return text !== undefined && text === name && /^[^\s@<>"()[\]\\`*|]+@[^\s@<>"'()[\]\\`*|_~]+$/u.test(text) ? text : undefined
}

/** A language tag such as `fr-FR`, or undefined. */
export const plainLanguage = (tag: string | null | undefined): string | undefined => (tag && /^[a-z]{2,3}(-[a-z\d]{2,8}){0,3}$/i.test(tag) ? tag : undefined)
