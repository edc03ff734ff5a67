/** What the page shows, and how that is written in its address so that a link opens the same view. */
import { languageRows } from '../../languages'
import { languages, type Language } from '../../topics'
import type { Chat, Scene } from '../protocol'

export const themes = ['light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]

export interface View {
  readonly person: string
  readonly chat: string
  readonly lang: Language
  readonly theme: Theme
  readonly width: 'full' | 'phone'
  readonly inspector: boolean
}

const pick = <T extends string>(list: readonly T[], word: string | null): T | undefined => list.find((item) => item === word)

export const personalChat = (person: string): string => `personal-${person}`

/** The chats a person has: their own personal chat and the shared ones. */
export const chatsOf = (scene: Scene, person: string): readonly Chat[] =>
  scene.chats.filter((chat) => chat.place !== 'personal' || chat.key === personalChat(person))

/** The chat a view shows. */
export const chatOf = (scene: Scene, { person, chat }: View): Chat => {
  const found = chatsOf(scene, person).find(({ key }) => key === chat)
  if (!found) throw new Error(`The scene has no chat ${chat} for ${person}`)
  return found
}

const personIn = (scene: Scene, key: string | null): string => (scene.people.find((person) => person.key === key) ?? scene.people[0])?.key ?? ''

const chatIn = (scene: Scene, person: string, key: string | null): string =>
  chatsOf(scene, person).find((chat) => chat.key === key)?.key ?? personalChat(person)

/** The view an address asks for; what it leaves out or gets wrong falls back to `preferred` and the first person. */
export const viewOf = (query: URLSearchParams, scene: Scene, preferred: Pick<View, 'lang' | 'theme'>): View => {
  const person = personIn(scene, query.get('person'))
  return {
    person,
    chat: chatIn(scene, person, query.get('chat')),
    lang: pick(languages, query.get('lang')) ?? preferred.lang,
    theme: pick(themes, query.get('theme')) ?? preferred.theme,
    width: pick(['full', 'phone'], query.get('width')) ?? 'full',
    inspector: query.get('inspector') === '1',
  }
}

/** The query of the address that opens `view`. */
export const queryOf = (view: View): string => new URLSearchParams({ ...view, inspector: view.inspector ? '1' : '0' }).toString()

/** The locale that the person's Teams reports. */
export const localeOf = (lang: Language): string => languageRows[lang].teams

/** What Teams calls the theme. */
export const teamsThemeOf = (theme: Theme): string => ({ light: 'default', dark: 'dark', contrast: 'contrast' })[theme]
