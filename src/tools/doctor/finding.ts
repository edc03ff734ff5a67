/** What a check found out, as one line for the operator. */
export interface Finding {
  /** `note`: it works, and could do more or less. `wrong`: something people ask for will fail. */
  readonly level: 'ok' | 'note' | 'wrong'
  /** Name of the setting that decides about it. */
  readonly setting: string
  readonly says: string
  /** What to do about it. */
  readonly fix?: string
}

export const ok = (setting: string, says: string): Finding => ({ level: 'ok', setting, says })
export const note = (setting: string, says: string, fix?: string): Finding => ({ level: 'note', setting, says, ...(fix !== undefined && { fix }) })
export const wrong = (setting: string, says: string, fix: string): Finding => ({ level: 'wrong', setting, says, fix })
