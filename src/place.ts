/** Where does a conversation take place? */

/** Where others read along. */
export type SharedPlace = 'groupChat' | 'channel'
export type Place = 'personal' | SharedPlace
