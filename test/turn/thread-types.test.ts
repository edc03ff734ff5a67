/**
 * By type, nothing of a person can reach a turn where others read along: all that such a turn is given, however deep, holds no person,
 * no view of theirs, no run, no way to look anybody up. The checks are the compiler's (`npm run typecheck`): one that does not hold is no
 * `true` and does not compile. The test only sees to it that the parameters are all there are.
 */
import type { Caller, Directory } from '../../src/directory'
import type { ThreadTurn } from '../../src/dialogs/thread'
import type { PageView } from '../../src/replies/thread'
import type { Person } from '../../src/runs/person'
import type { Known, Run } from '../../src/runs/run'
import type { View } from '../../src/runs/view'
import { takePersonalTurn, takeThreadTurn } from '../../src/take-turn'
import type { ThreadOutcome } from '../../src/turn/outcome'
import type { Turn } from '../../src/turn/turn'

/** The fields that have a name: whatever else a newer build may have stored is not typed, so nothing reads it. */
type Named<T> = { [K in keyof T as string extends K ? never : K]: T[K] }

/** What a value gives away: itself, what it holds, what its functions answer. What is not typed (`unknown`) gives nothing to read. */
type Within<T, Seen = never> = T extends Seen | string | number | boolean | undefined | null | Date
  ? never
  : unknown extends T
    ? never
    : T extends (...given: never[]) => infer R
      ? Within<Awaited<R>, Seen>
      : T extends readonly (infer E)[]
        ? Within<E, Seen | T>
        : T extends object
          ? Named<T> | { [K in keyof Named<T>]: Within<Named<T>[K], Seen | T> }[keyof Named<T>]
          : never

/** All kinds of knowing a person. */
type Personal = Named<Person> | Named<View> | Named<Run> | Named<Known> | Caller | Directory

/** The parts of `T` that are one of these; what has a name for it and nothing in it counts as well. */
type PersonalIn<T> =
  | Extract<Within<T>, Personal>
  | Extract<NamesIn<T>, 'person' | 'view' | 'views' | 'run' | 'runs' | 'directory' | 'caller' | 'sender' | 'objectId' | 'tenantId' | 'contract' | 'known'>
type NamesIn<T> = Within<T> extends infer Part ? (Part extends object ? Extract<keyof Part, string> : never) : never

type Knows<T> = [PersonalIn<T>] extends [never] ? false : true

type Given = Parameters<typeof takeThreadTurn>
type Thread = Given[0]
type Incoming = Given[1]
type Services = Given[3]

/** A button that somebody pressed may be anybody's old one: its run and its fields are the press's, not the turn's to look up. */
type WithoutPress = Omit<Incoming, 'press'>

const holds = {
  'what is known of the place': false satisfies Knows<Omit<Named<Thread>, 'list' | 'buttons'>>,
  'what arrives': false satisfies Knows<WithoutPress>,
  'what a turn may look at': false satisfies Knows<Services>,
  'what a page is made of': false satisfies Knows<PageView>,
  'what is known inside': false satisfies Knows<Omit<ThreadTurn, 'incoming' | 'thread'>>,
  'what is known afterwards': false satisfies Knows<Omit<Named<ThreadOutcome['known']>, 'list' | 'buttons'>>,
} as const

/** The same questions about a private chat are answered otherwise, so they can be answered otherwise. */
const bites = {
  'what is known of the person': true satisfies Knows<Parameters<typeof takePersonalTurn>[0]>,
  'what a private turn may look at': true satisfies Knows<Parameters<typeof takePersonalTurn>[3]>,
  'a private turn': true satisfies Knows<Turn>,
  'a person deep inside': true satisfies Knows<{ readonly a: readonly { readonly b: () => Promise<{ readonly c: Person }> }[] }>,
  'a name alone': true satisfies Knows<{ readonly a: { readonly contract: string } }>,
} as const

test('the compiler has answered, and a thread turn is given the place, the message, its delivery and services', () => {
  expect(new Set(Object.values(holds))).toEqual(new Set([false]))
  expect(new Set(Object.values(bites))).toEqual(new Set([true]))
  expect(takeThreadTurn).toHaveLength(4)
})
