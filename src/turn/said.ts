/** What do words mean that nobody has to understand: a button's title, a number of its list, a command, the name of a topic? */
import { labelOf } from '../guides'
import { languages, topics, type Topic } from '../topics'
import type { Pick } from '../verbs/action'
import { verbTyped, type Command, type Verb } from '../verbs/verbs'
import { wordsOf } from '../understanding/clean'
import { findCommand, findPick } from '../understanding/commands'

/** What can be written in place of pressing. */
export interface Choices {
  readonly list: readonly Pick[]
  readonly buttons: readonly Pick[]
}

const longestTitle = 120
const key = (text: string) => wordsOf(text.slice(0, longestTitle)).join(' ')

/** The title of a button, written: the only way where there are no cards. */
export const findTitle = ({ list, buttons }: Choices, text: string): Pick | undefined => {
  const written = key(text)
  return [...list, ...buttons].find(({ title }) => title !== undefined && key(title) === written)
}

/** About the guide that is open, which only understanding looks at. */
const ofOpenGuide: readonly Topic[] = ['cancel', 'restart']
const labels: ReadonlyMap<string, Topic> = new Map(
  topics
    .filter((topic) => !ofOpenGuide.includes(topic))
    .flatMap((topic) => languages.map((language): [string, Topic] => [key(labelOf(topic, language)), topic])),
)

/** What a topic is called on buttons is that topic, whatever is on screen: links open the private chat with these words. */
export const findLabel = (text: string): Topic | undefined => labels.get(key(text))

export const findListed = ({ list }: Choices, text: string): Pick | undefined => {
  const number = findPick(text)
  return number === undefined ? undefined : list[number - 1]
}

/** The verb that is typed; "not now" is none, as it answers whatever was asked. */
export const findVerb = (text: string): Verb | undefined => {
  const command: Command | undefined = findCommand(text)
  return command === undefined || command === 'not-now' ? undefined : verbTyped(command)
}
