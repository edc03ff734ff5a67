/** The cards of `verify-setup`, and the proof at the end of every guide: three findings, each with what it rests on. */
import type { Block, Button, Page, Reply, Unfolded } from '../cards/reply'
import { reply } from '../cards/reply'
import type { Proof } from '../directory'
import { words, type Phrase } from '../guides/words'
import { outcomeOf, provedOf, type Given, type Outcome } from '../runs/proved'
import type { Proved, Run } from '../runs/run'
import type { Language } from '../topics'
import { arrange, more, press, primary, supportButton, topicButton } from './buttons'
import { findings, storedProof, type Found } from './findings'
import { asksForSignIn, signInButton } from './role'

const leave = (run: Run) => [more(supportButton(run.language)), more(press(run.language, 'buttons.leave', 'cancel', { run }))]

const subscriptionEntry = (language: Language, { subscription }: Given = {}): Unfolded => {
  const { t } = words(language)
  return { kind: 'entry', id: 'subscription', label: t('proof.subscription'), placeholder: t('proof.subscriptionHint'), value: subscription ?? '' }
}

const domainEntry = (language: Language, { domain }: Given = {}): Unfolded => {
  const { t } = words(language)
  return { kind: 'entry', id: 'domain', label: t('proof.domain'), placeholder: t('proof.domainHint'), value: domain ?? '' }
}

const entries = ({ language }: Run): readonly Block[] => [subscriptionEntry(language), domainEntry(language)]

/** What the run keeps, which takes what it knew before into account; before it keeps anything, the proof itself. */
const keptBy = ({ proof: kept }: Run, proof: Proof | undefined): Proved | undefined => kept ?? (proof && provedOf(proof))

/** What was given is no id and no domain, or nothing: nothing was looked up. */
export const askProofReply = (run: Run, hint: string): Reply => {
  const { t } = words(run.language)
  const page: Page = {
    language: run.language,
    eyebrow: t('proof.eyebrow'),
    title: t('proof.title'),
    blocks: [
      { kind: 'text', text: t('proof.intro') },
      { kind: 'small', text: t('proof.where') },
      { kind: 'box', look: 'warning', title: '', text: hint },
      ...entries(run),
    ],
    buttons: arrange([
      primary(press(run.language, 'buttons.lookUp', 'look-up', { run })),
      press(run.language, 'buttons.byHand', 'proceed', { run }),
      ...leave(run),
    ]),
  }
  return reply(page, { asked: { question: 'ids' } })
}

const looks = { yes: 'good', same: 'good', no: 'attention', elsewhere: 'warning', no365: 'warning', unknown: 'emphasis' } as const satisfies Record<
  Outcome,
  string
>

const nextOf = (outcome: Outcome, language: Language): readonly Button[] => {
  if (outcome === 'no' || outcome === 'elsewhere') return [primary(topicButton(language, 'link-existing'))]
  return outcome === 'no365' ? [primary(topicButton(language, 'm365-for-azure'))] : []
}

const isSignInWanted = ({ tenant, microsoft365, azure, limits }: Proof): boolean =>
  [tenant, microsoft365, azure, ...limits].some((each) => 'reason' in each && asksForSignIn(each.reason))

export const proofReply = (run: Run, proof: Proof, given?: Given, timeZone?: string): Reply => {
  const kept = run.proof ?? provedOf(proof)
  const outcome = outcomeOf(kept)
  return resultReply(run, {
    outcome,
    text: textOf(outcome),
    found: findings(proof, kept, { language: run.language, timeZone }),
    given,
    signIn: isSignInWanted(proof),
  })
}

/** The last result, as far as the run keeps it. */
export const keptProofReply = (run: Run, proved: Proved, { signIn, timeZone }: { readonly signIn: boolean; readonly timeZone?: string | undefined }): Reply => {
  const outcome = outcomeOf(proved)
  return resultReply(run, { outcome, text: textOfKept(outcome), found: storedProof(proved, { language: run.language, timeZone }), given: undefined, signIn })
}

const textOf = (outcome: Outcome): Phrase => `proof.${outcome}Text`
/** Which tenant is which is not kept. */
const textOfKept = (outcome: Outcome): Phrase => {
  if (outcome === 'no') return 'proof.noKept'
  return outcome === 'elsewhere' ? 'proof.elsewhereKept' : textOf(outcome)
}

/** Of an id or a domain of anybody: what it comes to depends on whose it is. */
const meaningOf = (outcome: Outcome, language: Language): readonly Unfolded[] =>
  outcome === 'elsewhere' ? [{ kind: 'text', text: words(language).t('proof.elsewhereMeans') }] : []

interface Result {
  readonly outcome: Outcome
  readonly text: Phrase
  readonly found: Found
  readonly given: Given | undefined
  readonly signIn: boolean
}

const resultReply = (run: Run, { outcome, text, found, given, signIn }: Result): Reply => {
  const { language } = run
  const { t } = words(language)
  const page: Page = {
    language,
    eyebrow: t('proof.resultEyebrow'),
    title: t(`proof.${outcome}`),
    blocks: [
      ...(outcome === 'unknown' ? [] : [{ kind: 'box', look: looks[outcome], title: '', text: t(text) } satisfies Block]),
      ...found.shown,
      subscriptionEntry(language, given),
      {
        kind: 'more',
        title: t('answer.more'),
        blocks: [
          ...meaningOf(outcome, language),
          ...(outcome === 'unknown' ? [{ kind: 'text', text: t(text) } satisfies Unfolded] : []),
          domainEntry(language, given),
          found.at,
          ...found.folded,
          { kind: 'text', text: t('proof.intro') },
          { kind: 'small', text: t('proof.where') },
        ],
      },
    ],
    buttons: arrange([
      ...nextOf(outcome, language),
      ...(signIn ? [signInButton(run)] : []),
      primary(press(language, 'buttons.lookUp', 'look-up', { run })),
      press(language, 'buttons.checkAgain', 'check-again', { run }),
      press(language, 'buttons.byHand', 'proceed', { run }),
      ...(outcome === 'no' || outcome === 'elsewhere' ? [topicButton(language, 'change-directory-impact')] : []),
      ...leave(run),
    ]),
  }
  return reply(page, { asked: { question: 'ids' } })
}

/** The proof at the end of a guide: just made, or what the run keeps of it. */
export interface ProofAtEnd {
  readonly proof: Proof | undefined
  readonly given?: Given | undefined
  /** What was given is no id and no domain. */
  readonly problem?: string | undefined
  /** Without a proof just made: whether signing in would tell more. */
  readonly signIn?: boolean
}

/** With the field to have an id looked up, unless Azure was found here. */
export const proofBlocks = ({ proof, given, problem }: ProofAtEnd, run: Run, timeZone: string | undefined): Pick<Found, 'shown' | 'folded'> => {
  const { language } = run
  const { t } = words(language)
  const kept = keptBy(run, proof)
  if (!kept) return { shown: [], folded: [] }
  const outcome = outcomeOf(kept)
  // A “no” is the title of the card already.
  const title = contradiction(proof, run) ? '' : t(`proof.${outcome}`)
  const said = t(proof ? textOf(outcome) : textOfKept(outcome))
  const isOpen = outcome === 'unknown'
  const found = proof ? findings(proof, kept, { language, timeZone }) : storedProof(kept, { language, timeZone })
  const asks = kept.azure !== 'yes'
  return {
    shown: [
      isOpen ? { kind: 'box', look: looks[outcome], title: '', text: `**${title}**` } : { kind: 'box', look: looks[outcome], title, text: said },
      ...found.shown,
      ...(problem === undefined ? [] : [{ kind: 'box', look: 'warning', title: '', text: problem } satisfies Unfolded]),
      ...(asks ? [subscriptionEntry(language, given)] : []),
    ],
    folded: [
      ...meaningOf(outcome, language),
      ...(isOpen ? [{ kind: 'text', text: said } satisfies Unfolded] : []),
      found.at,
      ...found.folded,
      ...(asks ? [{ kind: 'small', text: t('proof.where') } satisfies Unfolded] : []),
    ],
  }
}

/** A guide whose end says that both share a tenant. */
export const claimsOneTenant = ({ topic }: Run) => topic !== 'check-role'

/** What the proof, made or kept, says against the end of a guide; its title then takes the place of the guide's. */
export const contradiction = (proof: Proof | undefined, run: Run): 'no' | 'elsewhere' | 'no365' | undefined => {
  const kept = keptBy(run, proof)
  const outcome = kept && outcomeOf(kept)
  return claimsOneTenant(run) && (outcome === 'no' || outcome === 'elsewhere' || outcome === 'no365') ? outcome : undefined
}

/** What the proof suggests to do next, if anything. */
export const proofNext = ({ proof, signIn }: ProofAtEnd, run: Run): readonly Button[] => {
  const { language } = run
  const kept = keptBy(run, proof)
  if (!kept) return []
  return [...nextOf(outcomeOf(kept), language), ...((proof ? isSignInWanted(proof) : signIn) ? [signInButton(run)] : [])]
}

/** Beside the field, which is there unless Azure was found. */
export const lookUpAtEnd = (proof: Proof | undefined, run: Run): readonly Button[] => {
  const kept = keptBy(run, proof)
  return kept && kept.azure !== 'yes' ? [primary(press(run.language, 'buttons.lookUp', 'look-up', { run }))] : []
}

export const proveAgain = (proof: Proof | undefined, run: Run): readonly Button[] =>
  proof || run.proof ? [press(run.language, 'buttons.checkAgain', 'check-again', { run })] : []
