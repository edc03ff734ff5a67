/** The app as people meet it in Teams: its name, its icons and its menu, in every language. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import french from '../appPackage/fr.json'
import manifest from '../appPackage/manifest.json'
import { texts } from '../src/guides/texts'
import { languageOfTag } from '../src/languages'
import { byLanguage, languages, type Language, type Topic } from '../src/topics'
import { understand } from '../src/understanding'
import { findCommand, findPick } from '../src/understanding/commands'
import { findSecret } from '../src/understanding/secrets'

const [bot] = manifest.bots
const lists = bot?.commandLists ?? []

/** The texts of a language's file by their path; English stands in the manifest itself. */
const translations: Readonly<Record<Language, Readonly<Record<string, string>>>> = byLanguage((language) => {
  const { file } = manifest.localizationInfo.additionalLanguages.find(({ languageTag }) => languageOfTag(languageTag) === language) ?? {}
  return file ? JSON.parse(readFileSync(join(__dirname, '..', 'appPackage', file), 'utf8')) : {}
})
const titlesIn = (language: Language): readonly string[] => [
  ...new Set(
    lists.flatMap((list, at) =>
      list.commands.map(({ title }, index) =>
        language === 'en' ? title : (translations[language][`bots[0].commandLists[${at}].commands[${index}].title`] ?? ''),
      ),
    ),
  ),
]

/** What each command is about. French is written with ordinary spaces here; the menu has the ones typography asks for. */
const topicOf = {
  'Azure for Microsoft 365 users': 'azure-for-m365',
  'Microsoft 365 for Azure users': 'm365-for-azure',
  'Connect what we already have': 'link-existing',
  'Check my role': 'check-role',
  'Check that it is one tenant': 'verify-setup',
  'Which role do I need?': 'required-role',
  'Who is an admin here?': 'find-admin',
  'Sign out': 'sign-out',
  'What would a directory change break?': 'change-directory-impact',
  'What is a tenant?': 'tenant-basics',
  'Whose subscription is it?': 'subscription-ownership',
  'We have an Enterprise Agreement': 'enterprise-agreement',
  'Get support from Microsoft': 'support',
  'What do you read and keep?': 'privacy',
  'Passer au français': 'language',
  Help: 'help',
  'Azure pour les utilisateurs de Microsoft 365': 'azure-for-m365',
  'Microsoft 365 pour les utilisateurs d’Azure': 'm365-for-azure',
  'Relier ce que nous avons déjà': 'link-existing',
  'Vérifier mon rôle': 'check-role',
  'Vérifier que c’est un seul locataire': 'verify-setup',
  'Quel rôle me faut-il ?': 'required-role',
  'Qui est administrateur ici ?': 'find-admin',
  'Me déconnecter': 'sign-out',
  'Que casserait un changement d’annuaire ?': 'change-directory-impact',
  'Qu’est-ce qu’un locataire (tenant) ?': 'tenant-basics',
  'À qui appartient l’abonnement ?': 'subscription-ownership',
  'Nous avons un Contrat Entreprise (EA)': 'enterprise-agreement',
  'Obtenir de l’aide de Microsoft': 'support',
  'Que lisez-vous, que gardez-vous ?': 'privacy',
  'Switch to English': 'language',
  Aide: 'help',
} as const satisfies Record<string, Topic>
const plain = (title: string) => title.replaceAll(/\s/gu, ' ')

describe('the menu', () => {
  it('has a list for the private chat and one for teams and group chats, at most 12 commands each', () => {
    expect(lists.map(({ scopes }) => scopes)).toEqual([['personal'], ['team', 'groupChat']])
    for (const list of lists) expect(list.commands.length).toBeLessThanOrEqual(12)
  })

  it('is the table below, title by title', () => {
    const titles = languages.flatMap(titlesIn).map(plain)
    expect(titles.toSorted()).toEqual(Object.keys(topicOf).toSorted())
  })

  it('offers in a team nothing that is answered only in private', () => {
    const [, shared] = lists
    const topics: readonly Topic[] = (shared?.commands ?? []).map(({ title }) => topicOf[title as keyof typeof topicOf])
    for (const topic of ['check-role', 'find-admin', 'privacy'] satisfies Topic[]) expect(topics).not.toContain(topic)
  })

  const rows = languages.flatMap((language) => titlesIn(language).map((title) => ({ language, title })))

  it.each(rows)('understands “$title” ($language) as its topic, without asking', ({ title }) => {
    const expected = topicOf[plain(title) as keyof typeof topicOf]
    expect(understand(title)).toMatchObject({ topic: expected, decision: 'answer' })
  })

  it.each(rows)('takes “$title” ($language) for nothing but a question', ({ title }) => {
    expect([findSecret(title), findCommand(title), findPick(title)]).toEqual([undefined, undefined, undefined])
  })
})

describe('the prompt starters', () => {
  const expected: readonly Topic[] = ['azure-for-m365', 'm365-for-azure', 'link-existing', 'check-role', 'verify-setup']
  const prompts = languages.flatMap((language) =>
    (lists[0]?.commands ?? []).flatMap((command, index) => {
      const english = 'prompt' in command && typeof command.prompt === 'string' ? command.prompt : undefined
      if (english === undefined) return []
      return [
        {
          language,
          topic: expected[index],
          prompt: language === 'en' ? english : (translations[language][`bots[0].commandLists[0].commands[${index}].prompt`] ?? ''),
        },
      ]
    }),
  )

  it('are the guides, in every language', () => {
    expect(prompts.map(({ language, topic }) => [language, topic])).toEqual(languages.flatMap((language) => expected.map((topic) => [language, topic])))
  })

  it.each(prompts)('“$prompt” ($language) is understood as its guide, without asking', ({ prompt, topic }) => {
    expect(understand(prompt)).toMatchObject({ topic, decision: 'answer' })
    expect([findSecret(prompt), findCommand(prompt), findPick(prompt)]).toEqual([undefined, undefined, undefined])
  })
})

describe('the app', () => {
  it('is ready for shared and private channels', () => expect(manifest.supportsChannelFeatures).toBe('tier1'))

  it('works in private chats, teams and group chats, and asks for no permission', () => {
    expect(bot?.scopes).toEqual(['personal', 'team', 'groupChat'])
    expect(manifest).toMatchObject({
      defaultInstallScope: 'personal',
      defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
    })
    for (const key of ['permissions', 'devicePermissions', 'authorization']) expect(manifest).not.toHaveProperty(key)
  })

  it('hears slash commands in teams and group chats, which only whoever writes them sees', () => {
    expect(bot?.supportsTargetedMessages).toBe(true)
    expect(lists.map(({ scopes, triggers }) => [scopes, triggers])).toEqual([
      [['personal'], undefined],
      [
        ['team', 'groupChat'],
        ['mention', 'slash'],
      ],
    ])
  })

  it('offers guides and answers in the message box, and an answer to somebody’s message', () => {
    const [extension] = manifest.composeExtensions
    expect(extension?.botId).toBe(bot?.botId)
    expect(extension?.commands.map(({ id, type, context }) => ({ id, type, context }))).toEqual([
      { id: 'search', type: 'query', context: ['compose', 'commandBox'] },
      { id: 'ask', type: 'action', context: ['message'] },
    ])
  })

  it('has the name its welcome uses', () => {
    for (const language of languages)
      expect(language === 'en' ? manifest.name.short : translations[language]['name.short']).toBe(texts[language].ui.talk.eyebrow)
  })

  it.each([
    ['English', manifest.description.full, [/Microsoft Teams/, /English and French/, /role/, /consent/, /Enterprise Agreement is not covered/]],
    ['French', french['description.full'], [/Microsoft Teams/, /français et anglais/, /rôle/, /consentement/, /Contrat Entreprise \(EA\) n’est pas couverte/]],
  ])('says in %s whom it is for, its limits and its languages', (_language, text, expected) => {
    for (const words of expected) expect(text).toMatch(words)
  })

  it('writes French with its apostrophes and no-break spaces', () => {
    for (const text of Object.values(translations.fr).filter((value) => !value.startsWith('https:'))) expect(text).not.toMatch(/'| [:;?!»]|« /)
  })
})

describe('the icons', () => {
  const decode = (name: string) => PNG.sync.read(readFileSync(join(__dirname, '..', 'appPackage', name)))
  const pixelsOf = ({ width, height, data }: PNG) =>
    Array.from({ length: width * height }, (_, at) => ({
      x: at % width,
      y: Math.floor(at / width),
      pixel: [...data.subarray(at * 4, at * 4 + 4)],
    }))

  it('in colour: 192×192, the symbol inside the middle 96×96 on the accent colour', () => {
    const png = decode('color.png')
    expect([png.width, png.height]).toEqual([192, 192])
    const accent = [...Buffer.from(manifest.accentColor.slice(1), 'hex'), 255]
    const drawn = pixelsOf(png).filter(({ pixel }) => pixel.some((value, at) => value !== accent[at]))
    expect(drawn.length).toBeGreaterThan(500)
    expect(drawn.filter(({ x, y }) => Math.min(x, y) < 48 || Math.max(x, y) >= 144)).toEqual([])
  })

  it('small and in colour: 32×32 on nothing', () => {
    const png = decode('color32x32.png')
    expect([png.width, png.height]).toEqual([32, 32])
    const [corner] = pixelsOf(png)
    expect(corner?.pixel[3]).toBe(0)
    expect(
      new Set(
        pixelsOf(png)
          .filter(({ pixel }) => pixel[3] === 255)
          .map(({ pixel }) => pixel.slice(0, 3).join()),
      ).size,
    ).toBeGreaterThan(1)
  })

  it('in outline: 32×32, pure white on nothing, up to both edges', () => {
    const png = decode('outline.png')
    expect([png.width, png.height]).toEqual([32, 32])
    const drawn = pixelsOf(png).filter(({ pixel }) => pixel[3] !== 0)
    expect(drawn.filter(({ pixel }) => pixel.slice(0, 3).some((value) => value !== 255))).toEqual([])
    expect(drawn.length).toBeLessThan(32 * 32)
    expect([Math.min(...drawn.map(({ x }) => x)), Math.max(...drawn.map(({ x }) => x))]).toEqual([0, 31])
  })
})
