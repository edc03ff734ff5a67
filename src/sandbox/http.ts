/** One request to a look-alike of Microsoft's cloud, and its answer. Every look-alike is a function between the two. */
export interface CloudRequest {
  readonly method: string
  /** Absolute, with the host the bot asked for, e.g. `https://graph.microsoft.com/v1.0/organization`. */
  readonly url: URL
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** Raw text, empty when there is none. */
  readonly body: string
}

/** No answer: the connection is closed. */
export const reset: CloudResponse = { status: 0 }

export interface CloudResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON when it is not a string; absent: no body. */
  readonly body?: unknown
}

export type Handler = (request: CloudRequest) => CloudResponse | Promise<CloudResponse>
