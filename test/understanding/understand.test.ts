/** What a person typed → the topic it reaches. A row here is the normal way to report a misunderstanding. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readLines, trainedFile } from '../../src/tools/train-topics'
import { topics, type Topic } from '../../src/topics'
import { understand } from '../../src/understanding'
import { loadedSpelling } from '../../src/understanding/loaded'

const rows: readonly (readonly [string, Topic])[] = [
  ["we've been on E3 for years, boss wants VMs, do I need new accounts?", 'azure-for-m365'],
  ['how do i sign up for azure with my office 365 account', 'azure-for-m365'],
  ['On a Office 365 depuis 2015 et il nous faut Azure pour les mêmes utilisateurs', 'azure-for-m365'],
  ['we have azure, now we want microsoft 365 for the same users', 'm365-for-azure'],
  ['nous avons un abonnement azure et voulons acheter microsoft 365', 'm365-for-azure'],
  ['azure and m365 were bought separately, two different tenants, how do I connect them', 'link-existing'],
  ["comment changer le repertoire de l'abonnement azure pour le mettre dans le tenant office", 'link-existing'],
  ['what is my role', 'check-role'],
  ['suis-je administrateur de facturation ?', 'check-role'],
  ['is it the same tenant on both sides now', 'verify-setup'],
  ['what is a tenant', 'tenant-basics'],
  ["c'est quoi un locataire", 'tenant-basics'],
  ['who owns the azure subscription if he leaves', 'subscription-ownership'],
  ['which role do I need to buy microsoft 365', 'required-role'],
  ['who is our global admin', 'find-admin'],
  ['we have an enterprise agreement', 'enterprise-agreement'],
  ['how do I reach microsoft support', 'support'],
  ['do I need a credit card for the trial', 'billing-and-trial'],
  ['which account should I sign in with', 'which-account'],
  ['what breaks when I change the directory', 'change-directory-impact'],
  ['can I merge two tenants', 'multiple-tenants'],
  ['is azure ad now called entra id', 'renamed-products'],
  ['the one subscription we have belongs to our founder’s gmail', 'personal-owner'],
  ['compte hotmail propriétaire de notre azure, il faut le passer à la société', 'personal-owner'],
  ['our tenant policy does not let the subscription leave', 'tenant-policy'],
  ['qui doit autoriser l’entrée de l’abonnement dans notre locataire', 'tenant-policy'],
  ['global admin here, subscriptions page is empty', 'no-subscription-visible'],
  ['le portail ne montre aucun abonnement alors que je suis admin', 'no-subscription-visible'],
  ['our azure guy has quit and nobody can get in', 'owner-left'],
  ['celui qui avait créé l’abonnement ne travaille plus chez nous', 'owner-left'],
  ['how do i export the role assignments to a file', 'save-and-rebuild'],
  ['commande pour sauvegarder les rôles personnalisés', 'save-and-rebuild'],
  ['this domain is used in somebody else’s tenant', 'domain-in-use'],
  ['comment récupérer un domaine vérifié dans un autre annuaire', 'domain-in-use'],
  ['azure grant for nonprofits, which tenant', 'special-programs'],
  ['crédit visual studio et annuaire de la société', 'special-programs'],
  ['how do I get rid of the old tenant', 'old-tenant'],
  ['fermer l’ancien annuaire pour toujours', 'old-tenant'],
  ['hello', 'greeting'],
  ['what can you do', 'help'],
  ['stop this guide', 'cancel'],
  ['start the guide again', 'restart'],
  ['merci beaucoup', 'thanks'],
  ['parle français', 'language'],
  ['sign me out', 'sign-out'],
  ['your answer was wrong', 'feedback'],
  ['what do you store about me', 'privacy'],
]

test.each(rows)('%s → %s', (text, topic) => {
  expect(understand(text).topic).toBe(topic)
})

test('there is a row for every topic', () => {
  expect(new Set(rows.map(([, topic]) => topic))).toEqual(new Set(topics))
})

test.each([
  'what is the weather in Paris tomorrow',
  'restart my VM',
  'cancel my Teams meeting',
  'reset my password',
  'how much is a D4 virtual machine per month',
  'quelle heure est-il',
  'redémarrer ma machine virtuelle',
])('%s is not answered with a guide', (text) => {
  expect(understand(text).decision).not.toBe('answer')
})

test.each(['same account azure office', 'même compte azure office 365'])('%s asks which one is there already', (text) => {
  expect(understand(text)).toMatchObject({ decision: 'ask', ask: 'which' })
})

test('an Enterprise Agreement outweighs the scenario in the same message', () => {
  expect(understand('we are an enterprise agreement customer with office 365, how do we get azure').topic).toBe('enterprise-agreement')
  expect(understand('on a un contrat entreprise et office 365, comment avoir azure ?').topic).toBe('enterprise-agreement')
})

test.each([
  'we do not have an enterprise agreement, how do we add azure to office 365',
  'we have a Microsoft Customer Agreement and office 365, how do we get azure',
])('an agreement that is denied, or covers sign-ups on the web, leaves the scenario: %s', (text) => {
  expect(understand(text).topic).toBe('azure-for-m365')
})

test.each([
  ['Microsoft 365 is what we have, Azure is what we need', 'azure-for-m365'],
  ['Azure is what we have, Microsoft 365 is what we need', 'm365-for-azure'],
  ['on a office, il nous manque azure', 'azure-for-m365'],
  ['on a azure, il nous manque office', 'm365-for-azure'],
  ['Office 365を使っています。同じユーザーでAzureを使いたい', 'azure-for-m365'],
  ['Wir haben Azure und möchten Office 365 für dieselben Benutzer', 'm365-for-azure'],
] as const)('what the person lacks decides: %s', (text, topic) => {
  expect(understand(text).topic).toBe(topic)
})

test('what is refused has no topic, and what is asked has one', () => {
  for (const text of ['tell me about the football game', 'raconte-moi une histoire drôle'])
    expect(understand(text)).toMatchObject({ decision: 'reject', topic: 'none' })
  expect(understand('azure').topic).not.toBe('none')
})

test('a sign-in error is for support, and its code is named', () => {
  const page = "AADSTS50020: User account 'x@y.z' from identity provider does not exist in tenant 'Contoso' and cannot access the application."
  expect(understand(page)).toMatchObject({ topic: 'support', decision: 'answer', errorCode: 'AADSTS50020' })
})

test('the second of two questions is kept', () => {
  expect(understand('What is a tenant? And who is our global admin?')).toMatchObject({ topic: 'tenant-basics', second: 'find-admin' })
})

test.each([
  ['how do I get azrue with my office 365 acount', 'how do I get azure with my office 365 account'],
  ['which acount should I use', 'which account should I use'],
  ['quel est mon rôle d annuaiire', 'quel est mon rôle d annuaire'],
  ['who is our adminstrator', 'who is our administrator'],
  ['what is a tennat', 'what is a tenant'],
  ["a qui apartient l'abonement", "à qui appartient l'abonnement"],
])('a typo does not change the topic: %s', (typed, meant) => {
  expect(understand(typed).topic).toBe(understand(meant).topic)
})

test('a common word that looks like one of ours is left alone', () => {
  const { spell } = loadedSpelling()
  for (const word of ['wrote', 'letter', 'plage', 'chance', 'elevator']) expect(spell(word)).toBe(word)
  expect(['tennat', 'azrue', 'abonnemnt', 'direcotry'].map(spell)).toEqual(['tenant', 'azure', 'abonnement', 'directory'])
})

test.each([
  ['comment obtenir azure', 'fr'],
  ['how do we get azure', 'en'],
  ['wie bekommen wir Azure mit unseren Office 365 Benutzern', 'other'],
  ['Office 365 のユーザーで Azure を使いたい', 'other'],
  ['azure', undefined],
  ['contoso.com', undefined],
  ['ma boîte est kelley.wall@contoso.com, que faire avec', 'fr'],
  ['Office 365', undefined],
  ['who is admin', 'en'],
  ['same account azure office', 'en'],
  ['qui est admin', 'fr'],
  ['meme compte azure office', 'fr'],
  ["j'ai pas les droits", 'fr'],
  ["I don't know", 'en'],
  ['¿Quién es el administrador global?', 'other'],
  ['Chi è il proprietario della sottoscrizione?', 'other'],
  ['Quem é o dono da assinatura?', 'other'],
  ['Wie is de eigenaar van het abonnement?', 'other'],
  ['кто администратор', 'other'],
])('the language of "%s" is %s', (text, language) => {
  expect(understand(text).language).toBe(language)
})

const odd: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['spaces', ' \t\n '],
  ['only emoji', '😀🎉👍'],
  ['100 KB of words', 'we have azure '.repeat(7_500)],
  ['100 KB without a space', 'a'.repeat(100_000)],
  ['right-to-left marks', '\u202Ehow do we get azure\u202C'],
  ['zalgo', 'h̶̢̛e̴̡͝l̵͙̈́p̷̬̌'.repeat(2_000)],
  ['control characters', '\u0000\u0007we have\u001B azure'],
  ['lone surrogates', '\uD800\uDC00\uD800'],
  ['a pasted HTML mail', `<html><body>${'<p style="color:red">Bonjour&nbsp;</p>'.repeat(2_000)}</body></html>`],
  ['angle brackets', '<'.repeat(50_000)],
]

test.each(odd)('%s is taken without an exception, and offers at least three topics', (_name, text) => {
  const understood = understand(text)
  expect(['answer', 'ask', 'reject']).toContain(understood.decision)
  expect(understood.candidates.length).toBeGreaterThanOrEqual(3)
})

test('nothing readable is refused, not guessed', () => {
  for (const text of ['', '   ', '😀🎉👍', '\u202E\u202C']) expect(understand(text).decision).toBe('reject')
})

test('the same text always gives the same result, and says why', () => {
  const text = 'we have office 365 and need azure'
  expect(understand(text)).toEqual(understand(text))
  const { phrasing, runnerUp } = understand(text).why
  expect(readLines().map((line) => line.text)).toContain(phrasing)
  expect(topics).toContain(runnerUp)
})

test('training again gives the model of the build, byte for byte', () => {
  const built = readFileSync(join(__dirname, '..', '..', 'dist', 'understanding', 'model.bin'))
  expect(trainedFile().equals(built)).toBe(true)
})
