/** Which drawing belongs to which picture id. */
import type { PictureId } from '../../guides/schema'
import { directoryChange } from './directory-change'
import { oneOrTwoTenants } from './one-or-two-tenants'
import { rolePlace } from './role-place'
import { sameUsers } from './same-users'
import { signInNotForm } from './sign-in-not-form'
import { tenantContainer } from './tenant-container'

/** The word at a place of the picture, in the language being drawn. */
export type Say = (place: string) => string

const drawings = {
  'tenant-container': tenantContainer,
  'one-or-two-tenants': oneOrTwoTenants,
  'role-place': rolePlace,
  'same-users': sameUsers,
  'sign-in-not-form': signInNotForm,
  'directory-change': directoryChange,
} satisfies Record<PictureId, (say: Say) => string>

/**
 * One picture as SVG.
 * @throws when a word is missing, is drawn nowhere, or does not fit.
 */
export const drawPicture = (id: PictureId, words: Readonly<Record<string, string>>): string => {
  const unsaid = new Set(Object.keys(words))
  const svg = drawings[id]((place) => {
    const word = words[place]
    if (word === undefined) throw new Error(`words.${place} is missing.`)
    unsaid.delete(place)
    return word
  })
  if (unsaid.size > 0) throw new Error(`words.${[...unsaid].join(', words.')}: drawn nowhere.`)
  return svg
}
