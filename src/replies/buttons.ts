/** Buttons, so that each has one title and one meaning wherever it stands. */
import type { ActionData } from '../verbs/action'
import type { Verb } from '../verbs/verbs'
import type { Button } from '../cards/reply'
import { labelOf } from '../guides'
import { words, type Phrase } from '../guides/words'
import type { Run } from '../runs/run'
import type { Language, Topic } from '../topics'

type Target = Pick<ActionData, 'topic' | 'step'> & { readonly run?: Run }

const data = (language: Language, verb: Verb, { topic, step, run }: Target): ActionData => ({
  verb,
  ...((topic ?? run) && { topic: topic ?? run?.topic }),
  ...(step !== undefined && { step }),
  ...(run && { run: run.id, rev: run.rev }),
  lang: language,
})

export const press = (language: Language, title: Phrase, verb: Verb, target: Target = {}, values?: Record<string, number>): Button => ({
  kind: 'press',
  title: words(language).t(title, values),
  action: data(language, verb, target),
  more: false,
})

export const topicButton = (language: Language, topic: Topic, title = labelOf(topic, language)): Button => ({
  kind: 'press',
  title,
  action: data(language, 'topic', { topic }),
  more: false,
})

export const openButton = (title: string, url: string): Button => ({ kind: 'open', title, url, more: false })

/** Moved behind the "…" of the card. */
export const more = (button: Button): Button => ({ ...button, more: true, ...(button.meaning === 'primary' && { meaning: undefined }) })

/** What most people want next; a card has one at most. */
export const primary = (button: Button): Button => ({ ...button, meaning: 'primary' })

/** What takes something away for good. */
export const danger = (button: Button): Button => ({ ...button, meaning: 'danger' })

export const supportButton = (language: Language): Button => topicButton(language, 'support', words(language).t('buttons.support'))

/** At most this many are in sight; the others go behind "…". */
const inSight = 4

const isPrimary = ({ meaning }: Button) => meaning === 'primary'
const plain = (button: Button): Button => ({ ...button, meaning: undefined })

/** The first primary button stays so, and stands first; what was primary on the card before something was put in front is one way of several. */
const onePrimary = (buttons: readonly Button[]): readonly Button[] => {
  const first = buttons.find(isPrimary)
  if (!first) return buttons
  return [first, ...buttons.filter((button) => button !== first).map((button) => (isPrimary(button) ? plain(button) : button))]
}

/** Later buttons that repeat a title are dropped; those that do not fit go behind "…", where none is the primary one. */
export const arrange = (buttons: readonly Button[], most = inSight): readonly Button[] => {
  const distinct = buttons.filter(({ title }, index) => buttons.findIndex((other) => other.title === title) === index)
  const shown = onePrimary(distinct.filter((button) => !button.more))
  return [...shown.slice(0, most), ...[...shown.slice(most), ...distinct.filter((button) => button.more)].map(more)]
}
