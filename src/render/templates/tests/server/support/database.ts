import { type OpenDatabase, openInMemory } from '../../../src/server/db/client.ts';
import { clearDatabase, seedDatabase } from '../../../src/server/db/seed.ts';

/** One database for all test files of the run: opening it takes a second or two. */
const shared = globalThis as { testDatabase?: Promise<OpenDatabase> };

/** The database, with nothing but the sample records in it. */
export async function freshDatabase(): Promise<OpenDatabase['db']> {
  shared.testDatabase ??= openInMemory();
  const { db } = await shared.testDatabase;
  await clearDatabase(db);
  await seedDatabase(db);
  return db;
}
