/** The cards of a guide: what stands on them, in what order, and what a number or a title refers to. */
import { unfolded, type Reply } from '../../src/cards/reply'
import { guideOf } from '../../src/guides'
import { contracts } from '../../src/guides/schema'
import { words } from '../../src/guides/words'
import { allStepsReply, beforeReply, endReply, stepReply, stoppedReply, stuckReply } from '../../src/replies/guide'
import type { Known, Run } from '../../src/runs/run'
import { languages, scenarios, type Language, type Scenario } from '../../src/topics'
import { begun, publicUrl } from './examples'

const rows = languages.flatMap((language) => scenarios.map((topic) => [topic, language] as const))
const asked = rows.filter(([topic, language]) => guideOf(topic, language).before)
const viewOf = (run: Run) => ({ run, guide: guideOf(run.topic, run.language), publicUrl })
const onStep = (topic: Scenario, language: Language, step: string): Run => ({ ...begun(topic, language), stage: 'steps', step })
const titles = ({ page }: Reply, more: boolean) => page.buttons.filter((button) => button.more === more).map(({ title }) => title)
const fields = ({ page }: Reply) => page.blocks.flatMap((block) => (block.kind === 'choice' ? [block.id] : []))

describe.each(rows)('%s (%s)', (topic, language) => {
  const { t } = words(language)
  const { steps } = guideOf(topic, language)

  test('a step: where one is, what to do, what to see; four buttons, the rest behind "…"', () => {
    steps.forEach((step, index) => {
      const reply = stepReply(viewOf(onStep(topic, language, step.id)))
      expect(reply.page.eyebrow).toContain(t('guide.step', { n: index + 1, m: steps.length }))
      expect(reply.page.progress).toEqual({ index, count: steps.length })
      for (const part of [step.instruction, step.expect, step.note ?? '', step.warning ?? '']) expect(unfolded(reply).text).toContain(part)
      expect(reply.text.includes(step.instruction) || reply.text.includes(step.short)).toBe(true)
      if (step.warning) expect(reply.text).toContain(step.warning)
      const done = t(index === steps.length - 1 ? 'buttons.finish' : 'buttons.done')
      expect(titles(reply, false)).toEqual([done, t('buttons.back'), t('buttons.stuck'), step.link.title])
      expect(titles(reply, true)).toEqual([t('buttons.allSteps'), t('buttons.support'), t('buttons.startAgain'), t('buttons.leave')])
    })
  })

  test('stuck: every usual cause, support in sight, and the way back', () => {
    steps.forEach((step, index) => {
      const reply = stuckReply(viewOf(onStep(topic, language, step.id)))
      for (const cause of step.stuck) expect(unfolded(reply).text).toContain(cause.text)
      step.stuck.forEach((cause, at) => expect(reply.text).toContain(`${at + 1}. ${/^\*\*.+?\*\*/.exec(cause.text)?.[0] ?? cause.text}`))
      expect(titles(reply, false).slice(0, 2)).toEqual([t('buttons.backToStep', { n: index + 1 }), t('buttons.support')])
    })
  })

  test('reading along is said on every step', () => {
    for (const { id } of steps) expect(stepReply(viewOf({ ...onStep(topic, language, id), readOnly: true })).text).toContain(t('guide.readOnly'))
    for (const { id } of steps) expect(stepReply(viewOf(onStep(topic, language, id))).text).not.toContain(t('guide.readOnly'))
  })

  test('all steps: numbered as a person would write them, with what is done and where one is', () => {
    const [first, second] = steps
    if (!first || !second) throw new Error('too few steps')
    const reply = allStepsReply(viewOf({ ...onStep(topic, language, second.id), done: [first.id] }))
    expect(reply.list.map(({ step }) => step)).toEqual(steps.map(({ id }) => id))
    expect(reply.text).toContain(`1. ${t('guide.stepDone', { title: first.title })}`)
    expect(reply.text).toContain(`**2. ${t('guide.stepHere', { title: second.title })}**`)
  })

  test('the end asks once whether it helped', () => {
    const ended: Run = { ...begun(topic, language), stage: 'end' }
    const helped = [t('buttons.helped'), t('buttons.notHelped')]
    expect(titles(endReply(viewOf(ended)), false)).toEqual(expect.arrayContaining(helped))
    for (const answer of [true, false])
      for (const title of titles(endReply(viewOf({ ...ended, helped: answer }), { hint: 'thanks' }), false)) expect(helped).not.toContain(title)
  })
})

describe.each(asked)('before %s (%s)', (topic, language) => {
  const run = begun(topic, language)
  const before = (known: Known) => beforeReply({ ...viewOf(run), known, role: undefined })

  test.each([
    ['nothing', { account: [] }, ['contract']],
    ['the contract', { contract: 'web', account: [] }, ['account']],
    ['the account', { account: [topic] }, ['contract']],
    ['both', { contract: 'csp', account: [topic] }, []],
  ] satisfies [string, Known, string[]][])('when %s is known, one thing is asked of the rest', (_what, known, expected) => {
    expect(fields(before(known))).toEqual(expected)
  })

  test('a number stands for an answer to what is asked', () => {
    expect(before({ account: [] }).list.map(({ step }) => step)).toEqual([...contracts])
    expect(before({ contract: 'web', account: [] }).list.map(({ step }) => step)).toEqual(['yes', 'no'])
    expect(before({ contract: 'web', account: [topic] }).list).toEqual([])
  })

  test('it says and asks in at most 120 words', () => {
    for (const known of [{ account: [] }, { contract: 'csp', account: [] }] satisfies Known[])
      expect(
        before(known)
          .text.replaceAll(/\(https:[^)]*\)/g, '')
          .match(/[\p{L}\p{N}][\p{L}\p{N}’'.-]*/gu)?.length,
      ).toBeLessThanOrEqual(120)
  })

  test('what follows from a known contract is said when nothing is asked any more', () => {
    for (const contract of contracts) {
      const { text = '' } = guideOf(topic, language).before?.contracts[contract] ?? {}
      expect(before({ contract, account: [topic] }).text).toContain(text)
    }
  })

  test('who may not go on is told so, can read the steps and get support', () => {
    const { t } = words(language)
    const stops = [
      stoppedReply(viewOf(run), { kind: 'contract', text: 'Ask your partner.' }),
      stoppedReply(viewOf(run), { kind: 'role', look: { kind: 'cannot', roles: [], limits: [] } }),
    ]
    for (const reply of stops) {
      expect(titles(reply, false)).toContain(t('buttons.readAlong'))
      expect(reply.page.buttons.find(({ title }) => title === t('buttons.readAlong'))?.meaning).toBeUndefined()
      expect(titles(reply, false)).toContain(t('buttons.support'))
    }
    expect(stops[0]?.text).toContain('Ask your partner.')
    expect(stops[1]?.text).toContain(t('verdict.askText'))
  })
})
