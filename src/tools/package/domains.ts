/** Which domains an app may declare as its own. */

/** Hosts that belong to nobody in particular, to Microsoft, or to a tunnel. */
const shared = ['azurewebsites.net', 'onmicrosoft.com', 'microsoft.com', 'microsoftonline.com', 'botframework.com']
const tunnels = [
  'ngrok.io',
  'ngrok.app',
  'ngrok.dev',
  'ngrok-free.app',
  'ngrok-free.dev',
  'devtunnels.ms',
  'trycloudflare.com',
  'loca.lt',
  'serveo.net',
  'localhost.run',
]
const forbidden = ['go.microsoft.com', 'teams.microsoft.com', 'localhost']

const host = /^(?:\*\.)*(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/** Why this may not stand in `validDomains`; `undefined` when it may. */
export const domainProblem = (domain: string): string | undefined => {
  const name = domain.toLowerCase()
  const bare = name.replace(/^(\*\.)+/, '')
  const isUnder = (list: readonly string[]) => list.some((item) => bare === item || bare.endsWith(`.${item}`))
  if (!host.test(name)) return 'is not a host name: no scheme, no path, and * only as whole parts at the front.'
  if (forbidden.includes(bare)) return 'is not allowed.'
  if (!bare.includes('.')) return 'is a top-level domain or a machine name.'
  if (isUnder(tunnels)) return 'is a tunnel.'
  if (name !== bare && shared.includes(bare)) return 'covers a domain that others share.'
  return undefined
}
