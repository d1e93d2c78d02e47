/** Begins every line that tests print inside VS Code; the other lines are VS Code talking to itself. */
export const mark = '│ ';
