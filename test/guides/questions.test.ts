/**
 * Questions that people asked in public, in their words, as the first thing they write: is the answer the right sentence? Where
 * Microsoft's pages do not say, it is an honest "not known" and where to ask.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { begin } from '../support/talk'

const asked = readFileSync(join(__dirname, 'questions.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => z.strictObject({ id: z.string(), text: z.string(), locale: z.string(), says: z.string() }).parse(JSON.parse(line)))

test.each(asked)('$id: $text', async ({ text, locale, says }) => {
  const answer = await begin(locale === 'fr' ? 'fr' : 'en').say(text)
  expect(`${answer.page.title}\n${answer.text}`.replaceAll(/[\u00A0\u202F]/g, ' ')).toMatch(new RegExp(says))
})
