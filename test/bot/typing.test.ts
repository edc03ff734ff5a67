/** "… is typing": within two seconds when an answer takes long, not at all when it does not, and never after the answer. */
import type { Activity, TurnContext } from 'botbuilder'
import { withTyping } from '../../src/bot/typing'

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

/** Notes what is sent; a sign takes `signMs` to be sent. */
const chat = (type: string, signMs = 0) => {
  const sent: string[] = []
  const sendActivity = (activity: Partial<Activity>) =>
    new Promise((resolve, reject) =>
      setTimeout(() => {
        sent.push(String(activity.type))
        if (signMs < 0) reject(new Error('Teams takes nothing.'))
        else resolve({ id: '1' })
      }, Math.abs(signMs)),
    )
  return { sent, context: { activity: { type }, sendActivity } as unknown as TurnContext }
}

const after = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms))

/** The answer is sent once the work is done. */
const turn = async ({ sent, context }: ReturnType<typeof chat>, ms: number): Promise<readonly string[]> => {
  const done = withTyping(context, after(ms, 'answer')).then((answer) => sent.push(answer))
  await jest.advanceTimersByTimeAsync(60_000)
  await done
  return sent
}

test.each([
  ['a quick answer has none', 'message', 300, 0, ['answer']],
  ['a slow one has one, before it', 'message', 5_000, 0, ['typing', 'answer']],
  ['a sign that is sent slowly comes before the answer still', 'message', 1_200, 500, ['typing', 'answer']],
  ['a press shows its own', 'invoke', 5_000, 0, ['answer']],
  ['a sign that cannot be sent is no failure', 'message', 5_000, -10, ['typing', 'answer']],
] as const)('%s', async (_what, type, ms, signMs, expected) => {
  expect(await turn(chat(type, signMs), ms)).toEqual(expected)
})

test('it is there within two seconds', async () => {
  const { sent, context } = chat('message')
  const done = withTyping(context, after(8_000, 'answer'))
  await jest.advanceTimersByTimeAsync(2_000)
  expect(sent).toEqual(['typing'])
  await jest.advanceTimersByTimeAsync(8_000)
  await done
})

test('one that hangs holds the answer up for a second at most, and work that fails fails as it is', async () => {
  const hanging = chat('message', 1_000_000)
  let answered = false
  const done = withTyping(hanging.context, after(1_500, 'answer')).then(() => (answered = true))
  await jest.advanceTimersByTimeAsync(2_600)
  expect(answered).toBe(true)
  await done
  const failing = withTyping(chat('message').context, Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
})
