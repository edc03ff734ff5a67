/** Every reply the bot can give, by the function that makes it, with ordinary and with extreme arguments. */
import { attachedKinds } from '../../src/attached'
import { readPassages, type Passage } from '../../src/guides/passages'
import type { Reply } from '../../src/cards/reply'
import { guideOf } from '../../src/guides'
import { contracts } from '../../src/guides/schema'
import { words, type Phrase } from '../../src/guides/words'
import * as answer from '../../src/replies/answer'
import * as buttons from '../../src/replies/buttons'
import * as extras from '../../src/replies/extras'
import * as guide from '../../src/replies/guide'
import * as helpers from '../../src/replies/helpers'
import * as people from '../../src/replies/people'
import * as preflight from '../../src/replies/preflight'
import * as proof from '../../src/replies/proof'
import * as role from '../../src/replies/role'
import * as signIn from '../../src/replies/sign-in'
import * as talk from '../../src/replies/talk'
import * as thread from '../../src/replies/thread'
import { provedOf } from '../../src/runs/proved'
import type { Known, Run } from '../../src/runs/run'
import { answers, languages, scenarios, topics, type Language, type Scenario } from '../../src/topics'
import { begun, helperLists, looks, ownerLists, preflights, privateChatUrl, proofs, publicUrl, reasons } from '../replies/examples'

/** What makes replies: every exported function with one of these names must appear below. */
export const makers: readonly string[] = [answer, extras, guide, helpers, people, preflight, proof, role, signIn, talk, thread]
  .flatMap((module) => Object.keys(module))
  .filter((name) => /Reply$|^with[A-Z]/.test(name))

type Made = Readonly<Record<string, readonly Reply[]>>

/** One number of every family and one of none, so that every meaning is on a card. */
const errorCodes = [
  '50020',
  '500207',
  '50058',
  '50034',
  '500212',
  '50074',
  '53000',
  '50158',
  '50105',
  '65001',
  '700016',
  '90002',
  '50029',
  '50126',
  '70008',
  '5000225',
  '5000224',
  '50125',
  '90033',
  '20001',
  '50011',
  '165004',
  '9999999',
].map((number) => `AADSTS${number}`)

/** A run on every step, fresh, with everything done, and reading along. */
const onSteps = (topic: Scenario, language: Language): readonly Run[] => {
  const ids = guideOf(topic, language).steps.map(({ id }) => id)
  const run: Run = { ...begun(topic, language), stage: 'steps', rev: 999_999 }
  return ids.flatMap((step) => [
    { ...run, step },
    { ...run, step, done: ids },
    { ...run, step, readOnly: true },
  ])
}

const allRuns = (language: Language): readonly Run[] =>
  scenarios.flatMap((topic): Run[] => [
    begun(topic, language),
    { ...begun(topic, language), stage: 'stopped' },
    ...onSteps(topic, language),
    { ...begun(topic, language), stage: 'end' },
  ])

const viewOf = (run: Run) => ({ run, guide: guideOf(run.topic, run.language), publicUrl })
const hints = (language: Language, phrases: readonly Phrase[]) => [undefined, ...phrases.map((phrase) => words(language).t(phrase))]

/** Every one of them comes once among so many: what is said in one is said alike in all. */
const share = <T>(all: readonly T[], index: number, of: number): readonly T[] => all.filter((_, each) => each % of === index)

const contractTextsOf = (topic: Scenario, language: Language): readonly string[] =>
  contracts.map((contract) => guideOf(topic, language).before?.contracts[contract]?.text ?? '').filter(Boolean)

/** What a step can say beside its card, with what the guide says before and after. */
const passagesOf = ({ topic, step, language }: Run): readonly Passage[] =>
  readPassages(language).filter((each) => each.topic === topic && (each.step === step || each.step === undefined))

const guideReplies = (language: Language): Made => {
  const steps = scenarios.flatMap((topic) => onSteps(topic, language))
  const longest = scenarios.flatMap((topic) => contractTextsOf(topic, language)).toSorted((a, b) => b.length - a.length)[0] ?? ''
  const note = guide.box('emphasis', words(language).t('contract.noteTitle'), longest)
  const knowns: readonly Known[] = [{ account: [] }, ...contracts.map((contract) => ({ contract, account: [...scenarios] }))]
  const fresh = scenarios.map((topic) => begun(topic, language))
  return {
    stepReply: steps.flatMap((run) => [guide.stepReply(viewOf(run)), guide.stepReply(viewOf(run), [note])]),
    stuckReply: steps.map((run) => guide.stuckReply(viewOf(run))),
    causeReply: steps.flatMap((run) => passagesOf(run).map((passage) => guide.causeReply(viewOf(run), passage))),
    passageReply: steps.flatMap((run) =>
      passagesOf(run).map((passage) => guide.passageReply(passage, run.topic, language, { isOpen: passage.step !== undefined })),
    ),
    allStepsReply: allRuns(language).map((run) => guide.allStepsReply(viewOf(run))),
    endReply: fresh
      .flatMap((run) =>
        [undefined, true, false].flatMap((helped) =>
          hints(language, ['guide.helpedThanks', 'guide.notHelpedThanks']).map((hint) =>
            guide.endReply(viewOf({ ...run, stage: 'end', ...(helped !== undefined && { helped }) }), hint === undefined ? {} : { hint }),
          ),
        ),
      )
      .concat(
        fresh.flatMap((run, index) => [
          ...share(proofs, index, fresh.length).map((made) => guide.endReply(viewOf({ ...run, stage: 'end' }), { proof: made })),
          guide.endReply(viewOf({ ...run, stage: 'end', proof: { tenant: 'yes', microsoft365: 'unknown', azure: 'no', at: '2026-11-25T09:30:00.000Z' } })),
          guide.endReply(viewOf({ ...run, stage: 'end', readOnly: true })),
        ]),
      ),
    beforeReply: fresh.flatMap((run) => [
      ...knowns.map((known) => guide.beforeReply({ ...viewOf(run), known, role: undefined })),
      ...looks.map((look) => guide.beforeReply({ ...viewOf(run), known: { account: [] }, role: look })),
      guide.beforeReply({ ...viewOf(run), known: { account: [] }, role: undefined, hint: words(language).t('guide.answerFirst') }),
    ]),
    stoppedReply: fresh.flatMap((run, index) => [
      ...contractTextsOf(run.topic, language).map((text) => guide.stoppedReply(viewOf({ ...run, stage: 'stopped' }), { kind: 'contract', text })),
      ...share(looks, index, fresh.length).map((look) => guide.stoppedReply(viewOf({ ...run, stage: 'stopped' }), { kind: 'role', look })),
    ]),
  }
}

const proofReplies = (language: Language): Made => {
  const run = begun('verify-setup', language)
  return {
    askProofReply: (['proof.nothing', 'proof.invalidSubscription', 'proof.invalidDomain'] as const).map((hint) =>
      proof.askProofReply(run, words(language).t(hint)),
    ),
    proofReply: proofs.map((made) => proof.proofReply(run, made, { subscription: run.id, domain: 'contoso.com' })),
    keptProofReply: proofs.map((made) => proof.keptProofReply(run, provedOf(made), { signIn: true })),
    helpersReply: helperLists.flatMap((found) =>
      [
        undefined,
        { topic: 'azure-for-m365', index: 2, need: undefined } as const,
        ...guideOf('m365-for-azure', language).steps.map(({ need }, index) => ({ topic: 'm365-for-azure', index, need }) as const),
      ].flatMap((step) => (['buy-microsoft-365', 'assign-licences'] as const).map((need) => helpers.helpersReply({ language, publicUrl, need, found, step }))),
    ),
    signInReply: (['declined', 'failed', 'late', 'wrong-code', ...reasons] as const).flatMap((trouble) =>
      [
        undefined,
        { verb: 'check-again', run: run.id, topic: run.topic, lang: language } as const,
        { verb: 'topic', topic: 'find-admin', lang: language } as const,
      ].map((waiting) => signIn.signInReply(language, trouble, waiting)),
    ),
    roleReply: looks.map((look) => role.roleReply(begun('check-role', language), look)),
  }
}

/** Before something is moved or bought: with the guide at its questions, at a step, and not open. */
const firstReplies = (language: Language): Made => ({
  preflightReply: preflights.flatMap((found) =>
    preflight.looksFirst.flatMap((topic) =>
      [undefined, begun(topic, language), { ...begun(topic, language), stage: 'steps' as const }].map((run) =>
        preflight.preflightReply({ topic, language, found, run, subscription: run?.id }),
      ),
    ),
  ),
  peopleReply: preflights.flatMap((found, index) =>
    [undefined, ...ownerLists].flatMap((owners) =>
      share(helperLists, index, 3).map((admins) => people.peopleReply({ language, found, owners, admins, contract: index % 2 ? 'ea' : 'csp' })),
    ),
  ),
})

const talkReplies = (language: Language): Made => {
  const runs = allRuns(language)
  const why = { topic: 'link-existing', confidence: 0.987, phrasing: `a way of asking${' again'.repeat(30)}`, runnerUp: 'tenant-basics' } as const
  return {
    welcomeReply: [talk.welcomeReply(language)],
    groupWelcomeReply: (['groupChat', 'channel'] as const).map((place) => talk.groupWelcomeReply(language, place)),
    helloReply: [talk.helloReply(language)],
    helpReply: [talk.helpReply(language)],
    whichReply: [talk.whichReply(language)],
    betweenReply: [[], [...topics]].map((candidates) => talk.betweenReply(language, candidates)),
    notUnderstoodReply: [[], [...topics], ...topics.map((topic) => [topic])].map((candidates) => talk.notUnderstoodReply(language, candidates)),
    attachedReply: attachedKinds.map((kind) => talk.attachedReply(language, kind)),
    unknownButtonReply: [talk.unknownButtonReply(language)],
    thanksReply: [talk.thanksReply(language)],
    languageReply: [talk.languageReply(language)],
    languageChoiceReply: [talk.languageChoiceReply(language)],
    signOutReply: (['done', 'failed', 'nobody'] as const).map((outcome) => talk.signOutReply(language, outcome)),
    feedbackReply: [talk.feedbackReply(language)],
    privacyReply: [talk.privacyReply(language)],
    secretReply: (['password', 'card', 'code'] as const).map((secret) => talk.secretReply(language, secret)),
    whyReply: [undefined, why, { ...why, topic: 'none' }].map((reason) => talk.whyReply(language, reason)),
    forgetReply: [talk.forgetReply(language)],
    keptReply: [talk.keptReply(language)],
    forgottenReply: [true, false].map((tokenIsGone) => talk.forgottenReply(language, { tokenIsGone })),
    plainReply: [true, false].map((plain) => talk.plainReply(language, plain)),
    noGuideReply: [talk.noGuideReply(language), talk.noGuideReply(language, 'talk.cancelNone')],
    leftReply: runs.map((run) => talk.leftReply(run)),
    myRunsReply: [[], runs.slice(0, 1), runs.slice(0, 20), runs.toReversed()].map((some) => talk.myRunsReply(language, some)),
    shareReply: [undefined, ...runs]
      .map((run) => talk.shareReply(language, run?.topic, run))
      .concat(scenarios.map((topic) => talk.shareReply(language, topic))),
    outsideReply: [talk.outsideReply(language)],
    otherTenantReply: [talk.otherTenantReply(language)],
    errorReply: [talk.errorReply(language, '0f8fad5b')],
    unsureReply: [talk.unsureReply(language, '0f8fad5b')],
    tooLateReply: [talk.tooLateReply(language, '0f8fad5b')],
    tooManyReply: [talk.tooManyReply(language, 'person'), talk.tooManyReply(language, 'tenant')],
    newerReply: [talk.newerReply(language)],
    lineReply: [talk.lineReply(language, 'talk.undoNothing', { buttons: [buttons.topicButton(language, 'help')] })],
  }
}

const answerReplies = (language: Language): readonly Reply[] =>
  answers.flatMap((topic) =>
    [[], ...errorCodes.map((code) => talk.errorCodeBlock(code, language))].map((first) => answer.answerReply({ topic, language, publicUrl, first })),
  )

/** The longest error code meaning, the way back to the longest step, and everything else that belongs to what was asked. */
const full = (language: Language, runs: readonly Run[]): readonly Reply[] => {
  const longest = [...runs].toSorted((a, b) => instructionOf(b) - instructionOf(a))[0] ?? begun('link-existing', language)
  return answerReplies(language).map((reply) => extras.withForeignNote(extras.withSecondQuestion(answer.withWayBack(reply, longest), 'link-existing')))
}

/** Whoever writes is also asked which language to keep; not so who comes from a channel, or is shown an answer again. */
const fullest = (language: Language, runs: readonly Run[]): readonly Reply[] => full(language, runs).map(extras.withLanguageQuestion)

const instructionOf = (run: Run) => guideOf(run.topic, run.language).steps.find(({ id }) => id === run.step)?.instruction.length ?? 0

const threadReplies = (language: Language): Made => {
  const views = scenarios
    .filter((topic) => guideOf(topic, language).before)
    .flatMap((topic) => [
      { topic, at: 'before' as const },
      ...guideOf(topic, language).steps.map(({ id }) => ({ topic, at: 'steps' as const, step: id })),
      { topic, at: 'end' as const },
    ])
    .map((page): thread.PageView => ({ page, displaced: page.at === 'steps', language, publicUrl }))
  const steps = views.filter(({ page }) => page.at === 'steps')
  return {
    pageReply: views.map(thread.pageReply),
    sharedStuckReply: steps.map(thread.sharedStuckReply),
    sharedStepsReply: views.map(thread.sharedStepsReply),
    withWayBackToPage: views.map((view) => thread.withWayBackToPage(talk.helpReply(language), view)),
    privateReply: (['opened', 'offered', 'not-installed', 'failed'] as const).map((how) => thread.privateReply(language, privateChatUrl, how)),
    threadLeftReply: views.map(thread.threadLeftReply),
    sharedPrivacyReply: [thread.sharedPrivacyReply(language)],
  }
}

const repliesIn = (language: Language): Made => {
  const runs = allRuns(language)
  const plainAnswers = answers.map((topic) => answer.answerReply({ topic, language, publicUrl }))
  const talked = talkReplies(language)
  const others = Object.values(talked).flat()
  const made = guideReplies(language)
  const inThreads = threadReplies(language)
  return {
    ...made,
    ...proofReplies(language),
    ...firstReplies(language),
    ...talked,
    answerReply: [...answerReplies(language), ...answers.map((topic) => answer.answerReply({ topic, language, publicUrl: undefined }))],
    withWayBack: [...plainAnswers, talk.helpReply(language), talk.secretReply(language, 'card')].flatMap((reply, index, { length }) =>
      share(runs, index, length).map((run) => answer.withWayBack(reply, run)),
    ),
    withSecondQuestion: plainAnswers.flatMap((reply) => topics.map((second) => extras.withSecondQuestion(reply, second))),
    withForeignNote: [...others, ...full(language, runs)].map(extras.withForeignNote),
    withUnopened: fullest(language, runs).map((each) => extras.withUnopened(each, { attached: 'recording', text: 'x' })),
    withUnopenedFirst: [...(made.stuckReply ?? []), ...(inThreads.sharedStuckReply ?? [])].flatMap((each) =>
      attachedKinds.map((kind) => extras.withUnopenedFirst(each, kind)),
    ),
    withQuestion: [...others, ...fullest(language, runs)].map((each) =>
      extras.withQuestion(each, { question: 'contract', text: words(language).t('contract.question') }),
    ),
    withFirst: [...others, ...full(language, runs)].map((each) =>
      extras.withFirst(
        each,
        thread.fromThreadText(language, 'channel', { topic: 'link-existing', at: 'steps', step: guideOf('link-existing', language).steps[0]?.id }),
        undefined,
      ),
    ),
    withNote: [...others, ...full(language, runs)].map((each) => extras.withNote(each, 'talk.owed')),
    ...inThreads,
    withLanguageQuestion: [...others, ...fullest(language, runs)].map(extras.withLanguageQuestion),
  }
}

export interface MadeReply {
  readonly maker: string
  readonly language: Language
  readonly reply: Reply
}

export const allReplies: readonly MadeReply[] = languages.flatMap((language) =>
  Object.entries(repliesIn(language)).flatMap(([maker, replies]) => replies.map((reply) => ({ maker, language, reply }))),
)
