/** What a check found out, as one line for the operator. */
export interface Finding {
  /**
   * `note`: it works, and could do more or less. `warn`: it works, and will not for ever, or harms. `unknown`: it cannot be told from
   * here; the fix says what is needed for that. `wrong`: something people ask for will fail.
   */
  readonly level: 'ok' | 'note' | 'warn' | 'unknown' | 'wrong'
  /** Name of the setting that decides about it. */
  readonly setting: string
  readonly seen: string
  /** What to do about it. */
  readonly fix?: string
}

export const ok = (setting: string, seen: string): Finding => ({ level: 'ok', setting, seen })
export const note = (setting: string, seen: string, fix?: string): Finding => ({ level: 'note', setting, seen, ...(fix !== undefined && { fix }) })
export const warn = (setting: string, seen: string, fix: string): Finding => ({ level: 'warn', setting, seen, fix })
export const unknown = (setting: string, seen: string, fix: string): Finding => ({ level: 'unknown', setting, seen, fix })
export const wrong = (setting: string, seen: string, fix: string): Finding => ({ level: 'wrong', setting, seen, fix })
