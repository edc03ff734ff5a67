/** Which facts are in a sentence, and how are they meant? */
import { factsIn } from '../../src/understanding/facts'
import { factsSchema } from '../../src/understanding/facts/known'
import { counts } from '../../src/understanding/facts/told'

const said = (text: string) =>
  factsIn(text).map(({ fact, value, negated, time, whose, how }) =>
    [`${negated ? 'not ' : ''}${fact}=${value}`, ...(time === 'now' ? [] : [time]), ...(whose === 'us' ? [] : [whose]), ...(how === 'plain' ? [] : [how])].join(
      ' ',
    ),
  )

test.each([
  ['we have an enterprise agreement', ['contract=ea']],
  ['on est sous contrat entreprise', ['contract=ea']],
  ['my previous employer was on EA', ['contract=ea past other']],
  ["we aren't CSP any more", ['not contract=csp']],
  ["on n'est plus chez un revendeur", ['not contract=csp']],
  ["on n'a que la messagerie", ['has-m365=yes']],
  ['accounting talks of an enterprise agreement', ['contract=ea reported']],
  ['I think we have an EA', ['contract=ea hedged']],
  ['je crois qu’on passe par un partenaire', ['contract=csp hedged']],
  ['are we on EA?', ['contract=ea asked']],
  ['what does CSP mean', ['contract=csp asked']],
  ['so we are EA, right?', ['contract=ea asked']],
  ['my colleague is the owner', ['owner=colleague']],
  ['my boss is the owner of the subscription', ['owner=colleague']],
  ['la fondatrice qui a créé l’abonnement est partie', ['owner=gone']],
  ['she has given me the role', ['role-state=held']],
  ['they took my rights away', ['role-state=lost']],
  ['je n’ai plus les droits', ['role-state=lost']],
  ['elle va me donner le rôle', ['role-state=coming']],
  ["I'm global admin", ['role=global']],
  ["I'm not the admin", ['not role=admin']],
  ['je ne suis pas administrateur', ['not role=admin']],
  ['je suis administratrice générale', ['role=global']],
  ['we have both', ['has-m365=yes', 'has-azure=yes']],
  ["we don't have azure", ['not has-azure=yes']],
  ["on n'a pas azure", ['not has-azure=yes']],
  ['no, we have azure', ['has-azure=yes']],
  ['a policy forbids it', ['policy=blocks']],
  ['we have a cluster in prod', ['aks=runs']],
  ['on a un coffre de clés', ['key-vault=runs']],
  ['we are 12', ['size=10-49']],
  ['il y a une quarantaine d’utilisateurs', ['size=10-49']],
  ["I said website, it's a partner", ['contract=csp']],
  ["j'ai touché partenaire par erreur, c'est un EA", ['contract=csp past', 'contract=ea']],
  ["verify that it's one tenant", ['tenants=one asked']],
  ['ok were on EA by the way', ['contract=ea']],
  ["they've just given me GA", ['role=global', 'role-state=held']],
  ['our domain is at godaddy', []],
  ['put me through to someone', []],
  ['no idea what a tenant is', []],
  ['how do I buy licences', []],
  ['thanks', []],
] as const)('%s', (text, expected) => {
  expect(said(text)).toEqual(expected)
})

describe('turning a sentence into its opposite turns the fact and nothing else', () => {
  test.each([
    ['we have azure', "we don't have azure"],
    ['we are on EA', 'we are not on EA'],
    ['on a azure', "on n'a pas azure"],
    ['je suis administrateur', 'je ne suis pas administrateur'],
    ["I'm the admin", "I'm not the admin"],
    ['on passe par un revendeur', 'on ne passe pas par un revendeur'],
    ['we have office 365', "we don't have office 365"],
  ])('%s', (text, opposite) => {
    const facts = factsIn(text)
    expect(facts.length).toBeGreaterThan(0)
    expect(factsIn(opposite)).toEqual(facts.map((each) => ({ ...each, negated: true })))
  })
})

test('past, plans, others and questions do not count', () => {
  for (const text of ['my previous employer was on EA', 'are we on EA?', 'we will buy through a partner next year']) {
    expect(factsIn(text).length).toBeGreaterThan(0)
    expect(factsIn(text).filter(counts)).toEqual([])
  }
})

test('a record keeps values of the lists only, and what a newer version added', () => {
  const at = '2026-06-01T00:00:00.000Z'
  const record = { contract: { value: 'ea', source: 'told', at }, later: 1 }
  expect(factsSchema.parse(record)).toEqual(record)
  expect(factsSchema.safeParse({ contract: { value: 'we buy at Softcat', source: 'told', at } }).success).toBe(false)
})
