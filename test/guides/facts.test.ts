/** The facts each topic must state and those nobody may, in both languages, and the manners of the French text. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { allAnswers, allGuides, answerOf, guideOf, labelOf } from '../../src/guides'
import { pictureIds } from '../../src/guides/schema'
import { texts } from '../../src/guides/texts'
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
    both: [
      /azure\.microsoft\.com\/free/,
      /Microsoft Entra ID/,
      /portal\.azure\.com/,
      /entra\.microsoft\.com/,
      /not eligible for an Azure free account/,
      /View Requests/,
    ],
    en: [
      /work account/,
      /phone/i,
      /card/i,
      /as a rule you need no admin role/i,
      /January 2025/,
      /may still restrict it/,
      /same users/i,
      /Tenant ID/,
      /under a personal account\?/,
      /primary directory/,
    ],
    fr: [
      /compte professionnel/,
      /téléphone/i,
      /carte/i,
      /aucun rôle d’administrateur/,
      /janvier 2025/,
      /peut toutefois le restreindre/,
      /mêmes utilisateurs/i,
      /avec un compte personnel ?\?/,
      /annuaire principal/,
    ],
    never: [/organizational account/i, /manage\.windowsazure/i, /2020/],
  },
  'm365-for-azure': {
    both: [/admin\.microsoft\.com/, /Billing Administrator/, /Purchase services/, /Marketplace/, /Active users/],
    en: [
      /^Compare the two tenants before buying$/m,
      /Two different IDs\? Do not buy/,
      /in the directory of your Azure; a role in another tenant does not count/,
      /instead of|do not fill/i,
      /second|new tenant|new organi/i,
      /assign/i,
    ],
    fr: [
      /^Comparer les deux locataires avant d’acheter$/m,
      /Deux ID différents ?\? N’achetez pas/,
      /dans l’annuaire de votre Azure ?; un rôle dans un autre locataire ne compte pas/,
      /sans remplir|ne remplissez/i,
      /second locataire/,
      /attribu/i,
    ],
    never: [/any user can/i],
  },
  'link-existing': {
    both: [
      /Change directory/,
      /Owner/,
      /Lighthouse/,
      /CSP/,
      /Manage Policies/,
      /Subscriptions leaving/,
      /Subscriptions entering/,
      /Exempted users/,
      /Allow no users/,
      /MFA/,
      /Service Bus/,
      /Synapse/,
      /Download role assignments/,
      /Export definitions/,
      /az keyvault update/,
      /Azure DevOps/,
    ],
    en: [
      /since (?:1 )?May 2026 every tenant blocks/i,
      /best assigned directly/,
      /an “Entra admin” of the Microsoft 365 tenant/,
      /whoever accepts becomes its Owner/,
      /everybody else loses access/i,
      /link/,
      /older screen/,
      /same day/,
      /role assignments/i,
      /key vault/i,
      /guest/i,
      /invitations do not expire/i,
      /billing ownership/i,
      /hours/i,
      /not comprehensive/,
      /a personal account too/,
      /command line or PowerShell only/,
      /same person pays/,
    ],
    fr: [
      /depuis (?:le 1er )?mai 2026, tout locataire bloque/i,
      /de préférence direct|attribué directement/,
      /un « Entra admin » du locataire Microsoft 365/,
      /celle qui accepte en devient Propriétaire/,
      /toutes les autres perdent l’accès/i,
      /lien/,
      /ancien écran/,
      /jour même/,
      /attributions de rôles?/i,
      /coffres de clés/i,
      /invité/i,
      /invitations n’expirent pas/i,
      /propriété de facturation/i,
      /heures/i,
      /pas exhaustive/,
      /un compte personnel aussi/,
      /en ligne de commande ou PowerShell/,
      /même personne continue de payer/,
    ],
    never: [
      /Co-?Administrator|coadministrateur/i,
      /Edit directory/i,
      /no Microsoft 365 role|aucun rôle Microsoft 365/i,
      /must exist on both sides|doit exister des deux côtés/i,
      /the whole list|la liste complète/i,
      /do not use a personal account/i,
    ],
  },
  'check-role': {
    both: [/Your Role/, /Roles & admins/, /Global/, /Billing/, /PIM|Privileged Identity Management/],
    en: [/Assigned roles/i, /eligible/i, /could not check/i, /proves nothing/i, /right tenant/],
    fr: [/Assigned roles/i, /éligible/i, /n’ai pas pu vérifier/i, /ne prouve rien/i, /bon locataire/],
  },
  'verify-setup': {
    both: [/Microsoft 365/, /Your products/],
    en: [/Tenant ID/, /users/i, /prove|not a “?no|proves nothing|does not mean/i],
    fr: [/ID de locataire/i, /utilisateurs/i, /ne veut pas dire/i],
  },
  'tenant-basics': {
    en: [
      /trusts exactly one tenant/,
      /many subscriptions/,
      /container/,
      /created in a tenant/,
      /paid by use even require an Azure subscription in the same tenant/,
      /only paid customers can create one/,
    ],
    fr: [
      /conteneur/,
      /fait confiance à un seul locataire/,
      /de nombreux abonnements/,
      /créé dans un locataire/,
      /exigent même un abonnement Azure dans ce même locataire/,
      /seuls les clients payants/,
    ],
    never: [/a tenant is a subscription/i],
  },
  'subscription-ownership': {
    both: [/Owner/],
    en: [/billing account/i, /tenant of/i, /whoever accepts the change becomes Owner/, /only subscriptions of this tenant, and never the billing/],
    fr: [/compte de facturation/i, /la personne qui accepte le changement devient Propriétaire/, /pour ce seul locataire, jamais pour la facturation/],
    never: [/the Service Administrator owns/i],
  },
  'required-role': {
    both: [/Billing Administrator/, /Global Administrator/, /Owner/, /Entra admin/],
    en: [/billing account/i, /Owner asks/, /of the destination accepts/, /in each tenant a Global Administrator/, /January 2025/, /Under MCA, and only there/],
    fr: [
      /compte de facturation/i,
      /Propriétaire \(Owner\) demande/,
      /de la destination accepte/,
      /dans chaque locataire, un Administrateur général/,
      /janvier 2025/,
      /Sous MCA seulement/,
    ],
    never: [/User Administrator can buy/i, /2020/],
  },
  'find-admin': {
    both: [/Roles & admins/, /Assignments/, /Role assignments/, /Privileged Role Administrator/, /Data Protection/],
    en: [/help desk/],
    fr: [/assistance|support informatique|service d’assistance/i],
  },
  'enterprise-agreement': {
    both: [/Enterprise Administrator/, /Account Owner/, /Subscription directory/, /CSP/, /MCA/, /View Requests/, /Billing scopes/, /2023/],
    en: [/do not use the public sign-up/i, /its directory cannot be changed/i, /primary directory/, /within 7 days/],
    fr: [/n’utilisez pas l’inscription publique/i, /ne peut pas changer d’annuaire/i, /annuaire principal/, /sous 7 jours/],
  },
  support: {
    both: [/Create a support request/, /Help & support/, /login\.microsoftonline\.com\/error/, /Data Protection/],
    en: [/needs no support plan/i, /not an admin/i, /by phone/],
    fr: [/aucun plan de support/i, /pas administrateur/i, /par téléphone/],
    never: [/(?:\+|\b0)\d(?:[ .]?\d){7,}/],
  },
  'billing-and-trial': {
    both: [/200/, /25/],
    en: [/30 days/, /recurring billing/i, /separate/i, /card/i, /by itself/, /does not move its billing/],
    fr: [/30 jours/, /facturation périodique/i, /distincts/i, /carte/i, /automatiquement/, /ne déplace pas sa facturation/],
    never: [/one bill because/i],
  },
  'which-account': {
    en: [
      /^To sign up or buy: the work or school account/m,
      /private browser window/,
      /not a personal account/,
      /the account that is its Owner, whatever it is, a personal account too/,
      /Three ways/,
    ],
    fr: [/^Pour s’inscrire ou acheter : le compte professionnel ou scolaire/m, /pas un compte personnel/, /privée/, /même un compte personnel/, /Trois voies/],
    never: [/do not use a personal account/i, /pas de compte personnel/i],
  },
  'change-directory-impact': {
    both: [/AKS/, /Azure SQL/, /Service Bus/, /Synapse/, /Policy/, /MySQL/],
    en: [
      /permanently deletes/i,
      /key vaults/i,
      /managed identities/,
      /unrecoverable/,
      /back up/i,
      /CSP|partner/,
      /not complete/,
      /billing, so who pays/,
      /Everybody else loses access/,
    ],
    fr: [
      /supprime définitivement/i,
      /coffres de clés/i,
      /identités managées/i,
      /irrécupérable/,
      /sauvegardez/i,
      /partenaire/i,
      /pas exhaustive/,
      /la facturation, donc le payeur/,
      /Toutes les autres perdent l’accès/,
    ],
    never: [/nothing changes/i, /rien ne change/i, /the (?:complete|whole) list/i, /la liste complète/i],
  },
  'multiple-tenants': {
    both: [/Directories \+ subscriptions/, /Lighthouse/],
    en: [/exactly one/, /guest/i, /cannot be merged/, /its billing must be transferred too/],
    fr: [/un seul/, /invité/i, /on ne peut pas fusionner/, /sa facturation doit être transférée aussi/],
    never: [/with an account in both directories/i, /présent dans les deux annuaires/i],
  },
  'renamed-products': {
    both: [/Microsoft Entra ID/, /Microsoft 365/, /entra\.microsoft\.com/, /admin\.microsoft\.com/, /2023/, /Microsoft Graph/],
    en: [/nothing/i, /Azure free account/],
    fr: [/rien/i, /compte Azure gratuit/],
    never: [/you must migrate/i],
  },
  'personal-owner': {
    both: [/hotmail/, /Default Directory/, /Change directory/, /Invite external user/, /Access control \(IAM\)|Contrôle d’accès \(IAM\)/, /MFA/],
    en: [
      /That account is the Owner/,
      /keep it/,
      /three ways/i,
      /^Hand over/m,
      /^Bring a work account in/m,
      /^Invite the personal account/m,
      /block by default since May 2026/,
      /whoever accepts becomes Owner/,
      /does not expire/,
      /Card and billing stay personal until transferred/,
      /is our reading/,
    ],
    fr: [
      /Ce compte en est le Propriétaire/,
      /gardez-le/,
      /trois voies/i,
      /^Passer la main/m,
      /^Faire entrer un compte professionnel/m,
      /^Inviter le compte personnel/m,
      /bloqué par défaut depuis mai 2026/,
      /la personne qui accepte devient Propriétaire/,
      /n’expire pas/,
      /Carte et facturation restent personnelles jusqu’à leur transfert/,
      /est notre lecture/,
    ],
    never: [
      /(?:do not|don’t|stop|never) us(?:e|ing) (?:a|the|your) personal account/i,
      /n’utilisez (?:pas|plus)[^.]{0,30}compte personnel/i,
      /it is not possible|ce n’est pas possible/i,
    ],
  },
  'tenant-policy': {
    both: [/Manage Policies/, /Subscriptions leaving/, /Subscriptions entering/, /Allow no users/, /Exempted users/, /Access management for Azure resources/],
    en: [
      /Since 1 May 2026/,
      /both tenants/,
      /only a Global Administrator whose role is assigned directly, after elevating access/,
      /Exempt a person instead of opening it for all/,
      /As others report/,
      /our reading/,
      /A tenant that had set a policy itself keeps its choice/,
    ],
    fr: [
      /Depuis le 1er mai 2026/,
      /deux locataires/,
      /seul un administrateur général au rôle attribué directement, après avoir élevé son accès/,
      /Exempter une personne plutôt que d’ouvrir à tous/,
      /D’après des témoignages/,
      /notre lecture/,
      /Un locataire qui avait fixé sa propre stratégie la garde/,
    ],
    never: [/usually allowed/i, /allowed by default/i, /(?:en général|généralement|d’habitude) permis/i],
  },
  'no-subscription-visible': {
    both: [/Directories \+ subscriptions/, /Access management for Azure resources/, /PIM/],
    en: [
      /An empty list does not mean that there is no subscription/,
      /Another directory\?/,
      /A filter\?/,
      /Paste the subscription ID/,
      /two role systems/,
      /> Yes > Save, sign out and in again/,
      /make yourself or a colleague Owner/,
      /switch it off/,
      /never reaches another tenant/,
    ],
    fr: [
      /Une liste vide ne veut pas dire qu’il n’y a pas d’abonnement/,
      /Un autre annuaire \?/,
      /Un filtre \?/,
      /Collez-moi l’ID d’abonnement/,
      /deux systèmes de rôles/,
      /> Oui > Enregistrer, puis reconnectez-vous/,
      /nommez Propriétaire \(Owner\) un collègue ou vous-même/,
      /coupez-le/,
      /n’atteint jamais un autre locataire/,
    ],
    never: [/Global Administrators? (?:can )?sees? (?:everything|all)/i, /administrateur général voit tout/i, /none exists?\b/i, /you have no subscription/i],
  },
  'owner-left': {
    both: [/MCA/, /MOSP/, /2023/, /Access management for Azure resources/, /Data Protection/],
    en: [
      /In your tenant: a Global Administrator elevates access and makes a successor Owner/,
      /only they, or Microsoft billing support/,
      /Billing account owner/,
      /elevating access in your tenant does not reach it/,
      /no support plan/,
    ],
    fr: [
      /Dans votre locataire \(tenant\) : un administrateur général élève son accès et nomme un nouveau Propriétaire/,
      /elle seule, ou le support de facturation Microsoft/,
      /propriétaire du compte de facturation/,
      /élever l’accès chez vous ne l’atteint pas/,
      /aucun plan de support/,
    ],
    never: [/elevat\w+ (?:access )?(?:also )?reaches/i],
  },
  'save-and-rebuild': {
    both: [
      /Download role assignments/,
      /CSV/,
      /JSON/,
      /az role assignment list/,
      /az role definition list --custom-role-only true/,
      /search for Policy|cherchez Policy/,
      /Export definitions/,
      /az keyvault update/,
      /Properties\.tenantId/,
      /az identity list/,
      /Azure DevOps/,
      /2023/,
      /2024/,
      /2022/,
      /2019/,
    ],
    en: [/by command line or PowerShell only/, /not Access control \(IAM\)/, /not everything there may be/, /The commands are for you to run/],
    fr: [/en ligne de commande ou PowerShell seulement/, /pas Contrôle d’accès \(IAM\)/, /pas tout ce qui peut exister/, /Les commandes sont pour vous/],
    never: [/policies under Access control/i, /the (?:complete|whole) list/i, /la liste complète/i],
  },
  'domain-in-use': {
    both: [
      /TXT/,
      /Become the Admin/,
      /forceTakeover/,
      /Power BI/,
      /SharePoint/,
      /10 (?:days|jours)/,
      /Domain Name Administrator/,
      /Your current account type is not supported/,
      /Data Protection/,
      /GoDaddy/,
    ],
    en: [
      /one directory only/,
      /which tenant has it/,
      /unmanaged/,
      /Internal takeover/,
      /External takeover/,
      /cannot be taken over this way/,
      /that admin removes the domain/,
      /third-party guides/,
    ],
    fr: [
      /un seul annuaire/,
      /quel locataire \(tenant\) l’a/,
      /non géré/,
      /Reprise interne/,
      /Reprise externe/,
      /ne se reprend pas ainsi/,
      /celui-ci retire le domaine/,
      /guides de tiers/,
    ],
    never: [/just verify (?:it )?again/i, /side by side|côte à côte/i],
  },
  'special-programs': {
    both: [/2[,\u00A0\u202F ]000/, /Visual Studio/, /onmicrosoft\.com/, /GoDaddy/, /Starter/, /2024/],
    en: [
      /validated tenant/,
      /personal Microsoft account/,
      /before you sign up anywhere/,
      /no business tenant/,
      /within 90 days/,
      /Ask the seller or a partner first/,
      /as a third party reports/,
    ],
    fr: [
      /locataire validé/,
      /compte Microsoft personnel/,
      /avant de vous inscrire où que ce soit/,
      /ni locataire d’entreprise/,
      /sous 90 jours/,
      /Demandez-lui d’abord, ou à un partenaire/,
      /d’après un tiers/,
    ],
    never: [/sign up anywhere,? (?:and )?move/i, /move (?:it|the grant) later/i],
  },
  'old-tenant': {
    both: [/Transfer billing ownership/, /MFA/, /20 (?:days|jours)/],
    en: [/First transfer billing ownership/, /is not enough/, /no applications/, /invoices paid/, /Only when nothing is left can a Global Administrator/],
    fr: [
      /Transférez d’abord la propriété de facturation/,
      /ne suffit pas/,
      /plus d’application/,
      /factures payées/,
      /Ce n’est que lorsqu’il n’y reste rien qu’un administrateur général/,
    ],
    never: [/it is empty now, delete it/i, /moving the subscription is enough/i],
  },
}

const rows = languages.flatMap((language) => [...scenarios, ...answers].map((topic) => [topic, language] as const))

test.each(rows)('%s (%s) states what it must and nothing it must not', (topic, language) => {
  const { both = [], never = [], [language]: own = [] } = facts[topic]
  const content = contentOf(topic, language)
  expect([...both, ...own].filter((fact) => !fact.test(content))).toEqual([])
  expect(never.filter((fact) => fact.test(content))).toEqual([])
})

test.each(languages)('the portals ask everyone for multifactor authentication (%s)', (language) => {
  for (const topic of scenarios) expect(contentOf(topic, language)).toMatch(/multifactor|multifacteur/)
  for (const topic of [...scenarios, ...answers])
    expect(contentOf(topic, language)).not.toMatch(/(?:MFA|multifa\w+)[^.]{0,30}(?:optional|facultati|optionnel)/i)
})

test('Microsoft calls two buttons « Changer de répertoire »: on the way to the one, its English name stands with it', () => {
  const said = [...scenarios, ...answers].map((topic) => contentOf(topic, 'fr')).join('\n')
  expect(said).not.toMatch(/Changer de répertoire(?!(?:,)? \(?Change directory)/)
  expect(said).not.toMatch(/Annuaires \+ abonnements|Basculer \(Switch\)/)
})

test('the request and the policies of both tenants come before what cannot be undone', () => {
  const ids = guideOf('link-existing', 'en').steps.map(({ id }) => id)
  expect(ids.indexOf('check-policies')).toBe(0)
  expect(ids.indexOf('save-access')).toBeLessThan(ids.indexOf('change-directory'))
  expect(ids.indexOf('agree-on-people')).toBeLessThan(ids.indexOf('change-directory'))
  expect(ids.indexOf('accept-change')).toBe(ids.indexOf('change-directory') + 1)
  expect(guideOf('m365-for-azure', 'en').steps[0]?.id).toBe('compare-tenants')
})

test('no step or answer claims what could not be verified as certain', () => {
  for (const [topic, language] of rows)
    expect(contentOf(topic, language)).not.toMatch(/8 January 2018|8 janvier 2018|AadPremiumLicenseRequired|Authorization_RequestDenied/)
})

test('every step and answer names its sources and the day it was checked', () => {
  const dated = [...allGuides().flatMap(({ steps }) => steps), ...allAnswers()]
  expect(dated.length).toBeGreaterThan(70)
  for (const { checked, sources } of dated) {
    expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(sources.length).toBeGreaterThan(0)
  }
})

test.each(languages)('every guide, step and answer says itself in a sentence or two (%s)', (language) => {
  const written = [
    ...scenarios.map((topic) => guideOf(topic, language)),
    ...answers.map((topic) => answerOf(topic, language)),
    ...scenarios.flatMap((topic) => guideOf(topic, language).steps),
  ]
  const sentences = (text: string) => text.split(/(?<=[.?!])\s+(?=\p{Lu})/u).length
  expect(written.filter(({ short }) => /\*|\n/.test(short)).map(({ title }) => title)).toEqual([])
  expect(written.filter(({ short }) => sentences(short) > 2).map(({ title }) => title)).toEqual([])
})

test.each(languages)('labels are told apart (%s), and nothing offers itself', (language) => {
  const labels = topics.map((topic) => labelOf(topic, language))
  expect(new Set(labels).size).toBe(labels.length)
  for (const guide of allGuides()) expect(guide.end.next).not.toContain(guide.topic)
  for (const answer of allAnswers()) expect(answer.next).not.toContain(answer.topic)
})

test.each(languages)('who is pointed to another topic finds it under that name (%s)', (language) => {
  const labels = new Set(topics.map((topic) => labelOf(topic, language)))
  const pointed = allAnswers().flatMap(({ topic }) =>
    [...contentOf(topic, language).matchAll(language === 'en' ? /(?:see|under) “([^”]+)”/gi : /(?:voyez(?: d’abord)?|sous) « ([^»]+) »/gi)].map(
      ([, name = '']) => name,
    ),
  )
  expect(pointed.length).toBeGreaterThan(8)
  expect(pointed.filter((name) => ![...labels].some((label) => label.replaceAll(/[\u00A0\u202F]/g, ' ') === name))).toEqual([])
})

test('every picture is drawn in every language', () => {
  for (const language of languages) for (const id of pictureIds) expect(existsSync(join(root, 'cards', 'images', language, `${id}.png`))).toBe(true)
})

test('French text has no ordinary space where a no-break space belongs', () => {
  const folder = join(root, 'guides', 'fr')
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'commands.json' && name !== 'heard.json')
    .flatMap((name) => wordsIn(JSON.parse(readFileSync(join(folder, name), 'utf8'))).map((text) => `${name}: ${text}`))
  const faults = / [:;!?»%](?:\s|$)|« |\p{L}[:;!?](?=\s|$)|«(?![\u00A0\u202F])|(?<![\u00A0\u202F])»/u
  expect(texts.filter((text) => faults.test(text.slice(text.indexOf(': ') + 2)))).toEqual([])
  expect(texts.filter((text) => /\p{L}'\p{L}/u.test(text))).toEqual([])
})

describe('the words around guides', () => {
  const flatten = (value: unknown, path = ''): [string, string][] =>
    typeof value === 'string' ? [[path, value]] : Object.entries(Object(value)).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key))
  const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted()

  const english = texts.en.ui

  test.each(languages)('fill the same places in %s', (language) => {
    const here = new Map(flatten(texts[language].ui))
    for (const [path, text] of flatten(english)) expect([path, placeholders(here.get(path) ?? '')]).toEqual([path, placeholders(text)])
  })

  test('are all used', () => {
    const code = ['replies', 'dialogs', 'bot', 'guides', '.']
      .flatMap((folder) =>
        readdirSync(join(root, folder))
          .filter((name) => name.endsWith('.ts'))
          .map((name) => readFileSync(join(root, folder, name), 'utf8')),
      )
      .join('\n')
    const unused = flatten(english)
      .map(([path]) => path.replace(/_(?:one|other)$/, ''))
      .filter(
        (path) =>
          !code.includes(`'${path}'`) && !code.includes(`\`${path.replace(/\.[^.]+$/, '')}.`) && !/^talk\.secret-|^proof\.(?:yes|no|unknown)/.test(path),
      )
    expect(unused).toEqual([])
  })
})
