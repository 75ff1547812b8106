/** Being ready without a network: the worker, the lists and maps kept on the phone, and the checks that say so. */
export type { WorkerWatch } from './worker.ts'
// registerWorker(newer): WorkerWatch | null, newer() when a newer worker waits; takeOver(watch): false while a draft is open
export { registerWorker, takeOver, wantBackgroundSync } from './worker.ts'
export type { Check, CheckName } from './ready.ts'
export { readyChecks } from './ready.ts' // (phone, vault) => Check[] {name, ok, count, size}
export type { Persistence } from './persistence.ts'
export { askPersistence, persistence } from './persistence.ts' // ask inside a tap; 'granted' | 'refused' | 'unknown'
export { canary } from './canary.ts' // writes, reads back and deletes an encrypted record; true, or StorageTrouble
export { fetchChanges } from './changes.ts'
export type { Household, Village } from './lists.ts'
// householdsOf(phone, vault, village?), villagesOf(phone, vault), profileOf(phone, vault), definitionOf(phone, id), boundaryOf(phone, subdistrict)
export { boundaryOf, definitionOf, householdsOf, profileOf, returnedOf, villagesOf } from './lists.ts'
export type { Online } from './come-online.ts'
export { comeOnline } from './come-online.ts' // (phone, greeting) => {hello, vault}: hello, questionnaire, lists, boundaries
export type { Card, CardFinding, CardReply } from './own-card.ts'
export { cardOf, fetchCard, writeReply } from './own-card.ts'
export type { Forum, ForumHouse, ForumQuestion, HouseState } from './forums.ts'
export { fetchForums, forumsOf } from './forums.ts'
export type { Announced } from './announced.ts'
export { announcedOf, fetchAnnounced, markAnnouncedRead } from './announced.ts'
