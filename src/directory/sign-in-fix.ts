/** What does the operator do when an app of theirs is not let in? Where the authority's code tells more than the reason, by the code. */
import { reasons, type UnknownReason } from './reasons'

const fixByCode: Readonly<Record<string, string>> = {
  AADSTS700016: 'The tenant has no app of this id: check the application id and the tenant id.',
  AADSTS7000112: 'The app is disabled in the tenant: enable it (Enterprise applications > Properties).',
  AADSTS90002: 'There is no tenant of this id: check it.',
  AADSTS900023: 'The tenant id is malformed: copy it again.',
  AADSTS7000215: 'The secret is wrong: copy its value, not its id.',
  AADSTS7000222: 'The secret has expired: create a new one.',
  AADSTS700027: 'The certificate is not the one of the registration, or has expired: upload it there, or renew it.',
  AADSTS7000229: 'The tenant lacks the service principal of the app: create it (Enterprise applications), or have an administrator consent.',
  AADSTS70021: 'No federated credential of the app matches the token: check its issuer, subject and audience.',
  AADSTS700024: 'The clock of this machine is wrong: set it.',
}

export const fixOfSignIn = (reason: UnknownReason, code: string | undefined): string =>
  fixByCode[code ?? ''] ??
  reasons[reason].doctorFix ??
  'Check tenant id, application id and secret, certificate or identity: wrong, expired, or blocked by a policy.'
