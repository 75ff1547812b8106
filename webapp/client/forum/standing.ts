/** Where each household of a forum stands on this phone: the register's word, and what was asked here since. Knows no screen. */
import type { Forum, ForumHouse } from '../offline/index.ts'
import type { DraftSummary, Entry, ForumResult } from '../outbox/index.ts'
import { called } from './called.ts'

/** A household that is called up, or was asked though it need not have been. */
export interface House extends ForumHouse {
  /** Asking it was begun on this phone. */
  draft: DraftSummary | null
  /** Its latest result in this phone's outbox. */
  entry: Entry | null
}

export interface HeldForum extends Omit<Forum, 'houses'> {
  houses: House[]
}

export type Group = 'open' | 'failed' | 'asked' | 'own'

export interface Work {
  drafts: DraftSummary[]
  results: ForumResult[]
  /** The latest interview of a household that this phone finished, by household. */
  interviews: Map<string, Entry>
  account: string
}

/** Asked beats everything; else the latest word of this phone, else the register's. */
function stateOf({ state }: ForumHouse, results: ForumResult[]): ForumHouse['state'] {
  const said = results.map(({ outcome }) => outcome as ForumHouse['state'])
  if (state === 'asked' || said.includes('asked')) return 'asked'
  return said.at(-1) || state
}

function houseOf(house: ForumHouse, forum: string, { drafts, results, interviews, account }: Work): House {
  const here = results.filter((one) => one.forum === forum && one.household === house.id)
  return {
    ...house,
    state: stateOf(house, here),
    own: house.own || interviews.get(house.id)?.account === account,
    draft: drafts.find(({ household }) => household === house.id) ?? null,
    entry: here.at(-1)?.entry ?? null,
  }
}

/** In the order of calling; reserves that nobody needs stay out of sight. */
export function heldForum(forum: Forum, work: Work): HeldForum {
  const all = forum.houses.map((house) => houseOf(house, forum.id, work))
  const up = new Set(forum.over ? all : called(all))
  const besides = all.filter((house) => !up.has(house) && (house.draft !== null || house.state !== 'waiting'))
  return { ...forum, houses: [...up, ...besides] }
}

/** Where it stands in the list: to be asked, somebody else's to ask, could not be asked, asked. */
export function groupOf({ state, own, draft }: House): Group {
  if (state === 'asked') return 'asked'
  if (own) return 'own'
  return state === 'waiting' || draft ? 'open' : 'failed'
}

const byNumber = new Intl.Collator('th', { numeric: true })

/** Those begun first, then by house number, as people look for them. */
export function housesIn(forum: HeldForum, group: Group): House[] {
  const begun = ({ draft }: House) => (draft ? 0 : 1)
  return forum.houses
    .filter((house) => groupOf(house) === group)
    .sort((one, other) => begun(one) - begun(other) || byNumber.compare(one.house_number, other.house_number))
}

/** How many have been asked of those that the sample wants; a reserve stands for who could not be asked. */
export function progressOf({ houses }: HeldForum): { asked: number; wanted: number } {
  const wanted = houses.filter(({ reserve }) => !reserve).length
  return { asked: Math.min(wanted, houses.filter(({ state }) => state === 'asked').length), wanted }
}
