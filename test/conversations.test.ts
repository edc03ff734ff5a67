/** Plays every recorded conversation through HTTP against the built bot, with real authentication, Graph and storage. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import { dialogueSchema, type DialogueTurn, type Expectation } from './support/dialogue'
import { conversation, eyebrowOf, plainly, startSandbox, titleOf, type Conversation, type Reply, type Sandbox } from './support/harness'

const folder = join(__dirname, 'conversations')
const recorded = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ name: parse(file).name, ...dialogueSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))) }))

const act = (person: Conversation, { open, say, unmentioned, press, older, inputs }: DialogueTurn): Promise<Reply> | undefined => {
  if (open) return person.open()
  if (say !== undefined) return person.say(say, { mention: !unmentioned })
  if (press !== undefined) return person.press(press, { ...(inputs && { inputs }), ...(older && { older }) })
  return undefined
}

const check = (reply: Reply, expected: Expectation, earlier: ReadonlySet<string>) => {
  const text = plainly(reply.text)
  const [buttons, more] = [reply.buttons.map((title) => plainly(title)), reply.more.map((title) => plainly(title))]
  expect(reply.status).toBe(200)
  if (expected.title !== undefined) expect(plainly(titleOf(reply.card))).toBe(expected.title)
  if (expected.eyebrow !== undefined) expect(plainly(eyebrowOf(reply.card))).toBe(expected.eyebrow)
  for (const words of expected.says ?? []) expect(text).toContain(words)
  for (const words of expected.never ?? []) expect(text).not.toContain(words)
  if (expected.buttons) expect(buttons).toEqual(expected.buttons)
  if (expected.offers) expect(buttons).toEqual(expect.arrayContaining(expected.offers))
  if (expected.more) expect(more).toEqual(expect.arrayContaining(expected.more))
  if (expected.inPlace !== undefined) expect(reply.messages.every(({ id }) => earlier.has(id))).toBe(expected.inPlace)
  if (expected.messages !== undefined) expect(reply.messages).toHaveLength(expected.messages)
}

describe.each(recorded)('$name: $intent', ({ turns, person, chat, locale }) => {
  let sandbox: Sandbox

  beforeAll(async () => {
    sandbox = await startSandbox()
  })
  afterAll(() => sandbox.stop())

  test('is experienced so', async () => {
    let where = { person, locale, ...(chat && { chat }) }
    let who = conversation(sandbox, where)
    for (const [index, turn] of turns.entries()) {
      if (turn.graph) sandbox.faults.graph = turn.graph
      if (turn.arm) sandbox.faults.arm = turn.arm
      if (turn.restartBot) await sandbox.bot.restart()
      if (turn.as) {
        where = { ...where, ...(turn.as.person && { chat: `personal-${turn.as.person}` }), ...turn.as }
        who = conversation(sandbox, where)
      }
      const earlier = new Set(sandbox.teams.messages().map(({ id }) => id))
      const reply = await act(who, turn)
      try {
        if (reply) check(reply, turn.expect ?? {}, earlier)
      } catch (error) {
        const happened = `turn ${index + 1} (${turn.say ?? turn.press ?? 'open'}) was answered:\n${reply?.text}\nbuttons: ${reply?.buttons.join(' · ')}\n`
        throw new Error(happened + (error instanceof Error ? error.message : String(error)))
      }
    }
  })
})
