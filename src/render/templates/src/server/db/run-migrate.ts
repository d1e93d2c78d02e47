import { loadEnvironment } from '../environment.ts';
import { openDatabase } from './client.ts';

/** `npm run db:migrate`. The server does the same whenever it starts. */
loadEnvironment();
const { close } = await openDatabase();
await close();
console.log('The tables of the database are up to date.');
