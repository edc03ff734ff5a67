/** What can a card ask, so that words in place of a press can answer it? */
import { z } from 'zod'
import { languages } from '../topics'

/**
 * `before`: contract and account at once, as earlier builds asked; `ids`: an id or a domain to look up; `stays` and `together`: of a
 * personal account that owns the subscription; the others but `contract`, yes or no.
 */
export const questions = ['before', 'contract', 'account', 'stays', 'together', 'ids', 'forget-me', 'keep-language'] as const
export type Question = (typeof questions)[number]

/** The question on screen; of `keep-language`, about which language. `again`: it was asked already, and not answered. */
export const askedSchema = z.looseObject({ question: z.enum(questions), lang: z.enum(languages).optional(), again: z.boolean().optional() })
export type Asked = z.infer<typeof askedSchema>
