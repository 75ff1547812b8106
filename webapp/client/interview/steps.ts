/** The way back through the steps of an interview. */
import type { InterviewDocument } from './context.ts'

const BEFORE: Record<string, string> = {
  cover: 'notice',
  members: 'cover',
  member: 'members',
  contents: 'members',
  question: 'contents',
  result: 'contents',
  evidence: 'result',
  finish: 'evidence',
  review: 'contents',
}

/** Where ย้อนกลับ leads; a house without an interview has only its outcome to go back to. */
export function stepBefore(document: InterviewDocument, step: string): string {
  const home = `/app/household/${encodeURIComponent(document.household.id)}`
  if (document.outcome !== 'interviewed' && step === 'finish') return document.notice && document.outcome === 'refused' ? 'notice' : home
  if (document.outcome !== 'interviewed' && step === 'evidence') return 'finish'
  return BEFORE[step] ?? home
}
