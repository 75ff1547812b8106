/** A database of the phone that is opened again when the system closes it, and never loses a write quietly. */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb'

/** Why nothing can be written: answers stay in memory and on screen until it passes. */
export type TroubleKind = 'full' | 'broken' | 'closed' | 'newer' | 'blocked'

export class StorageTrouble extends Error {
  readonly kind: TroubleKind
  /** What could not be kept; `finish` puts the sealed interview here. */
  sealed: unknown = null

  constructor(kind: TroubleKind, cause: unknown) {
    super(`storage ${kind}`, { cause })
    this.name = 'StorageTrouble'
    this.kind = kind
  }
}

export type Upgrade<S extends DBSchema> = (
  database: IDBPDatabase<S>,
  transaction: IDBPTransaction<S, StoreNames<S>[], 'versionchange'>,
) => void

type Names<S extends DBSchema> = StoreNames<S>[]
export type Reading<S extends DBSchema> = IDBPTransaction<S, StoreNames<S>[], 'readonly'>
export type Writing<S extends DBSchema> = IDBPTransaction<S, StoreNames<S>[], 'readwrite'>

/** One database. `write` is strict: when it returns, the bytes are on the disk. Both may call `act` twice. */
export interface Store<S extends DBSchema> {
  read<T>(stores: Names<S>, act: (transaction: Reading<S>) => Promise<T>): Promise<T>
  write<T>(stores: Names<S>, act: (transaction: Writing<S>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Frees what may be forgotten before a write is tried the second time. */
export type MakeRoom = () => Promise<void>

const BLOCKED_AFTER_MS = 8000

export function openStore<S extends DBSchema>(
  name: string,
  upgrades: readonly Upgrade<S>[],
  makeRoom: MakeRoom = async () => undefined,
): Store<S> {
  let opening: Promise<IDBPDatabase<S>> | null = null
  const lose = () => {
    opening = null
  }
  const connection = () => {
    opening ??= connect(name, upgrades, lose).catch((error) => {
      lose()
      throw error
    })
    return opening
  }
  const reconnect = async () => {
    const held = opening
    lose()
    ;(await held?.catch(() => null))?.close()
  }
  const room = onceAtATime(makeRoom)
  const twice = <T>(attempt: () => Promise<T>) => tryTwice(attempt, reconnect, room)
  return {
    read: (stores, act) => twice(async () => run(await connection(), stores, 'readonly', act)),
    write: (stores, act) => twice(async () => run(await connection(), stores, 'readwrite', act)),
    close: reconnect,
  }
}

function connect<S extends DBSchema>(name: string, upgrades: readonly Upgrade<S>[], lost: () => void) {
  return new Promise<IDBPDatabase<S>>((resolve, reject) => {
    let gaveUp = false
    const giveUp = () => {
      gaveUp = true
      reject(new StorageTrouble('blocked', null))
    }
    openDB<S>(name, upgrades.length, {
      upgrade: (database, from, _to, transaction) => {
        for (const upgrade of upgrades.slice(from)) upgrade(database, transaction)
      },
      // A tab with the older database is frozen or will not let go.
      blocked: () => void setTimeout(giveUp, BLOCKED_AFTER_MS),
      blocking: (_from, _to, event) => {
        lost()
        ;(event.target as IDBDatabase).close()
      },
      terminated: lost,
    }).then((database) => (gaveUp ? database.close() : resolve(database)), reject)
  })
}

async function run<S extends DBSchema, M extends 'readonly' | 'readwrite', T>(
  database: IDBPDatabase<S>,
  stores: Names<S>,
  mode: M,
  act: (transaction: IDBPTransaction<S, StoreNames<S>[], M>) => Promise<T>,
): Promise<T> {
  // Browsers answer before the disk does unless 'strict' is asked for.
  const transaction = database.transaction(stores, mode, mode === 'readwrite' ? { durability: 'strict' } : undefined)
  const done = transaction.done
  done.catch(() => undefined)
  try {
    const result = await act(transaction)
    await done
    return result
  } catch (error) {
    // A full disk aborts the transaction: its requests say only that, the transaction says why.
    const reason = error instanceof DOMException ? (transaction.error ?? error) : error
    abort(transaction)
    throw reason
  }
}

function abort(transaction: { abort(): void }) {
  try {
    transaction.abort()
  } catch {
    // It has ended already: the error that ended it is the one to tell.
  }
}

/** Making room writes too, and may find the disk full again. */
function onceAtATime(makeRoom: MakeRoom): MakeRoom {
  let running = false
  return async () => {
    if (running) return
    running = true
    await makeRoom().finally(() => {
      running = false
    })
  }
}

/** iOS closes databases under memory pressure and a full disk fails the first commit: open again, make room, try once more. */
async function tryTwice<T>(attempt: () => Promise<T>, reconnect: () => Promise<void>, makeRoom: MakeRoom): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (!isStorageError(error)) throw error
    if (kindOf(error) === 'full') await makeRoom().catch(() => undefined)
    await reconnect()
    return attempt().catch((again) => {
      throw isStorageError(again) ? new StorageTrouble(kindOf(again), again) : again
    })
  }
}

function isStorageError(error: unknown): error is DOMException {
  return error instanceof DOMException && error.name !== 'DataCloneError' && error.name !== 'OperationError'
}

function kindOf(error: DOMException): TroubleKind {
  if (error.name === 'QuotaExceededError') return 'full'
  if (error.name === 'VersionError') return 'newer'
  if (error.name === 'InvalidStateError' || error.name === 'AbortError') return 'closed'
  return 'broken'
}
