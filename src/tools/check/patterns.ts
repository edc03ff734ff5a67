/** Which files of `src/understanding` hold patterns with the words of several languages in one, and for which languages were they gone through? */
import type { Language } from '../../topics'

export const patternFiles = [
  'arguments',
  'clauses',
  'ellipsis',
  'facts/account',
  'facts/contract',
  'facts/help',
  'facts/organization',
  'facts/owner',
  'facts/products',
  'facts/role',
  'facts/runs',
  'facts/scope',
  'facts/tenants',
  'gate',
  'interpret',
  'other-way',
  'plain',
] as const

/** Nobody can tell from a pattern which languages it holds: whoever has added the words of one to a file says so here. */
export const patternsHold: Readonly<Record<Language, readonly (typeof patternFiles)[number][]>> = { en: patternFiles, fr: patternFiles }
