/** How old is a date in months? Dates are `YYYY-MM-DD`. */

/** The date that many months before; the last of its month where that one is shorter. */
export const monthsBefore = (date: string, months: number): string => {
  const day = new Date(`${date}T00:00:00Z`)
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(day.getUTCDate(), last))
  return first.toISOString().slice(0, 10)
}

/** True once `date` lies more than so many months before `now`. */
export const isOver = (date: string, months: number, now: string): boolean => date < monthsBefore(now, months)
