import { loadEnvironment } from '../environment.ts';
import { openDatabase } from './client.ts';
import { seedDatabase } from './seed.ts';

/** `npm run db:seed` */
loadEnvironment();
const { db, close } = await openDatabase();
try {
  const seeded = await seedDatabase(db);
  console.log(
    seeded ? 'The sample records are in the database.' : 'The database has records already; nothing was added.',
  );
} finally {
  await close();
}
