/** The vault: everything personal that stays readable on the phone goes through it, and its lock. */
export type { Vault } from './vault.ts'
// vault.seal(kind, id, value | bytes): Bytes; vault.open<T>(kind, id, bytes): T; vault.close()
export { vaultKey, vaultOf } from './vault.ts'
export type { Attempt, Secret } from './lock.ts'
// lockedVault(phone, account): VaultRow | null; chooseSecret(phone, account, {kind, typed}, given): Vault; unlock(phone, account, typed): Attempt
export { chooseSecret, dropWrap, forgetVault, lockedVault, unlock } from './lock.ts'
export type { HandedBack } from './custody.ts'
export { askForKey, deliverKey, isOutOfTouch, mayRead, READING_DAYS } from './custody.ts'
export { plainSecret, type SecretKind, secretProblem } from './secret.ts'
