export type Listener<T> = (event: T) => void

export interface Broadcast<T> {
  readonly emit: (event: T) => void
  /** Answers with the function that stops listening. */
  readonly on: (listener: Listener<T>) => () => void
}

/** One source, any number of listeners. */
export const createBroadcast = <T>(): Broadcast<T> => {
  const listeners = new Set<Listener<T>>()
  return {
    emit: (event) => listeners.forEach((listener) => listener(event)),
    on: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
