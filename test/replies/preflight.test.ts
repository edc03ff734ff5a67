/** What a preflight comes to, where the guide opens then, and that nothing unseen is ever a no. */
import { unfolded } from '../../src/cards/reply'
import { concludeFor, looksFirst, preflightReply, stepToOpen } from '../../src/replies/preflight'
import { peopleReply } from '../../src/replies/people'
import { guideOf } from '../../src/guides'
import { languages } from '../../src/topics'
import { helperLists, ownerLists, preflights, reasons } from './examples'

const [usual, here] = preflights
if (!usual || !here) throw new Error('there are no examples')
const at = '2026-11-25T09:30:00.000Z'
const blocked = { answer: 'no', at, evidence: { blocked: true } } as const
const groupOwner = { answer: 'no', at, evidence: { how: 'group' } } as const
const partner = { answer: 'no', at, evidence: { offer: 'csp', quotaId: 'CSP_2015-05-01' } } as const
const azureUnseen = { answer: 'unknown', at, reason: 'nothing-visible' } as const

describe('a move', () => {
  it.each([
    ['nothing in the way', usual, 'clear', undefined],
    ['this tenant blocks', { ...usual, entering: blocked }, 'missing', undefined],
    ['Owner by a group only, and this tenant lets it in', { ...usual, owner: groupOwner }, 'missing', 'agree-on-people'],
    ['Owner by a group only, and this tenant blocks', { ...usual, owner: groupOwner, entering: blocked }, 'missing', undefined],
    ['an offer that cannot move', { ...usual, offer: partner }, 'cannot', 'find-blockers'],
    ['it is here already', here, 'already', undefined],
    ['nothing to be seen', { ...usual, azure: azureUnseen }, 'unseen', undefined],
  ] as const)('%s', (_name, found, conclusion, step) => {
    expect(concludeFor('link-existing', found)).toBe(conclusion)
    expect(stepToOpen('link-existing', found)).toBe(step)
  })
})

describe('a purchase', () => {
  it.each([
    ['Azure is elsewhere', usual, 'apart', undefined],
    ['Azure is here, and Microsoft 365 too', here, 'both', undefined],
    ['Azure is here, without Microsoft 365', { ...here, microsoft365: { answer: 'no', at, evidence: { products: [] } } }, 'here', 'sign-in-admin-center'],
    ['nobody knows where Azure is', { ...usual, azure: azureUnseen }, 'unseen', undefined],
  ] as const)('%s', (_name, found, conclusion, step) => {
    expect(concludeFor('m365-for-azure', found)).toBe(conclusion)
    expect(stepToOpen('m365-for-azure', found)).toBe(step)
  })

  it('where the two are apart, linking is offered and buying is not', () => {
    const { page } = preflightReply({ topic: 'm365-for-azure', language: 'en', found: usual, run: undefined })
    expect(page.buttons.flatMap((button) => (button.kind === 'press' ? [button.action.topic] : []))).toContain('link-existing')
    expect(page.buttons.flatMap((button) => (button.kind === 'press' && button.action.topic === 'm365-for-azure' ? [button.action.verb] : []))).toEqual([
      'preflight',
    ])
  })
})

it('every step that a guide opens at is one it has', () => {
  for (const topic of looksFirst)
    for (const found of preflights) {
      const step = stepToOpen(topic, found)
      if (step !== undefined) expect(guideOf(topic, 'en').steps.map(({ id }) => id)).toContain(step)
    }
})

describe.each(languages)('in words (%s)', (language) => {
  it('what was not seen is never crossed out, and always says where to look', () => {
    const blind = preflights.slice(2, 2 + reasons.length)
    expect(blind.map(({ owner }) => owner.answer === 'unknown' && owner.reason)).toEqual(reasons)
    for (const found of blind) {
      const { text } = unfolded(preflightReply({ topic: 'link-existing', language, found, run: undefined }))
      expect(text).not.toMatch(/[✘]/)
      expect(text.match(/portal\.azure\.com|entra\.microsoft\.com/g)?.length).toBeGreaterThanOrEqual(5)
    }
  })

  it('a message for each part, with the agreement’s administrator in place of the Owner', () => {
    const view = {
      language,
      found: here,
      owners: ownerLists[0],
      admins: helperLists[0] ?? { kind: 'unknown', reason: 'consent' },
      contract: undefined,
    } as const
    const shown = (contract: 'ea' | undefined) => JSON.stringify(peopleReply({ ...view, contract }).page)
    expect(shown(undefined)).toContain('Kelley')
    expect(shown('ea')).toMatch(/Enterprise Administrator|administrateur d’entreprise/)
    expect(shown(undefined)).not.toMatch(/Enterprise Administrator|administrateur d’entreprise/)
  })
})
