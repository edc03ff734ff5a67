/** Every reply the bot can give, by the function that makes it, with ordinary and with extreme arguments. */
import type { Reply } from '../../src/cards/reply'
import type { TenantFinding, UnknownReason, Verdict } from '../../src/directory'
import { guideOf } from '../../src/guides'
import { contracts } from '../../src/guides/schema'
import { words, type Phrase } from '../../src/guides/words'
import * as answer from '../../src/replies/answer'
import * as extras from '../../src/replies/extras'
import * as guide from '../../src/replies/guide'
import * as proof from '../../src/replies/proof'
import * as role from '../../src/replies/role'
import * as talk from '../../src/replies/talk'
import { beginRun, type Known, type Run } from '../../src/runs/run'
import { answers, languages, scenarios, topics, type Language, type Scenario } from '../../src/topics'

export const publicUrl = 'https://onetenant-bot.contoso-department.example.com'
export const privateChatUrl = 'https://teams.microsoft.com/l/chat/0/0?users=28:11111111-2222-4333-8444-555555555555'

/** What makes replies: every exported function with one of these names must appear below. */
export const makers: readonly string[] = [answer, extras, guide, proof, role, talk]
  .flatMap((module) => Object.keys(module))
  .filter((name) => /Reply$|^with[A-Z]/.test(name))

type Made = Readonly<Record<string, readonly Reply[]>>

const reasons = Object.keys({
  'not-configured': 0,
  'no-identity': 0,
  'other-tenant': 0,
  consent: 0,
  'not-found': 0,
  throttled: 0,
  unavailable: 0,
  timeout: 0,
  malformed: 0,
  'sign-in': 0,
  'conditional-access': 0,
  'personal-account': 0,
  'other-person': 0,
  'signed-out': 0,
  'not-signed-in': 0,
  'graph-only': 0,
  'nothing-visible': 0,
  'unknown-products': 0,
  'invalid-input': 0,
  'not-licensed': 0,
  'too-many': 0,
} satisfies Record<UnknownReason, 0>) as UnknownReason[]

const unknowns = reasons.map((reason) => ({ kind: 'unknown', reason }) as const)
const verdicts: readonly Verdict[] = [
  { kind: 'can', roles: ['billing-administrator', 'global-administrator'], limits: [] },
  { kind: 'can-after-activating', roles: ['billing-administrator', 'global-administrator'], limits: [] },
  { kind: 'cannot', roles: [], limits: [] },
  { kind: 'cannot', roles: ['global-reader', 'license-administrator', 'user-administrator', 'privileged-role-administrator'], limits: [] },
  ...unknowns,
]
const looks: readonly role.RoleLook[] = [...verdicts, { kind: 'shared' }]

const tenant = '99999999-8888-4777-8666-555555555555'
const findings: readonly (TenantFinding | undefined)[] = [
  undefined,
  { kind: 'found', tenantId: tenant },
  { kind: 'found', tenantId: '00000000-1111-4222-8333-444444444444' },
  { kind: 'none' },
  { kind: 'invalid' },
  ...unknowns,
]

/** One number of every family, so that every meaning is on a card. */
const errorCodes = ['50020', '50034', '90002', '500200', '16000', '50126', '50074', '53000', '65001', '700016'].map(
  (number) => `AADSTS${number}`,
)

const now = new Date('2026-11-25T09:30:00Z')
const begun = (topic: Scenario, language: Language): Run =>
  beginRun(guideOf(topic, language), { id: '0f8fad5b-d9cb-469f-a165-70867728950e', chat: 'a'.repeat(43), language, now })

/** A run on every step, fresh, with everything done, and reading along. */
const onSteps = (topic: Scenario, language: Language): readonly Run[] => {
  const ids = guideOf(topic, language).steps.map(({ id }) => id)
  const run: Run = { ...begun(topic, language), stage: 'steps', rev: 999_999 }
  return ids.flatMap((step) => [{ ...run, step }, { ...run, step, done: ids }, { ...run, step, readOnly: true }])
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

const guideReplies = (language: Language): Made => {
  const steps = scenarios.flatMap((topic) => onSteps(topic, language))
  const contractTexts = scenarios.flatMap((topic) =>
    contracts.map((contract) => guideOf(topic, language).before?.contracts[contract]?.text ?? '').filter(Boolean),
  )
  const longest = contractTexts.toSorted((a, b) => b.length - a.length)[0] ?? ''
  const note = guide.box('emphasis', words(language).t('contract.noteTitle'), longest)
  const knowns: readonly Known[] = [{ account: [] }, ...contracts.map((contract) => ({ contract, account: [...scenarios] }))]
  const fresh = scenarios.map((topic) => begun(topic, language))
  return {
    stepReply: steps.flatMap((run) => [guide.stepReply(viewOf(run)), guide.stepReply(viewOf(run), note)]),
    stuckReply: steps.map((run) => guide.stuckReply(viewOf(run))),
    allStepsReply: allRuns(language).map((run) => guide.allStepsReply(viewOf(run))),
    endReply: fresh.flatMap((run) =>
      [undefined, true, false].flatMap((helped) =>
        hints(language, ['guide.helpedThanks', 'guide.notHelpedThanks']).map((hint) =>
          guide.endReply(viewOf({ ...run, stage: 'end', ...(helped !== undefined && { helped }) }), hint),
        ),
      ),
    ),
    beforeReply: fresh.flatMap((run) =>
      knowns.flatMap((known) =>
        [undefined, ...looks].flatMap((look) =>
          hints(language, ['guide.answerFirst']).map((hint) =>
            guide.beforeReply({ ...viewOf(run), known, role: look, ...(hint !== undefined && { hint }) }),
          ),
        ),
      ),
    ),
    stoppedReply: fresh.flatMap((run) => [
      ...contractTexts.map((text) => guide.stoppedReply(viewOf({ ...run, stage: 'stopped' }), { kind: 'contract', text })),
      ...looks.map((look) => guide.stoppedReply(viewOf({ ...run, stage: 'stopped' }), { kind: 'role', look })),
    ]),
  }
}

const proofReplies = (language: Language): Made => {
  const run = begun('verify-setup', language)
  return {
    askProofReply: hints(language, ['proof.nothing', 'proof.invalidSubscription', 'proof.invalidDomain']).map((hint) =>
      proof.askProofReply(run, hint),
    ),
    sharedProofReply: [proof.sharedProofReply(run, privateChatUrl)],
    proofReply: [tenant, undefined].flatMap((tenantId) =>
      findings.flatMap((subscription) =>
        findings.map((domain) => proof.proofReply(run, { tenantId, subscription, domain, at: now })),
      ),
    ),
    roleReply: looks.map((look) => role.roleReply(begun('check-role', language), look, privateChatUrl)),
  }
}

const talkReplies = (language: Language): Made => {
  const runs = allRuns(language)
  const why = { topic: 'link-existing', confidence: 0.987, phrasing: 'a way of asking '.repeat(12), runnerUp: 'tenant-basics' } as const
  return {
    welcomeReply: [talk.welcomeReply(language)],
    groupWelcomeReply: [talk.groupWelcomeReply(language)],
    helloReply: [talk.helloReply(language)],
    helpReply: [talk.helpReply(language)],
    whichReply: [talk.whichReply(language)],
    betweenReply: [[], [...topics]].map((candidates) => talk.betweenReply(language, candidates)),
    notUnderstoodReply: [[], [...topics], ...topics.map((topic) => [topic])].map((candidates) => talk.notUnderstoodReply(language, candidates)),
    thanksReply: [talk.thanksReply(language)],
    languageReply: [talk.languageReply(language)],
    signOutReply: [talk.signOutReply(language)],
    feedbackReply: [talk.feedbackReply(language)],
    privacyReply: [talk.privacyReply(language)],
    secretReply: (['password', 'card', 'code'] as const).map((secret) => talk.secretReply(language, secret)),
    whyReply: [undefined, why, { topic: 'none', confidence: 0, phrasing: '' }].map((reason) => talk.whyReply(language, reason)),
    forgetReply: [talk.forgetReply(language)],
    forgottenReply: [talk.forgottenReply(language)],
    plainReply: [true, false].map((plain) => talk.plainReply(language, plain)),
    noGuideReply: [talk.noGuideReply(language), talk.noGuideReply(language, 'talk.cancelNone')],
    notYoursReply: [talk.notYoursReply(language)],
    leftReply: runs.map((run) => talk.leftReply(run)),
    myRunsReply: [[], runs.slice(0, 1), runs.slice(0, 20), runs.toReversed()].map((some) => talk.myRunsReply(language, some)),
    shareReply: [undefined, ...runs].map((run) => talk.shareReply(language, run)),
    otherTenantReply: [talk.otherTenantReply(language)],
    errorReply: [talk.errorReply(language, '0f8fad5b-d9cb-469f-a165-70867728950e')],
  }
}

const answerReplies = (language: Language): readonly Reply[] =>
  answers.flatMap((topic) =>
    [[], ...errorCodes.map((code) => talk.errorCodeBlock(code, language))].map((first) =>
      answer.answerReply({ topic, language, publicUrl, first }),
    ),
  )

/** The longest error code meaning, the way back to the longest step, and everything else that can be added to an answer. */
const fullest = (language: Language, runs: readonly Run[]): readonly Reply[] => {
  const longest = [...runs].toSorted((a, b) => instructionOf(b) - instructionOf(a))[0] ?? begun('link-existing', language)
  return answerReplies(language).map((reply) =>
    extras.withLanguageQuestion(extras.withForeignNote(extras.withSecondQuestion(answer.withWayBack(reply, longest), 'link-existing'))),
  )
}

const instructionOf = (run: Run) => guideOf(run.topic, run.language).steps.find(({ id }) => id === run.step)?.instruction.length ?? 0

const repliesIn = (language: Language): Made => {
  const runs = allRuns(language)
  const plainAnswers = answers.map((topic) => answer.answerReply({ topic, language, publicUrl }))
  const talked = talkReplies(language)
  const others = Object.values(talked).flat()
  return {
    ...guideReplies(language),
    ...proofReplies(language),
    ...talked,
    answerReply: [...answerReplies(language), ...answers.map((topic) => answer.answerReply({ topic, language, publicUrl: undefined }))],
    withWayBack: [...plainAnswers, talk.helpReply(language), talk.secretReply(language, 'card')].flatMap((reply) =>
      runs.map((run) => answer.withWayBack(reply, run)),
    ),
    withSecondQuestion: plainAnswers.flatMap((reply) => topics.map((second) => extras.withSecondQuestion(reply, second))),
    withForeignNote: [...others, ...fullest(language, runs)].map(extras.withForeignNote),
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
