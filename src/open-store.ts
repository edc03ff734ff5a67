/** Which store do the settings name, and what does the operator hear of it? */
import type { Logger } from 'pino'
import type { Config } from './config'
import { appCredential } from './directory'
import { whoOf } from './log'
import type { OnAside } from './runs/aside'
import { fileStore } from './runs/file-store'
import { elsewhere, passingKind, type Damage } from './runs/level-folder'
import { memoryStore } from './runs/memory-store'
import { StoreError, type OnTrouble, type Store } from './runs/store'

export interface StoreEvents {
  readonly onTrouble: OnTrouble
  readonly onDamage: (damage: Damage) => void
  /** What is kept there goes with the container or the machine; `kind` is that of the file system. */
  readonly onPassing: (path: string, kind: string) => void
  readonly onAside: OnAside
}

/** @throws StoreError when it cannot be used at all. */
export const openStore = async (
  { store, directory, retentionDays }: Pick<Config, 'store' | 'directory' | 'retentionDays'>,
  { onTrouble, onDamage, onPassing }: Partial<StoreEvents> = {},
): Promise<Store> => {
  switch (store.kind) {
    case 'memory':
      return memoryStore()
    case 'file': {
      const opened = await fileStore(store.path, { keepDays: retentionDays, ...(onTrouble && { onTrouble }), ...(onDamage && { onDamage }) })
      const kind = await passingKind(store.path)
      if (kind !== undefined) onPassing?.(store.path, kind)
      return opened
    }
    case 'table': {
      const credential = appCredential(directory)
      if (!credential) throw new StoreError('there is no identity to open the table with.', 'set AZURE_CLIENT_ID, AZURE_TENANT_ID and a credential.', {})
      // Read only where there is a table: it would cost everybody's start.
      const { tableClient, tableStore } = await import('./runs/table-store.js')
      return tableStore(tableClient(store.url, credential), onTrouble && { onTrouble })
    }
  }
}

export const storeLog = (log: Logger, retentionDays: number): StoreEvents => ({
  onTrouble: (trouble) => {
    if (trouble === 'over') log.info({ setting: 'STATE_STORE' }, 'the store can be used again')
    else {
      const { cause, problem, setting, fix } = trouble
      log.error({ error: cause, cause: problem, setting, fix }, 'the store cannot be used: nothing is taken that it did not keep')
    }
  },
  onDamage: ({ aside, at, bytes }) => {
    const fix = `Look for the cause, such as a full disk or a machine that lost power. To go back to a backup: npm run restore. The log as it was is kept in the folder for ${retentionDays} days.`
    log.error({ setting: 'STATE_STORE', aside, at, bytes, fix }, 'a log of the store was damaged: what it held from there on may be missing')
  },
  onPassing: (path, kind) =>
    log.warn(
      { setting: 'STATE_STORE', path, kind, fix: elsewhere },
      'the folder of the store goes with its container or machine: after that everybody starts anew',
    ),
  onAside: (record) => {
    const [kind, key = ''] = record.replace(/^unreadable\//, '').split('/')
    const fix = `Look for the cause, such as a full disk. What stood there is kept under unreadable/ for ${retentionDays} days.`
    log.warn({ who: whoOf(key), kind, setting: 'STATE_STORE', fix }, 'a record could not be read and was kept aside')
  },
})
