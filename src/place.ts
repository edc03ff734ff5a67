/** Where does a conversation take place? */

/** Where others read along. */
export type SharedPlace = 'groupChat' | 'channel'
export type Place = 'personal' | SharedPlace

/** Why nothing could be begun in a private chat: the app is not there for the person, or it could not be reached. */
export type Unopened = 'not-installed' | 'failed'
