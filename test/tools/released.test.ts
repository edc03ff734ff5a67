/** A release that takes an id away from people says so before it is made, with what to write where. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strandedProblems, writeReleased } from '../../src/tools/check/released'

jest.mock('../../src/topics', () => ({ ...jest.requireActual('../../src/topics'), formerTopics: { 'check-my-role': 'check-role', 'move-house': 'support' } }))

const guides = join(__dirname, '..', '..', 'src', 'guides')
let folder: string

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'onetenant-released-')), 'guides')
  for (const name of ['en', 'released.json']) cpSync(join(guides, name), join(folder, name), { recursive: true, filter: (path) => !path.includes('phrasings') })
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

// Made to be broken, so its shape is nobody's promise.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = Record<string, any>

const read = (file: string): Loose => JSON.parse(readFileSync(join(folder, file), 'utf8'))
const change = (file: string, edit: (content: Loose) => void) => {
  const content = read(file)
  edit(content)
  writeFileSync(join(folder, file), JSON.stringify(content))
}
const changeRoles = (edit: (guide: Loose) => void) => change('en/check-role.json', edit)
const release = () => read('released.json')
const lines = () => strandedProblems(folder).map(({ file, where, rule }) => `${file}: ${where}: ${rule}`)

test('the guides as they are strand nobody', () => {
  expect(lines()).toEqual([])
})

test('a step that is gone strands people: what to write is said', () => {
  changeRoles(({ steps }) => steps.splice(2, 1))
  const [, before, lost] = release().guides['check-role'].steps
  expect(lines()).toEqual([
    `en/check-role.json: steps: ${lost} of the last release is gone, and people may be at it: write "was": ["${lost}"] at the step that took its place, or { "id": "${lost}", "before": "${before}" } under "gone", in every language`,
  ])
})

test('the first one leads to the first of today, and one after a renamed step to that', () => {
  changeRoles(({ steps }) => {
    steps.shift()
    Object.assign(steps[0], { id: 'renamed', was: [steps[0].id] })
    steps.splice(1, 1)
  })
  const [first, , third] = release().guides['check-role'].steps
  expect(lines()).toEqual([
    expect.stringContaining(`{ "id": "${first}", "before": "renamed" }`),
    expect.stringContaining(`{ "id": "${third}", "before": "renamed" }`),
  ])
})

test('what it is called now, or that it is gone, is enough', () => {
  const [, second, third] = release().guides['check-role'].steps
  changeRoles((guide) => {
    Object.assign(guide.steps[1], { id: 'renamed', was: [second] })
    guide.steps.splice(2, 1)
    guide.gone = [{ id: third, before: 'renamed' }]
  })
  expect(lines()).toEqual([])
})

test('a topic that is gone is named, a guide or an answer', () => {
  change('released.json', ({ guides, topics }) => {
    guides['move-mail'] = { steps: ['look'], former: [] }
    topics.push('prices')
  })
  expect(lines()).toEqual(
    ['move-mail', 'prices'].map((topic) =>
      expect.stringMatching(
        new RegExp(`^\\.\\./topics\\.ts: formerTopics: ${topic} of the last release is gone, .*write '${topic}': '…', the topic that took its place$`),
      ),
    ),
  )
})

test('a topic that is called otherwise now is not; the steps of a guide are looked for where it leads', () => {
  change('released.json', ({ guides: released, topics }) => {
    released['check-my-role'] = { steps: ['look-first'], former: [] }
    released['move-house'] = { steps: ['pack'], former: [] }
    topics.push('move-house')
  })
  expect(lines()).toEqual([expect.stringMatching(/^en\/check-role\.json: steps: look-first of the last release is gone, /)])
})

test('a list that is missing or is none is named', () => {
  writeFileSync(join(folder, 'released.json'), '{"guides":{}}')
  expect(lines()).toEqual([expect.stringMatching(/^released\.json: topics: /)])
  rmSync(join(folder, 'released.json'))
  expect(lines()).toEqual(['released.json: file: is missing'])
})

test('a release is noted with what was said of earlier ones, which must go on to be said', () => {
  changeRoles(({ steps }) => Object.assign(steps[0], { id: 'renamed', was: [steps[0].id] }))
  const [first, ...others] = release().guides['check-role'].steps
  writeReleased(folder)
  const released = release()
  expect(released.guides['check-role']).toEqual({ steps: ['renamed', ...others], former: [first] })
  expect(released.topics).toEqual(expect.arrayContaining(['tenant-basics', 'privacy', 'check-my-role']))
  expect(lines()).toEqual([])
  writeReleased(folder)
  expect(release()).toEqual(released)

  changeRoles(({ steps }) => delete steps[0].was)
  expect(lines()).toEqual([expect.stringContaining(`"was": ["${first}"]`)])
})
