/** The outbox as the app's screens use it: drafts, finishing, sending, and what to say about it. */
export type { Bytes, Entry, Finished, Level, Register, RoundInfo, State, Stopped } from './records.ts'
export type { EvidenceFile, InterviewBeingAsked } from './document.ts'
export type { Comment, Returned } from './returned.ts'
export type { Phone, World } from './phone.ts'
export { closePhone, openPhone } from './phone.ts' // openPhone(app: string): Phone
export { StorageTrouble } from './store.ts' // .kind: 'full' | 'broken' | 'closed' | 'newer' | 'blocked'
export { Problem } from './problem.ts' // .code
export { newInterviewId } from './identity.ts' // (now: number) => UUIDv7
export { deviceOf } from './device.ts' // (phone) => {id, public_key, sign()}
export type { Draft, DraftFiles, DraftSummary } from './drafts.ts'
// newDraft(account, document, step): Draft   listDrafts(phone, vault): DraftSummary[]   loadDraft<D>(phone, vault, id): Draft<D> | null
// saveDraft(phone, vault, hold, draft)       dropDraft(phone, hold)      draftFiles(phone, vault, id): DraftFiles
export { draftFiles, dropDraft, listDrafts, listForumDrafts, loadDraft, newDraft, reopenDraft, saveDraft } from './drafts.ts'
export type { Hold } from './hold.ts'
export { holdDraft } from './hold.ts' // (phone, id) => Hold {id, writable, release()}; a second tab gets writable: false
export type { SealedInterview } from './finish.ts'
// finish(phone, vault, hold, draft): Entry; a StorageTrouble from it carries `.sealed`, to be sent or rescued from memory
export { finish, keepSealed, sealInterview } from './finish.ts'
export { drain, releaseParked } from './outbox.ts' // drain(phone): Drained; releaseParked(phone, digest)
export type { Drained } from './outbox.ts'
export type { Triggers } from './triggers.ts'
export { keepSending } from './triggers.ts' // (phone, {page, network, hello}) => {now(), stop()}
export type { EntryLabel, ForumResult, OutboxStatus } from './status.ts'
// outboxStatus(phone): counts by state, next_at, stopped; entriesPage(phone, limit, before?); statesByHousehold(phone): Map<household id, Entry>
// forumResults(phone, vault): {forum, household, outcome, entry}[] of this volunteer
export { entriesPage, forumResults, labelOf, outboxStatus, redoneEntries, statesByHousehold } from './status.ts'
export type { Account, Greeting, Hello } from './hello.ts'
export { sayHello } from './hello.ts' // (phone, {deviceName, persisted}) => Hello
export { clockNow, registerOf, serverTimeNow } from './register.ts'
export type { SignedOff } from './sign-out.ts'
export { beEnded, clearLists, endSession, isEnded, isSignedOut, signedIn, signOut, tellSignOut } from './sign-out.ts' // signOut(phone, accountId, discard?): {drafts, ended}
export { rescueBundle, takeIn } from './rescue.ts' // rescueBundle(phone, [error.sealed]?): Blob; takeIn(phone, blob): {taken, known, damaged}
