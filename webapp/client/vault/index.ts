/** The vault: everything personal that stays readable on the phone goes through it. */
export type { KeySource, Vault } from './vault.ts'
// openVault(work, account): Promise<Vault>; vault.seal(kind, id, value | bytes): Bytes; vault.open<T>(kind, id, bytes): T
export { forgetVault, openVault } from './vault.ts'
