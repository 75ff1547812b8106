/** ID numbers that only the register holds: the phone is not told them and need not ask again. Knows no screen. */
import { type Compiled, evaluate } from '../engine/index.ts'
import type { Evaluation, Member } from '../engine/types.ts'
import type { InterviewDocument } from './context.ts'
import { fieldsAsked } from './fields-asked.ts'

/** The register's number goes on being this member's. */
export function keepsNumber(member: Member | undefined): boolean {
  return member?.national_id_kept === true && !member.national_id
}

/** Another number is typed, or none there is. */
export function letGo(document: InterviewDocument, id: string): void {
  const member = document.members.find((one) => one.id === id)
  if (member) delete member.national_id_kept
}

/** Back to the number that the register has. */
export function takeBack(document: InterviewDocument, id: string): void {
  const member = document.members.find((one) => one.id === id)
  if (!member) return
  delete member.national_id
  delete member.no_id_reason
  member.national_id_kept = true
}

/** The reason for having no number is not asked of who has one at the register. */
function isBesides({ members }: InterviewDocument, key: string): boolean {
  const [where, id, field] = key.split('.')
  return where === 'members' && field === 'no_id_reason' && keepsNumber(members.find((member) => member.id === id))
}

/** What the engine says and asks, apart from what follows from a number it cannot see. */
export function judged(compiled: Compiled, document: InterviewDocument): { evaluation: Evaluation; asked: Set<string> } {
  const evaluation = evaluate(compiled, document)
  const asked = [...fieldsAsked(compiled, document)].filter((key) => !isBesides(document, key))
  return { evaluation: { ...evaluation, missing: evaluation.missing.filter((key) => !isBesides(document, key)) }, asked: new Set(asked) }
}
