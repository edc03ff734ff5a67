/**
 * restify changes Node's own request and response for the whole process, and test files share processes. A file that loads it
 * imports this first and calls `restoreHttp` at its end.
 */
import { IncomingMessage, ServerResponse } from 'node:http'

const prototypes = [IncomingMessage.prototype, ServerResponse.prototype].map((prototype) => ({
  prototype,
  before: Object.getOwnPropertyDescriptors(prototype),
}))

export const restoreHttp = (): void => {
  for (const { prototype, before } of prototypes) {
    for (const name of Reflect.ownKeys(prototype)) if (!(name in before)) Reflect.deleteProperty(prototype, name)
    Object.defineProperties(prototype, before)
  }
}
