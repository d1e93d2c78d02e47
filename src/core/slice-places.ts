import { assertSafePath } from './safe-path.ts';
import type { SlicePlan } from './slices.ts';

/** Whether a slice may have a file of this path. What registers it in the application is the renderer's. */
export function isPlaceOf(plan: SlicePlan, path: string): boolean {
  const { serverFile, serverFolder, sharedFile, screenFile, clientFolder, serverTestFile, clientTestFile } = plan;
  if ([serverFile, sharedFile, screenFile, serverTestFile, clientTestFile].includes(path)) return true;
  if (isRegistration(plan, path)) return false;
  const isBelow = path.startsWith(clientFolder)
    ? /\.tsx?$/.test(path)
    : path.startsWith(serverFolder) && /\.ts$/.test(path);
  return isBelow && /(?<!\.(d|test|spec))\.tsx?$/.test(path) && isSafe(path);
}

/** Whether a file is one of those that the renderer makes of what a slice declares. */
export function isRegistration({ serverFolder, clientFolder }: SlicePlan, path: string): boolean {
  return [`${serverFolder}module.ts`, `${serverFolder}tables.ts`, `${clientFolder}module.tsx`].includes(
    path.toLowerCase(),
  );
}

function isSafe(path: string): boolean {
  try {
    assertSafePath(path);
    return true;
  } catch {
    return false;
  }
}
