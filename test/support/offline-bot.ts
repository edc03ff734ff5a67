/** The bot without HTTP, authentication and Teams: real activities in, what it sends and stores out, in milliseconds. */
import { BotAdapter, TurnContext, type Activity, type ConversationReference, type ResourceResponse } from 'botbuilder'
import pino from 'pino'
import { createBot } from '../../src/bot/bot'
import { watchTurn } from '../../src/telemetry/watch'
import { arrivalOf } from '../../src/bot/incoming'
import { privateChat } from '../../src/bot/teams-host'
import { createDeadline } from '../../src/deadline'
import type { Directory } from '../../src/directory'
import { createCounts } from '../../src/insight/counts'
import { createPeople, createThreads } from '../../src/runs/records'
import { memoryStore } from '../../src/runs/memory-store'
import type { Store } from '../../src/runs/store'
import type { Activity as SandboxActivity } from '../../src/sandbox/activities'

/** What people get to see of one activity, whichever way it took. */
export interface Seen {
  readonly conversation: string
  readonly content: unknown
}

/** Envelopes name whom a message is for; what it says is the rest. */
const contentOf = ({ type, text, summary, attachments, suggestedActions, value }: Partial<Activity>) => ({
  type,
  text,
  summary,
  attachments,
  suggestedActions,
  value,
})

class Recorder extends BotAdapter {
  readonly seen: Seen[] = []

  constructor(private readonly reaches: () => boolean) {
    super()
  }

  private note(activities: readonly Partial<Activity>[]): ResourceResponse[] {
    if (!this.reaches()) throw Object.assign(new Error('Teams takes nothing.'), { statusCode: 500 })
    return activities.map((activity) => {
      this.seen.push({ conversation: activity.conversation?.id ?? 'none', content: contentOf(activity) })
      return { id: `message-${this.seen.length}` }
    })
  }
  override sendActivities = async (_context: TurnContext, activities: Partial<Activity>[]) => this.note(activities)
  override updateActivity = async (_context: TurnContext, activity: Partial<Activity>) => this.note([activity])[0]
  override deleteActivity = (_context: TurnContext, _reference: Partial<ConversationReference>) => Promise.resolve()
  /** As the connector does: the chat that is there, or 403 where the app is not. */
  conversationOf = (opens: OfflineOptions['opens']) => ({
    conversations: {
      createConversation: async ({ members: [member] }: { members: { id: string }[] }) => {
        const id = opens?.(member?.id ?? '')
        if (id === undefined) throw Object.assign(new Error('The app is not there.'), { statusCode: 403 })
        return { id }
      },
    },
  })
  override continueConversation = () => Promise.reject(new Error('nobody speaks of their own accord here'))
}

export interface OfflineBot {
  /** Everything that came of the activity, the answer to a press included. Rejects when nothing was kept. */
  readonly hear: (activity: SandboxActivity) => Promise<readonly Seen[]>
}

const appId = '11111111-2222-4333-8444-555555555555'

export interface OfflineOptions {
  readonly directory: Directory
  readonly newId: () => string
  readonly now: () => Date
  readonly store: Store
  readonly tenantId: string
  /** Whether what is sent gets there; default: always. */
  readonly reaches?: () => boolean
  /** Id of the private chat of whoever has this Teams id; undefined: the app is not in their Teams. Default: it is in nobody's. */
  readonly opens?: (teamsId: string) => string | undefined
}

export const offlineBot = ({ directory, newId, now, store, tenantId, reaches = () => true, opens }: OfflineOptions): OfflineBot => {
  const onUnread = (where: readonly string[]) => {
    throw new Error(`could not read ${where.join(', ')}`)
  }
  const log = pino({ level: 'silent' })
  const bot = createBot({
    services: { now, newId, publicUrl: undefined },
    directory,
    privateChatUrl: (serviceUrl, text) => privateChat(serviceUrl, appId, text),
    people: createPeople(store, { retentionDays: 365, now, onUnread }),
    threads: createThreads(store, { onUnread }),
    signIns: undefined,
    allowedTenants: [tenantId],
    counts: createCounts({ store: memoryStore(now), build: 'test', now, keepsText: false, onUnkept: () => undefined }),
    keepsFeedbackText: false,
    log,
  })

  return {
    hear: async (sent) => {
      const activity = structuredClone(sent) as unknown as Activity
      const arrival = arrivalOf(activity)
      if (!arrival) return []
      const adapter = new Recorder(reaches)
      const answers: Seen[] = []
      const context = new TurnContext(adapter, activity)
      context.turnState.set(adapter.ConnectorClientKey, adapter.conversationOf(opens))
      await bot(arrival, {
        context,
        deadline: createDeadline(30_000),
        respond: ({ body }) => void (body !== undefined && answers.push({ conversation: activity.conversation.id, content: body })),
        watch: watchTurn({ who: '', place: 'personal', kind: arrival.kind, type: activity.type }, log),
      })
      return [...answers.slice(0, 1), ...adapter.seen]
    },
  }
}
