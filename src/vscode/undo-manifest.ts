import * as z from 'zod';

/** How the record of a generation is kept in a file. */
export const undoManifestSchema = z.object({
  version: z.literal(1),
  projectName: z.string(),
  folder: z.string(),
  files: z.array(z.object({ path: z.string(), sha256: z.string(), hasPrevious: z.boolean() })),
  unchanged: z.array(z.string()),
  folders: z.array(z.string()),
});
export type UndoManifest = z.infer<typeof undoManifestSchema>;
