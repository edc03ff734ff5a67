/** The facts each topic must state and those nobody may, in both languages, and the manners of the French text. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import english from '../../src/guides/en/ui.json'
import french from '../../src/guides/fr/ui.json'
import { allAnswers, allGuides, answerOf, guideOf, labelOf } from '../../src/guides'
import { pictureIds } from '../../src/guides/schema'
import { answers, isScenario, languages, scenarios, topics, type AnswerTopic, type Language, type Scenario } from '../../src/topics'

const root = join(__dirname, '..', '..', 'src')

const wordsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : []

const contentOf = (topic: Scenario | AnswerTopic, language: Language) =>
  wordsIn(isScenario(topic) ? guideOf(topic, language) : answerOf(topic, language))
    .join('\n')
    .replaceAll('**', '')
    .replaceAll(/[\u00A0\u202F]/g, ' ')

interface Facts {
  readonly both?: readonly RegExp[]
  readonly en?: readonly RegExp[]
  readonly fr?: readonly RegExp[]
  readonly never?: readonly RegExp[]
}

const facts: Readonly<Record<Scenario | AnswerTopic, Facts>> = {
  'azure-for-m365': {
    both: [/azure\.microsoft\.com\/free/, /Microsoft Entra ID/, /portal\.azure\.com/, /2020/],
    en: [/work account/, /phone/i, /card/i, /no admin role/, /same users/i, /Tenant ID/],
    fr: [/compte professionnel/, /téléphone/i, /carte/i, /aucun rôle d’administrateur/, /mêmes utilisateurs/i],
    never: [/organizational account/i, /manage\.windowsazure/i],
  },
  'm365-for-azure': {
    both: [/admin\.microsoft\.com/, /Billing Administrator/, /Purchase services/, /Marketplace/, /Active users/],
    en: [/instead of|do not fill/i, /second|new tenant|new organi/i, /assign/i],
    fr: [/sans remplir|ne remplissez/i, /second locataire/, /attribu/i],
    never: [/any user can/i],
  },
  'link-existing': {
    both: [/Change directory/, /Owner/, /Lighthouse/, /CSP/],
    en: [/both directories/i, /role assignments/i, /key vault/i, /guest/i, /billing ownership/i, /hours/i],
    fr: [/les deux annuaires/i, /attributions de rôles?/i, /coffres de clés/i, /invité/i, /propriété de facturation/i, /heures/i],
    never: [/Co-?Administrator/i, /Edit directory/i],
  },
  'check-role': {
    both: [/Your Role/, /Roles & admins/, /Global/, /Billing/, /PIM|Privileged Identity Management/],
    en: [/Assigned roles/i, /eligible/i, /could not check/i, /proves nothing/i],
    fr: [/Assigned roles/i, /éligible/i, /n’ai pas pu vérifier/i, /ne prouve rien/i],
  },
  'verify-setup': {
    both: [/Microsoft 365/, /Your products/],
    en: [/Tenant ID/, /users/i, /prove|not a “?no|proves nothing|does not mean/i],
    fr: [/ID de locataire/i, /utilisateurs/i, /ne veut pas dire/i],
  },
  'tenant-basics': {
    en: [/trusts exactly one tenant/, /many subscriptions/, /container/, /created in a tenant/],
    fr: [/conteneur/, /fait confiance à un seul locataire/, /de nombreux abonnements/, /créé dans un locataire/],
    never: [/a tenant is a subscription/i],
  },
  'subscription-ownership': { both: [/Owner/], en: [/billing account/i, /tenant of/i], fr: [/compte de facturation/i], never: [/the Service Administrator owns/i] },
  'required-role': {
    both: [/Billing Administrator/, /Global Administrator/, /Owner/],
    en: [/billing account/i],
    fr: [/compte de facturation/i],
    never: [/User Administrator can buy/i],
  },
  'find-admin': { both: [/Roles & admins/, /Assignments/, /Role assignments/, /Privileged Role Administrator/], en: [/help desk/], fr: [/assistance|support informatique|service d’assistance/i] },
  'enterprise-agreement': {
    both: [/Enterprise Administrator/, /Account Owner/, /Subscription directory/, /CSP/, /MCA/],
    en: [/do not use the public sign-up/i, /its directory cannot be changed/i],
    fr: [/n’utilisez pas l’inscription publique/i, /ne peut pas changer d’annuaire/i],
  },
  support: { both: [/Create a support request/, /Help & support/], en: [/needs no support plan/i, /not an admin/i], fr: [/aucun plan de support/i, /pas administrateur/i], never: [/(?:\+|\b0)\d(?:[ .]?\d){7,}/] },
  'billing-and-trial': { both: [/200/, /25/], en: [/30 days/, /recurring billing/i, /separate/i, /card/i, /by itself/], fr: [/30 jours/, /facturation périodique/i, /distincts/i, /carte/i, /automatiquement/], never: [/one bill because/i] },
  'which-account': { en: [/work or school account/, /private browser window/, /personal account/], fr: [/compte professionnel ou scolaire/, /compte personnel/, /privée/] },
  'change-directory-impact': { both: [/AKS/, /Azure SQL/], en: [/permanently deletes/, /key vaults/i, /managed identities/, /back up/i, /CSP|partner/], fr: [/supprime définitivement/i, /coffres de clés/i, /identités managées/i, /sauvegardez/i, /partenaire/i], never: [/nothing changes/i, /rien ne change/i] },
  'multiple-tenants': { both: [/Directories \+ subscriptions/, /Lighthouse/], en: [/exactly one/, /guest/i, /no supported way/], fr: [/un seul/, /invité/i, /aucun moyen pris en charge/] },
  'renamed-products': { both: [/Microsoft Entra ID/, /Microsoft 365/, /entra\.microsoft\.com/, /admin\.microsoft\.com/, /2023/], en: [/nothing/i], fr: [/rien/i], never: [/you must migrate/i] },
}

const rows = languages.flatMap((language) => [...scenarios, ...answers].map((topic) => [topic, language] as const))

test.each(rows)('%s (%s) states what it must and nothing it must not', (topic, language) => {
  const { both = [], never = [], [language]: own = [] } = facts[topic]
  const content = contentOf(topic, language)
  expect([...both, ...own].filter((fact) => !fact.test(content))).toEqual([])
  expect(never.filter((fact) => fact.test(content))).toEqual([])
})

test.each(languages)('the portals ask everyone for multifactor authentication (%s)', (language) => {
  for (const topic of scenarios.filter((each) => each !== 'link-existing')) expect(contentOf(topic, language)).toMatch(/multifactor|multifacteur/)
  for (const topic of [...scenarios, ...answers]) expect(contentOf(topic, language)).not.toMatch(/(?:MFA|multifa\w+)[^.]{0,30}(?:optional|facultati|optionnel)/i)
})

test('no step or answer claims what could not be verified as certain', () => {
  for (const [topic, language] of rows) expect(contentOf(topic, language)).not.toMatch(/8 January 2018|8 janvier 2018|AadPremiumLicenseRequired|Authorization_RequestDenied/)
})

test('every step and answer names its sources and the day it was checked', () => {
  const dated = [...allGuides().flatMap(({ steps }) => steps), ...allAnswers()]
  expect(dated.length).toBeGreaterThan(70)
  for (const { checked, sources } of dated) {
    expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(sources.length).toBeGreaterThan(0)
  }
})

test.each(languages)('labels are told apart (%s), and nothing offers itself', (language) => {
  const labels = topics.map((topic) => labelOf(topic, language))
  expect(new Set(labels).size).toBe(labels.length)
  for (const guide of allGuides()) expect(guide.end.next).not.toContain(guide.topic)
  for (const answer of allAnswers()) expect(answer.next).not.toContain(answer.topic)
})

test('every picture is drawn in both languages', () => {
  for (const language of languages) for (const id of pictureIds) expect(existsSync(join(root, 'cards', 'images', language, `${id}.png`))).toBe(true)
})

test('French text has no ordinary space where a no-break space belongs', () => {
  const folder = join(root, 'guides', 'fr')
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'commands.json')
    .flatMap((name) => wordsIn(JSON.parse(readFileSync(join(folder, name), 'utf8'))).map((text) => `${name}: ${text}`))
  const faults = / [:;!?»%](?:\s|$)|« |\p{L}[:;!?](?=\s|$)|«(?![\u00A0\u202F])|(?<![\u00A0\u202F])»/u
  expect(texts.filter((text) => faults.test(text.slice(text.indexOf(': ') + 2)))).toEqual([])
  expect(texts.filter((text) => /\p{L}'\p{L}/u.test(text))).toEqual([])
})

describe('the words around guides', () => {
  const flatten = (value: unknown, path = ''): [string, string][] =>
    typeof value === 'string' ? [[path, value]] : Object.entries(Object(value)).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key))
  const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted()

  test('fill the same places in both languages', () => {
    const others = new Map(flatten(french))
    for (const [path, text] of flatten(english)) expect([path, placeholders(others.get(path) ?? '')]).toEqual([path, placeholders(text)])
  })

  test('are all used', () => {
    const code = ['replies', 'dialogs', 'bot', 'guides', '.'].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(join(root, folder, name), 'utf8')),
    ).join('\n')
    const unused = flatten(english)
      .map(([path]) => path.replace(/_(?:one|other)$/, ''))
      .filter((path) => !code.includes(`'${path}'`) && !code.includes(`\`${path.replace(/\.[^.]+$/, '')}.`) && !/^talk\.secret-|^proof\.(?:yes|no|unknown)/.test(path))
    expect(unused).toEqual([])
  })
})
