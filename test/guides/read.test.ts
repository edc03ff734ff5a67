/** What an author is told when a file is wrong: file, place, rule. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ContentError, readContent } from '../../src/guides/read'

const root = join(__dirname, '..', '..')
let folder: string

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'onetenant-content-')), 'guides')
  cpSync(join(root, 'src', 'guides'), folder, { recursive: true })
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

// Made to be broken, so its shape is nobody's promise.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = Record<string, any>

const change = (file: string, edit: (content: Loose) => void) => {
  const content: Loose = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  edit(content)
  writeFileSync(join(folder, file), JSON.stringify(content))
}

const problems = (): string[] => {
  try {
    readContent(folder)
    return []
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    return error.problems.map(({ file, where, rule }) => `${file}: ${where}: ${rule}`)
  }
}

test('the content as it is has no problem', () => {
  expect(problems()).toEqual([])
})

const broken: readonly (readonly [string, string, (content: Loose) => void, RegExp])[] = [
  [
    'a step that only one language has',
    'fr/azure-for-m365.json',
    (guide) => guide.steps.pop(),
    /^fr\/azure-for-m365\.json: steps\.5\.id: is there in English and missing here$/,
  ],
  [
    'another link',
    'fr/check-role.json',
    (guide) => (guide.steps[0].link.url = 'https://portal.azure.com'),
    /^fr\/check-role\.json: steps\.0\.link\.url: must be "https:\/\/entra/,
  ],
  [
    'a link that is no portal',
    'en/check-role.json',
    (guide) => (guide.steps[1].link.url = 'https://portal.azure.com/#blade/x'),
    /^en\/check-role\.json: steps\.1 \([a-z0-9-]+\)\.link\.url/,
  ],
  [
    'an unknown source',
    'en/m365-for-azure.json',
    (guide) => guide.steps[2].sources.push('hearsay'),
    /^en\/m365-for-azure\.json: steps\.2 \([a-z0-9-]+\)\.sources: source hearsay is not in sources\.json$/,
  ],
  ['a step id used twice', 'en/link-existing.json', (guide) => (guide.steps[1].id = guide.steps[0].id), /step id is used twice/],
  ['a date that is none', 'en/tenant-basics.json', (answer) => (answer.checked = '25/11/2026'), /^en\/tenant-basics\.json: checked: /],
  ['a text that is too long', 'fr/support.json', (answer) => (answer.title = 'x'.repeat(200)), /^fr\/support\.json: title: /],
  ['an unknown key', 'en/support.json', (answer) => (answer.tittle = 'x'), /^en\/support\.json: file: .*tittle/],
  ['an empty sentence', 'en/verify-setup.json', (guide) => (guide.steps[0].expect = ' '), /^en\/verify-setup\.json: steps\.0 \([a-z0-9-]+\)\.expect: /],
  ['a wrong topic', 'en/find-admin.json', (answer) => (answer.topic = 'support'), /^en\/find-admin\.json: topic: must be find-admin/],
  ['another date than the other language', 'fr/find-admin.json', (answer) => (answer.checked = '2025-01-01'), /^fr\/find-admin\.json: checked: must be "/],
  [
    'a contract that is not decided',
    'en/azure-for-m365.json',
    (guide) => delete guide.before.contracts.ea,
    /^en\/azure-for-m365\.json: before\.contracts\.ea: /,
  ],
  [
    'a former name that is a step',
    'en/check-role.json',
    (guide) => (guide.steps[0].was = [guide.steps[1].id]),
    /^en\/check-role\.json: steps\.0 \([a-z0-9-]+\)\.was: [a-z0-9-]+ is a step of this guide/,
  ],
  [
    'a former name that is no id',
    'en/check-role.json',
    (guide) => (guide.steps[0].was = ['Open it']),
    /^en\/check-role\.json: steps\.0 \([a-z0-9-]+\)\.was\.0: /,
  ],
  [
    'a former name of two steps',
    'en/check-role.json',
    (guide) => guide.steps.forEach((step: Loose) => (step.was = ['before'])),
    /^en\/check-role\.json: steps\.1 \([a-z0-9-]+\)\.was: before is named twice in "was" and "gone"$/,
  ],
  [
    'another former name than the other language',
    'fr/check-role.json',
    (guide) => (guide.steps[0].was = ['before']),
    /^fr\/check-role\.json: steps\.0\.was\.0: is here and not in English$/,
  ],
  [
    'a step that is gone and there',
    'en/link-existing.json',
    (guide) => (guide.gone[0].id = guide.steps[1].id),
    /^en\/link-existing\.json: gone\.0 \([a-z0-9-]+\): [a-z0-9-]+ is a step of this guide/,
  ],
  [
    'a step that is gone after none',
    'en/link-existing.json',
    (guide) => (guide.gone[0].before = 'nowhere'),
    /^en\/link-existing\.json: gone\.0 \([a-z0-9-]+\)\.before: nowhere is no step of this guide$/,
  ],
  [
    'another step before the one that is gone',
    'fr/link-existing.json',
    (guide) => (guide.gone[0].before = guide.steps[0].id),
    /^fr\/link-existing\.json: gone\.0\.before: must be "[a-z0-9-]+", as in English$/,
  ],
  [
    'a gone step only one language knows of',
    'fr/link-existing.json',
    (guide) => delete guide.gone,
    /^fr\/link-existing\.json: gone\.0\.id: is there in English and missing here$/,
  ],
  ['a picture without words', 'fr/pictures.json', (pictures) => delete pictures['same-users'].alt, /^fr\/pictures\.json: same-users\.alt: /],
]

test('a step may have been called otherwise, in every language the same', () => {
  for (const language of ['en', 'fr']) change(`${language}/check-role.json`, (guide) => (guide.steps[0].was = ['first-of-all', 'in-the-beginning']))
  expect(problems()).toEqual([])
  change('fr/check-role.json', (guide) => guide.steps[0].was.reverse())
  expect(problems()).toContainEqual('fr/check-role.json: steps.0.was.0: must be "first-of-all", as in English')
})

test.each(broken)('%s is named', (_what, file, edit, line) => {
  change(file, edit)
  expect(problems()).toEqual(expect.arrayContaining([expect.stringMatching(line)]))
})

test('a file that is missing, and one that is not JSON', () => {
  rmSync(join(folder, 'fr', 'tenant-basics.json'))
  writeFileSync(join(folder, 'en', 'support.json'), '{ "topic": ')
  expect(problems()).toEqual(
    expect.arrayContaining(['fr/tenant-basics.json: file: is missing', expect.stringMatching(/^en\/support\.json: file: is not JSON/)]),
  )
})

describe('npm run check', () => {
  const check = (...options: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'dist', 'tools', 'check.js'), ...options, folder], { encoding: 'utf8' })
    return { status, stdout }
  }

  const lines = () => check().stdout.split('\n')

  test('says that all is fine', () => {
    const { status, stdout } = check()
    expect(stdout).toMatch(/^All \d+ files are fine\.\n$/)
    expect(status).toBe(0)
  })

  test('says when there is no such folder', () => {
    rmSync(folder, { recursive: true })
    expect(check()).toEqual({ status: 1, stdout: '' })
  })

  const spoilt: readonly (readonly [string, string, (content: Loose) => void, string])[] = [
    ['a sentence one language lacks', 'fr/ui.json', (words) => delete words.talk.hello, 'fr/ui.json: talk.hello: is there in English and missing here'],
    ['a sentence only one language has', 'fr/ui.json', (words) => (words.talk.extra = 'Oui'), 'fr/ui.json: talk.extra: is here and not in English'],
    ['an empty sentence', 'en/ui.json', (words) => (words.talk.hello = ''), 'en/ui.json: talk.hello: must be a text that is not empty'],
    ['a list instead of a sentence', 'en/ui.json', (words) => (words.talk.hello = []), 'en/ui.json: talk.hello: must be a text that is not empty'],
    [
      'a place that is not filled',
      'fr/ui.json',
      (words) => (words.guide.step = 'Étape {{n}}'),
      'fr/ui.json: guide.step: must fill {{m}}, {{n}}, as in English',
    ],
    [
      'words one language does not listen for',
      'fr/heard.json',
      ({ secrets }) => delete secrets.password,
      'fr/heard.json: secrets.password: is there in English and missing here',
    ],
    ['a word where a list belongs', 'fr/heard.json', (words) => (words.yes = 'oui'), 'fr/heard.json: yes: must be a list of words'],
    [
      'an error code one language lacks',
      'fr/error-codes.json',
      ({ families }) => delete families.policy,
      'fr/error-codes.json: families.policy.meaning: is there in English and missing here',
    ],
    [
      'the same words for two commands',
      'en/commands.json',
      ({ phrases }) => phrases.back.push('Next!'),
      'en/commands.json: phrases.back (Next!): is the command next as well',
    ],
    [
      'words that are another command in the other language',
      'fr/commands.json',
      ({ phrases }) => phrases.stuck.push('share'),
      'fr/commands.json: phrases.stuck (share): is the command share as well',
    ],
    ['one form of two concepts', 'synonyms/de.json', (table) => table.user.push(table.tenant[0]), 'synonyms/de.json: user ('],
    ['an unknown concept', 'synonyms/de.json', (table) => (table.tenannt = ['mandant']), 'synonyms/de.json: tenannt: is no concept of synonyms/en.json'],
  ]

  test.each(spoilt)('names %s', (_what, file, edit, line) => {
    change(file, edit)
    expect(lines()).toContainEqual(expect.stringContaining(line))
  })

  test('names a file whose name is spelt wrong, and the one that is missing', () => {
    renameSync(join(folder, 'fr', 'support.json'), join(folder, 'fr', 'suport.json'))
    expect(lines()).toEqual(
      expect.arrayContaining([
        'fr/suport.json: file: is read by nobody (is its name right?)',
        'fr/support.json: file: is missing; write what en/support.json says, in the same shape',
      ]),
    )
  })

  test('names the files of a language that nobody speaks', () => {
    cpSync(join(folder, 'fr'), join(folder, 'it'), { recursive: true })
    expect(lines()).toEqual(
      expect.arrayContaining([
        'it/ui.json: file: is read by nobody (is its name right?)',
        'it/phrasings/help.txt: file: is read by nobody (is its name right?)',
      ]),
    )
  })

  test('names every file of a language that is not there', () => {
    rmSync(join(folder, 'fr'), { recursive: true })
    const { status, stdout } = check()
    expect(status).toBe(1)
    expect(stdout).toMatch(/^fr\/tenant-basics\.json: file: is missing; write what en\/tenant-basics\.json says, in the same shape$/m)
    expect(stdout).toMatch(/^fr\/ui\.json: file: is missing; write what en\/ui\.json says, in the same shape$/m)
    expect(stdout).not.toMatch(/^fr\/ui\.json: talk/m)
    expect(stdout).toMatch(/^fr\/phrasings\/thanks\.txt: file: is missing; write a line each, 40 or more ways people ask for it/m)
  })

  test('names every problem on a line of its own, phrasings and old dates included', () => {
    change('en/find-admin.json', (answer) => (answer.title = ''))
    for (const language of ['en', 'fr']) change(`${language}/support.json`, (answer) => (answer.checked = '2020-01-01'))
    writeFileSync(join(folder, 'en', 'phrasings', 'thanks.txt'), 'thank you\nThank you!\n')
    const { status, stdout } = check()
    expect(status).toBe(1)
    expect(stdout).toMatch(/^en\/find-admin\.json: title: /m)
    expect(stdout).toMatch(/^en\/phrasings\/thanks\.txt: Thank you!: stands here twice$/m)
    expect(stdout).toMatch(/^note: en\/support\.json: checked: 1 date is older than 12 months \(2020-01-01\)$/m)
    expect(stdout).toMatch(/^\d+ problems\.$/m)
  })

  test('--release notes the ids of this one, and nothing while something is wrong', () => {
    const file = join(folder, 'released.json')
    rmSync(file)
    expect(check('--release')).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^released\.json: file: is missing; write the ids[^]*^released\.json is left as it was\.$/m),
    })
    cpSync(join(root, 'src', 'guides', 'released.json'), file)
    expect(check('--release')).toMatchObject({ status: 0, stdout: expect.stringContaining('The ids of this release are in released.json.') })
    expect(JSON.parse(readFileSync(file, 'utf8')).guides['link-existing'].former).toEqual(['be-in-both'])
  })
})
