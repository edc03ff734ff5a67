/** Without cards: is every choice a number of one list, and does the number do what it says? */
import { choicesOf, numberedText } from '../../src/cards/reply'
import { stepReply, stuckReply, allStepsReply, beforeReply } from '../../src/replies/guide'
import { helpReply, myRunsReply, shareReply } from '../../src/replies/talk'
import { guideOf } from '../../src/guides'
import { languages, type Language } from '../../src/topics'
import { begun, publicUrl } from '../replies/examples'

const run = (language: Language) => ({ ...begun('azure-for-m365', language), stage: 'steps' as const })
const viewOf = (language: Language) => ({ run: run(language), guide: guideOf('azure-for-m365', language), publicUrl })

const replies = (language: Language) => ({
  'a question': beforeReply({ ...viewOf(language), known: { account: [] }, role: undefined }),
  'a step with numbers of its own': stepReply({ ...viewOf(language), run: { ...run(language), step: 'complete-form' } }),
  causes: stuckReply(viewOf(language)),
  'all steps': allStepsReply(viewOf(language)),
  help: helpReply(language),
  'my guides': myRunsReply(language, [run(language), { ...run(language), id: 'other' }]),
  'a text to share': shareReply(language, 'azure-for-m365', run(language)),
})

const rows = languages.flatMap((language) => Object.entries(replies(language)).map(([name, reply]) => [name, language, reply] as const))

test.each(rows)('%s (%s): one list of numbers, each with its choice', (_name, _language, reply) => {
  const { list } = choicesOf(reply, { plain: true })
  const numbered = [...numberedText(reply).matchAll(/^\*\*(\d+)\*\* (.*)$/gm)]
  expect(numberedText(reply)).not.toMatch(/^\d+\. /m)
  // What a fold of the list holds is numbered once it is unfolded.
  const [last] = numbered.slice(-1)
  expect(Number(last?.[1])).toBe(list.length)
  expect(new Set(numbered.map(([, number]) => number)).size).toBe(numbered.length)
  for (const [, number, title] of numbered) {
    const pick = list[Number(number) - 1]
    expect(pick).toBeDefined()
    if (pick?.title !== undefined) expect(title).toBe(pick.title)
  }
})

test('what opens a page is named with its address, and takes no number', () => {
  const text = numberedText(stepReply(viewOf('en')))
  expect(text).toMatch(/^Open Azure sign-up \(https:\/\/azure\.microsoft\.com\/free\)$/m)
})
