/** Faces and names: who wrote a message, as the page shows them. */
import type { Chat, Person, Scene } from '../protocol'
import { el, icon } from './dom'
import type { Words } from './words'

const tints = 6

const tintOf = (scene: Scene, key: string): string => `tint-${(scene.people.findIndex((person) => person.key === key) + tints) % tints}`

const initialsOf = (name: string): string =>
  name
    .replace(/\(.*\)/, '')
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join('')

/** A round picture with initials; decoration, the name stands beside it. */
export const avatar = (scene: Scene, key: string): HTMLElement =>
  el('span', { class: `avatar ${tintOf(scene, key)}`, 'aria-hidden': 'true' }, initialsOf(ownNameOf(scene, key)))

/** The bot's picture: rounded square, as Teams shows apps. */
export const botAvatar = (): HTMLElement => el('span', { class: 'avatar bot', 'aria-hidden': 'true' }, el('img', { src: 'mark.svg', alt: '' }))

export const chatAvatar = (chat: Chat): HTMLElement => {
  if (chat.place === 'personal') return botAvatar()
  const picture = icon(chat.place === 'channel' ? 'channel' : 'group')
  return el('span', { class: `avatar place ${chat.place}`, 'aria-hidden': 'true' }, picture)
}

const ownNameOf = (scene: Scene, from: string): string => (from === 'bot' ? scene.bot.name : (scene.people.find((person) => person.key === from)?.name ?? from))

export const faceOf = (scene: Scene, from: string): HTMLElement => (from === 'bot' ? botAvatar() : avatar(scene, from))

/** Name of the bot or of a person, as the page's language writes it. */
export const nameOf = (scene: Scene, from: string, words: Words): string => words.names[from] ?? ownNameOf(scene, from)

/** One line about a person, in the page's language when it knows the person. */
export const aboutOf = (person: Person, words: Words): string => words.about[person.key] ?? person.about

/** Title of a chat in the list: a personal chat is called after the bot. */
export const titleOf = (scene: Scene, chat: Chat): string => (chat.place === 'personal' ? scene.bot.name : chat.title)
