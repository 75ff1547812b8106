/** Which evidence an interview holds, and changing it. Knows no screen. */
import type { Fix } from '../capture/fix.ts'
import { ageOf, metresBetween } from '../capture/fix.ts'
import type { Capture } from '../capture/digest.ts'
import type { Context, Evidence, EvidenceFile, EvidenceNote, EvidencePosition, InterviewDocument } from './context.ts'

export type FileKind = EvidenceFile['kind']
/** What the household may choose from; strokes belong to the signature, the other photo to the note. */
export const KINDS = ['photo', 'signature', 'position', 'other'] as const
export type Kind = (typeof KINDS)[number]

/** What a document lists at most, and how many files of it; the register reads no more. */
const [MOST_LISTED, MOST_FILES] = [16, 12]

/** Of this revision; what an earlier one showed stays as it is. */
function own<E extends Evidence>(document: InterviewDocument, kind: Evidence['kind']): E | null {
  return (document.evidence.find((one) => one.kind === kind && !one.earlier) as E | undefined) ?? null
}

export function fileOf(document: InterviewDocument, kind: FileKind): EvidenceFile | null {
  return own<EvidenceFile>(document, kind)
}

export function positionOf(document: InterviewDocument): EvidencePosition | null {
  return own<EvidencePosition>(document, 'position')
}

export function noteOf(document: InterviewDocument): string {
  return own<EvidenceNote>(document, 'other')?.note ?? ''
}

/** What the register holds of this kind already. */
export function earlierOf(document: InterviewDocument, kind: Kind): Evidence[] {
  return document.evidence.filter((one) => one.earlier && (one.kind === kind || (kind === 'other' && one.kind === 'other_photo')))
}

/** The kinds held: an "other" is a photo or a note that says something. */
export function kindsHeld(document: InterviewDocument): Kind[] {
  const has = (kind: string) => document.evidence.some((one) => one.kind === kind)
  return KINDS.filter((kind) => (kind === 'other' ? has('other_photo') || saysOther(document) : has(kind)))
}

function saysOther({ evidence }: InterviewDocument): boolean {
  return evidence.some((one) => one.kind === 'other' && one.note.trim() !== '')
}

/** An interview needs at least one; a house that could not be interviewed needs none. */
export function needsEvidence(document: InterviewDocument): boolean {
  return document.outcome === 'interviewed' && kindsHeld(document).length === 0
}

/** The capture takes the place of any other file of its kind. */
export function hold(document: InterviewDocument, kind: FileKind, capture: Capture): void {
  const { bytes, media_type, sha256, taken_at } = capture
  put(document, kind, { kind, media_type, size: bytes.length, sha256, taken_at })
}

export function drop(document: InterviewDocument, kind: Evidence['kind']): void {
  document.evidence = document.evidence.filter((one) => one.earlier || one.kind !== kind)
}

/** New things stand before earlier ones: the first position is the one in use. Of the earlier, the oldest give way. */
function put(document: InterviewDocument, kind: Evidence['kind'], added: Evidence): void {
  drop(document, kind)
  const listed = [...document.evidence.filter((one) => !one.earlier), added, ...document.evidence.filter((one) => one.earlier)]
  let files = 0
  document.evidence = listed.filter((one) => !('sha256' in one) || ++files <= MOST_FILES).slice(0, MOST_LISTED)
}

/**
 * Replaced files are gone from the phone once the document that no longer lists them is on the disk; with the draft at the latest.
 * What it still lists stays: the same picture chosen again, or for two things.
 */
export async function letGo(context: Pick<Context, 'document' | 'files' | 'onDisk'>, replaced: EvidenceFile[]): Promise<void> {
  if (!(await context.onDisk())) return
  const listed = new Set(context.document.evidence.map((one) => ('sha256' in one ? one.sha256 : '')))
  for (const { sha256 } of replaced) if (!listed.has(sha256)) await context.files.remove(sha256).catch(() => undefined)
}

/** The fix becomes the interview's position, with its age at that moment. */
export function holdPosition(document: InterviewDocument, fix: Fix, fixes: number, now: Date): void {
  put(document, 'position', { kind: 'position', ...fix, age_s: ageOf(fix, now), fixes })
}

/** True when the fix is finer than the position in use and of the same place: who walks on afterwards changes nothing. */
export function improves(document: InterviewDocument, fix: Fix | null): boolean {
  const held = positionOf(document)
  if (!held || !fix || fix.accuracy >= held.accuracy) return false
  return metresBetween(held, fix) <= held.accuracy + fix.accuracy
}

/** What the other evidence is; nothing when the note is empty. */
export function describeOther(document: InterviewDocument, note: string): void {
  if (note) put(document, 'other', { kind: 'other', note })
  else drop(document, 'other')
}
