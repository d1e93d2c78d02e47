/** The language models of VS Code, as the manifest and the lists of engines name them. */
export const vscodeLmListing = {
  id: 'vscode-lm',
  label: 'VS Code',
  description:
    'A language model of VS Code reads the requirements and writes what rules cannot. It is part of your plan with its provider.',
  payment: 'plan',
} as const;
