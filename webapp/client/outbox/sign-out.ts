/** Signing out, with or without a network: what can be read goes, what is sealed stays and can still be handed in. */
import { dropWrap } from '../vault/lock.ts'
import { patience } from './answers.ts'
import { eraseDraft, shelfOf } from './drafts.ts'
import type { Phone } from './phone.ts'
import type { SignedOut } from './records.ts'
import { registerOf } from './register.ts'

export interface SignedOff {
  /** Unfinished drafts that stay on the phone, sealed until their volunteer signs in again. */
  drafts: number
  /** Whether the register's session is ended as well; without a network that happens at the next contact. */
  ended: Promise<boolean>
}

/**
 * Nothing can be read afterwards: lists, finished drafts and the wrap of the vault's key are gone, and the session is
 * ended, now or when the network is back. Unfinished drafts stay sealed, unless `discard` says to lose them: after the
 * next sign-in the register gives their key back.
 */
export async function signOut(phone: Phone, account: string, discard = false): Promise<SignedOff> {
  await remember(phone, true, (await registerOf(phone))?.session)
  const drafts = await endReading(phone, account, discard)
  return { drafts, ended: endSession(phone) }
}

/** The register has ended this volunteer's reading on this phone; what is sealed still goes out. */
export async function beEnded(phone: Phone, account: string): Promise<void> {
  const row: SignedOut = { id: 'signed-out', pending: false, ended: true }
  await phone.work.write(['account'], (transaction) => transaction.objectStore('account').put(row))
  await endReading(phone, account, false)
}

/** Whether it was the register that ended the reading. */
export async function isEnded(phone: Phone): Promise<boolean> {
  return (await signedOutRow(phone))?.ended === true
}

/** How many unfinished drafts stay, sealed. */
async function endReading(phone: Phone, account: string, discard: boolean): Promise<number> {
  await dropWrap(phone, account)
  await clearLists(phone)
  const drafts = await eraseDrafts(phone, account, discard)
  phone.notices.tell('account')
  return drafts
}

/** Ends the register's session if a sign-out without a network left it open. True when nothing is left to end. */
export async function endSession(phone: Phone): Promise<boolean> {
  const row = await signedOutRow(phone)
  if (!row?.pending) return true
  const over = await tellSignOut(phone, row)
  if (over) await remember(phone, false)
  return over
}

/** True when the session meant (without a name: whichever there is) is over at the register. */
export async function tellSignOut(phone: Phone, meant: Pick<SignedOut, 'session'> = {}): Promise<boolean> {
  const response = await phone.world
    .fetch('/sign-out', { method: 'POST', headers: headersOf(phone, meant), credentials: 'same-origin', ...patience() })
    .catch(() => null)
  return response !== null && isOver(response)
}

/** A session begun since is another: signing in again before this is told must not be undone by it. */
function headersOf({ world }: Phone, { session }: Pick<SignedOut, 'session'>): Record<string, string> {
  return { 'Jpt-App': world.app, ...(session ? { 'Jpt-Session': session } : {}) }
}

/** The register shows its sign-in page afterwards; a portal's page is another. */
function isOver({ status, redirected, url }: Response): boolean {
  return status === 204 || status === 401 || (redirected && new URL(url).pathname === '/sign-in')
}

export async function isSignedOut(phone: Phone): Promise<boolean> {
  return (await signedOutRow(phone)) !== null
}

/** Somebody signed in since: the register answered hello, or the sign-in page led here. */
export async function signedIn({ work }: Phone): Promise<void> {
  await work.write(['account'], (transaction) => transaction.objectStore('account').delete('signed-out'))
}

async function signedOutRow({ work }: Phone): Promise<SignedOut | null> {
  const row = await work.read(['account'], (transaction) => transaction.objectStore('account').get('signed-out'))
  return (row as SignedOut | undefined) ?? null
}

async function remember({ work }: Phone, pending: boolean, session?: string): Promise<void> {
  const row: SignedOut = { id: 'signed-out', pending, ...(session ? { session } : {}) }
  await work.write(['account'], (transaction) => transaction.objectStore('account').put(row))
}

/** Household lists, villages and returned interviews; maps and the questionnaire tell nothing of anybody. */
export async function clearLists({ cache }: Phone): Promise<void> {
  await cache.write(['households', 'villages', 'returned', 'meta'], async (transaction) => {
    await Promise.all(['households', 'villages', 'returned', 'meta'].map((name) => transaction.objectStore(name as 'meta').clear()))
  })
}

/** How many of the account's drafts are left; with `discard` replies not yet told go too. */
async function eraseDrafts({ work }: Phone, account: string, discard: boolean): Promise<number> {
  return work.write(['drafts', 'draft_files', 'replies'], async (transaction) => {
    const shelves = [account, shelfOf(account)].map((shelf) => transaction.objectStore('drafts').index('account').getAll(shelf))
    const rows = (await Promise.all(shelves)).flat()
    const leaving = rows.filter(({ finished }) => discard || finished)
    for (const { id } of leaving) await eraseDraft(transaction, id)
    const replies = discard ? await transaction.objectStore('replies').getAll() : []
    for (const { id } of replies.filter((one) => one.account === account)) await transaction.objectStore('replies').delete(id)
    return rows.length - leaving.length
  })
}
