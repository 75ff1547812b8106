/** The part of the outbox that sends, for the service worker: it seals nothing and opens nothing. */
export { drain } from './outbox.ts'
export { closePhone, openPhone } from './phone.ts'
