import { z } from 'zod'
import type { PressRequest } from './protocol'

/** What pressing `Action.Submit` sends. */
export type Submission =
  /** As if the person had written it. */
  | { readonly kind: 'imBack'; readonly text: string }
  /** A message with a value; `text` and what is shown as said (`displayText`) with `messageBack` only. */
  | { readonly kind: 'submit'; readonly value: unknown; readonly text?: string | undefined; readonly displayText?: string | undefined }

const jsonObject = z.record(z.string(), z.unknown())
const msteams = z.discriminatedUnion('type', [
  z.object({ type: z.literal('imBack'), value: z.string() }),
  z.object({
    type: z.literal('messageBack'),
    text: z.string().optional(),
    displayText: z.string().optional(),
    value: z.unknown().optional(),
  }),
])

/** Objects pass; anything else is dropped, as Teams does. */
const objectOf = (value: unknown) => jsonObject.catch({}).parse(value)

/** A button's own data with the card's inputs; empty inputs are left out. */
export const dataWithInputs = ({ action, inputs }: Pick<PressRequest, 'action' | 'inputs'>): Record<string, unknown> => ({
  ...objectOf(action.data),
  ...Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== '')),
})

export const submission = (press: Pick<PressRequest, 'action' | 'inputs'>): Submission => {
  const { msteams: extra, ...value } = dataWithInputs(press)
  const { data } = msteams.safeParse(extra)
  if (data?.type === 'imBack') return { kind: 'imBack', text: data.value }
  if (data?.type === 'messageBack')
    return { kind: 'submit', value: { ...value, ...objectOf(data.value) }, text: data.text ?? '', displayText: data.displayText }
  return { kind: 'submit', value: extra === undefined ? value : { ...value, msteams: extra } }
}
