/** One tenant is claimed, or denied, only when both sides were seen. Everything else stays unknown. */
import { outcomeOf, proofReply, type ProofView } from '../../src/replies/proof'
import { languages } from '../../src/topics'
import { begun, findings, now, tenant } from './examples'

const views: readonly ProofView[] = [tenant, undefined].flatMap((tenantId) =>
  findings.flatMap((subscription) => findings.map((domain) => ({ tenantId, subscription, domain, at: now }))),
)
const namedIn = ({ subscription, domain }: ProofView) =>
  [subscription, domain].flatMap((finding) => (finding?.kind === 'found' ? [finding.tenantId] : []))

const outcomes = { yes: views.filter((view) => outcomeOf(view) === 'yes'), no: views.filter((view) => outcomeOf(view) === 'no') }

test('yes: the subscription trusts the very tenant of the person, and nothing found speaks against it', () => {
  expect(outcomes.yes.length).toBeGreaterThan(0)
  for (const view of outcomes.yes) {
    expect(view.tenantId).toBe(tenant)
    expect(view.subscription).toEqual({ kind: 'found', tenantId: tenant })
    expect(namedIn(view).filter((id) => id !== tenant)).toEqual([])
  }
})

test('no: another tenant was named', () => {
  expect(outcomes.no.length).toBeGreaterThan(0)
  for (const view of outcomes.no) {
    expect(view.tenantId).toBe(tenant)
    expect(namedIn(view).some((id) => id !== tenant)).toBe(true)
  }
})

test('whatever failed, or was not asked, is never a no', () => {
  const blind = views.filter((view) => namedIn(view).length === 0 || view.tenantId === undefined)
  expect([...new Set(blind.map(outcomeOf))]).toEqual(['unknown'])
})

describe.each(languages)('the card (%s)', (language) => {
  const replies = views.map((view) => ({ view, outcome: outcomeOf(view), reply: proofReply(begun('verify-setup', language), view) }))

  test('crosses something out only when the outcome is no', () => {
    for (const { view, outcome, reply } of replies) if (view.tenantId) expect(reply.text.includes('✘')).toBe(outcome === 'no')
  })

  test('names every tenant that was found, and no other id', () => {
    for (const { view, reply } of replies) {
      const shown = new Set(reply.text.match(/[\da-f]{8}-[\da-f-]{27}/g))
      shown.delete('00000000-0000-0000-0000-000000000000')
      const known = new Set([...(view.tenantId ? [view.tenantId] : []), ...namedIn(view)])
      expect([...shown].filter((id) => !known.has(id))).toEqual([])
      expect(namedIn(view).filter((id) => id !== view.tenantId && !shown.has(id))).toEqual([])
    }
  })

  test('offers to link two tenants, and only two', () => {
    for (const { outcome, reply } of replies)
      expect(reply.page.buttons.some((button) => button.kind === 'press' && button.action.topic === 'link-existing')).toBe(outcome === 'no')
  })
})
