/** On a phone: no word about an offer or a price, and every step stays a step. */
import { unfolded, type Reply } from '../../src/cards/reply'
import { guideOf } from '../../src/guides'
import { languageRows } from '../../src/languages'
import { answerReply } from '../../src/replies/answer'
import { beforeReply, endReply, stepReply, stuckReply } from '../../src/replies/guide'
import { withoutOffers } from '../../src/replies/store'
import { helpReply, welcomeReply } from '../../src/replies/talk'
import { answers, languages, scenarios, type Language } from '../../src/topics'
import { begun, publicUrl } from './examples'

const repliesIn = (language: Language): readonly Reply[] => [
  welcomeReply(language),
  helpReply(language),
  ...answers.map((topic) => answerReply({ topic, language, publicUrl })),
  ...scenarios.flatMap((topic) => {
    const guide = guideOf(topic, language)
    const run = begun(topic, language)
    const onSteps = guide.steps.map(({ id }) => ({ run: { ...run, stage: 'steps' as const, step: id }, guide, publicUrl }))
    return [
      beforeReply({ run, guide, publicUrl, known: { account: [] }, role: undefined }),
      endReply({ run: { ...run, stage: 'end' }, guide, publicUrl }),
      ...onSteps.flatMap((view) => [stepReply(view), stuckReply(view)]),
    ]
  }),
]
const read = (reply: Reply) => unfolded(reply).text.replaceAll(/\(https?:[^)]*\)/g, '')

describe.each(languages)('in %s', (language) => {
  const all = repliesIn(language)
  const { offers } = languageRows[language]

  test('there are words to leave out, or this proves nothing', () => {
    expect(all.filter((reply) => offers.test(read(reply))).length).toBeGreaterThan(10)
  })

  test('none is left, no address names one, and no text is empty', () => {
    for (const reply of all.map(withoutOffers)) {
      expect(read(reply)).not.toMatch(offers)
      expect(JSON.stringify(reply.page.buttons)).not.toContain('azure.microsoft.com/free')
      expect(unfolded(reply).text).not.toMatch(/^(?:-|\d+\.)\s*$|\*\*\*\*/m)
      for (const block of reply.page.blocks) if (block.kind === 'text') expect(block.text).not.toBe('')
    }
  })

  test('a guide keeps its steps, each with its page and its buttons', () => {
    for (const reply of all.filter(({ page }) => page.progress)) {
      const shown = withoutOffers(reply)
      expect(shown.page.progress).toEqual(reply.page.progress)
      expect(shown.page.buttons.filter(({ more }) => !more)).toHaveLength(reply.page.buttons.filter(({ more }) => !more).length - leftOut(reply))
    }
  })

  const leftOut = ({ page }: Reply) => page.buttons.filter(({ more, title }) => !more && offers.test(title)).length
})
