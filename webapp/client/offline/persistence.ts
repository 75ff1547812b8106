/** Whether the browser promised not to throw the phone's databases away. */

export type Persistence = 'granted' | 'refused' | 'unknown'

export async function persistence(storage: StorageManager | undefined = navigator.storage): Promise<Persistence> {
  if (!storage?.persisted) return 'unknown'
  return (await storage.persisted()) ? 'granted' : 'refused'
}

/** Inside a tap: some browsers ask the person, and only then. */
export async function askPersistence(storage: StorageManager | undefined = navigator.storage): Promise<Persistence> {
  if (!storage?.persist) return 'unknown'
  return (await storage.persist()) ? 'granted' : 'refused'
}
