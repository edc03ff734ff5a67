/**
 * The shape of everything authors write: guides (scenarios), answers and pictures, one file per topic and language.
 * `npm run check` and the start of the bot hold every file against it.
 */
import { z } from 'zod'
import { answers, languages, scenarios, topics } from '../topics'

/** Root addresses a button may open. Deep portal links rot, so there are none. */
export const portals = [
  'https://azure.microsoft.com/free',
  'https://portal.azure.com',
  'https://entra.microsoft.com',
  'https://admin.microsoft.com',
  'https://signup.azure.com',
  'https://support.microsoft.com',
] as const

export const pictureIds = ['tenant-container', 'one-or-two-tenants', 'role-place', 'same-users', 'sign-in-not-form', 'directory-change'] as const

/** How the person's company buys from Microsoft. `unknown` means they said they do not know. */
export const contracts = ['web', 'ea', 'csp', 'unknown'] as const

/** What a scenario needs of the person before the steps. */
export const roleNeeds = ['none', 'buy-microsoft-365', 'azure-owner'] as const

/** What a step takes a directory role for; whom to ask for help with it follows from that. */
export const stepNeeds = ['buy-microsoft-365', 'assign-licences'] as const

const text = (max: number) => z.string().trim().min(1).max(max)
const date = z.iso.date()
const sources = z.array(z.string()).min(1)
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

/** A cause, point, note or check that answers by itself; its id is the same in every language. */
const passage = (max: number) => z.strictObject({ id, text: text(max) })

export const linkSchema = z.strictObject({ title: text(40), url: z.enum(portals) })

/** How a subscription that a personal account owns comes into the company's tenant. */
export const ownerWays = ['hand-over', 'bring-work-account', 'invite-personal-account'] as const
export type OwnerWay = (typeof ownerWays)[number]

export const stepSchema = z.strictObject({
  /** kebab-case, the same in every language; a run remembers it. */
  id,
  /** What it was called in earlier versions: runs may still say so. */
  was: z.array(id).min(1).optional(),
  title: text(70),
  /** The instruction in one or two sentences, for who asks in passing. */
  short: text(240),
  /** What to do. Markdown: bold, lists. */
  instruction: text(700),
  link: linkSchema,
  /** Sources of this step that hold a command or a form it needs: linked beside the portal. */
  pages: z.array(z.string()).min(1).max(2).optional(),
  /** What the person should see when it worked. */
  expect: text(400),
  note: text(400).optional(),
  warning: text(400).optional(),
  picture: z.enum(pictureIds).optional(),
  /** Absent: no directory role is needed. */
  need: z.enum(stepNeeds).optional(),
  /** Usual causes when the step does not work, each with its way out. */
  stuck: z.array(passage(320)).min(1).max(5),
  checked: date,
  sources,
})

const contractRule = z.strictObject({
  /** `go`: nothing to say; `note`: said once, the guide goes on; `stop`: the guide ends here with what to do instead. */
  effect: z.enum(['go', 'note', 'stop']),
  text: text(600).optional(),
})

const waySchema = z.strictObject({
  title: text(60),
  /** What it comes to, said once when it is chosen. */
  text: text(400),
  steps: z.record(id, z.strictObject({ short: text(240), instruction: text(700), expect: text(400).optional() })),
})

export const guideSchema = z.strictObject({
  topic: z.enum(scenarios),
  title: text(80),
  /** Short title for buttons and lists. */
  label: text(40),
  summary: text(500),
  /** What it comes to, in one or two sentences. */
  short: text(280),
  /** Asked and said once, before the first step; absent where a guide needs nothing beforehand. */
  before: z
    .strictObject({
      /** What to have at hand. */
      need: z.array(text(200)).max(6),
      /** Things to know first, e.g. blocked accounts, "you may not need this". */
      notes: z.array(passage(400)).max(5),
      /** Safer ways to the same end, best first. */
      alternatives: z.array(z.strictObject({ id, title: text(80), text: text(400) })).max(5),
      /** Which account to use, as a question the person can answer with yes. */
      account: text(300),
      role: z.strictObject({ need: z.enum(roleNeeds), text: text(500) }),
      contracts: z.record(z.enum(contracts), contractRule),
      checked: date,
      sources,
    })
    .optional(),
  steps: z.array(stepSchema).min(2).max(10),
  /** Where a personal account owns the subscription: the two questions, and what each way is and says at its steps in place of what stands there. */
  ways: z
    .strictObject({
      stays: text(300),
      together: text(300),
      each: z.strictObject(Object.fromEntries(ownerWays.map((way) => [way, waySchema])) as Record<OwnerWay, typeof waySchema>),
    })
    .optional(),
  /** Steps of earlier versions that nothing took the place of, with the step that stood before each: who was there goes on from it. */
  gone: z
    .array(z.strictObject({ id, before: id }))
    .min(1)
    .optional(),
  end: z.strictObject({
    title: text(80),
    text: text(500),
    /** What to verify now. */
    verify: z.array(passage(300)).min(1).max(5),
    picture: z.enum(pictureIds).optional(),
    next: z.array(z.enum(topics)).max(3),
  }),
})

export const answerSchema = z.strictObject({
  topic: z.enum(answers),
  title: text(80),
  label: text(40),
  /** The answer itself, one to three short paragraphs. Markdown: bold, links are in `links`. */
  text: z.array(text(600)).min(1).max(3),
  /** The answer in one or two sentences. */
  short: text(280),
  points: z.array(passage(400)).max(11),
  picture: z.enum(pictureIds).optional(),
  links: z.array(linkSchema).max(2),
  /** As at a step. */
  pages: z.array(z.string()).min(1).max(3).optional(),
  /** Topics offered as buttons under the answer. */
  next: z.array(z.enum(topics)).min(1).max(3),
  checked: date,
  sources,
})

/**
 * How people ask for each passage of a topic, by its path (`points/<id>`, `notes/<id>`, `alternatives/<id>`, `checks/<id>`,
 * `steps/<step>/stuck/<id>`, `steps/<step>/expect`, `…/note`, `…/warning`); `short` where the passage itself is long.
 */
export const passagesSchema = z.record(
  z.string().regex(/^[a-z0-9]+(?:[-/][a-z0-9]+)*$/),
  z.strictObject({ short: text(240).optional(), phrasings: z.array(text(240)).min(8) }),
)

export const pictureSchema = z.strictObject({
  /** What the picture says, for someone who cannot see it. */
  alt: text(300),
  /** The words drawn in it, by place. */
  words: z.record(z.string(), text(60)),
})
export const picturesSchema = z.record(z.enum(pictureIds), pictureSchema)

/** How long what rests on a page holds: menus and procedures change sooner than what a thing is. */
export const shelfLives = { steps: 12, concept: 24 } as const

/** A page that guides rest on, without a language segment in its address. */
const sourceSchema = z
  .strictObject({
    title: text(120),
    /** Where Microsoft has the page in another language as well: our title for it there. */
    titles: z.partialRecord(z.enum(languages), text(120)).optional(),
    url: z.url({ protocol: /^https$/ }),
    /** The date that the version we read carries; absent: it carries none. */
    version: date.optional(),
    /** The day we read it. */
    read: date,
    /** Of the part that matters, as it was on that day (`npm run freshness -- FOLDER --keep`). */
    hash: z.stringFormat('sha256', /^[0-9a-f]{64}$/).optional(),
    of: z.enum(['steps', 'concept']),
  })
  .refine(({ version, read }) => version === undefined || version <= read, { error: 'is read before the date it carries', path: ['read'] })
export const sourcesSchema = z.record(z.string(), sourceSchema)

/**
 * What a passage rests on by itself, by its path (`<topic>/points/<id>` and so on): ids of sources out of those of its step or answer,
 * the one it says most of first. Where a passage is not named, it rests on all of them.
 */
export const restsSchema = z.record(z.string(), sources)

/**
 * Ids of the last release, which people's runs and cards may still say: the steps of each guide in order, with what was said there of
 * earlier ones, and all other topics.
 */
export const releasedSchema = z.strictObject({
  guides: z.record(z.string(), z.strictObject({ steps: z.array(id).min(1), former: z.array(id) })),
  topics: z.array(id),
})

export type Released = z.infer<typeof releasedSchema>
export type Guide = z.infer<typeof guideSchema>
export type Step = z.infer<typeof stepSchema>
export type Answer = z.infer<typeof answerSchema>
export type PictureId = (typeof pictureIds)[number]
export type Contract = (typeof contracts)[number]
export type Source = z.infer<typeof sourcesSchema>[string]
