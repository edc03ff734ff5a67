/** Whole conversations of people who never saw the bot, through HTTP: each line is answered once, and no place in a guide is lost. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { experience, inPool, someone } from '../support/experience'
import { startSandbox, type Sandbox } from '../support/harness'

interface Talk {
  readonly id: string
  readonly locale: 'en' | 'fr'
  readonly turns: readonly { readonly say: string; readonly at: string }[]
}

const folder = join(__dirname, '..', 'evaluation', 'dialogues')
const talks: readonly Talk[] = readdirSync(folder)
  .toSorted()
  .flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => ({ ...JSON.parse(line), id: `${file} ${JSON.parse(line).id}` })),
  )

/** What went wrong in a talk, line by line. */
const complaints = new Map<string, readonly string[]>()
let sandbox: Sandbox

const play = async ({ id, locale, turns }: Talk, number: number) => {
  const who = someone(sandbox, `p${number + 1}`, 'personal', locale === 'fr' ? 'fr-FR' : 'en-US')
  const found: string[] = []
  for (const [turn, { say }] of turns.entries()) {
    const { status, fresh, text } = await experience(who, () => who.say(say))
    if (status !== 200) found.push(`${turn}: HTTP ${status}`)
    if (fresh.length !== 1) found.push(`${turn}: ${fresh.length} messages`)
    if (/Something went wrong|Quelque chose n’a pas marché|Un problème est survenu/.test(text)) found.push(`${turn}: an apology`)
  }
  complaints.set(id, found)
}

beforeAll(async () => {
  sandbox = await startSandbox({ crowd: talks.length })
  await inPool(8, [...talks.entries()], ([number, talk]) => play(talk, number))
}, 300_000)
afterAll(() => sandbox.stop())

test('there are at least sixty in each language, of five lines and more', () => {
  for (const language of ['en', 'fr']) expect(talks.filter(({ locale, turns }) => locale === language && turns.length >= 5).length).toBeGreaterThanOrEqual(60)
})

test.each(talks.map(({ id }) => id))('%s', (id) => expect(complaints.get(id)).toEqual([]))
