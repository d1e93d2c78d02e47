import * as z from 'zod';

/** How the record of a generation is kept in a file. Contents lie beside it, named after the number of their file in `files`. */
export const undoManifestSchema = z.object({
  version: z.literal(2),
  projectName: z.string(),
  /** The address of the folder. */
  folder: z.string(),
  /** When it was written, in ms since 1970. */
  at: z.number(),
  files: z.array(z.object({ path: z.string(), sha256: z.string(), hasPrevious: z.boolean() })),
  unchanged: z.array(z.string()),
  folders: z.array(z.string()),
  /** When it was undone. Absent: it is not. */
  undoneAt: z.number().optional(),
  /** Numbers of the files whose content an undo has put aside. */
  taken: z.array(z.int().min(0)),
});
export type UndoManifest = z.infer<typeof undoManifestSchema>;
