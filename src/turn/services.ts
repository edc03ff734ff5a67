/** What may a turn look at outside its records? Only to read: performing is the bot's. */
import type { Caller, Directory } from '../directory'

/** What every turn has. */
export interface Services {
  readonly now: () => Date
  readonly newId: () => string
  /** Root of card pictures; `undefined`: cards without pictures. */
  readonly publicUrl: string | undefined
  /** Opens the private chat with this bot, with this text in its compose box. */
  readonly privateChatUrl: (text?: string) => string
}

/** What only a person's own chat has. */
export interface PersonalServices extends Services {
  readonly directory: Directory
  /** People sign in to this bot; otherwise it looks up with its own permissions. */
  readonly signsIn: boolean
  /** Who is asking: the person as they signed in, with the reason why there is no token, or the app. Asked once per turn. */
  readonly caller: () => Promise<Caller>
}
