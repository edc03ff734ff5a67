/** One tenant is claimed, or denied, only when both sides were seen. Everything else stays unknown. */
import type { Proof } from '../../src/directory'
import { unfolded } from '../../src/cards/reply'
import { proofReply } from '../../src/replies/proof'
import { outcomeOf as outcomeKept, provedOf } from '../../src/runs/proved'
import { languages } from '../../src/topics'
import { begun, otherTenant, proofs, tenant } from './examples'

const outcomeOf = (proof: Proof) => outcomeKept(provedOf(proof))
const having = (outcome: ReturnType<typeof outcomeOf>) => proofs.filter((proof) => outcomeOf(proof) === outcome)

/** Tenants that a finding rests on, other than the person's. */
const elsewhere = ({ tenant: proven, azure, domain }: Proof) => [
  ...(azure.answer === 'no' ? azure.evidence.subscriptions.map(({ tenantId }) => tenantId) : []),
  ...(domain?.kind === 'found' && domain.tenantId !== tenant && proven.answer === 'yes' ? [domain.tenantId] : []),
]

test('yes: Microsoft 365 and Azure were both seen in the tenant of the person, and nothing speaks against it', () => {
  expect(having('yes').length).toBeGreaterThan(0)
  for (const proof of having('yes')) {
    expect([proof.tenant.answer, proof.microsoft365.answer, proof.azure.answer]).toEqual(['yes', 'yes', 'yes'])
    expect(elsewhere(proof)).toEqual([])
  }
})

test('Azure alone is said to be there, and Microsoft 365 to be unread', () => {
  expect(having('same').length).toBeGreaterThan(0)
  for (const { microsoft365, azure } of having('same')) expect([microsoft365.answer, azure.answer]).toEqual(['unknown', 'yes'])
})

test('no: what the person sees in Azure themselves is in another tenant', () => {
  expect(having('no').length).toBeGreaterThan(0)
  for (const proof of having('no')) expect(proof.azure).toMatchObject({ answer: 'no', evidence: { source: 'person' } })
})

test('an id or a domain in another tenant may be anybody’s: never that there are two', () => {
  expect(having('elsewhere').length).toBeGreaterThan(0)
  for (const proof of having('elsewhere')) {
    expect(elsewhere(proof)).not.toEqual([])
    expect(proof.azure.answer === 'no' && proof.azure.evidence.source === 'person').toBe(false)
    for (const language of languages)
      expect(proofReply(begun('verify-setup', language), proof).text).not.toMatch(/two different tenants|deux locataires différents/)
  }
})

test('a tenant without Microsoft 365 is not two tenants', () => {
  expect(having('no365').length).toBeGreaterThan(0)
  for (const proof of having('no365')) expect(elsewhere(proof)).toEqual([])
})

test('whatever failed, or was not asked, is never a no', () => {
  const blind = proofs.filter(({ microsoft365, azure, domain }) => microsoft365.answer === 'unknown' && azure.answer === 'unknown' && domain?.kind !== 'found')
  expect([...new Set(blind.map(outcomeOf))]).toEqual(['unknown'])
})

describe.each(languages)('the card (%s)', (language) => {
  const replies = proofs.map((proof) => ({ proof, outcome: outcomeOf(proof), reply: proofReply(begun('verify-setup', language), proof) }))

  test('crosses something out only when a finding is no', () => {
    for (const { proof, reply } of replies) expect(reply.text.includes('✘')).toBe([proof.microsoft365, proof.azure].some(({ answer }) => answer === 'no'))
  })

  test('names every other tenant that was found, and no other id but the subscription’s', () => {
    for (const { proof, reply } of replies) {
      const shown = new Set(reply.text.match(/[\da-f]{8}-[\da-f-]{27}/g))
      const known = ['00000000-0000-0000-0000-000000000000', '77777777-6666-4555-8444-333333333333', tenant, otherTenant]
      expect([...shown].filter((id) => !known.includes(id))).toEqual([])
      expect(elsewhere(proof).filter((id) => !shown.has(id))).toEqual([])
    }
  })

  test('offers to link two tenants, and only two', () => {
    for (const { outcome, reply } of replies)
      expect(reply.page.buttons.some((button) => button.kind === 'press' && button.action.topic === 'link-existing')).toBe(
        outcome === 'no' || outcome === 'elsewhere',
      )
  })

  test('offers to sign in exactly when that would tell more', () => {
    for (const { proof, reply } of replies) {
      const cured = [proof.tenant, proof.microsoft365, proof.azure].some(
        (each) => 'reason' in each && ['sign-in-first', 'sign-in-declined', 'signed-out', 'other-person'].includes(each.reason),
      )
      expect(reply.page.buttons.some((button) => button.kind === 'press' && button.action.verb === 'sign-in')).toBe(cured)
    }
  })

  test('a name from outside changes nothing of the card', () => {
    const named = replies.filter(({ proof }) => proof.tenant.answer === 'yes' && proof.tenant.evidence.name)
    expect(named.length).toBeGreaterThan(0)
    for (const { reply } of named) expect(JSON.stringify(reply.page)).not.toMatch(/\*Ltd\*|\]\(y/)
  })
})

test.each([
  ['where the person is', 'Europe/Paris', '25 November 2026 at 10:30'],
  ['where they are far away', 'America/Montreal', '25 November 2026 at 04:30'],
  ['in UTC, and so called, where nobody knows', undefined, '25 November 2026 at 09:30 UTC'],
])('the time of a check is told %s, without seconds', (_what, timeZone, expected) => {
  const [proof] = having('yes')
  if (!proof) throw new Error('no proof')
  expect(unfolded(proofReply(begun('verify-setup', 'en'), proof, undefined, timeZone)).text).toContain(`Checked on ${expected}\n`)
})
