/** The signed-in volunteer's work as it lies on the phone: lists, drafts, outbox, questionnaire. */
import type { Definition } from '../engine/types.ts'
import { heldForum, type HeldForum } from '../forum/standing.ts'
import { type Announced, announcedOf, type Card, cardOf, definitionOf, type Forum, forumsOf, type Household, householdsOf, profileOf, returnedOf, type Village, villagesOf } from '../offline/index.ts'
import { type Account, clearLists, type DraftSummary, type Entry, type ForumResult, forumResults, labelOf, listDrafts, listForumDrafts, type OutboxStatus, outboxStatus, type Phone, Problem, registerOf, serverTimeNow, statesByHousehold } from '../outbox/index.ts'
import type { Register } from '../outbox/records.ts'
import type { Vault } from '../vault/index.ts'
import type { InterviewDocument } from './context.ts'
import type { Returned } from './correction.ts'
import { type Row, rowsOf } from './household-state.ts'

export interface Session {
  phone: Phone
  vault: Vault
  account: Account
  register: Register
  definition: Definition | null
  villages: Village[]
  /** Notices of the offices, the newest first. */
  announced: Announced[]
  households: Household[]
  /** What came back to be corrected. */
  returns: Returned[]
  /** How the volunteer's own work stands. */
  card: Card | null
  /** The forums at which this account asks again, as the register told; and with what was asked on this phone. */
  forumLists: Forum[]
  forums: HeldForum[]
  drafts: DraftSummary[]
  entries: Map<string, Entry>
  rows: Row[]
  status: OutboxStatus
}

/** What is on the phone for the volunteer whose vault is open; null when somebody else signed in since. */
export async function openSession(phone: Phone, vault: Vault): Promise<Session | null> {
  const register = await registerOf(phone)
  if (register?.account.id !== vault.account) return null
  const account = (await profileOf(phone, vault)) ?? { ...register.account, name: '' }
  const [lists, work] = await Promise.all([listsOf(phone, vault, register).catch((error: unknown) => listsAnew(error, phone, vault, register)), workOf(phone, vault)])
  const labels = await labelsOf(work.entries, lists.households, vault)
  return arranged({ phone, vault, account, register, ...lists, ...work, labels })
}

interface Told {
  labels: Map<string, { village: string; house_number: string }>
  forumWork: { drafts: DraftSummary[]; results: ForumResult[] }
}

type Unarranged = Omit<Session, 'rows' | 'forums'> & Told

function arranged({ labels, ...session }: Unarranged): Session {
  const work = { ...session.forumWork, interviews: session.entries, account: session.account.id }
  const forums = session.forumLists.map((forum) => heldForum(forum, work))
  return { ...session, forums, rows: rowsOf({ ...session, labels }) }
}

async function listsOf(phone: Phone, vault: Vault, register: Register) {
  const [definition, villages, households, returns, announced, card, forumLists] = await Promise.all([
    definitionOf<Definition>(phone, register.round.questionnaire.id),
    villagesOf(phone, vault),
    householdsOf(phone, vault),
    returnedOf<InterviewDocument>(phone, vault),
    announcedOf(phone, vault),
    cardOf(phone, vault),
    forumsOf(phone, vault),
  ])
  return { definition: withNotice(definition, register), villages, households, returns, announced, card, forumLists }
}

/** Rows that another volunteer's tab wrote last do not open: lists can be fetched again, and nobody is kept out by them. */
async function listsAnew(error: unknown, phone: Phone, vault: Vault, register: Register) {
  if (!(error instanceof Problem) || error.code !== 'record-damaged') throw error
  await clearLists(phone)
  return listsOf(phone, vault, register)
}

/** The round's own notice goes before the questionnaire's. */
export function withNotice<D extends Definition | null>(definition: D, { round }: Pick<Register, 'round'>): D {
  return definition && round.notice ? { ...definition, notice: round.notice } : definition
}

async function workOf(phone: Phone, vault: Vault) {
  const [drafts, entries, status, asked, results] = await Promise.all([listDrafts(phone, vault), statesByHousehold(phone), outboxStatus(phone), listForumDrafts(phone, vault), forumResults(phone, vault)])
  return { drafts, entries, status, forumWork: { drafts: asked, results } }
}

/** Only households on no list need a label opened. */
async function labelsOf(entries: Map<string, Entry>, households: Household[], vault: Vault) {
  const listed = new Set(households.map(({ id }) => id))
  const labels = new Map<string, { village: string; house_number: string }>()
  for (const [household, entry] of entries) {
    const label = listed.has(household) ? null : await labelOf(entry, vault)
    if (label) labels.set(household, label)
  }
  return labels
}

/** Drafts and outbox read again. */
export async function reloadWork(session: Session): Promise<Session> {
  const work = await workOf(session.phone, session.vault)
  return arranged({ ...session, ...work, labels: await labelsOf(work.entries, session.households, session.vault) })
}

/** Only the counts: what the header says while somebody types. */
export async function reloadStatus(session: Session): Promise<Session> {
  return { ...session, status: await outboxStatus(session.phone) }
}

/** The best guess of the true time. */
export function trustedNow({ register, phone }: Pick<Session, 'register' | 'phone'>): Date {
  return new Date(serverTimeNow(register, phone.world))
}

export function villageOf(session: Session, code: string): Village | null {
  return session.villages.find((village) => village.code === code) ?? null
}
