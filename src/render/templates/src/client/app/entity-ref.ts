/** What every part of the application needs to know of an entity: where it lives and what it is called. */
export interface EntityRef {
  /** Its address in the API: `/api/posts`. */
  api: string;
  /** Its screens. `:id` stands for the record. */
  paths: { list: string; detail: string; create: string; edit: string };
  label: string;
  pluralLabel: string;
  /** The field that names a record; empty where records have no name of their own. */
  titleField: string;
  /** Then, the linked records that name it: `student` and `course` of an enrollment. */
  titleLinks?: readonly string[];
  /** The long text that says more about a record, where it has one. */
  summaryField?: string;
}

/** The same with a sentence that says what it is; may be empty. */
export interface EntitySummary extends EntityRef {
  description: string;
}
