/** What is plain enough to lose a position, and are the taught lines read as they were taught? */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { destructiveActs } from '../../src/understanding/act'
import { readParts } from '../../src/understanding/act-reading'
import { interpret } from '../../src/understanding/interpret'
import { isPlain } from '../../src/understanding/plain'
import { clausesOf } from '../../src/understanding/clauses'
import type { Scene } from '../../src/understanding/situation'
import { chat, forget, step } from './situations'

interface Line {
  readonly situation: Scene
  readonly text: string
  readonly acts: readonly string[]
}

const folder = join(__dirname, '../../src/guides/acts')
const lines: readonly Line[] = readdirSync(folder).flatMap((name) =>
  readFileSync(join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line)),
)

describe('plainly said', () => {
  test.each([
    ['leave', 'stop this guide'],
    ['leave', 'quitter le guide'],
    ['leave', 'forget it'],
    ['leave', "I don't want to continue"],
    ['leave', 'can you close this guide please'],
    ['restart', 'start over'],
    ['restart', 'on recommence à zéro'],
    ['forget-me', 'forget me'],
    ['forget-me', 'effacez mes données'],
  ] as const)('%s: %s', (act, text) => {
    expect(isPlain(act, text)).toBe(true)
  })

  test.each([
    ['leave', 'cancel my trial'],
    ['leave', 'what happens if I stop?'],
    ['leave', "don't stop"],
    ['leave', 'annule ma réunion'],
    ['leave', "n'arrêtez pas"],
    ['leave', 'continue the guide'],
    ['leave', 'cancel that last answer'],
    ['leave', 'stop asking me that'],
    ['leave', 'arrêtez avec vos questions'],
    ['restart', 'I was signed in from the start'],
    ['restart', 'restart my VM'],
    ['restart', 'redémarre le serveur'],
    ['restart', 'should I restart?'],
    ['restart', 'repeat that'],
    ['forget-me', "don't forget me"],
    ['forget-me', 'delete the subscription'],
    ['forget-me', "j'ai oublié mon mot de passe"],
  ] as const)('not %s: %s', (act, text) => {
    expect(isPlain(act, text)).toBe(false)
  })
})

/** Some run of its parts has a plain word: only then can it be read so. */
const mayLose = (text: string): boolean => {
  const parts = clausesOf(text)
  return parts.some((_, from) =>
    parts.slice(from).some((__, more) => destructiveActs.some((act) => isPlain(act, parts.slice(from, from + more + 1).join(' ')))),
  )
}

test('nothing that is meant otherwise loses the position', () => {
  const suspects = lines.filter(({ text, acts }) => mayLose(text) && destructiveActs.some((act) => !acts.includes(act)))
  expect(suspects.length).toBeGreaterThan(100)
  const wrong = suspects.flatMap(({ text, acts, situation: scene }) =>
    (scene === 'forget' ? [forget] : [chat, step]).flatMap((situation) => {
      const found = interpret(text, situation).acts.map(({ act }) => act)
      const lost = destructiveActs.filter((act) => found.includes(act) && !acts.includes(act))
      return lost.length > 0 ? [{ text, acts, lost }] : []
    }),
  )
  expect(wrong).toEqual([])
})

test('what was taught is known', () => {
  const some = lines.filter((_, at) => at % 7 === 0)
  const right = some.filter(({ text, situation, acts }) => readParts(text, [situation])[0]?.act === acts[0])
  expect(right.length / some.length).toBeGreaterThan(0.9)
})
