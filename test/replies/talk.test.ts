/** Small answers about the bot itself. */
import { choicesOf, unfolded } from '../../src/cards/reply'
import { guideOf, labelOf } from '../../src/guides'
import { words } from '../../src/guides/words'
import { errorCodeBlock, helpReply, myRunsReply, notUnderstoodReply, shareReply, welcomeReply, whyReply } from '../../src/replies/talk'
import { answers, languages, scenarios, topics, type Topic } from '../../src/topics'
import { begun } from './examples'

describe.each(languages)('in %s', (language) => {
  const { t } = words(language)

  test('the welcome offers the other language, written in it', () => {
    const button = welcomeReply(language).page.buttons.find((each) => each.kind === 'press' && each.action.verb === 'speak')
    expect(button?.title).toBe(language === 'en' ? 'Passer au français' : 'Continue in English')
  })

  test('help lists every guide and answer, by the number one may write', () => {
    const reply = helpReply(language)
    const listed = [...scenarios, ...answers]
    expect(reply.list.map(({ topic }) => topic)).toEqual(listed)
    listed.forEach((topic, index) => expect(unfolded(reply).text).toContain(`${index + 1}. ${labelOf(topic, language)}`))
  })

  test('"why this answer?" names topic, certainty, wording and the second guess', () => {
    const reply = whyReply(language, { topic: 'link-existing', confidence: 0.874, phrasing: 'link both', runnerUp: 'tenant-basics' })
    for (const part of [labelOf('link-existing', language), '87', 'link both', labelOf('tenant-basics', language)]) expect(reply.text).toContain(part)
  })

  test('"why this answer?" after a question out of scope claims no topic', () => {
    const reply = whyReply(language, { topic: 'none', confidence: 0.9, phrasing: 'link both', runnerUp: 'tenant-basics' })
    expect(reply.text).toContain('link both')
    for (const part of ['**none**', '90', labelOf('tenant-basics', language), t('talk.unknownTitle')]) expect(reply.text).not.toContain(part)
    expect(whyReply(language, undefined).text).toContain(t('talk.whyNone'))
  })

  test('an error code that is not listed is named, not explained, and looked up at Microsoft like the others', () => {
    for (const number of ['9999999', '50020'])
      expect(errorCodeBlock(`AADSTS${number}`, language)).toEqual([
        expect.objectContaining({
          title: expect.stringContaining(`AADSTS${number}`),
          text: expect.stringContaining(`login.microsoftonline.com/error?code=${number}`),
        }),
      ])
  })

  test('not understood: at most three topics, and help', () => {
    const topicsOf = (candidates: readonly Topic[]) => choicesOf(notUnderstoodReply(language, candidates)).list.map(({ topic }) => topic)
    expect(topicsOf([...topics])).toEqual([...topics.slice(0, 3), 'help'])
    expect(topicsOf([])).toEqual(['help'])
  })

  test('my guides: as many numbers as lines, each leading back to its guide', () => {
    const runs = scenarios.map((topic, index) => ({ ...begun(topic, language), id: `run-${index}` }))
    const reply = myRunsReply(language, runs)
    expect(reply.list.map(({ run }) => run)).toEqual(runs.map(({ id }) => id))
    runs.forEach((run, index) => expect(unfolded(reply).text).toContain(`${index + 1}. ${guideOf(run.topic, language).label}`))
  })

  test('a shared guide holds every step with its page, and nothing about the person', () => {
    const run = begun('m365-for-azure', language)
    const { text } = shareReply(language, run.topic, run)
    guideOf(run.topic, language).steps.forEach(({ title, link }, index) => expect(text).toContain(`${index + 1}. ${title} (${link.url})`))
    expect(text).not.toContain(run.id)
  })
})
