/** What can the operator's own sign-in see? The bot may look at neither its registration nor its Azure Bot, and need not. */
import { AzureCliCredential, type TokenCredential } from '@azure/identity'
import type { Config } from '../../config'
import { ask, type Answer } from './network'

export interface Operator {
  /** A path of Microsoft Graph (v1.0), or of Azure Resource Manager. */
  readonly graph: (path: string) => Promise<Answer>
  readonly arm: (path: string) => Promise<Answer>
}

const cliMs = 6_000

/** Nobody is signed in here, or the Azure CLI is not installed. */
export const notSignedIn = 'nobody is signed in with the Azure CLI'

/** The sign-in of `az login`, in the tenant of the bot. */
export const azureCli = ({ bot, directory }: Config): TokenCredential =>
  new AzureCliCredential({ tenantId: bot['MicrosoftAppTenantId'] ?? directory.tenantId ?? '', processTimeoutInMs: cliMs })

export const createOperator = ({ directory }: Config, credential: TokenCredential): Operator => {
  const tokens = new Map<string, Promise<string | undefined>>()
  const tokenFor = (base: string) => {
    const known =
      tokens.get(base) ??
      credential.getToken(`${base}/.default`).then(
        (answer) => answer?.token,
        () => undefined,
      )
    tokens.set(base, known)
    return known
  }
  const askAs = async (base: string, path: string): Promise<Answer> => {
    const token = await tokenFor(base)
    return token === undefined ? { why: notSignedIn } : ask(`${base}${path}`, token)
  }
  return {
    graph: (path) => askAs(directory.graphBaseUrl ?? 'https://graph.microsoft.com', `/v1.0${path}`),
    arm: (path) => askAs(directory.armBaseUrl ?? 'https://management.azure.com', path),
  }
}

/** Why there is no answer that can be read. */
export const whyNot = (answer: Answer): string => (answer.status === undefined ? answer.why : `the answer is ${answer.status}`)
