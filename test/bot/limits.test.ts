/** More than one person, or all of a tenant, may ask in a minute: it is not carried out, and they are told so, once, in their language. */
import { findAction } from '../support/cards'
import { conversation, eventually, logOf, startSandbox, startSteps, type Sandbox } from '../support/harness'

let sandbox: Sandbox
const [ofPerson, ofTenant] = [8, 20]

beforeAll(async () => {
  sandbox = await startSandbox({ crowd: 20, env: { PERSON_LIMIT_PER_MINUTE: String(ofPerson), TENANT_LIMIT_PER_MINUTE: String(ofTenant) } })
})
afterAll(() => sandbox.stop())

const lineOf = (setting: string) => eventually(() => logOf(sandbox).find((line) => line.setting === setting), `a line that names ${setting}`)

test('of one person: what is more is not carried out, which is said once, and each press is answered', async () => {
  const who = conversation(sandbox, { person: 'p1' })
  await who.say('we have microsoft 365 and want azure')
  await startSteps(who, 'web')
  const step = (await who.say('next')).messages[0]
  for (let more = 4; more < ofPerson; more += 1) await who.say('which step am I on?')
  const [first, second] = [await who.say('next'), await who.say('next')]
  expect(first.text).toContain('more than I can take in one minute')
  expect([first.status, second.status, second.messages]).toEqual([200, 200, []])
  if (!step || !findAction(step.cards, 'Done, next')) throw new Error('no step')
  for (let press = 0; press < 2; press += 1) expect((await who.press('Done, next', { on: step })).text).toContain('more than I can take in one minute')
  expect(await lineOf('PERSON_LIMIT_PER_MINUTE')).toMatchObject({ level: 40, who: expect.stringMatching(/^[\w-]{12}$/), fix: expect.any(String) })
})

test('in French, and others are not held up by it', async () => {
  const [who, other] = [conversation(sandbox, { person: 'p2', locale: 'fr-FR' }), conversation(sandbox, { person: 'p3', locale: 'fr-FR' })]
  let last = ''
  for (let more = 0; more <= ofPerson; more += 1) last = (await who.say('merci')).text
  expect(last).toContain('C’est plus que je ne peux traiter en une minute')
  expect((await other.say('merci')).text).not.toContain('une minute')
})

test('of a tenant: said to each person once; nothing is carried out, but who leaves is forgotten all the same', async () => {
  const people = Array.from({ length: 10 }, (_, index) => conversation(sandbox, { person: `p${index + 4}` }))
  const texts: string[] = []
  for (const who of people) texts.push((await who.say('hello')).text)
  const over = texts.filter((text) => text.includes('Very many people of your organization'))
  // Sixteen were taken of the first two, one of the third.
  expect(over).toHaveLength(people.length - (ofTenant - 2 * ofPerson - 1))
  expect((await conversation(sandbox, { person: 'p13' }).say('hello')).messages).toEqual([])
  expect(await lineOf('TENANT_LIMIT_PER_MINUTE')).toMatchObject({ level: 40, fix: expect.any(String) })
})
