/** Which contiguous clauses of a message make one act each? The division that is likeliest as a whole. */

/** A run of clauses, from the first to before the last. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface Division<T> {
  readonly spans: readonly (Span & { readonly label: T })[]
  readonly score: number
}

/**
 * @param count of the clauses
 * @param judge the best label of a run of clauses, and its logarithm of likelihood
 * @param cost of each division
 */
export const divided = <T>(count: number, judge: (span: Span) => { readonly label: T; readonly score: number }, cost: number): Division<T>['spans'] => {
  const best: Division<T>[] = [{ spans: [], score: 0 }]
  for (let to = 1; to <= count; to += 1) {
    let highest: Division<T> | undefined
    for (let from = 0; from < to; from += 1) {
      const before = best[from]
      const { label, score } = judge({ from, to })
      const total = (before?.score ?? 0) + score - (from > 0 ? cost : 0)
      if (before && (!highest || total > highest.score)) highest = { spans: [...before.spans, { from, to, label }], score: total }
    }
    if (highest) best[to] = highest
  }
  return best[count]?.spans ?? []
}

/** The division into runs that the labels fit best, one each in their order; `undefined` when there are more labels than clauses. */
export const aligned = <T>(count: number, labels: readonly T[], scoreOf: (span: Span, label: T) => number): Division<T>['spans'] | undefined => {
  if (labels.length > count) return undefined
  let rows: (Division<T> | undefined)[] = [{ spans: [], score: 0 }]
  for (const label of labels) {
    const next: (Division<T> | undefined)[] = []
    for (let to = 1; to <= count; to += 1)
      for (let from = 0; from < to; from += 1) {
        const before = rows[from]
        if (!before) continue
        const score = before.score + scoreOf({ from, to }, label)
        if (score > (next[to]?.score ?? -Infinity)) next[to] = { spans: [...before.spans, { from, to, label }], score }
      }
    rows = next
  }
  return rows[count]?.spans
}
