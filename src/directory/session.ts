import { createAzure, type Azure } from './azure'
import { identify, readToken, type Caller } from './caller'
import { asItIs, createCredential, onBehalfOf, type Credential } from './credential'
import { createGraph, type Graph } from './graph'
import { createGraphClient } from './graph-client'
import type { Way } from './permissions'
import { appOf, type CompleteSettings, type DirectorySettings } from './settings'
import { CouldNotLook } from './verdict'

/** One caller with the ways to ask for them: the same for the app and for a person who signed in. */
export interface Session {
  readonly way: Way
  readonly tenantId: string
  readonly objectId: string
  readonly graph: Graph
  /** Azure needs a person, and a token of theirs that can be exchanged. */
  readonly azure: Azure | { readonly without: 'not-signed-in' | 'graph-only' }
}

/** @throws CouldNotLook when this caller cannot be asked for. */
export type OpenSession = (caller: Caller) => Session

export const createSessions = (settings: DirectorySettings, all: CompleteSettings): OpenSession => {
  const app = appOf(settings)
  const graphFor = (credential: Credential, way: Way) => createGraph(createGraphClient(credential, all.graphBaseUrl, way), way)
  const appGraph = app && graphFor(createCredential(app, all), 'app')

  const asApp = (caller: Caller): Session => {
    if (!app || !appGraph) throw new CouldNotLook('not-configured')
    const who = identify(caller)
    if (who.tenantId !== app.tenantId) throw new CouldNotLook('other-tenant')
    return { way: 'app', ...who, graph: appGraph, azure: { without: 'not-signed-in' } }
  }

  const asPerson = (caller: Caller, token: string): Session => {
    const who = identify(caller)
    const use = readToken({ ...who, token }, app, all)
    if (use.for === 'graph') return { way: 'person', ...who, graph: graphFor(asItIs(token, use.expires), 'person'), azure: { without: 'graph-only' } }
    if (!app) throw new CouldNotLook('not-configured')
    // The tenant of the token, which is the person's: an exchange works there only.
    const credential = onBehalfOf(app, who.tenantId, token, all)
    return { way: 'person', ...who, graph: graphFor(credential, 'person'), azure: createAzure(onBehalfOf(app, who.tenantId, token, all), all.armBaseUrl) }
  }

  // For as long as somebody holds the caller, which is a turn: several questions cost one exchange.
  const people = new WeakMap<Caller, Session>()
  return (caller) => {
    if (caller.without) throw new CouldNotLook(caller.without)
    if (!caller.token) return asApp(caller)
    const session = people.get(caller) ?? asPerson(caller, caller.token())
    people.set(caller, session)
    return session
  }
}
