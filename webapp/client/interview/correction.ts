/** Answering a return: the document to correct, what was said at each line before, and what is said to each comment. Knows no screen. */
import type { Returned as Told } from '../outbox/index.ts'
import type { Evidence, InterviewDocument, Reply } from './context.ts'
import { noParadata } from './paradata.ts'

export type Returned = Told<InterviewDocument>

/** One line that comes back, with all that was written about it. */
export interface Asked {
  about: string
  comments: string[]
}

export interface Corrector {
  account: string
  device: string
  app: string
  now: Date
}

/** Each line once, in the inspector's order. */
export function askedOf({ comments }: Pick<Returned, 'comments'>): Asked[] {
  const found = new Map<string, string[]>()
  for (const { about, comment } of comments) found.set(about, [...(found.get(about) ?? []), comment].filter(Boolean))
  return [...found].map(([about, said]) => ({ about, comments: said }))
}

export function isEvidence(about: string): boolean {
  return about.split('.')[0] === 'evidence'
}

/** What comes back as lines to look at, one screen each; evidence is asked for on its own screen. */
export function linesOf(returned: Returned): Asked[] {
  return askedOf(returned).filter(({ about }) => !isEvidence(about))
}

export function evidenceAsked(returned: Returned): Asked[] {
  return askedOf(returned).filter(({ about }) => isEvidence(about))
}

const asEarlier = (one: Evidence): Evidence => ({ ...one, earlier: true })

/** The next revision, from the register's copy; ID numbers stay at the register and are kept there by member. */
export function correctionOf(returned: Returned, { account, device, app, now }: Corrector): InterviewDocument {
  const { answers, base, number, decision, numbers } = structuredClone(returned)
  const kept = new Set(numbers)
  return {
    ...answers,
    number: number + 1,
    based_on: base,
    app,
    author: { account, device },
    started_at: now.toISOString(),
    finished_at: '',
    clock: null,
    members: answers.members.map((member) => (kept.has(member.id) ? { ...member, national_id_kept: true } : member)),
    evidence: answers.evidence.map(asEarlier),
    explanations: answers.explanations ?? {},
    paradata: { ...noParadata(), ...answers.paradata },
    review: { decision, replies: [] },
  }
}

/** A finished revision still on this phone is what came back: its own answers are corrected, with the numbers it has. */
export function reopenedFor(document: InterviewDocument, returned: Returned): InterviewDocument {
  return underReturn({ ...document, evidence: document.evidence.map(asEarlier) }, returned)
}

/** Newer work answers the return too: its answers stay, and it follows what the register has. */
export function underReturn(document: InterviewDocument, returned: Returned): InterviewDocument {
  const { decision, base, number } = returned
  const based_on = [...new Set([...document.based_on, ...base])]
  const replies = document.review?.replies ?? []
  const answering = { ...document, number: Math.max(document.number, number + 1), based_on, review: { decision, replies } }
  settle(answering, returned)
  return answering
}

/** Whether the answer is another than the one that came back. */
export function isChanged(document: InterviewDocument, returned: Returned, about: string): boolean {
  if (isEvidence(about)) return hasNewEvidence(document, returned, about.split('.')[1])
  return plain(saidAt(document, about)) !== plain(saidAt(returned.answers, about))
}

function hasNewEvidence(document: InterviewDocument, { answers }: Returned, kind: string | undefined): boolean {
  const before = new Set(answers.evidence.map(identityOf))
  const isOf = (one: Evidence) => !kind || one.kind === kind || (kind === 'other' && one.kind === 'other_photo')
  return document.evidence.some((one) => !one.earlier && isOf(one) && !before.has(identityOf(one)))
}

function identityOf(one: Evidence): string {
  if (one.kind === 'position') return `${one.taken_at} ${one.latitude} ${one.longitude}`
  return 'sha256' in one ? one.sha256 : one.note
}

/** What a document says at a line; of the whole, all that somebody may answer. */
function saidAt(document: InterviewDocument, about: string): unknown {
  const { cover, members, answers, declined, outcome } = document
  const [where, row = '', field] = about.split('.')
  if (about === '') return { cover, members, answers, declined, outcome }
  const refused = declined.includes(about)
  if (where === 'cover') return [cover[row], refused]
  if (where !== 'members') return [answers[about], refused]
  const member = members.find(({ id }) => id === row)
  return field ? [member?.[field], refused] : row ? member : members
}

/** Equal texts for equal meanings: the order of keys and of ticks says nothing. */
function plain(value: unknown): string {
  return JSON.stringify(value ?? null, (_, one) => {
    if (Array.isArray(one) && one.every((each) => typeof each === 'string')) return [...one].sort()
    return one && typeof one === 'object' && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort()) : one
  })
}

export function replyTo(document: InterviewDocument, about: string): Reply | undefined {
  return document.review?.replies.find((reply) => reply.about === about)
}

/** An answer that was changed is corrected, one that stands with a word is defended; the rest waits. */
export function settle(document: InterviewDocument, returned: Returned): void {
  if (!document.review) return
  document.review.replies = askedOf(returned).flatMap(({ about }) => {
    const text = replyTo(document, about)?.text ?? ''
    const changed = isChanged(document, returned, about)
    return changed || text.trim() ? [{ about, kind: changed ? 'corrected' : 'defended', text }] : []
  })
}

/** The volunteer's word about a line: why it is right as it is, or what was corrected. */
export function say(document: InterviewDocument, returned: Returned, about: string, text: string): void {
  if (!document.review) return
  const others = document.review.replies.filter((reply) => reply.about !== about)
  document.review.replies = [...others, { about, kind: 'defended', text }]
  settle(document, returned)
}

/** Lines without an answer yet. */
export function unanswered(document: InterviewDocument, returned: Returned): Asked[] {
  return askedOf(returned).filter(({ about }) => !replyTo(document, about))
}

/** Where a correction begins or goes on: its first open line, else the evidence asked for, else the result. */
export function firstStep(document: InterviewDocument, returned: Returned): string {
  const lines = linesOf(returned)
  const at = lines.findIndex(({ about }) => !replyTo(document, about))
  if (at >= 0) return `review/${at + 1}`
  if (evidenceAsked(returned).some(({ about }) => !replyTo(document, about))) return 'evidence'
  return lines.length ? 'review/1' : 'evidence'
}
