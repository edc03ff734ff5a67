/** Are the keys known with which the Bot Service signs? Without them nobody can be told from a stranger. */
import { createDefaultHttpClient, createPipelineRequest } from '@azure/core-rest-pipeline'
import { z } from 'zod'
import { broken, fine, unknown, type Check } from './readiness'

const setting = 'ToBotFromChannelOpenIdMetadataUrl'
const everyMs = 60 * 60_000
const askMs = 5_000

const document = z.object({ jwks_uri: z.url({ protocol: /^https$/ }) })
const keys = z.object({ keys: z.array(z.object({ kid: z.string() })).min(1) })

/** With the client that the SDK has loaded anyway: the first use of `fetch` costs a start more than all the rest of this. */
const read = async (url: string): Promise<unknown> => {
  const request = createPipelineRequest({ url, abortSignal: AbortSignal.timeout(askMs), allowInsecureConnection: true })
  const { status, bodyAsText } = await createDefaultHttpClient().sendRequest(request)
  if (status !== 200) throw new Error(`answered ${status}`)
  return JSON.parse(bodyAsText ?? '')
}

/** @param metadataUrl https address of the OpenID document of the Bot Service. */
export const keysCheck = (metadataUrl: string): Check => ({
  name: 'keys',
  setting,
  isVital: true,
  everyMs,
  look: async () => {
    const { host } = new URL(metadataUrl)
    let found: unknown
    try {
      const { jwks_uri: address } = document.parse(await read(metadataUrl))
      found = await read(address)
    } catch {
      return unknown(setting, `The keys of the Bot Service cannot be read from ${host}.`, `Let this machine reach ${host}; see its service health.`)
    }
    return keys.safeParse(found).success
      ? fine
      : broken(setting, `${host} names no keys.`, 'Check the address; leave all six sovereign-cloud settings empty for the public cloud.')
  },
})
