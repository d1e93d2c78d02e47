/** Words of sample records, and how to choose among them. */

export const firstNames = ['Amara', 'Ben', 'Chloe', 'Daniel', 'Elif', 'Farah', 'Gustav', 'Hana', 'Ivan', 'Julia'];
export const lastNames = ['Okafor', 'Lindgren', 'Moreau', 'Kim', 'Demir', 'Haddad', 'Berg', 'Sato', 'Petrov', 'Santos'];
export const companies = [
  'Harbour Works',
  'Bluebird Studio',
  'Oak Street Partners',
  'Lumen Labs',
  'Copper Kettle',
  'Tidewater Supply',
  'Greenfield Foods',
  'Arcadia Print',
  'Summit Outdoor',
  'Paper Lantern',
];
export const cities = [
  'Lisbon',
  'Nairobi',
  'Osaka',
  'Toronto',
  'Lyon',
  'Gothenburg',
  'Porto Alegre',
  'Cork',
  'Izmir',
  'Pune',
];
export const countries = [
  'Portugal',
  'Kenya',
  'Japan',
  'Canada',
  'France',
  'Sweden',
  'Brazil',
  'Ireland',
  'Türkiye',
  'India',
];
export const streets = [
  'Mill Lane',
  'Harbour Road',
  'Station Street',
  'Garden Row',
  'King Street',
  'River Walk',
  'Hill View',
  'Market Square',
  'Elm Avenue',
  'Bridge End',
];
export const ordinals = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth'];
export const categories = [
  'General',
  'Ideas',
  'Guides',
  'News',
  'Events',
  'Resources',
  'Community',
  'Updates',
  'Stories',
  'Archive',
];
export const tags = [
  'important',
  'beginner',
  'how-to',
  'favourite',
  'new',
  'long-read',
  'seasonal',
  'local',
  'weekly',
  'review',
];
export const jobs = [
  'Designer',
  'Engineer',
  'Account manager',
  'Editor',
  'Analyst',
  'Coordinator',
  'Technician',
  'Consultant',
  'Researcher',
  'Buyer',
];

export function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

/** A value that is different for every index: the list's own while it lasts, then numbered. */
export function distinct(list: readonly string[], index: number): string {
  const round = Math.floor(index / list.length);
  return pick(list, index) + (round === 0 ? '' : ` ${round + 1}`);
}

export function personName(index: number): string {
  return `${distinct(firstNames, index)} ${pick(lastNames, index + Math.floor(index / lastNames.length))}`;
}

export function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
