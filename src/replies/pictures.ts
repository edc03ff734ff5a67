import type { Unfolded } from '../cards/reply'
import { altOf } from '../guides'
import type { PictureId } from '../guides/schema'
import type { Language } from '../topics'

/** A picture where Teams can reach one, else nothing: every card says the same without it. */
export const picture = (id: PictureId | undefined, language: Language, publicUrl: string | undefined): readonly Unfolded[] =>
  id && publicUrl ? [{ kind: 'picture', url: `${publicUrl}/images/${language}/${id}.png`, alt: altOf(id, language) }] : []
