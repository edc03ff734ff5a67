/** What do the operator’s log and numbers say of a turn? Names out of closed lists, never a word of anybody. */
import type { Topic } from '../topics'
import type { Route } from './routes'
import type { ThreadRoute } from './thread-route'
import type { Turn } from './turn'

export interface Logged {
  /** What the message or press did: a verb, or what kind of answer it got. */
  readonly act: string
  readonly topic?: Topic | 'none' | undefined
}

/** What the turn came to by its route. */
export const loggedOf = (route: Route, { person }: Pick<Turn, 'person'>): Logged => {
  const open = person.runs.find(({ id }) => id === person.open)?.topic
  switch (route.kind) {
    case 'begin':
      return { act: 'begin', topic: route.topic }
    case 'guide':
      return { act: route.input.verb, topic: person.runs.find(({ id }) => id === route.run)?.topic }
    case 'topic':
      return { act: 'question', topic: route.topic }
    case 'verb':
      return { act: route.verb, topic: open }
    case 'ask':
      return { act: 'asked-back', topic: route.understanding.topic }
    case 'reject':
      return { act: 'not-understood' }
    case 'passage':
      return { act: 'passage', topic: open }
    case 'line':
      return { act: route.line, topic: open }
    case 'attached':
      return { act: 'attached', topic: open }
    case 'secret':
    case 'no-guide':
      return { act: route.kind }
  }
}

export const loggedOfThread = (route: ThreadRoute): Logged => {
  switch (route.kind) {
    case 'page':
      return { act: route.verb, topic: route.of?.topic }
    case 'topic':
      return { act: 'question', topic: route.topic }
    case 'verb':
      return { act: route.verb }
    case 'private':
      return { act: 'to-private-chat', topic: route.about }
    case 'ask':
      return { act: 'asked-back', topic: route.understanding.topic }
    case 'reject':
      return { act: 'not-understood' }
    case 'secret':
    case 'attached':
      return { act: route.kind }
  }
}
