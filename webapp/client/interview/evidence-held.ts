/** Which evidence an interview holds, and changing it. Knows no screen. */
import type { Fix } from '../capture/fix.ts'
import { ageOf, metresBetween } from '../capture/fix.ts'
import type { Capture } from '../capture/digest.ts'
import type { EvidenceFile, EvidencePosition, InterviewDocument } from './context.ts'

export type FileKind = EvidenceFile['kind']
/** What the household may choose from; strokes belong to the signature, the other photo to the note. */
export const KINDS = ['photo', 'signature', 'position', 'other'] as const
export type Kind = (typeof KINDS)[number]

export function fileOf(document: InterviewDocument, kind: FileKind): EvidenceFile | null {
  return (document.evidence.find((one) => one.kind === kind) as EvidenceFile | undefined) ?? null
}

export function positionOf(document: InterviewDocument): EvidencePosition | null {
  return (document.evidence.find((one) => one.kind === 'position') as EvidencePosition | undefined) ?? null
}

export function noteOf(document: InterviewDocument): string {
  const other = document.evidence.find((one) => one.kind === 'other')
  return other && 'note' in other ? other.note : ''
}

/** The kinds held: an "other" is a photo or a note that says something. */
export function kindsHeld(document: InterviewDocument): Kind[] {
  const has = (kind: string) => document.evidence.some((one) => one.kind === kind)
  return KINDS.filter((kind) => (kind === 'other' ? has('other_photo') || noteOf(document).trim() !== '' : has(kind)))
}

/** An interview needs at least one; a house that could not be interviewed needs none. */
export function needsEvidence(document: InterviewDocument): boolean {
  return document.outcome === 'interviewed' && kindsHeld(document).length === 0
}

/** The capture takes the place of any other file of its kind. */
export function hold(document: InterviewDocument, kind: FileKind, capture: Capture): void {
  const { bytes, media_type, sha256, taken_at } = capture
  drop(document, kind)
  document.evidence.push({ kind, media_type, size: bytes.length, sha256, taken_at })
}

export function drop(document: InterviewDocument, kind: FileKind | 'position' | 'other'): void {
  document.evidence = document.evidence.filter((one) => one.kind !== kind)
}

/** The fix becomes the interview's position, with its age at that moment. */
export function holdPosition(document: InterviewDocument, fix: Fix, fixes: number, now: Date): void {
  drop(document, 'position')
  document.evidence.push({ kind: 'position', ...fix, age_s: ageOf(fix, now), fixes })
}

/** True when the fix is finer than the position in use and of the same place: who walks on afterwards changes nothing. */
export function improves(document: InterviewDocument, fix: Fix | null): boolean {
  const held = positionOf(document)
  if (!held || !fix || fix.accuracy >= held.accuracy) return false
  return metresBetween(held, fix) <= held.accuracy + fix.accuracy
}

/** What the other evidence is; nothing when the note is empty. */
export function describeOther(document: InterviewDocument, note: string): void {
  drop(document, 'other')
  if (note) document.evidence.push({ kind: 'other', note })
}
